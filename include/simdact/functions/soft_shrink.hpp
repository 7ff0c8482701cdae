#ifndef SIMDACT_FUNCTIONS_SOFT_SHRINK_HPP
#define SIMDACT_FUNCTIONS_SOFT_SHRINK_HPP

#include <simdact/functions/by_bit.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {

/// Soft shrinkage: f(x) = a zero of x's sign where |x| <= lambda, x - lambda where x > lambda, x + lambda where
/// x < -lambda.  f'(x) = 0 where |x| <= lambda, 1 elsewhere.  f(+-inf) = +-inf unless lambda is; f(-x) = -f(x) bit for
/// bit; a NaN comes back bit for bit from every function here. Errors: f 0.5 ULP, f' exact. One bit tells f':
/// |x| > lambda.  f' from the output y: 0 for y = 0, 1 elsewhere; not where denormals are taken for 0.  lambda >= 0,
/// and is rounded to the element type first: kernels refuse others, which give some value here.  Donoho 1995.
struct soft_shrink final {
    static constexpr const char* name = "soft_shrink";
    static constexpr parameter parameters[] = {{.name = "lambda", .fallback = 0.5, .valid = at_least(0.0)}};
    static constexpr name_elsewhere elsewhere[] = {{naming::pytorch, "Softshrink softshrink", {{"lambd", 0.5}}},
                                                   {naming::keras, "soft_shrink", {{"threshold", 0.5}}}};
    static constexpr bool two_slopes = true;
    double lambda = 0.5;

    template <value V>
    SIMDACT_INLINE constexpr V forward(V x) const noexcept {
        return simd::is_evaluated_nan(x) ? x : simd::unless_nan(x, forward_of_number(x));
    }
    template <value V>
    SIMDACT_INLINE constexpr V forward_of_number(V x) const noexcept {
        const V size = (simd::abs)(x), most = simd::splat<V>(lambda);
        return simd::either(simd::keep(size > most, size - most), simd::sign_of(x));
    }

    template <value V>
    SIMDACT_INLINE constexpr simd::mask_t<V> mask(V x) const noexcept {
        return (simd::abs)(x) > simd::splat<V>(lambda);
    }
    template <value V>
    SIMDACT_INLINE constexpr simd::mask_t<V> mask_of_output(V y) const noexcept {
        return (simd::abs)(y) > V(0);
    }

    /// dx = dy where |x| > lambda, +0 elsewhere whatever dy is.
    template <value V>
    SIMDACT_INLINE constexpr V backward_from_mask(simd::mask_t<V> beyond, V dy) const noexcept {
        return simd::keep(beyond, dy);
    }

    SIMDACT_INLINE constexpr auto operator()(value auto x) const noexcept { return forward(x); }
    SIMDACT_INLINE constexpr auto derivative(value auto x) const noexcept { return backward(x, decltype(x)(1)); }
    SIMDACT_INLINE constexpr auto backward(value auto x, auto dy) const noexcept { return detail::dx_of(*this, x, dy); }
    SIMDACT_INLINE constexpr auto derivative_from_output(value auto y) const noexcept {
        return backward_from_output(y, decltype(y)(1));
    }
    SIMDACT_INLINE constexpr auto backward_from_output(value auto y, auto dy) const noexcept {
        return simd::unless_nan(y, backward_from_mask(mask_of_output(y), dy));
    }
};

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
