#ifndef SIMDACT_FUNCTIONS_SELU_HPP
#define SIMDACT_FUNCTIONS_SELU_HPP

#include <simdact/functions/smooth.hpp>
#include <simdact/math/exponential.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {

/// Scaled exponential linear unit: f(x) = lambda * x for x > 0, lambda * alpha * (e^x - 1) elsewhere, with
/// lambda = 1.0507009873554805 and lambda * alpha = 1.7580993408473766, each rounded to the element type.
/// f'(x) = lambda for x > 0, lambda * alpha * e^x elsewhere (so lambda * alpha at 0).
/// f(-inf) = -lambda * alpha exactly, f(+-0) = +-0, f(+inf) = +inf, f'(-inf) = +0; a NaN comes back bit for bit from
/// every function here. Klambauer, Unterthiner, Mayr, Hochreiter 2017.
/// Error of f: 2 ULP; of f' from x: 1.5 ULP; both for the rounded constants, denormals included. f' from the output y:
/// lambda for y > 0, y + lambda * alpha elsewhere; off by 2.5 ULP of lambda * alpha: an absolute error, the relative
/// one is lost where y is near -lambda * alpha. Not constexpr.
struct selu final : detail::smooth<selu> {
    static constexpr const char* name = "selu";
    static constexpr name_elsewhere elsewhere[] = {
        {naming::onnx, "Selu"}, {naming::pytorch, "SELU selu"}, {naming::keras, "selu"}};

    template <value V>
    SIMDACT_INLINE static V value_of(V x) noexcept {
        using T = simd::element_t<V>;
        return simd::select(x < V(0), detail::scaled_expm1(x, lambda_alpha<T>), simd::opaque(x * V(lambda<T>)));
    }

    template <value V>
    SIMDACT_INLINE static V slope(V x) noexcept {
        using T = simd::element_t<V>;
        const detail::scaled_exp<T, false> below(lambda_alpha<T>);
        return simd::select(x > V(0), V(lambda<T>), below(x));
    }

    template <value V>
    SIMDACT_INLINE static V slope_at_output(V y) noexcept {
        using T = simd::element_t<V>;
        return simd::select(y > V(0), V(lambda<T>), y + V(lambda_alpha<T>));
    }

private:
    template <class T>
    static constexpr T lambda = T(1.0507009873554804934193349852946);
    template <class T>
    static constexpr T lambda_alpha = T(0x1.c212cc640f031p0);
};

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
