#ifndef SIMDACT_FUNCTIONS_SMOOTH_HPP
#define SIMDACT_FUNCTIONS_SMOOTH_HPP

#include <simdact/concepts.hpp>
#include <simdact/simd.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

/// The members of a function without parameters that has one formula for all x. F tells it for numbers: f(x) in
/// value_of(x), f'(x) in slope(x), and f' from the output y in slope_at_output(y). A NaN comes back from all of them.
template <class F>
struct smooth {
    static constexpr bool light_from_output = true;

    template <value V>
    SIMDACT_INLINE V forward(V x) const noexcept {
        return simd::unless_nan(x, F::value_of(x));
    }

    template <value V>
    SIMDACT_INLINE V operator()(V x) const noexcept {
        return forward(x);
    }

    template <value V>
    SIMDACT_INLINE V derivative(V x) const noexcept {
        return simd::unless_nan(x, F::slope(x));
    }

    template <value V>
    SIMDACT_INLINE V backward(V x, V dy) const noexcept {
        return simd::unless_nan(x, dy * F::slope(x));
    }

    template <value V>
    SIMDACT_INLINE V derivative_from_output(V y) const noexcept {
        return simd::unless_nan(y, F::slope_at_output(y));
    }

    template <value V>
    SIMDACT_INLINE V backward_from_output(V y, V dy) const noexcept {
        return simd::unless_nan(y, backward_from_output_of_number(y, dy));
    }

    // For a y that is not NaN.
    template <value V>
    SIMDACT_INLINE V backward_from_output_of_number(V y, V dy) const noexcept {
        return dy * F::slope_at_output(y);
    }
};

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
