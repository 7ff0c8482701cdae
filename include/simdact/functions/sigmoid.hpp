#pragma once

#include <simdact/concepts.hpp>
#include <simdact/exponential.hpp>
#include <simdact/simd.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {

/// Logistic sigmoid: f(x) = 1 / (1 + e^-x).  f'(x) = f(x) (1 - f(x)) = e^-|x| / (1 + e^-|x|)^2.
/// f(-inf) = +0, f(+-0) = 1/2, f(+inf) = 1, f'(+-0) = 1/4, f'(+-inf) = +0; f'(-x) = f'(x) bit for bit; a NaN comes back
/// bit for bit from every function here. Rumelhart, Hinton, Williams 1986.
/// Error of f: float 1.75 ULP, double 2; of f' from x: float 2.5 ULP, double 3; denormals included in both. f' from the
/// output y: y (1 - y), off by 3.5 ULP of 1/4: an absolute error, the relative one is lost where y is near 1. Not
/// constexpr.
struct sigmoid {
    static constexpr bool light_from_output = true;

    template <value V>
    SIMDACT_INLINE V forward(V x) const noexcept {
        return simd::unless_nan(x, detail::logistic(x));
    }

    template <value V>
    SIMDACT_INLINE V operator()(V x) const noexcept {
        return forward(x);
    }

    template <value V>
    SIMDACT_INLINE V derivative(V x) const noexcept {
        return simd::unless_nan(x, derivative_of_number(x));
    }

    template <value V>
    SIMDACT_INLINE V backward(V x, V dy) const noexcept {
        return simd::unless_nan(x, dy * derivative_of_number(x));
    }

    template <value V>
    SIMDACT_INLINE V derivative_from_output(V y) const noexcept {
        return simd::unless_nan(y, slope_at(y));
    }

    template <value V>
    SIMDACT_INLINE V backward_from_output(V y, V dy) const noexcept {
        return simd::unless_nan(y, backward_from_output_of_number(y, dy));
    }

    // For a y that is not NaN.
    template <value V>
    SIMDACT_INLINE V backward_from_output_of_number(V y, V dy) const noexcept {
        return dy * slope_at(y);
    }

private:
    template <value V>
    SIMDACT_INLINE static V derivative_of_number(V x) noexcept {
        using E = detail::exponential<simd::element_t<V>>;
        const V size = simd::at_most(simd::abs(x), V(-E::vanishing));
        return simd::opaque(detail::logistic_slope(V(0) - size, 1));
    }

    template <value V>
    SIMDACT_INLINE static V slope_at(V y) noexcept {
        return y * (V(1) - y);
    }
};

} // namespace SIMDACT_ISA
} // namespace simdact
