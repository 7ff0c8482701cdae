#ifndef SIMDACT_FUNCTIONS_HARD_TANH_HPP
#define SIMDACT_FUNCTIONS_HARD_TANH_HPP

#include <simdact/functions/by_bit.hpp>

#include <limits>

namespace simdact {
inline namespace SIMDACT_ISA {

/// Hard tanh, or clip: f(x) = min where x < min, max where x > max, x elsewhere.  f'(x) = 1 for min < x < max, 0
/// elsewhere.  f(-inf) = min, f(+inf) = max; a zero that is kept keeps its sign; a NaN comes back bit for bit from
/// every function here. Errors: none, f and f' are exact. One bit tells f': min < x < max.  f' from the output y: 1 for
/// min < y < max, 0 elsewhere.  min and max are rounded to the element type first; min <= max, infinities too: kernels
/// refuse others, which give some value here.  Collobert 2004.
struct hard_tanh final {
    static constexpr const char* name = "hard_tanh";
    static constexpr parameter parameters[] = {
        {.name = "min", .fallback = -1.0, .valid = at_most_parameter("max")},
        {.name = "max", .fallback = 1.0, .valid = any_number},
    };
    static constexpr double unlimited = std::numeric_limits<double>::infinity();
    static constexpr name_elsewhere elsewhere[] = {
        {naming::onnx, "Clip", {{"min", -unlimited}, {"max", unlimited}}},
        {naming::pytorch, "Hardtanh hardtanh", {{"min_val", -1.0}, {"max_val", 1.0}}},
        {naming::pytorch, "clamp clip", {{"min", -unlimited}, {"max", unlimited}}},
        {naming::keras, "hard_tanh"}};
    static constexpr bool two_slopes = true;
    double min = -1.0, max = 1.0;

    template <value V>
    SIMDACT_INLINE constexpr V forward(V x) const noexcept {
        return simd::limited(x, simd::splat<V>(min), simd::splat<V>(max));
    }

    template <value V>
    SIMDACT_INLINE constexpr simd::mask_t<V> mask(V x) const noexcept {
        return simd::both(x > simd::splat<V>(min), x < simd::splat<V>(max));
    }

    /// dx = dy where min < x < max, +0 elsewhere whatever dy is.
    template <value V>
    SIMDACT_INLINE constexpr V backward_from_mask(simd::mask_t<V> inside, V dy) const noexcept {
        return simd::keep(inside, dy);
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
