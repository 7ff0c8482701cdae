#ifndef SIMDACT_FUNCTIONS_RELU_HPP
#define SIMDACT_FUNCTIONS_RELU_HPP

#include <simdact/simd.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {

/// Rectified linear unit: f(x) = x where x is not less than 0, +0 elsewhere.  f'(x) = 1 for x > 0, 0 for x <= 0.
/// f(-0) = -0; a NaN comes back bit for bit from every function here. Errors: none, f and f' are exact.
/// f' from the output y: 1 for y > 0, 0 elsewhere.  Nair, Hinton 2010.
struct relu final {
    static constexpr const char* name = "relu";
    static constexpr bool light = true;

    template <value V>
    SIMDACT_INLINE constexpr V forward(V x) const noexcept {
        return simd::drop(x < V(0), x);
    }

    template <value V>
    SIMDACT_INLINE constexpr V operator()(V x) const noexcept {
        return forward(x);
    }

    template <value V>
    SIMDACT_INLINE constexpr V derivative(V x) const noexcept {
        return simd::unless_nan(x, derivative_of_number(x));
    }

    /// dx = dy where x > 0, +0 where x <= 0 whatever dy is.
    template <value V>
    SIMDACT_INLINE constexpr V backward(V x, V dy) const noexcept {
        return simd::unless_nan(x, backward_of_number(x, dy));
    }

    template <value V>
    SIMDACT_INLINE constexpr V backward_from_output_of_number(V y, V dy) const noexcept {
        return backward_of_number(y, dy);
    }

    template <value V>
    SIMDACT_INLINE constexpr V derivative_from_output(V y) const noexcept {
        return derivative(y);
    }

    template <value V>
    SIMDACT_INLINE constexpr V backward_from_output(V y, V dy) const noexcept {
        return backward(y, dy);
    }

    // For an x that is not NaN; kernels see to it for several batches at a time.
    template <value V>
    SIMDACT_INLINE constexpr V derivative_of_number(V x) const noexcept {
        return simd::keep(x > V(0), V(1));
    }

    template <value V>
    SIMDACT_INLINE constexpr V backward_of_number(V x, V dy) const noexcept {
        return simd::keep(x > V(0), dy);
    }

    /// dx from x > 0 alone.
    template <value V>
    SIMDACT_INLINE constexpr V backward_from_mask(simd::mask_t<V> positive, V dy) const noexcept {
        return simd::keep(positive, dy);
    }
};

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
