#ifndef SIMDACT_MATH_EXPM1_HPP
#define SIMDACT_MATH_EXPM1_HPP

#include <simdact/math/exponential.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

/// (e^r - 1 - r) / r^2, minimax for -0.3475 <= r <= 0.4175: with it e^r - 1 is off by 1.6e-9 of itself at most (double:
/// 2.2e-18).
template <class T>
struct expm1_terms;
template <>
struct expm1_terms<float> {
    static constexpr float unseen = 0x1p-26f;           ///< the first digit of x^2 / 2 that does not show beside x
    static constexpr float half_of_too_long = 0x1p-25f; ///< 1/2 in units of 2^(n - 1) for n = 25
    template <value V>
    SIMDACT_INLINE static V polynomial(V r) noexcept {
        V q(0x1.b85f3ep-13f);
        q = simd::fma(q, r, V(0x1.6d084ap-10f));
        q = simd::fma(q, r, V(0x1.10ffe2p-7f));
        q = simd::fma(q, r, V(0x1.55552ep-5f));
        q = simd::fma(q, r, V(0x1.555562p-3f));
        return simd::fma(q, r, V(0.5f));
    }
};
template <>
struct expm1_terms<double> {
    static constexpr double unseen = 0x1p-55;
    static constexpr double half_of_too_long = 0x1p-54;
    template <value V>
    SIMDACT_INLINE static V polynomial(V r) noexcept {
        const V r2 = r * r;
        const V c2 = simd::fma(r, V(0x1.111111110e67ep-7), V(0x1.55555555555cap-5));
        const V c4 = simd::fma(r, V(0x1.a01a01b40eb3dp-13), V(0x1.6c16c16bc5e0fp-10));
        const V c6 = simd::fma(r, V(0x1.71ddf1d9d9a75p-19), V(0x1.a01a039b3f801p-16));
        const V c8 = simd::fma(r, V(0x1.af64cd2a1e952p-26), V(0x1.27e02bd4d267ep-22));
        const V c10 = simd::fma(V(0x1.2721b87eedb4p-29), r2, c8);
        const V high = simd::fma(simd::fma(simd::fma(c10, r2, c6), r2, c4), r2, c2);
        return simd::fma(simd::fma(high, r, V(0x1.555555555555ep-3)), r, V(0.5));
    }
};

} // namespace detail

namespace math {

/// e^x - 1, with all digits where x is near 0. Error: float 1 ULP, double 1.25. expm1(-inf) = -1, expm1(+-0) = +-0,
/// expm1(+inf) = +inf, which it is from 88.7229 up too (double: 709.783); a NaN comes back bit for bit.
template <value V>
SIMDACT_INLINE V expm1(V x) noexcept {
    using T = simd::element_t<V>;
    using E = detail::exponential<T>;
    using terms = detail::expm1_terms<T>;
    const V within = simd::clamp(x, V(E::minus_one), V(E::infinite));
    // x = n ln2 + r. For x > 0 n is chosen so that r >= -0.2841: below it e^r - 1 would lose a digit that the sum,
    // which for n = 1 is small beside its parts, does not get back.
    const V nearly = simd::select(x > V(0), within - V(T(0.0625)), within);
    // Half of the result, for 2^n may be infinite.
    const V biased = simd::opaque(simd::fma(nearly, V(E::log2e), V(E::magic + T(E::bias - 1))));
    const V n = simd::opaque(biased - V(E::magic + T(E::bias - 1)));
    const V s = simd::from_bits<V>(detail::in_exponent<V>(simd::to_bits(biased))); // 2^(n - 1)
    const V high = simd::opaque(simd::fma(n, V(-E::ln2_high), within)), low = n * V(-E::ln2_low), r = high + low;
    // Where 2^(n - 1) - 1/2 is just too long for one number, the 1/2 is taken from r; further up it does not show.
    constexpr int too_long = E::mantissa_bits + 2;
    const V half = simd::keep((simd::abs)(n - V(T(too_long))) < V(T(0.5)), V(terms::half_of_too_long));
    const V p = high + simd::opaque(simd::fma(terms::polynomial(r), r * r, low - half)); // e^r - 1
    const V y = simd::fma(s, p, simd::opaque(s - V(T(0.5)))) * V(T(2));
    return simd::select((simd::abs)(x) > V(terms::unseen), y, x);
}

} // namespace math
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
