#ifndef SIMDACT_FUNCTIONS_HARD_SHRINK_HPP
#define SIMDACT_FUNCTIONS_HARD_SHRINK_HPP

#include <simdact/functions/by_bit.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {

/// Hard shrinkage: f(x) = a zero of x's sign where |x| <= lambda, x elsewhere.  f'(x) = 0 where |x| <= lambda, 1
/// elsewhere.  f(+-inf) = +-inf unless lambda is; f(-x) = -f(x) bit for bit; a NaN comes back bit for bit from every
/// function here. Errors: none, f and f' are exact. One bit tells f': |x| > lambda.  f' from the output y: 1 for
/// |y| > lambda, 0 elsewhere.  lambda >= 0, and is rounded to the element type first: kernels refuse others, which give
/// some value here.  Donoho, Johnstone 1994.
struct hard_shrink final {
    static constexpr const char* name = "hard_shrink";
    static constexpr parameter parameters[] = {{.name = "lambda", .fallback = 0.5, .valid = at_least(0.0)}};
    static constexpr name_elsewhere elsewhere[] = {{naming::onnx, "Shrink", {{"lambd", 0.5}}},
                                                   {naming::pytorch, "Hardshrink hardshrink", {{"lambd", 0.5}}},
                                                   {naming::keras, "hard_shrink", {{"threshold", 0.5}}}};
    static constexpr bool two_slopes = true;
    double lambda = 0.5;

    template <value V>
    SIMDACT_INLINE constexpr V forward(V x) const noexcept {
        const V once = simd::read_once(x), size = (simd::abs)(once);
        return simd::either(simd::drop(size <= simd::splat<V>(lambda), size), simd::sign_of(once));
    }

    template <value V>
    SIMDACT_INLINE constexpr simd::mask_t<V> mask(V x) const noexcept {
        return (simd::abs)(x) > simd::splat<V>(lambda);
    }

    /// dx = dy where |x| > lambda, +0 elsewhere whatever dy is.
    template <value V>
    SIMDACT_INLINE constexpr V backward_from_mask(simd::mask_t<V> beyond, V dy) const noexcept {
        return simd::keep(beyond, dy);
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
