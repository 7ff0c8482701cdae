#ifndef SIMDACT_FUNCTIONS_GELU_TANH_HPP
#define SIMDACT_FUNCTIONS_GELU_TANH_HPP

#include <simdact/functions/gate.hpp>
#include <simdact/functions/smooth.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {

/// The approximation of GELU by tanh: f(x) = x (1 + tanh(u)) / 2 with u = sqrt(2 / pi) (x + 0.044715 x^3); that is
/// x s(2 u), s the logistic function.  f'(x) = s(2 u) (1 + 2 x u' s(-2 u)).
/// f(-inf) = -0, f(+-0) = +-0, f(+inf) = +inf, f'(-inf) = -0, f'(+-0) = 1/2, f'(+inf) = 1; a NaN comes back bit for bit
/// from every function here. Hendrycks, Gimpel 2016.
/// Error of f: 3 ULP (double: 4), for the real constants, denormals included. Error of f': 3.5 ULP or 2^-24, whatever
/// is more, and at most 6 ULP where x is not within 1/4 of the zero of f' at -0.7525 (double: 4.5 ULP or 2^-53, and 7
/// ULP). The output does not tell f': y belongs to two x. Not constexpr. It is off from gelu by 4.73e-4 at most.
struct gelu_tanh final : detail::smooth<gelu_tanh> {
    static constexpr const char* name = "gelu_tanh";

    template <value V>
    SIMDACT_INLINE static V value_of(V x) noexcept {
        const inner<V> of(x);
        return detail::gated(x, of.a, detail::lifted_exp<V>(of.minus_v));
    }

    template <value V>
    SIMDACT_INLINE static V slope(V x) noexcept {
        const inner<V> of(x);
        // 1 - |x| v' = 1 - v - 2 k3 |x|^3
        const V rest = simd::fma(of.a, V(-2) * of.k3_square, simd::opaque(V(1) + of.minus_v.high)) + of.minus_v.low;
        return detail::slope_of_gated(x, rest, detail::lifted_exp<V>(of.minus_v));
    }

private:
    /// -v = -2 u = -|x| (k1 + k3 x^2).
    template <value V>
    struct inner {
        V a = V(0), k3_square = V(0);
        detail::two_parts<V> minus_v{V(0), V(0), V(0)};

        SIMDACT_INLINE explicit inner(V x) noexcept {
            using T = simd::element_t<V>;
            constexpr T k1 = T(0x1.9884533d43651p0),
                        k1_low = T(sizeof(T) == 4 ? 0x1.9884533d43651p0 - double(k1) : -0x1.cbc0d30ebfd15p-54);
            constexpr T k3 = T(0x1.2444f2a4d8b4bp-4),
                        k3_low = T(sizeof(T) == 4 ? 0x1.2444f2a4d8b4bp-4 - double(k3) : -0x1.6c843a29d1c70p-61);
            a = simd::at_most((simd::abs)(x), V(sizeof(T) == 4 ? T(11) : T(21.7))); // where t vanishes
            const auto square = detail::product_in_two_parts(a, a);
            const auto part = detail::product_in_two_parts(V(k3), square.high);
            k3_square = part.high;
            const V sum = simd::opaque(part.high + V(k1)), back = simd::opaque(sum - part.high);
            const V lost = simd::opaque(V(k1) - back) + simd::opaque(part.high - simd::opaque(sum - back));
            const V more = simd::fma(V(k3_low), square.high, simd::fma(V(k3), square.low, V(k1_low)));
            const V minus_a = simd::negated(a);
            minus_v = detail::product_in_two_parts(minus_a, sum);
            minus_v.low = simd::fma(minus_a, (lost + part.low) + more, minus_v.low);
        }
    };
};

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
