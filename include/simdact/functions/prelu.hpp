#ifndef SIMDACT_FUNCTIONS_PRELU_HPP
#define SIMDACT_FUNCTIONS_PRELU_HPP

#include <simdact/functions/by_bit.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {

/// Parametric ReLU, whose slope w is learned: f(x, w) = x where x is not less than 0, w * x elsewhere.
/// df/dx = 1 for x > 0, w for x <= 0.  df/dw = 0 for x > 0, x elsewhere.  f(-inf, w) = w * -inf, so NaN for w = 0.
/// f(-0, w) = -0; a NaN x comes back bit for bit from every function here. Errors: f 0.5 ULP, derivatives exact.
/// There is no derivative from the output: the gradient of w needs x.  He, Zhang, Ren, Sun 2015.
struct prelu final {
    static constexpr const char* name = "prelu";
    static constexpr name_elsewhere elsewhere[] = {
        {naming::onnx, "PRelu"}, {naming::pytorch, "PReLU prelu"}, {naming::keras, "PReLU"}};
    static constexpr bool light = true;

    /// The slope training starts from, by the paper.
    static constexpr double initial_slope = 0.25;

    template <value V>
    SIMDACT_INLINE constexpr V forward(V x, V slope) const noexcept {
        return detail::scaled_below_zero(x, slope);
    }

    template <value V>
    SIMDACT_INLINE constexpr V derivative(V x, V slope) const noexcept {
        return simd::select(x > V(0), V(1), simd::select(x <= V(0), slope, x));
    }

    /// dx = dy where x > 0, dy * slope where x <= 0.
    template <value V>
    SIMDACT_INLINE constexpr V backward(V x, V slope, V dy) const noexcept {
        return simd::select(x > V(0), dy,
                            simd::select(
                                x <= V(0), [&] { return simd::scaled(dy, slope); }, x));
    }

    /// dx from x > 0 alone; the gradient of w needs x.
    template <value V>
    SIMDACT_INLINE constexpr V backward_from_mask(simd::mask_t<V> positive, V slope, V dy) const noexcept {
        return detail::scaled_unless(positive, dy, slope);
    }

    template <value V>
    SIMDACT_INLINE constexpr V slope_derivative(V x) const noexcept {
        return simd::drop(x > V(0), x);
    }

    SIMDACT_INLINE constexpr auto operator()(value auto x, auto slope) const noexcept { return forward(x, slope); }
};

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
