#ifndef SIMDACT_MATH_EXPONENTIAL_HPP
#define SIMDACT_MATH_EXPONENTIAL_HPP

/// e^x in parts, and alpha * e^x and alpha * (e^x - 1) for x <= 0: what the exponential activations and the functions
/// of math.hpp are made of.
///
/// x = n ln2 + r with |r| <= ln2 / 2, so that e^x = 2^n e^r. n is read off the low bits of x log2(e) + magic, where
/// magic = 1.5 * 2^(digits - 1) makes the sum's last digit count ones; an offset added to magic puts the bias of the
/// exponent there as well, and a shift turns those bits into 2^n. e^r - 1 is a polynomial. Where the CPU does not round
/// to nearest, |r| may be up to ln2, and the polynomial is off by 1e-5 (double: 1.1e-11).

#include <simdact/simd.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

template <class T>
struct exponential;

template <>
struct exponential<float> {
    static constexpr int mantissa_bits = 23, bias = 127;
    static constexpr float magic = 0x1.8p23f;
    static constexpr float log2e = 0x1.715476p0f;
    static constexpr float ln2 = 0x1.62e43p-1f;
    static constexpr float ln2_high = 0x1.62e4p-1f, ln2_low = 0x1.7f7d1cp-20f; // n * ln2_high is exact
    static constexpr float minus_one = -18.0f; // e^x - 1 rounds to -1 from here down, with a bit to spare
    static constexpr float zero = -88.0f;      // here n = -127, for which 2^n comes out as 0; r > 0
    static constexpr int headroom = 126;
    static constexpr float scale_down = 0x1p-126f;      // 2^-headroom
    static constexpr float vanishing = -106.0f;         // 4 e^x rounds to 0 from here down, as a denormal too
    static constexpr float product_vanishing = -125.0f; // and 2^20 x e^x from here down
    static constexpr int lift = 64;                     // 2^lift e^x is normal from there to -minus_one
    static constexpr float lift_up = 0x1p64f, lift_down = 0x1p-64f;
    static constexpr float infinite = 89.0f;                        // e^x is infinite from here up; n = 128
    static constexpr float huge = 0x1p125f, zero_of_huge = -200.0f; // alpha * e^x = 0 for every finite alpha

    /// (e^r - 1 - r) / r^2, minimax for |r| <= 0.3475: with it e^r - 1 is off by 1.4e-8 of itself at most. Without FMA
    /// there are more roundings, and 1 ULP leaves room for 4.7e-10 only.
    template <value V>
    SIMDACT_INLINE static V polynomial(V r) noexcept {
        if constexpr (!simd::fused) {
            V q(0x1.9e0de4p-13f);
            q = simd::fma(q, r, V(0x1.6d43c2p-10f));
            q = simd::fma(q, r, V(0x1.111306p-7f));
            q = simd::fma(q, r, V(0x1.5554fp-5f));
            q = simd::fma(q, r, V(0x1.555554p-3f));
            return simd::fma(q, r, V(0.5f));
        }
        const V r2 = r * r;
        const V low = simd::fma(r, V(0x1.5554aep-3f), V(0x1.fffffep-2f));
        const V high = simd::fma(r, V(0x1.12292ep-7f), V(0x1.555712p-5f));
        return simd::fma(simd::fma(r2, V(0x1.6b79b2p-10f), high), r2, low);
    }
};

template <>
struct exponential<double> {
    static constexpr int mantissa_bits = 52, bias = 1023;
    static constexpr double magic = 0x1.8p52;
    static constexpr double log2e = 0x1.71547652b82fep0;
    static constexpr double ln2_high = 0x1.62e42fefa4p-1, ln2_low = -0x1.8432a1b0e2634p-43;
    static constexpr double minus_one = -38.2;
    static constexpr double zero = -709.06;
    static constexpr int headroom = 1022;
    static constexpr double scale_down = 0x1p-1022;
    static constexpr double vanishing = -748.0, product_vanishing = -770.0;
    static constexpr int lift = 600;
    static constexpr double lift_up = 0x1p600, lift_down = 0x1p-600;
    static constexpr double infinite = 710.0;
    static constexpr double huge = 0x1p1021, zero_of_huge = -1460.0;

    /// The same for double: e^r - 1 is off by 1.9e-17 of itself at most.
    template <value V>
    SIMDACT_INLINE static V polynomial(V r) noexcept {
        const V r2 = r * r;
        const V c2 = simd::fma(r, V(0x1.1111111118c61p-7), V(0x1.555555555209cp-5));
        const V c4 = simd::fma(r, V(0x1.a01a01769f60ep-13), V(0x1.6c16c17f5ac05p-10));
        const V c6 = simd::fma(r, V(0x1.71de838a5923dp-19), V(0x1.a019a60014437p-16));
        const V c8 = simd::fma(r, V(0x1.ae747fe155c33p-26), V(0x1.28a346349c249p-22));
        const V high = simd::fma(simd::fma(simd::fma(c8, r2, c6), r2, c4), r2, c2);
        // the last steps one after the other: what they round shows
        return simd::fma(simd::fma(high, r, V(0x1.555555555553ap-3)), r, V(0x1.0000000000005p-1));
    }
};

/// x - n ln2, with ln2 in two parts. Here and below, opaque() keeps -ffast-math from undoing what makes it accurate.
template <value V>
SIMDACT_INLINE V reduced(V n, V x) noexcept {
    using E = exponential<simd::element_t<V>>;
    return simd::fma(n, V(-E::ln2_low), simd::opaque(simd::fma(n, V(-E::ln2_high), x)));
}

