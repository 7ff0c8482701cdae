#ifndef SIMDACT_FUNCTIONS_ELU_HPP
#define SIMDACT_FUNCTIONS_ELU_HPP

#include <simdact/concepts.hpp>
#include <simdact/exponential.hpp>
#include <simdact/simd.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {

/// Exponential linear unit: f(x) = x where x is not less than 0, alpha * (e^x - 1) elsewhere.
/// f'(x) = 1 for x > 0, alpha * e^x for x <= 0 (so alpha at 0).
/// f(-inf) = -alpha exactly, f'(-inf) = 0 * alpha; f(-0) = -0; a NaN x comes back bit for bit from every function here.
/// Error of f: float 1 ULP at alpha = 1, else 2; double 1.25 ULP at alpha = 1, else 2.
/// Error of f' from x: 1.1 ULP at alpha = 1, else 2; it is 0 only where alpha * e^x is below the smallest normal
/// number. f' from the output y: 1 for y > 0, y + alpha
/// elsewhere; right when alpha >= 0; off by 1.5 ULP of alpha at alpha = 1, else 2.5: an absolute error, the relative
/// one is lost where y is near -alpha. alpha is rounded to the element type first. 0 gives zeros of either sign for x <
/// 0, an infinity NaN there. Not constexpr.  Clevert, Unterthiner, Hochreiter 2016.
struct elu final {
    static constexpr const char* name = "elu";
    static constexpr parameter parameters[] = {{.name = "alpha", .fallback = 1.0, .from_output = at_least(0.0)}};
    static constexpr bool light_from_output = true;

    double alpha = 1.0;

    template <value V>
    SIMDACT_INLINE V forward(V x) const noexcept {
        return simd::select(x < V(0), detail::scaled_expm1(x, simd::rounded<simd::element_t<V>>(alpha)), x);
    }

    template <value V>
    SIMDACT_INLINE V operator()(V x) const noexcept {
        return forward(x);
    }

    template <value V>
    SIMDACT_INLINE V derivative(V x) const noexcept {
        return prepared<simd::element_t<V>>().derivative(x);
    }

    /// dx = dy where x > 0, dy * (alpha * e^x) where x <= 0.
    template <value V>
    SIMDACT_INLINE V backward(V x, V dy) const noexcept {
        return prepared<simd::element_t<V>>().backward(x, dy);
    }

    template <value V>
    SIMDACT_INLINE V derivative_from_output(V y) const noexcept {
        return simd::unless_nan(y, simd::select(y > V(0), V(1), y + simd::splat<V>(alpha)));
    }

    template <value V>
    SIMDACT_INLINE V backward_from_output(V y, V dy) const noexcept {
        return simd::unless_nan(y, backward_from_output_of_number(y, dy));
    }

    // For a y that is not NaN.
    template <value V>
    SIMDACT_INLINE V backward_from_output_of_number(V y, V dy) const noexcept {
        return simd::select(y > V(0), dy, simd::opaque(simd::scaled(dy, y + simd::splat<V>(alpha))));
    }

    /// For kernels: the derivatives with what depends on alpha alone computed before the loop.
    template <class T>
    struct for_elements;
    template <class T>
    SIMDACT_INLINE for_elements<T> prepared() const noexcept {
        return {detail::scaled_exp<T>(simd::rounded<T>(alpha))};
    }
};

template <class T>
struct elu::for_elements {
    detail::scaled_exp<T> exp;

    template <value V>
    SIMDACT_INLINE V derivative(V x) const noexcept {
        return simd::select(x <= V(0), exp(x), simd::select(simd::is_number(x), V(1), x));
    }

    template <value V>
    SIMDACT_INLINE V backward(V x, V dy) const noexcept {
        const simd::mask_t<V> bent = x <= V(0); // elsewhere nothing may overflow, or be zero times infinity
        const V other = simd::select(simd::is_number(x), dy, x);
        // opaque, or else compilers take other * (... : 1)
        return simd::select(bent, simd::opaque(simd::scaled(simd::opaque(simd::keep(bent, dy)), exp(x))), other);
    }
};

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
