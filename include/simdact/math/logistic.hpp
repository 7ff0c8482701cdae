#ifndef SIMDACT_MATH_LOGISTIC_HPP
#define SIMDACT_MATH_LOGISTIC_HPP

#include <simdact/math/exponential_in_two_parts.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

/// 1 / (1 + e^-x) from -x, which is from minus_one to -vanishing, or is told in two parts. Everything is 2^lift times
/// smaller than it says, so that the quotient may be a denormal and nothing else is.
template <value V, class Parts>
SIMDACT_INLINE V logistic_of_opposite(const Parts& minus_x) noexcept {
    using T = simd::element_t<V>;
    using E = exponential<T>;
    const exp_parts<V> e = detail::exp_in_parts<V>(minus_x, E::magic + T(E::bias - E::lift));
    const V s = simd::from_bits<V>(detail::in_exponent<V>(e.exponent)); // 2^n
    const V one(E::lift_down);
    const V sum = simd::opaque(one + s);
    const V lost = simd::opaque(one - simd::opaque(sum - s)); // not 0 where s is so large that the sum is rounded
    return simd::divide(one, sum + simd::opaque(simd::fma(s, e.p, lost)));
}

/// 1 / (1 + e^-x); some value for NaN.
template <value V>
SIMDACT_INLINE V logistic(V x) noexcept {
    using E = exponential<simd::element_t<V>>;
    return detail::logistic_of_opposite<V>(simd::negated(simd::clamp(x, V(E::vanishing), V(-E::minus_one))));
}

/// height * e^x / (1 + e^x)^2 for x from `vanishing` to 0: height / 4 at most. Here 2^lift is in the numerator and in
/// the denominator.
template <value V>
SIMDACT_INLINE V logistic_slope(V x, simd::element_t<V> height) noexcept {
    using T = simd::element_t<V>;
    using E = exponential<T>;
    const exp_parts<V> e = detail::exp_in_parts<V>(x, E::magic + T(E::bias + E::lift));
    const V s = simd::from_bits<V>(detail::in_exponent<V>(e.exponent));
    const V a = simd::fma(s, e.p, simd::opaque(s)); // e^x
    return simd::divide(V(height) * a, simd::fma(a, simd::fma(a, V(E::lift_down), V(T(2))), V(E::lift_up)));
}

} // namespace detail

namespace math {

/// 1 / (1 + e^-x). Error: float 1.75 ULP, double 2; denormals included. logistic(-inf) = +0, logistic(+-0) = 1/2,
/// logistic(+inf) = 1; a NaN comes back bit for bit.
template <value V>
SIMDACT_INLINE V logistic(V x) noexcept {
    return simd::unless_nan(x, detail::logistic(x));
}

} // namespace math
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
