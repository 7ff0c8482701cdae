#ifndef SIMDACT_FUNCTIONS_BENT_BETWEEN_HPP
#define SIMDACT_FUNCTIONS_BENT_BETWEEN_HPP

/// What follows for functions that bend between two numbers and have f' = 0 or 1 beside them.

#include <simdact/concepts.hpp>
#include <simdact/simd.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

/// The members of such a function without parameters: up to Low f' = 0; from High on f' = 1 and f(x) is x itself. F
/// tells f(x) of numbers in value_of(x), and f'(x) in slope(x) for Low < x < High; of other x that is some value. A NaN
/// comes back from all of them.
template <class F, int Low, int High>
struct bent_between {
    static constexpr bool light = true;

    template <value V>
    SIMDACT_INLINE constexpr V forward(V x) const noexcept {
        return simd::is_evaluated_nan(x) ? x : simd::unless_nan(x, F::value_of(x));
    }
    template <value V>
    SIMDACT_INLINE V forward_of_number(V x) const noexcept {
        return F::value_of(x);
    }

    template <value V>
    SIMDACT_INLINE constexpr V operator()(V x) const noexcept {
        return forward(x);
    }

    template <value V>
    SIMDACT_INLINE constexpr V derivative(V x) const noexcept {
        return backward(x, V(1));
    }

    /// dx = dy * f'(x) between, +0 or dy beside, whatever dy is.
    template <value V>
    SIMDACT_INLINE constexpr V backward(V x, V dy) const noexcept {
        return simd::is_evaluated_nan(x) ? x : simd::unless_nan(x, backward_of_number(x, dy));
    }

    /// For an x that is not NaN.
    template <value V>
    SIMDACT_INLINE constexpr V backward_of_number(V x, V dy) const noexcept {
        const V once = simd::read_once(x);
        const auto dx = [&] { return simd::scaled(dy, simd::opaque(F::slope(once))); };
        return simd::select(
            once < V(High), [&] { return simd::keep(once > V(Low), dx); }, dy);
    }
};

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
