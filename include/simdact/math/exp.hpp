#ifndef SIMDACT_MATH_EXP_HPP
#define SIMDACT_MATH_EXP_HPP

#include <simdact/math/exponential.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

/// e^x for any x; some value for NaN.
template <value V>
SIMDACT_INLINE V exponential_of(V x) noexcept {
    using T = simd::element_t<V>;
    using E = exponential<T>;
    const V within = simd::clamp(x, V(E::vanishing), V(E::infinite));
    // 2^n as two factors, neither of which is infinite or a denormal.
    const exp_parts<V> e = detail::exp_in_parts<V>(within, E::magic + T(2 * E::bias));
    const auto half = simd::shifted_right<1>(e.exponent);
    const V a = simd::from_bits<V>(detail::in_exponent<V>(e.exponent - half));
    const V b = simd::from_bits<V>(detail::in_exponent<V>(half));
    return simd::opaque(simd::opaque(simd::fma(a, e.p, simd::opaque(a))) * b);
}

} // namespace detail

namespace math {

/// e^x. Error: float 1.1 ULP, double 1.25; denormals included. exp(-inf) = +0, exp(+-0) = 1, exp(+inf) = +inf, which it
/// is from 88.7229 up too (double: 709.783); a NaN comes back bit for bit.
template <value V>
SIMDACT_INLINE V exp(V x) noexcept {
    return simd::unless_nan(x, detail::exponential_of(x));
}

} // namespace math
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
