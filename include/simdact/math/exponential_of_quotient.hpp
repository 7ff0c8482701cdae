#ifndef SIMDACT_MATH_EXPONENTIAL_OF_QUOTIENT_HPP
#define SIMDACT_MATH_EXPONENTIAL_OF_QUOTIENT_HPP

/// e^(x / a) and a * (e^(x / a) - 1) for x <= 0, where a rounded quotient would lose digits.

#include <simdact/math/exponential_in_two_parts.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

/// e^(x / a) for x <= 0 and a > 0, denormals included; some value for x > 0 and NaN. The quotient is in two parts: one
/// number would be off by up to 80 ULP of the result. Here and below, an fma() with 0 is a product that compilers
/// contract with nothing.
template <class T>
class exp_of_quotient {
    using E = exponential<T>;

public:
    SIMDACT_INLINE explicit exp_of_quotient(T a) noexcept
        : end_(E::vanishing * a), high_(simd::first_half(a)), low_(a - high_), inverse_(simd::divide(T(1), a)) {}

    template <value V>
    SIMDACT_INLINE V operator()(V x) const noexcept {
        const V within = simd::clamp(x, V(end_), V(T(0)));
        const V v = within * V(inverse_), high = simd::fused ? v : simd::first_half(v);
        const V rest = simd::opaque(simd::fma(high, V(-low_), simd::opaque(simd::fma(high, V(-high_), within))));
        const exp_parts<V> e =
            detail::exp_in_parts<V>({v, high, simd::fma(rest, V(inverse_), V(T(0)))}, E::magic + T(E::bias + E::lift));
        const V s = simd::from_bits<V>(detail::in_exponent<V>(e.exponent)); // 2^(n + lift)
        return simd::opaque(simd::fma(s, e.p, simd::opaque(s))) * V(E::lift_down);
    }

private:
    T end_, high_, low_, inverse_;
};

/// a * (e^(x / a) - 1) for x <= 0 and a > 0; some value for x > 0 and NaN. It is made of a r = x - n a ln2, which near
/// 0 is x itself, and of the quotient only where that is added.
template <value V>
SIMDACT_INLINE V expm1_of_quotient(V x, simd::element_t<V> a) noexcept {
    using T = simd::element_t<V>;
    using E = exponential<T>;
    const T inverse = simd::divide(T(1), a), half = simd::first_half(a);
    // a ln2: the first part has so few digits that its product with n is exact.
    const T high = half * T(0x1.6p-1),
            low = simd::fma(half, T(0x1.7217f7d1cf79bp-8), simd::fma(a - half, T(E::ln2_high + E::ln2_low), T(0)));
    const V within = simd::clamp(x, V(E::minus_one * a), V(T(0)));
    const V biased = simd::opaque(simd::fma(within, V(E::log2e * inverse), V(E::magic + T(E::bias))));
    const V n = simd::opaque(biased - V(E::magic + T(E::bias)));
    const V s = simd::from_bits<V>(detail::in_exponent<V>(simd::to_bits(biased))); // 2^n
    const V ar = simd::fma(n, V(-low), simd::opaque(simd::fma(n, V(-high), within)));
    const V r = ar * V(inverse);
    const V p = simd::fma(E::polynomial(r), r * ar, ar); // a * (e^r - 1)
    return simd::fma(s, p, simd::opaque(simd::fma(V(a), s, V(-a))));
}

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
