#ifndef SIMDACT_MATH_LOG1P_HPP
#define SIMDACT_MATH_LOG1P_HPP

#include <simdact/math/exponential.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

/// 2 artanh(s) = 2 s + s z R(z), where z = s^2 and (1 + s) / (1 - s) is from sqrt(1/2) to sqrt(2), is off by 8e-10 of
/// itself at most (double: 1.3e-18).
template <class T>
struct logarithm;

template <>
struct logarithm<float> {
    static constexpr float unseen = 0x1p-25f;         ///< up to here x^2 / 2 does not show beside x
    static constexpr float largest = 0x1.fffffep127f; ///< the rest are infinities
    static constexpr float ones = 0x1p23f;            ///< whose last digit counts ones
    static constexpr simd::bits_t<float> root = 0x3f3504f3u, mantissa = 0x007fffffu, infinity = 0x7f800000u,
                                         minus_infinity = 0xff800000u, nan = 0x7fc00000u;

    template <value V>
    SIMDACT_INLINE static V polynomial(V z) noexcept {
        return simd::fma(simd::fma(V(0x1.31e0dap-2f), z, V(0x1.995ed4p-2f)), z, V(0x1.55557ap-1f));
    }
};

template <>
struct logarithm<double> {
    static constexpr double unseen = 0x1p-54;
    static constexpr double largest = 0x1.fffffffffffffp1023;
    static constexpr double ones = 0x1p52;
    static constexpr simd::bits_t<double> root = 0x3fe6a09e667f3bcdu, mantissa = 0x000fffffffffffffu,
                                          infinity = 0x7ff0000000000000u, minus_infinity = 0xfff0000000000000u,
                                          nan = 0x7ff8000000000000u;

    template <value V>
    SIMDACT_INLINE static V polynomial(V z) noexcept {
        const V z2 = z * z;
        const V c1 = simd::fma(V(0x1.24924941e31b6p-2), z, V(0x1.999999997ff06p-2));
        const V c3 = simd::fma(V(0x1.74663d641f34ap-3), z, V(0x1.c71c52126d1e9p-3));
        const V c5 = simd::fma(V(0x1.2f0452cb53ab2p-3), z, V(0x1.39a1db22f422p-3));
        return simd::fma(simd::fma(simd::fma(c5, z2, c3), z2, c1), z, V(0x1.5555555555592p-1));
    }
};

} // namespace detail

namespace math {

/// log(1 + x), with all digits where x is near 0. Error: float 1.5 ULP, double 2. log1p(x) is NaN for x < -1,
/// log1p(-1) = -inf, log1p(+-0) = +-0, log1p(+inf) = +inf; a NaN comes back bit for bit.
template <value V>
SIMDACT_INLINE V log1p(V x) noexcept {
    using T = simd::element_t<V>;
    using E = detail::exponential<T>;
    using L = detail::logarithm<T>;
    using bits = simd::bits_t<V>;
    constexpr simd::bits_t<T> one = simd::to_bits(T(1));
    // 1 + x = u + lost: Knuth's sum.
    const V u = simd::opaque(V(1) + x), part = simd::opaque(u - V(1));
    const V lost = simd::opaque(V(1) - simd::opaque(u - part)) + simd::opaque(x - part);
    // |u| = 2^k m, sqrt(1/2) <= m < sqrt(2); the exponent is k + bias.
    const bits moved = simd::to_bits((simd::abs)(u)) + bits(one - L::root);
    const V k = simd::from_bits<V>(simd::shifted_right<E::mantissa_bits>(moved) | simd::to_bits(V(L::ones))) -
                V(L::ones + T(E::bias));
    const V m = simd::from_bits<V>((moved & bits(L::mantissa)) + bits(L::root));
    const V scale = simd::from_bits<V>(bits(L::infinity) - (moved & bits(L::infinity))); // 2^(1 - k)
    const V f = simd::fma(V(T(0.5)) * lost, scale, simd::opaque(m - V(1)));              // x itself where k = 0
    const V s = simd::divide(f, f + V(T(2))), z = s * s;
    const V half = V(T(0.5)) * f * f;
    const V low = simd::fma(k, V(E::ln2_low), s * simd::fma(z, L::polynomial(z), half));
    const V y = simd::fma(k, V(E::ln2_high), f - simd::opaque(half - low));
    const V beyond = simd::select(x < V(-1), V(simd::from_bits<T>(L::nan)), V(simd::from_bits<T>(L::minus_infinity)));
    const V within = simd::select((simd::abs)(x) > V(L::unseen), y, x);
    return simd::select(x > V(L::largest), x, simd::select(x <= V(-1), beyond, within));
}

} // namespace math
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
