#ifndef SIMDACT_FUNCTIONS_LEAKY_RELU_HPP
#define SIMDACT_FUNCTIONS_LEAKY_RELU_HPP

#include <simdact/concepts.hpp>
#include <simdact/simd.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {

/// Leaky ReLU: f(x) = x where x is not less than 0, negative_slope * x elsewhere.
/// f'(x) = 1 for x > 0, negative_slope for x <= 0.  f(-inf) = negative_slope * -inf, so NaN for a slope of 0.
/// f(-0) = -0; a NaN x comes back bit for bit from every function here. Errors: f 0.5 ULP, f' exact.
/// f' from the output y: 1 for y > 0, negative_slope elsewhere; right when negative_slope >= 0.
/// The slope is rounded to the element type first.  Maas, Hannun, Ng 2013.
struct leaky_relu final {
    static constexpr const char* name = "leaky_relu";
    static constexpr parameter parameters[] = {
        {.name = "negative_slope", .fallback = 0.01, .from_output = at_least(0.0)},
    };
    static constexpr bool light = true;

    double negative_slope = 0.01;

    template <value V>
    SIMDACT_INLINE constexpr V forward(V x) const noexcept {
        return simd::select(
            x < V(0), [&] { return simd::scaled(x, simd::splat<V>(negative_slope)); }, x);
    }

    template <value V>
    SIMDACT_INLINE constexpr V operator()(V x) const noexcept {
        return forward(x);
    }

    template <value V>
    SIMDACT_INLINE constexpr V derivative(V x) const noexcept {
        return simd::unless_nan(x, derivative_of_number(x));
    }

    /// dx = dy where x > 0, dy * negative_slope where x <= 0.
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
        return simd::select(x > V(0), V(1), simd::splat<V>(negative_slope));
    }

    template <value V>
    SIMDACT_INLINE constexpr V backward_of_number(V x, V dy) const noexcept {
        return simd::select(
            x <= V(0), [&] { return simd::scaled(dy, simd::splat<V>(negative_slope)); }, dy);
    }

    /// dx from x > 0 alone, for any slope.
    template <value V>
    SIMDACT_INLINE constexpr V backward_from_mask(simd::mask_t<V> positive, V dy) const noexcept {
        return simd::select(
            !positive, [&] { return simd::scaled(dy, simd::splat<V>(negative_slope)); }, dy);
    }
};

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
