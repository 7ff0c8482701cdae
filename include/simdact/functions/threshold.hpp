#ifndef SIMDACT_FUNCTIONS_THRESHOLD_HPP
#define SIMDACT_FUNCTIONS_THRESHOLD_HPP

#include <simdact/functions/by_bit.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {

/// Threshold: f(x) = value where x <= theta, x elsewhere.  f'(x) = 0 where x <= theta, 1 elsewhere.
/// f(-inf) = value, f(+inf) = +inf unless theta is; a NaN x comes back bit for bit from every function here. Errors:
/// none, f and f' are exact. One bit tells f': x > theta.  f' from the output y: 1 for y > theta, 0 elsewhere; right
/// when value <= theta.  theta and value have to be given: kernels refuse NaN, which they are otherwise. They are
/// rounded to the element type first.
struct threshold final {
    static constexpr const char* name = "threshold";
    static constexpr parameter parameters[] = {
        {.name = "theta", .fallback = not_given, .valid = any_number},
        {.name = "value", .fallback = not_given, .valid = any_number, .from_output = at_most_parameter("theta")},
    };
    static constexpr name_elsewhere elsewhere[] = {
        {naming::pytorch, "Threshold threshold", {{"threshold", not_given}, {"value", not_given}}},
        {naming::keras, "threshold", {{"threshold", not_given}, {"default_value", not_given}}}};
    static constexpr bool two_slopes = true;
    double theta = not_given, value = not_given;

    template <simdact::value V>
    SIMDACT_INLINE constexpr V forward(V x) const noexcept {
        return simd::select(x <= simd::splat<V>(theta), simd::splat<V>(value), x);
    }

    template <simdact::value V>
    SIMDACT_INLINE constexpr simd::mask_t<V> mask(V x) const noexcept {
        return x > simd::splat<V>(theta);
    }

    /// dx = dy where x > theta, +0 elsewhere whatever dy is.
    template <simdact::value V>
    SIMDACT_INLINE constexpr V backward_from_mask(simd::mask_t<V> above, V dy) const noexcept {
        return simd::keep(above, dy);
    }

    SIMDACT_INLINE constexpr auto operator()(simdact::value auto x) const noexcept { return forward(x); }
    SIMDACT_INLINE constexpr auto derivative(simdact::value auto x) const noexcept {
        return backward(x, decltype(x)(1));
    }
    SIMDACT_INLINE constexpr auto backward(simdact::value auto x, auto dy) const noexcept {
        return detail::dx_of(*this, x, dy);
    }
    SIMDACT_INLINE constexpr auto derivative_from_output(simdact::value auto y) const noexcept { return derivative(y); }
    SIMDACT_INLINE constexpr auto backward_from_output(simdact::value auto y, auto dy) const noexcept {
        return backward(y, dy);
    }
};

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
