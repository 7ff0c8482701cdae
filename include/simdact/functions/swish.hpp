#ifndef SIMDACT_FUNCTIONS_SWISH_HPP
#define SIMDACT_FUNCTIONS_SWISH_HPP

#include <simdact/functions/gate.hpp>
#include <simdact/functions/smooth.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {

/// Swish: f(x) = x s(beta x), where s(x) = 1 / (1 + e^-x).  f'(x) = s(beta x) (1 + beta x s(-beta x)).
/// beta = 1 is silu, 1.702 quick_gelu, 0 x / 2; one below 0 mirrors f: swish{-beta}(x) = -swish{beta}(-x).
/// For beta > 0: f(-inf) = -0, f(+-0) = +-0, f(+inf) = +inf, f'(-inf) = -0, f'(+-0) = 1/2, f'(+inf) = 1; a NaN comes
/// back bit for bit from every function here. Ramachandran, Zoph, Le 2017.
/// Error of f: 2.75 ULP at beta = 1, else 3 (double: 3.75, 4), denormals included. Error of f': 3 ULP or 2^-24,
/// whatever is more, and at most 4.25 ULP where beta x is not within 1/4 of the zero of f' at -1.2785 (double: 4 ULP or
/// 2^-53, and 5.25 ULP). So where |beta| is 0 or 2^-20 at least; elsewhere f is off by 2^-22 |x| at most, f' by 2^-22
/// (double: 2^-51). beta is rounded to the element type first; kernels refuse infinities and NaN. The output does not
/// tell f': y belongs to two x. Not constexpr.
struct swish final {
    static constexpr const char* name = "swish";
    static constexpr parameter parameters[] = {{.name = "beta", .fallback = 1.0, .valid = any_finite}};
    static constexpr name_elsewhere elsewhere[] = {{naming::onnx, "Swish", {{"alpha", 1.0}}}};

    double beta = 1.0;

    /// For kernels: what depends on beta alone, computed before the loop.
    template <class T, bool AnyBeta = true>
    SIMDACT_INLINE auto prepared() const noexcept {
        return of_beta<T, AnyBeta>(simd::rounded<T>(beta));
    }
    SIMDACT_INLINE auto usual(value auto x) const noexcept { return prepared<simd::element_t<decltype(x)>, false>(); }

    SIMDACT_INLINE auto forward(value auto x) const noexcept {
        return prepared<simd::element_t<decltype(x)>>().forward(x);
    }
    SIMDACT_INLINE auto operator()(value auto x) const noexcept { return forward(x); }
    SIMDACT_INLINE auto derivative(value auto x) const noexcept {
        return prepared<simd::element_t<decltype(x)>>().derivative(x);
    }
    SIMDACT_INLINE auto backward(value auto x, auto dy) const noexcept {
        return prepared<simd::element_t<decltype(x)>>().backward(x, dy);
    }

private:
    template <class T, bool AnyBeta>
    struct of_beta : detail::smooth<of_beta<T, AnyBeta>> {
        detail::gated_by_multiple<T, AnyBeta> gate;

        SIMDACT_INLINE explicit of_beta(T rounded) noexcept : gate(rounded) {}
        SIMDACT_INLINE bool is_right() const noexcept { return gate.is_right(); }

        template <value V>
        SIMDACT_INLINE V value_of(V x) const noexcept {
            return gate.value_of(x);
        }
        template <value V>
        SIMDACT_INLINE V slope(V x) const noexcept {
            return gate.slope(x);
        }
    };
};

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
