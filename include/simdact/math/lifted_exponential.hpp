#ifndef SIMDACT_MATH_LIFTED_EXPONENTIAL_HPP
#define SIMDACT_MATH_LIFTED_EXPONENTIAL_HPP

/// e^-v so much larger that nothing that is made of it is a denormal until the last step.

#include <simdact/math/exponential_in_two_parts.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

/// t = e^-v for v >= 0, in its factors: 2^lift t = s (1 + p).
template <value V>
struct lifted_exp {
    V s = V(0), p = V(0);

    /// minus_v is -v, or tells it in two parts.
    template <class Parts>
    SIMDACT_INLINE explicit lifted_exp(const Parts& minus_v) noexcept {
        using T = simd::element_t<V>;
        using E = exponential<T>;
        const exp_parts<V> e = detail::exp_in_parts<V>(minus_v, E::magic + T(E::bias + E::lift));
        s = simd::from_bits<V>(detail::in_exponent<V>(e.exponent));
        p = e.p;
    }

    /// a 2^lift t, rounded once: a 2^n is exact.
    SIMDACT_INLINE V times(V a) const noexcept {
        const V as = simd::opaque(a * s);
        return simd::fma(as, p, as);
    }

    /// 2^lift t.
    SIMDACT_INLINE V t() const noexcept { return simd::fma(s, p, simd::opaque(s)); }
};

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
