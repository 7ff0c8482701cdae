#ifndef SIMDACT_FUNCTIONS_GAUSSIAN_HPP
#define SIMDACT_FUNCTIONS_GAUSSIAN_HPP

#include <simdact/functions/smooth.hpp>
#include <simdact/math/exponential_in_two_parts.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {

/// Gaussian: f(x) = e^(-x^2). f'(x) = -2 x e^(-x^2).
/// f(+-inf) = +0, f(+-0) = 1, f'(-inf) = +0, f'(-0) = +0, f'(+0) = -0, f'(+inf) = -0; f(-x) = f(x) and f'(-x) = -f'(x)
/// bit for bit; a NaN comes back bit for bit from every function here. Broomhead, Lowe 1988.
/// Error of f: 1.25 ULP; of f': 1.5 ULP; denormals included in both. The output does not tell f': y belongs to two x.
/// Not constexpr.
struct gaussian final : detail::smooth<gaussian> {
    static constexpr const char* name = "gaussian";

    template <value V>
    SIMDACT_INLINE static V value_of(V x) noexcept {
        using T = simd::element_t<V>;
        const bell<V> of(simd::at_most((simd::abs)(x), V(end<T>)));
        return simd::opaque(simd::fma(of.s, of.p, simd::opaque(of.s))) * V(detail::exponential<T>::lift_down);
    }

    template <value V>
    SIMDACT_INLINE static V slope(V x) noexcept {
        using T = simd::element_t<V>;
        const V within = simd::clamp(x, V(-end<T>), V(end<T>));
        const bell<V> of((simd::abs)(within));
        const V xs = simd::opaque(within * of.s);
        return simd::opaque(simd::fma(xs, of.p, xs)) * V(T(-2) * detail::exponential<T>::lift_down);
    }

private:
    template <class T>
    static constexpr T end = sizeof(T) == 4 ? T(10.6) : T(27.5); ///< from here on x e^(-x^2) rounds to 0

    /// e^(-x^2) = 2^-lift s (1 + p).
    template <value V>
    struct bell {
        V s = V(0), p = V(0);
        SIMDACT_INLINE explicit bell(V x) noexcept {
            using T = simd::element_t<V>;
            using E = detail::exponential<T>;
            const auto e = detail::exp_in_parts(detail::square_in_two_parts(x, T(-1)), E::magic + T(E::bias + E::lift));
            s = simd::from_bits<V>(detail::in_exponent<V>(e.exponent));
            p = e.p;
        }
    };
};

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
