#ifndef SIMDACT_FUNCTIONS_ELU_HPP
#define SIMDACT_FUNCTIONS_ELU_HPP

#include <simdact/functions/x_above_zero.hpp>
#include <simdact/math/exponential.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {

/// Exponential linear unit: f(x) = x where x is not less than 0, alpha * (e^x - 1) elsewhere.
/// f'(x) = 1 for x > 0, alpha * e^x for x <= 0 (so alpha at 0).
/// f(-inf) = -alpha exactly, f'(-inf) = 0 * alpha; f(-0) = -0; a NaN x comes back bit for bit from every function here.
/// Error of f: float 1 ULP at alpha = 1, else 2.5; double 1.25 ULP at alpha = 1, else 2.5. Error of f' from x: 1.1 ULP
/// at alpha = 1, else 2; it is 0 only where alpha * e^x is below the smallest normal number. f' from the output y: 1
/// for y > 0, y + alpha elsewhere; right when alpha >= 0; off by 1.5 ULP of alpha at alpha = 1, else 2.5: an absolute
/// error, the relative one is lost where y is near -alpha. alpha is rounded to the element type first. 0 gives zeros of
/// either sign for x < 0, an infinity NaN there. Not constexpr.  Clevert, Unterthiner, Hochreiter 2016.
struct elu final {
    static constexpr const char* name = "elu";
    static constexpr parameter parameters[] = {{.name = "alpha", .fallback = 1.0, .from_output = at_least(0.0)}};
    static constexpr name_elsewhere elsewhere[] = {
        {naming::onnx, "Elu"}, {naming::pytorch, "ELU elu"}, {naming::keras, "ELU elu"}};
    static constexpr bool light_from_output = true;

    double alpha = 1.0;

    template <value V>
    SIMDACT_INLINE V forward(V x) const noexcept {
        return simd::select(x < V(0), detail::scaled_expm1(x, simd::rounded<simd::element_t<V>>(alpha)), x);
    }

    /// For kernels: the derivatives, with what depends on alpha alone computed before the loop.
    template <class T, bool AnyAlpha = true>
    SIMDACT_INLINE auto prepared() const noexcept {
        return detail::x_above_zero{detail::scaled_exp<T, AnyAlpha>(simd::rounded<T>(alpha))};
    }
    SIMDACT_INLINE auto usual(value auto x) const noexcept { return prepared<simd::element_t<decltype(x)>, false>(); }

    template <value V>
    SIMDACT_INLINE V derivative_from_output(V y) const noexcept {
        return detail::slope_from_output(y, y + simd::splat<V>(alpha));
    }

    /// For a y that is not NaN.
    template <value V>
    SIMDACT_INLINE V backward_from_output_of_number(V y, V dy) const noexcept {
        return detail::dx_from_output(y, y + simd::splat<V>(alpha), dy);
    }

    SIMDACT_INLINE auto operator()(value auto x) const noexcept { return forward(x); }
    SIMDACT_INLINE auto derivative(value auto x) const noexcept {
        return prepared<simd::element_t<decltype(x)>>().derivative(x);
    }
    SIMDACT_INLINE auto backward(value auto x, auto dy) const noexcept {
        return prepared<simd::element_t<decltype(x)>>().backward(x, dy);
    }
    SIMDACT_INLINE auto backward_from_output(value auto y, auto dy) const noexcept {
        return simd::unless_nan(y, backward_from_output_of_number(y, dy));
    }
};

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
