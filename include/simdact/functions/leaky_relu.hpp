#ifndef SIMDACT_FUNCTIONS_LEAKY_RELU_HPP
#define SIMDACT_FUNCTIONS_LEAKY_RELU_HPP

#include <simdact/functions/by_bit.hpp>

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
        {.name = "negative_slope", .fallback = 0.01, .from_output = at_least(0.0)}};
    static constexpr name_elsewhere elsewhere[] = {{naming::onnx, "LeakyRelu", {{"alpha", 0.01}}},
                                                   {naming::pytorch, "LeakyReLU leaky_relu"},
                                                   {naming::keras, "LeakyReLU", {{"negative_slope", 0.3}}},
                                                   {naming::keras, "leaky_relu", {{"negative_slope", 0.2}}}};
    static constexpr bool two_slopes = true;
    double negative_slope = 0.01;

    SIMDACT_INLINE constexpr auto forward(value auto x) const noexcept {
        return detail::scaled_below_zero(x, simd::splat<decltype(x)>(negative_slope));
    }

    template <value V>
    SIMDACT_INLINE constexpr V backward_from_mask(simd::mask_t<V> positive, V dy) const noexcept {
        return detail::scaled_unless(positive, dy, simd::splat<V>(negative_slope));
    }

    SIMDACT_INLINE auto usual(value auto x) const noexcept { return detail::by_maximum(x, negative_slope); }
    SIMDACT_INLINE constexpr auto operator()(value auto x) const noexcept { return forward(x); }
    SIMDACT_INLINE constexpr auto derivative(value auto x) const noexcept { return backward(x, decltype(x)(1)); }
    SIMDACT_INLINE constexpr auto backward(value auto x, auto dy) const noexcept { return detail::dx_of(*this, x, dy); }
    SIMDACT_INLINE constexpr auto derivative_from_output(value auto y) const noexcept { return derivative(y); }
    SIMDACT_INLINE constexpr auto backward_from_output(value auto y, auto dy) const noexcept { return backward(y, dy); }
};

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
