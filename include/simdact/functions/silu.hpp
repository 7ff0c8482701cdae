#ifndef SIMDACT_FUNCTIONS_SILU_HPP
#define SIMDACT_FUNCTIONS_SILU_HPP

#include <simdact/functions/gate.hpp>
#include <simdact/functions/smooth.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {

/// Sigmoid linear unit: f(x) = x s(x), where s(x) = 1 / (1 + e^-x).  f'(x) = s(x) (1 + x s(-x)).
/// f(-inf) = -0, f(+-0) = +-0, f(+inf) = +inf, f'(-inf) = -0, f'(+-0) = 1/2, f'(+inf) = 1; a NaN comes back bit for bit
/// from every function here. Elfwing, Uchibe, Doya 2017; Hendrycks, Gimpel 2016.
/// Error of f: 2.75 ULP (double: 3.75), denormals included. Error of f': 3 ULP or 2^-24, whatever is more, and at most
/// 4 ULP where x is not within 1/4 of the zero of f' at -1.2785 (double: 4 ULP or 2^-53, and 5 ULP). The output does
/// not tell f': y belongs to two x. Not constexpr.
struct silu final : detail::smooth<silu> {
    static constexpr const char* name = "silu";
    static constexpr name_elsewhere elsewhere[] = {{naming::pytorch, "SiLU silu"}, {naming::keras, "silu swish"}};

    template <value V>
    SIMDACT_INLINE static V value_of(V x) noexcept {
        const V a = size_of(x);
        return detail::gated(x, a, detail::lifted_exp<V>(simd::negated(a)));
    }

    template <value V>
    SIMDACT_INLINE static V slope(V x) noexcept {
        const V a = size_of(x);
        return detail::slope_of_gated(x, simd::opaque(V(1) - a), detail::lifted_exp<V>(simd::negated(a)));
    }

private:
    template <value V>
    SIMDACT_INLINE static V size_of(V x) noexcept {
        return simd::at_most((simd::abs)(x), V(-detail::exponential<simd::element_t<V>>::product_vanishing));
    }
};

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
