#ifndef SIMDACT_FUNCTIONS_LOG_SIGMOID_HPP
#define SIMDACT_FUNCTIONS_LOG_SIGMOID_HPP

#include <simdact/functions/smooth.hpp>
#include <simdact/math/log1p_of_exponential.hpp>
#include <simdact/math/logistic.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {

/// Logarithm of the logistic sigmoid: f(x) = log(1 / (1 + e^-x)) = -log(1 + e^-x). f'(x) = 1 / (1 + e^x).
/// f(-inf) = -inf, f(+-0) = -log(2), f(+inf) = -0, f'(-inf) = 1, f'(+-0) = 1/2, f'(+inf) = +0; a NaN comes back bit for
/// bit from every function here. Softplus mirrored: f(x) = -softplus(-x).
/// Error of f: 2.25 ULP; of f' from x: float 1.75 ULP, double 2; denormals included in both. f never falls by more than
/// 2 ULP. f' from the output y, -expm1(y): 2.75 ULP while y is normal. Not constexpr.
struct log_sigmoid final : detail::smooth<log_sigmoid> {
    static constexpr const char* name = "log_sigmoid";
    static constexpr name_elsewhere elsewhere[] = {{naming::pytorch, "LogSigmoid logsigmoid"},
                                                   {naming::keras, "log_sigmoid"}};

    template <value V>
    SIMDACT_INLINE static V value_of(V x) noexcept {
        using T = simd::element_t<V>;
        using E = detail::exponential<T>;
        const detail::lifted_exp<V> e(simd::at_least(simd::negated((simd::abs)(x)), V(E::product_vanishing)));
        return detail::scaled_log1p(e, V(-E::lift_down), V(-1), simd::at_most(x, V(T(-0.0))));
    }

    template <value V>
    SIMDACT_INLINE static V slope(V x) noexcept {
        return detail::logistic(simd::negated(x));
    }

    template <value V>
    SIMDACT_INLINE static V slope_at_output(V y) noexcept {
        using T = simd::element_t<V>;
        return V(0) - detail::expm1_within(simd::clamp(y, V(detail::exponential<T>::minus_one), V(0)), T(1));
    }
};

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
