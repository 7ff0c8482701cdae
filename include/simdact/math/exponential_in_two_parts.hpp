#ifndef SIMDACT_MATH_EXPONENTIAL_IN_TWO_PARTS_HPP
#define SIMDACT_MATH_EXPONENTIAL_IN_TWO_PARTS_HPP

/// e^x for an x that one number would tell with too few digits: a product, a square, a quotient.

#include <simdact/math/exponential.hpp>

#include <concepts>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

/// x = high + low, known to more digits than V has; n is told by `nearly`, which need not wait for `low`.
template <value V>
struct two_parts {
    V nearly, high, low;
};

/// a + b (Knuth). opaque() keeps -ffast-math from finding that nothing is lost.
template <value V>
SIMDACT_INLINE two_parts<V> sum_in_two_parts(V a, V b) noexcept {
    const V sum = simd::opaque(a + b), taken = simd::opaque(sum - a);
    return {sum, sum, simd::opaque(a - simd::opaque(sum - taken)) + simd::opaque(b - taken)};
}

/// The factors of e^x for such an x.
template <value V>
SIMDACT_INLINE exp_parts<V> exp_in_parts(const two_parts<V>& x, simd::element_t<V> offset) noexcept {
    using E = exponential<simd::element_t<V>>;
    const V biased = simd::opaque(simd::fma(x.nearly, V(E::log2e), V(offset)));
    const V n = simd::opaque(biased - V(offset));
    const V low = simd::opaque(simd::fma(n, V(-E::ln2_low), x.low));
    const V r = simd::opaque(simd::fma(n, V(-E::ln2_high), x.high)) + low;
    return {simd::to_bits(biased), simd::fma(E::polynomial(r), r * r, r)};
}

/// a * b. Without FMA by the halves of both (Dekker 1971).
template <value V>
SIMDACT_INLINE two_parts<V> product_in_two_parts(V a, V b) noexcept {
    const V v = simd::product(a, b), minus_v = simd::negated(v);
    if constexpr (simd::fused)
        return {v, v, simd::fma(a, b, minus_v)};
    const V a_high = simd::first_half(a), a_low = simd::opaque(a - a_high);
    const V b_high = simd::first_half(b), b_low = simd::opaque(b - b_high);
    const V outer = simd::opaque(simd::fma(b_high, a_high, minus_v));
    const V inner = simd::opaque(simd::fma(b_low, a_high, simd::opaque(simd::fma(b_high, a_low, outer))));
    return {v, v, simd::fma(b_low, a_low, inner)};
}

/// 1 / a - inverse, for an inverse that is 1 / a rounded.
template <std::floating_point T>
SIMDACT_INLINE T lost_by_inverse(T a, T inverse) noexcept {
    const auto one = detail::product_in_two_parts(a, inverse);
    return inverse * simd::opaque(simd::opaque(T(1) - one.high) - one.low);
}

/// height * x^2, for a power of two as height. Without FMA x^2 = h^2 + (x - h) (x + h), where h has half of x's digits,
/// so that its square is exact.
template <value V>
SIMDACT_INLINE two_parts<V> square_in_two_parts(V x, simd::element_t<V> height) noexcept {
    const V scaled = x * V(height);
    if constexpr (simd::fused)
        return detail::product_in_two_parts(scaled, x);
    const V half = simd::first_half(x), half_scaled = half * V(height);
    const V rest = simd::opaque(simd::opaque(x - half) * simd::opaque(scaled + half_scaled));
    return {simd::opaque(x * scaled), simd::opaque(half * half_scaled), rest};
}

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
