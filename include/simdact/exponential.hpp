#pragma once

/// alpha * e^x and alpha * (e^x - 1) for x <= 0: what the exponential activations are made of.
///
/// x = n ln2 + r with |r| <= ln2 / 2, so that e^x = 2^n e^r. n is read off the low bits of x log2(e) + magic, where
/// magic = 1.5 * 2^(digits - 1) makes the sum's last digit count ones; an offset added to magic puts the bias of the
/// exponent there as well, and a shift turns those bits into 2^n. e^r - 1 is a polynomial. The rounding to an integer
/// supposes that the CPU rounds to nearest.

#include <simdact/simd.hpp>

#include <limits>

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
    // e^x = 0 from `zero` down, where r > 0, so that zeros get the sign of alpha; alpha * e^x = 0 for every finite
    // alpha from `zero_scaled` down
    static constexpr float zero = -176.0f, zero_scaled = -200.0f;
    static constexpr int headroom = 32;
    static constexpr float scale_down = 0x1p-64f; // 2^(-2 headroom)

    /// (e^r - 1 - r) / r^2, minimax for |r| <= 0.3475: with it e^r - 1 is off by 1.4e-8 of itself at most. Without FMA
    /// there are more roundings, and 1 ULP leaves room for 4.7e-10 only.
    template <value V>
    SIMDACT_INLINE static V polynomial(V r) noexcept {
        if constexpr (!simd::traits<V>::fused) {
            V q(0x1.9e0de4p-13f);
            q = simd::fma(q, r, V(0x1.6d43c2p-10f));
            q = simd::fma(q, r, V(0x1.111306p-7f));
            q = simd::fma(q, r, V(0x1.5554fp-5f));
            q = simd::fma(q, r, V(0x1.555554p-3f));
            return simd::fma(q, r, V(0.5f));
        }
        V q(0x1.6b79b2p-10f);
        q = simd::fma(q, r, V(0x1.12292ep-7f));
        q = simd::fma(q, r, V(0x1.555712p-5f));
        q = simd::fma(q, r, V(0x1.5554aep-3f));
        return simd::fma(q, r, V(0x1.fffffep-2f));
    }
};

template <>
struct exponential<double> {
    static constexpr int mantissa_bits = 52, bias = 1023;
    static constexpr double magic = 0x1.8p52;
    static constexpr double log2e = 0x1.71547652b82fep0;
    static constexpr double ln2_high = 0x1.62e42fefa4p-1, ln2_low = -0x1.8432a1b0e2634p-43;
    static constexpr double minus_one = -38.2;
    static constexpr double zero = -1418.1, zero_scaled = -1460.0;
    static constexpr int headroom = 128;
    static constexpr double scale_down = 0x1p-256;

    /// The same for double: e^r - 1 is off by 1.9e-17 of itself at most.
    template <value V>
    SIMDACT_INLINE static V polynomial(V r) noexcept {
        V q(0x1.ae747fe155c33p-26);
        q = simd::fma(q, r, V(0x1.28a346349c249p-22));
        q = simd::fma(q, r, V(0x1.71de838a5923dp-19));
        q = simd::fma(q, r, V(0x1.a019a60014437p-16));
        q = simd::fma(q, r, V(0x1.a01a01769f60ep-13));
        q = simd::fma(q, r, V(0x1.6c16c17f5ac05p-10));
        q = simd::fma(q, r, V(0x1.1111111118c61p-7));
        q = simd::fma(q, r, V(0x1.555555555209cp-5));
        q = simd::fma(q, r, V(0x1.555555555553ap-3));
        return simd::fma(q, r, V(0x1.0000000000005p-1));
    }
};

/// x - n ln2, with ln2 in two parts. Here and below, opaque() keeps -ffast-math from undoing what makes it accurate.
template <value V>
SIMDACT_INLINE V reduced(V n, V x) noexcept {
    using E = exponential<simd::element_t<V>>;
    return simd::fma(n, V(-E::ln2_low), simd::opaque(simd::fma(n, V(-E::ln2_high), x)));
}

/// alpha * (e^x - 1) for x <= 0; some value for x > 0 and NaN.
template <value V>
SIMDACT_INLINE V scaled_expm1(V x, simd::element_t<V> alpha) noexcept {
    using T = simd::element_t<V>;
    using E = exponential<T>;
    x = simd::clamp(x, V(E::minus_one), V(T(0)));
    const V biased = simd::opaque(simd::fma(x, V(E::log2e), V(E::magic + T(E::bias))));
    const V n = simd::opaque(biased - V(E::magic + T(E::bias)));
    V r;
    if constexpr (requires { E::ln2; }) {
        r = simd::fma(n, V(-E::ln2), x);
    } else {
        r = reduced(n, x);
    }
    const V s = simd::from_bits<V>(simd::to_bits(biased) << E::mantissa_bits); // 2^n
    const V p = simd::fma(E::polynomial(r), r * r, r);                         // e^r - 1
    const V rest = simd::opaque(simd::fma(V(alpha), s, V(-alpha)));            // alpha * (2^n - 1)
    return simd::fma(V(alpha) * s, p, rest);
}

/// alpha * e^x for x <= 0; some value for x > 0 and NaN. 2^n is applied as two factors of about 2^(n / 2), alpha
/// before them, so that nothing on the way underflows unless the result does.
template <value V>
SIMDACT_INLINE V scaled_exp(V x, simd::element_t<V> alpha) noexcept {
    using T = simd::element_t<V>;
    using E = exponential<T>;
    // A large alpha lifts e^x over the smallest normal number from further below than two factors reach: take out
    // 2^(2 headroom) and give it back in the factors. An infinite one is taken for 1 and given back as the exponent of
    // the second factor, which is all ones then.
    const T size = alpha < T(0) ? -alpha : alpha;
    const bool infinite = size > std::numeric_limits<T>::max();
    const bool large = size > T(1) && !infinite;
    const T scaled = large ? alpha * E::scale_down : infinite ? (alpha < T(0) ? T(-1) : T(1)) : alpha;
    const T offset = E::magic + T(2 * E::bias + (large ? 2 * E::headroom : 0));
    const auto exponent = infinite ? simd::to_bits(std::numeric_limits<T>::infinity()) : simd::bits_t<T>(0);

    x = simd::clamp(x, V(large ? E::zero_scaled : E::zero), V(T(0)));
    const V biased = simd::opaque(simd::fma(x, V(E::log2e), V(offset)));
    const V n = simd::opaque(biased - V(offset));
    const V r = reduced(n, x);
    const auto whole = simd::to_bits(biased);
    const auto half = whole >> 1;
    const V s1 = simd::from_bits<V>((whole - half) << E::mantissa_bits);
    const V s2 = simd::from_bits<V>((half << E::mantissa_bits) | simd::bits_t<V>(exponent));
    const V p = simd::fma(E::polynomial(r), r * r, r); // e^r - 1
    const V a = V(scaled) * s1;
    return simd::opaque(simd::fma(a, p, simd::opaque(a))) * s2;
}

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact
