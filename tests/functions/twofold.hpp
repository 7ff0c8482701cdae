#pragma once

#include <cmath>
#include <concepts>
#include <limits>

/// Numbers told by two of type R, for formulas whose arguments one would round too coarsely: e^(a x) is off by as much
/// as a x itself. Of a type with enough digits it is one.
namespace tests {

template <class R>
struct twofold {
    R high, low;
};

template <class R>
twofold<R> sum_of(const R& a, const R& b) {
    if constexpr (std::floating_point<R>) {
        const R s = a + b, back = s - a; // Knuth
        return {s, std::isfinite(s) ? (a - (s - back)) + (b - back) : R(0)};
    } else {
        return {a + b, R(0)};
    }
}

template <class R>
twofold<R> product_of(const R& a, const R& b) {
    if constexpr (std::floating_point<R>) {
        const auto half = [](R value) { // Veltkamp
            const R shifted = value * std::ldexp(R(1), (std::numeric_limits<R>::digits + 1) / 2) + value;
            return shifted - (shifted - value);
        };
        const R p = a * b, a_high = half(a), b_high = half(b), a_low = a - a_high, b_low = b - b_high;
        const R low = a_low * b_low - (((p - a_high * b_high) - a_low * b_high) - a_high * b_low); // Dekker
        return {p, std::isfinite(low) ? low : R(0)};
    } else {
        return {a * b, R(0)};
    }
}

template <class R>
twofold<R> operator*(const twofold<R>& a, const twofold<R>& b) {
    const twofold<R> p = product_of(a.high, b.high);
    return {p.high, p.low + (a.high * b.low + a.low * b.high)};
}
template <class R>
twofold<R> operator*(const twofold<R>& a, const R& b) {
    return a * twofold<R>{b, R(0)};
}
template <class R>
twofold<R> operator+(const twofold<R>& a, const twofold<R>& b) {
    const twofold<R> s = sum_of(a.high, b.high);
    return {s.high, s.low + (a.low + b.low)};
}
template <class R>
twofold<R> operator-(const twofold<R>& a) {
    return {-a.high, -a.low};
}

/// Its low part is small: e^low is 1 + low.
template <class R>
R exp(const twofold<R>& x) {
    using std::exp;
    const R e = exp(x.high);
    return e > 0 ? e + e * x.low : e;
}

/// A real constant as a sum of three.
struct constant {
    long double parts[3];

    template <class R>
    twofold<R> of() const {
        if constexpr (std::floating_point<R>) {
            const R high = static_cast<R>(parts[0]);
            return {high, static_cast<R>((parts[0] - high) + parts[1])};
        } else {
            return {R(parts[0]) + R(parts[1]) + R(parts[2]), R(0)};
        }
    }
};

} // namespace tests
