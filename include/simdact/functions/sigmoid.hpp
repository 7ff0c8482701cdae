#ifndef SIMDACT_FUNCTIONS_SIGMOID_HPP
#define SIMDACT_FUNCTIONS_SIGMOID_HPP

#include <simdact/functions/smooth.hpp>
#include <simdact/math/logistic.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {

/// Logistic sigmoid: f(x) = 1 / (1 + e^-x).  f'(x) = f(x) (1 - f(x)) = e^-|x| / (1 + e^-|x|)^2.
/// f(-inf) = +0, f(+-0) = 1/2, f(+inf) = 1, f'(+-0) = 1/4, f'(+-inf) = +0; f'(-x) = f'(x) bit for bit; a NaN comes back
/// bit for bit from every function here. Rumelhart, Hinton, Williams 1986.
/// Error of f: float 1.75 ULP, double 2; of f' from x: float 2.5 ULP, double 3; denormals included in both. f' from the
/// output y: y (1 - y), off by 3.5 ULP of 1/4: an absolute error, the relative one is lost where y is near 1. Not
/// constexpr.
struct sigmoid final : detail::smooth<sigmoid> {
    static constexpr const char* name = "sigmoid";
    static constexpr name_elsewhere elsewhere[] = {
        {naming::onnx, "Sigmoid"}, {naming::pytorch, "Sigmoid sigmoid"}, {naming::keras, "sigmoid"}};

    template <value V>
    SIMDACT_INLINE static V value_of(V x) noexcept {
        return detail::logistic(x);
    }

    template <value V>
    SIMDACT_INLINE static V slope(V x) noexcept {
        using E = detail::exponential<simd::element_t<V>>;
        const V size = simd::at_most((simd::abs)(x), V(-E::vanishing));
        return simd::opaque(detail::logistic_slope(V(0) - size, 1));
    }

    template <value V>
    SIMDACT_INLINE static V slope_at_output(V y) noexcept {
        return y * (V(1) - y);
    }
};

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
