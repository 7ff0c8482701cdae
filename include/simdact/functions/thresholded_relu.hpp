#ifndef SIMDACT_FUNCTIONS_THRESHOLDED_RELU_HPP
#define SIMDACT_FUNCTIONS_THRESHOLDED_RELU_HPP

#include <simdact/functions/by_bit.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {

/// Thresholded ReLU: f(x) = +0 where x <= theta, x elsewhere.  f'(x) = 0 where x <= theta, 1 elsewhere.
/// f(-inf) = +0, f(+inf) = +inf unless theta is; a NaN x comes back bit for bit from every function here. Errors: none,
/// f and f' are exact. One bit tells f': x > theta.  f' from the output y: 1 for y > theta, 0 elsewhere; right when
/// theta >= 0.  theta is rounded to the element type first; kernels refuse NaN.  Konda, Memisevic, Krueger 2015.
struct thresholded_relu final {
    static constexpr const char* name = "thresholded_relu";
    static constexpr parameter parameters[] = {
        {.name = "theta", .fallback = 1.0, .valid = any_number, .from_output = at_least(0.0)}};
    static constexpr name_elsewhere elsewhere[] = {{naming::onnx, "ThresholdedRelu", {{"alpha", 1.0}}}};
    static constexpr bool two_slopes = true;
    double theta = 1.0;

    template <value V>
    SIMDACT_INLINE constexpr V forward(V x) const noexcept {
        return simd::drop(x <= simd::splat<V>(theta), x);
    }

    template <value V>
    SIMDACT_INLINE constexpr simd::mask_t<V> mask(V x) const noexcept {
        return x > simd::splat<V>(theta);
    }

    /// dx = dy where x > theta, +0 elsewhere whatever dy is.
    template <value V>
    SIMDACT_INLINE constexpr V backward_from_mask(simd::mask_t<V> above, V dy) const noexcept {
        return simd::keep(above, dy);
    }

    SIMDACT_INLINE constexpr auto operator()(value auto x) const noexcept { return forward(x); }
    SIMDACT_INLINE constexpr auto derivative(value auto x) const noexcept { return backward(x, decltype(x)(1)); }
    SIMDACT_INLINE constexpr auto backward(value auto x, auto dy) const noexcept { return detail::dx_of(*this, x, dy); }
    SIMDACT_INLINE constexpr auto derivative_from_output(value auto y) const noexcept { return derivative(y); }
    SIMDACT_INLINE constexpr auto backward_from_output(value auto y, auto dy) const noexcept { return backward(y, dy); }
};

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
