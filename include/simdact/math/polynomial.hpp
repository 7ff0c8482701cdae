#ifndef SIMDACT_MATH_POLYNOMIAL_HPP
#define SIMDACT_MATH_POLYNOMIAL_HPP

/// Polynomials whose coefficients are known when the program is built.

#include <simdact/simd.hpp>

#include <cstddef>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

/// c[First] + c[First + Step] x + c[First + 2 Step] x^2 + ..., from the last to the first (Horner).
template <std::size_t First, std::size_t Step, value V, std::size_t N>
SIMDACT_INLINE V every_term(const V& x, const simd::element_t<V> (&c)[N]) noexcept {
    if constexpr (First + Step >= N)
        return V(c[First]);
    else
        return simd::fma(detail::every_term<First + Step, Step>(x, c), x, V(c[First]));
}

/// c[0] + c[1] x + c[2] x^2 + ...: by Horner's scheme, or the terms with even powers beside those with odd ones, which
/// takes half as long, and rounds more where x is near 1 and signs change.
template <value V, std::size_t N>
SIMDACT_INLINE V polynomial_in_turn(const V& x, const simd::element_t<V> (&c)[N]) noexcept {
    return detail::every_term<0, 1>(x, c);
}
template <value V, std::size_t N>
SIMDACT_INLINE V polynomial(const V& x, const simd::element_t<V> (&c)[N]) noexcept {
    if constexpr (N < 4) {
        return detail::polynomial_in_turn(x, c);
    } else {
        const V square = x * x;
        return simd::fma(detail::every_term<1, 2>(square, c), x, detail::every_term<0, 2>(square, c));
    }
}

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
