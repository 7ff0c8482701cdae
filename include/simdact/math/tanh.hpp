#ifndef SIMDACT_MATH_TANH_HPP
#define SIMDACT_MATH_TANH_HPP

#include <simdact/math/exponential.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

/// tanh x; some value for NaN.
template <value V>
SIMDACT_INLINE V hyperbolic_tangent(V x) noexcept {
    using T = simd::element_t<V>;
    const V size = simd::at_most((simd::abs)(x), V(-detail::exponential<T>::minus_one)); // far enough for 1
    const V h = detail::expm1_within(size + size, T(0.5));                               // (e^2|x| - 1) / 2
    const V y = simd::divide(h, h + V(1));
    // h + 1 is rounded by more than a small y allows: there y only says what is to be taken from h.
    const V near_zero = simd::fma(simd::negated(y), h, h);
    return simd::either(simd::select(size < V(T(0.3)), near_zero, y), simd::sign_of(x));
}

} // namespace detail

namespace math {

/// (e^2x - 1) / (e^2x + 1). Error: float 2.05 ULP, double 2.5. tanh(+-0) = +-0, tanh(+-inf) = +-1; tanh(-x) = -tanh(x)
/// bit for bit; a NaN comes back bit for bit.
template <value V>
SIMDACT_INLINE V tanh(V x) noexcept {
    return simd::unless_nan(x, detail::hyperbolic_tangent(x));
}

} // namespace math
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
