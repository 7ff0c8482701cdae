#ifndef SIMDACT_FUNCTIONS_MISH_HPP
#define SIMDACT_FUNCTIONS_MISH_HPP

#include <simdact/functions/smooth.hpp>
#include <simdact/math/lifted_exponential.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {

/// Mish: f(x) = x tanh(log(1 + e^x)).
/// f(-inf) = -0, f(+-0) = +-0, f(+inf) = +inf, f'(-inf) = -0, f'(+-0) = 3/5, f'(+inf) = 1; a NaN comes back bit for bit
/// from every function here. Misra 2019.
/// Error of f: 3.25 ULP (double: 4.25), denormals included. Error of f': 5.5 ULP, or 2^-24 where x is within 1/4 of the
/// zero of f' at -1.1924 and that is more (double: 6.5 ULP or 2^-53). The output does not tell f': y belongs to two x.
/// Not constexpr.
struct mish final : detail::smooth<mish> {
    static constexpr const char* name = "mish";
    static constexpr name_elsewhere elsewhere[] = {
        {naming::onnx, "Mish"}, {naming::pytorch, "Mish mish"}, {naming::keras, "mish"}};

    /// With u = e^x and w = u (u + 2) it is x w / (w + 2), or x - 2 x / (w + 2) where that loses less.
    template <value V>
    SIMDACT_INLINE static V value_of(V x) noexcept {
        using T = simd::element_t<V>;
        using E = detail::exponential<T>;
        const V within = simd::clamp(x, V(E::product_vanishing), V(linear<T>));
        const detail::lifted_exp<V> e(within);
        const V lifted = e.t(), u = lifted * V(E::lift_down);
        const simd::mask_t<V> is_large = within > V(T(-0.4));
        const V twice = within + within;
        const V part = simd::select(is_large, twice * V(-E::lift_up), e.times(simd::fma(within, u, twice)));
        const V quotient = simd::divide(part, simd::fma(lifted, u + V(2), V(T(2) * E::lift_up)));
        const V y = simd::either(quotient + simd::keep(is_large, within), simd::sign_of(x));
        return simd::select(x > V(linear<T>), x, y);
    }

    /// t h(t) / q(t), and 1 more where x is large: with t = e^x below, with t = e^-x there.
    template <value V>
    SIMDACT_INLINE static V slope(V x) noexcept {
        using T = simd::element_t<V>;
        using E = detail::exponential<T>;
        const V within = simd::clamp(x, V(E::product_vanishing), V(-E::product_vanishing));
        const simd::mask_t<V> is_small = within < V(0);
        const detail::lifted_exp<V> e(simd::select(is_small, within, simd::negated(within)));
        const V lifted = e.t(), t = lifted * V(E::lift_down), x4 = V(4) * within;
        const auto of = [&](T below, T above)
                            SIMDACT_INLINE_LAMBDA { return simd::select(is_small, V(below), V(above)); };
        const V h0 = simd::keep(is_small, x4 + V(4)), h1 = x4 + of(6, -2);
        const V h2 = simd::select(is_small, V(4), x4 - V(4)), h3 = of(1, -4);
        const V h = simd::fma(simd::fma(simd::fma(h3, t, h2), t, h1), t, h0);
        const V high = simd::fma(simd::fma(of(1, 4), t, of(4, 8)), t, V(8));
        const V q = simd::fma(simd::fma(high, t, of(8, 4)), lifted, of(T(4) * E::lift_up, E::lift_up));
        const V part = simd::divide(e.times(h), q);
        return part + of(T(-0.0), 1);
    }

private:
    template <class T>
    static constexpr T linear = sizeof(T) == 4 ? T(12) : T(20); ///< f(x) rounds to x from here up
};

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
