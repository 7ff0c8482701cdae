#ifndef SIMDACT_FUNCTIONS_QUICK_GELU_HPP
#define SIMDACT_FUNCTIONS_QUICK_GELU_HPP

#include <simdact/functions/gate.hpp>
#include <simdact/functions/smooth.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {

/// The quick approximation of GELU: f(x) = x s(1.702 x), where s(x) = 1 / (1 + e^-x) and 1.702 is rounded to the
/// element type. f'(x) = s(1.702 x) (1 + 1.702 x s(-1.702 x)).
/// f(-inf) = -0, f(+-0) = +-0, f(+inf) = +inf, f'(-inf) = -0, f'(+-0) = 1/2, f'(+inf) = 1; a NaN comes back bit for bit
/// from every function here. Hendrycks, Gimpel 2016.
/// Error of f: 3 ULP (double: 4), denormals included. Error of f': 3 ULP or 2^-24, whatever is more, and at most 4.25
/// ULP where 1.702 x is not within 1/4 of the zero of f' at -1.2785 (double: 4 ULP or 2^-53, and 5.25 ULP). The output
/// does not tell f': y belongs to two x. Not constexpr.
struct quick_gelu final : detail::smooth<quick_gelu> {
    static constexpr const char* name = "quick_gelu";

    template <value V>
    SIMDACT_INLINE static V value_of(V x) noexcept {
        return of<simd::element_t<V>>().value_of(x);
    }

    template <value V>
    SIMDACT_INLINE static V slope(V x) noexcept {
        return of<simd::element_t<V>>().slope(x);
    }

private:
    template <class T>
    SIMDACT_INLINE static constexpr auto of() noexcept {
        return detail::gated_by_multiple<T>(T(1.702));
    }
};

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
