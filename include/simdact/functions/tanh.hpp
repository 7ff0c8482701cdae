#ifndef SIMDACT_FUNCTIONS_TANH_HPP
#define SIMDACT_FUNCTIONS_TANH_HPP

#include <simdact/functions/smooth.hpp>
#include <simdact/math/logistic.hpp>
#include <simdact/math/tanh.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {

/// Hyperbolic tangent: f(x) = (e^2x - 1) / (e^2x + 1).  f'(x) = 1 - f(x)^2 = 4 e^-2|x| / (1 + e^-2|x|)^2.
/// f(-inf) = -1, f(+-0) = +-0, f(+inf) = 1, f'(+-0) = 1, f'(+-inf) = +0; f(-x) = -f(x) and f'(-x) = f'(x) bit for bit;
/// a NaN comes back bit for bit from every function here. LeCun, Bottou, Orr, Mueller 1998.
/// Error of f: float 2.05 ULP, double 2.5; of f' from x: float 2.5 ULP, double 3, denormals included. f' from the
/// output y: (1 - y) (1 + y), off by 2 ULP of 1: an absolute error, the relative one is lost where y is near -1 and 1.
/// Not constexpr. <cmath> has a function of this name: write simdact::tanh, after using namespace simdact too.
struct tanh final : detail::smooth<tanh> {
    static constexpr const char* name = "tanh";
    static constexpr name_elsewhere elsewhere[] = {
        {naming::onnx, "Tanh"}, {naming::pytorch, "Tanh tanh"}, {naming::keras, "tanh"}};

    template <value V>
    SIMDACT_INLINE static V value_of(V x) noexcept {
        return detail::hyperbolic_tangent(x);
    }

    template <value V>
    SIMDACT_INLINE static V slope(V x) noexcept {
        using E = detail::exponential<simd::element_t<V>>;
        const V size = simd::at_most((simd::abs)(x), V(-E::vanishing / 2));
        return simd::opaque(detail::logistic_slope(V(-2) * size, 4));
    }

    template <value V>
    SIMDACT_INLINE static V slope_at_output(V y) noexcept {
        return (V(1) - y) * (V(1) + y);
    }
};

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
