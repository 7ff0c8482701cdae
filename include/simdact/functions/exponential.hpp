#ifndef SIMDACT_FUNCTIONS_EXPONENTIAL_HPP
#define SIMDACT_FUNCTIONS_EXPONENTIAL_HPP

#include <simdact/functions/smooth.hpp>
#include <simdact/math/exp.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {

/// Exponential: f(x) = e^x. f'(x) = e^x.
/// f(-inf) = +0, f(+-0) = 1, f(+inf) = +inf, which it is from 88.7229 up too (double: 709.783); f' = f; a NaN comes
/// back bit for bit from every function here.
/// Error of f and of f', from x and from the output: float 1.1 ULP, double 1.25; denormals included. f' from the output
/// y is y. Not constexpr. The bits of simdact::math::exp.
struct exponential final : detail::smooth<exponential> {
    static constexpr const char* name = "exponential";
    static constexpr name_elsewhere elsewhere[] = {{naming::onnx, "Exp"}, {naming::keras, "exponential"}};

    template <value V>
    SIMDACT_INLINE static V value_of(V x) noexcept {
        return detail::exponential_of(x);
    }

    template <value V>
    SIMDACT_INLINE static V slope(V x) noexcept {
        return detail::exponential_of(x);
    }

    template <value V>
    SIMDACT_INLINE static constexpr V slope_at_output(V y) noexcept {
        return simd::unfolded(y);
    }
};

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
