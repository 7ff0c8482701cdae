#ifndef SIMDACT_FUNCTIONS_GATE_HPP
#define SIMDACT_FUNCTIONS_GATE_HPP

/// x s(v), where s is the logistic function and v grows with x: what silu, swish and the approximations of GELU are
/// made of. With t = e^-|v| it is x - |x| t / (1 + t) for x > 0 and -|x| t / (1 + t) for x < 0, and the derivative,
/// T = t (1 + t - |x| v') / (1 + t)^2 for x < 0 with v' = dv/dx, is 1 - T at -x.

#include <simdact/math/lifted_exponential.hpp>

#include <limits>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

/// x where x > 0, a zero of x's sign elsewhere.
template <value V>
SIMDACT_INLINE V positive_part(V x) noexcept {
    return simd::at_least(x, simd::sign_of(x));
}

/// x s(v), with a = |x|, or where t vanishes less than that.
template <value V>
SIMDACT_INLINE V gated(V x, V a, const lifted_exp<V>& e) noexcept {
    using E = exponential<simd::element_t<V>>;
    const V sum = simd::fma(e.s, e.p, simd::opaque(e.s + V(E::lift_up))); // 1 + t
    return detail::positive_part(x) - simd::divide(e.times(a), sum);
}

/// Its derivative, with rest = 1 - |x| v'.
template <value V>
SIMDACT_INLINE V slope_of_gated(V x, V rest, const lifted_exp<V>& e) noexcept {
    using T = simd::element_t<V>;
    using E = exponential<T>;
    const V t = e.t();
    const V square = simd::fma(t, simd::fma(t, V(E::lift_down), V(T(2))), V(E::lift_up)); // (1 + t)^2
    const V below = simd::divide(e.times(simd::fma(t, V(E::lift_down), rest)), square);
    return simd::select(x < V(0), below, V(1) - below);
}

/// x s(beta x), for elements of type T. For any beta that is finite, or for those alone for which it is_right().
template <class T, bool AnyBeta = false>
class gated_by_multiple {
    using E = exponential<T>;

public:
    SIMDACT_INLINE explicit constexpr gated_by_multiple(T beta) noexcept
        : sign_(simd::sign_of(beta)), size_((simd::abs)(beta)),
          end_(is_usual() ? simd::divide(-E::product_vanishing, size_) : T(0)) {}

    SIMDACT_INLINE constexpr bool is_right() const noexcept { return AnyBeta || is_usual(); }

    template <value V>
    SIMDACT_INLINE V value_of(V x) const noexcept {
        if constexpr (AnyBeta)
            if (!is_usual()) [[SIMDACT_DETAIL_UNLIKELY]] {
                simd::not_ahead<V>();
                return of_tiny_beta(x);
            }
        const V z = mirrored(x), a = simd::at_most((simd::abs)(x), V(end_));
        return mirrored(detail::gated(z, a, lifted_exp<V>(detail::product_in_two_parts(V(-size_), a))));
    }

    template <value V>
    SIMDACT_INLINE V slope(V x) const noexcept {
        if constexpr (AnyBeta)
            if (!is_usual()) [[SIMDACT_DETAIL_UNLIKELY]] {
                simd::not_ahead<V>();
                return slope_of_tiny_beta(x);
            }
        const V a = simd::at_most((simd::abs)(x), V(end_));
        const two_parts<V> minus_v = detail::product_in_two_parts(V(-size_), a);
        const V rest = simd::fused ? simd::fma(a, V(-size_), V(1)) : simd::opaque(V(1) + minus_v.high) + minus_v.low;
        return detail::slope_of_gated(mirrored(x), rest, lifted_exp<V>(minus_v));
    }

private:
    static constexpr T largest = (std::numeric_limits<T>::max)();

    /// Whether it has the bounds that are promised for x s(x).
    SIMDACT_INLINE constexpr bool is_usual() const noexcept { return size_ >= T(0x1p-20); }

    /// x s(beta x) is odd in x and beta together.
    template <value V>
    SIMDACT_INLINE V mirrored(V x) const noexcept {
        return simd::from_bits<V>(simd::to_bits(x) ^ simd::to_bits(V(sign_)));
    }

    /// -|beta x|, or where t vanishes less than that.
    template <value V>
    SIMDACT_INLINE V rounded_product(V x) const noexcept {
        const V a = (simd::abs)(x), end(E::product_vanishing);
        return simd::select(a > V(largest), end, simd::at_least(a * V(-size_), end));
    }

    /// For smaller ones: off by 2^-22 |x| at most, and no NaN.
    template <value V>
    SIMDACT_INLINE V of_tiny_beta(V x) const noexcept {
        if (!(size_ > T(0)))
            return x * V(T(0.5));
        const V minus_v = rounded_product(x), z = mirrored(x), t = lifted_exp<V>(minus_v).t();
        const V q = simd::keep(minus_v > V(E::product_vanishing), simd::divide(t, t + V(E::lift_up)));
        const V y = simd::at_least(z, V(-largest)) * simd::select(z < V(0), q, V(1) - q);
        return mirrored(y);
    }
    template <value V>
    SIMDACT_INLINE V slope_of_tiny_beta(V x) const noexcept {
        if (!(size_ > T(0)))
            return V(T(0.5));
        const V minus_v = rounded_product(x);
        return detail::slope_of_gated(mirrored(x), V(1) + minus_v, lifted_exp<V>(minus_v));
    }

    T sign_, size_, end_;
};

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
