#ifndef SIMDACT_FUNCTIONS_CELU_HPP
#define SIMDACT_FUNCTIONS_CELU_HPP

#include <simdact/functions/x_above_zero.hpp>
#include <simdact/math/exponential_of_quotient.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {

/// Continuously differentiable ELU: f(x) = x where x is not less than 0, alpha * (e^(x / alpha) - 1) elsewhere.
/// f'(x) = 1 for x > 0, e^(x / alpha) for x <= 0 (so 1 at 0).
/// f(-inf) = -alpha exactly, f'(-inf) = +0; f(-0) = -0; a NaN x comes back bit for bit from every function here.
/// Error of f: float 1 ULP at alpha = 1, else 2.5; double 1.25 ULP at alpha = 1, else 2.5. Error of f' from x: 1.1 ULP.
/// Denormals are included in both. f' from the output y: 1 for y > 0, (y + alpha) / alpha elsewhere; off by 1.5 ULP of
/// 1: an absolute error, the relative one is lost where y is near -alpha. alpha is rounded to the element type first
/// and lies from 2^-20 to 2^20: kernels refuse others, which give some value here. Not constexpr.  Barron 2017.
struct celu final {
    static constexpr const char* name = "celu";
    static constexpr parameter parameters[] = {{.name = "alpha", .fallback = 1.0, .valid = between(0x1p-20, 0x1p20)}};
    static constexpr name_elsewhere elsewhere[] = {
        {naming::onnx, "Celu"}, {naming::pytorch, "CELU celu"}, {naming::keras, "celu"}};
    static constexpr bool light_from_output = true;

    double alpha = 1.0;

    template <value V>
    SIMDACT_INLINE V forward(V x) const noexcept {
        return simd::select(x < V(0), detail::expm1_of_quotient(x, simd::rounded<simd::element_t<V>>(alpha)), x);
    }

    /// For kernels: the derivatives, with what depends on alpha alone computed before the loop.
    template <class T>
    SIMDACT_INLINE auto prepared() const noexcept {
        return detail::x_above_zero<detail::exp_of_quotient<T>>{detail::exp_of_quotient<T>(simd::rounded<T>(alpha))};
    }

    template <value V>
    SIMDACT_INLINE V derivative_from_output(V y) const noexcept {
        const V a = simd::splat<V>(alpha);
        return detail::slope_from_output(y, simd::divide(y + a, a));
    }

    /// For a y that is not NaN.
    template <value V>
    SIMDACT_INLINE V backward_from_output_of_number(V y, V dy) const noexcept {
        const V a = simd::splat<V>(alpha);
        return detail::dx_from_output(y, simd::divide(y + a, a), dy);
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