/// The low bits where the exponent is.
template <value V>
SIMDACT_INLINE simd::bits_t<V> in_exponent(const simd::bits_t<V>& bits) noexcept {
    return simd::shifted_left<exponential<simd::element_t<V>>::mantissa_bits>(bits);
}

/// alpha * (e^x - 1) for x from minus_one to -2 minus_one.
template <value V>
SIMDACT_INLINE V expm1_within(V x, simd::element_t<V> alpha) noexcept {
    using T = simd::element_t<V>;
    using E = exponential<T>;
    const V biased = simd::opaque(simd::fma(x, V(E::log2e), V(E::magic + T(E::bias))));
    const V n = simd::opaque(biased - V(E::magic + T(E::bias)));
    const V s = simd::from_bits<V>(detail::in_exponent<V>(simd::to_bits(biased))); // 2^n
    V r;
    if constexpr (requires { E::ln2; })
        r = simd::fma(n, V(-E::ln2), x);
    else
        r = detail::reduced(n, x);
    const V p = simd::fma(E::polynomial(r), r * r, r); // e^r - 1
    // Not alpha times the sum: that would come last, and the latency of it all limits the speed.
    const V rest = simd::opaque(simd::fma(V(alpha), s, V(-alpha))); // alpha * (2^n - 1)
    return simd::fma(V(alpha) * s, p, rest);
}

/// alpha * (e^x - 1) for x <= 0; some value for x > 0 and NaN.
template <value V>
SIMDACT_INLINE V scaled_expm1(V x, simd::element_t<V> alpha) noexcept {
    using T = simd::element_t<V>;
    return detail::expm1_within(simd::clamp(x, V(exponential<T>::minus_one), V(T(0))), alpha);
}

/// e^x = 2^n e^r as its two factors.
template <value V>
struct exp_parts {
    simd::bits_t<V> exponent; ///< n + offset, in the low bits
    V p;                      ///< e^r - 1
};

/// offset is magic and what else is to be in the exponent.
template <value V>
SIMDACT_INLINE exp_parts<V> exp_in_parts(V x, simd::element_t<V> offset) noexcept {
    using E = exponential<simd::element_t<V>>;
    const V biased = simd::opaque(simd::fma(x, V(E::log2e), V(offset)));
    const V r = detail::reduced(simd::opaque(biased - V(offset)), x);
    return {simd::to_bits(biased), simd::fma(E::polynomial(r), r * r, r)};
}

/// alpha * e^x for x <= 0; some value for x > 0 and NaN. It may be 0 where it is below the smallest normal number. For
/// any alpha, or for those alone for which it is_right().
template <class T, bool AnyAlpha = true>
class scaled_exp {
    using E = exponential<T>;

public:
    SIMDACT_INLINE explicit scaled_exp(T alpha) noexcept : scaled_exp(alpha, (simd::abs)(alpha)) {}

    SIMDACT_INLINE bool is_right() const noexcept { return AnyAlpha || !huge_; }

    template <value V>
    SIMDACT_INLINE V operator()(V x) const noexcept {
        if constexpr (AnyAlpha)
            if (huge_) [[SIMDACT_DETAIL_UNLIKELY]] {
                simd::not_ahead<V>();
                return in_two_steps(x);
            }
        const exp_parts<V> e = detail::exp_in_parts<V>(simd::clamp(x, V(zero_), V(T(0))), offset_);
        // A large alpha lifts e^x over the smallest normal number from far below: n starts from `headroom` then, which
        // is taken out of alpha.
        const V a = V(factor_) * simd::from_bits<V>(detail::in_exponent<V>(e.exponent)); // alpha * 2^n
        return simd::fma(a, e.p, simd::opaque(a));
    }

private:
    SIMDACT_INLINE scaled_exp(T alpha, T size) noexcept
        : alpha_(alpha), factor_(size > T(1) ? alpha * E::scale_down : alpha),
          offset_(E::magic + T(size > T(1) ? E::bias + E::headroom : E::bias)),
          zero_(size > T(1) ? E::zero - T(E::headroom) * E::ln2_high : E::zero), huge_(size > E::huge) {}

    /// For an alpha so large that the exponents of 2^n do not suffice: two factors, of about 2^(n / 2). An infinite one
    /// is taken for 1 and given back as the exponent of the second factor, which is all ones then.
    template <value V>
    SIMDACT_INLINE V in_two_steps(V x) const noexcept {
        // By its bits: with -ffast-math no number is infinite, and clang 19 warns of the word.
        constexpr auto infinity = static_cast<simd::bits_t<T>>(sizeof(T) == 4 ? 0x7f800000u : 0x7ff0000000000000u);
        const bool infinite = simd::to_bits((simd::abs)(alpha_)) == infinity;
        const T scaled = !infinite ? alpha_ * E::scale_down : alpha_ < T(0) ? T(-1) : T(1);
        const exp_parts<V> e =
            detail::exp_in_parts<V>(simd::clamp(x, V(infinite ? 2 * E::zero : E::zero_of_huge), V(T(0))),
                                    E::magic + T(2 * E::bias + (infinite ? 0 : E::headroom)));
        const auto half = simd::shifted_right<1>(e.exponent);
        const V a = V(scaled) * simd::from_bits<V>(detail::in_exponent<V>(e.exponent - half));
        const V b = simd::from_bits<V>(detail::in_exponent<V>(half) |
                                       simd::bits_t<V>(infinite ? infinity : simd::bits_t<T>(0)));
        return simd::opaque(simd::fma(a, e.p, simd::opaque(a))) * b;
    }

    T alpha_, factor_, offset_, zero_;
    bool huge_;
};

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
