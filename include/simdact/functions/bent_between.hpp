#ifndef SIMDACT_FUNCTIONS_BENT_BETWEEN_HPP
#define SIMDACT_FUNCTIONS_BENT_BETWEEN_HPP

/// What follows for functions that bend between two numbers and have f' = 0 or 1 beside them.

#include <simdact/concepts.hpp>
#include <simdact/simd.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

/// The members of such a function without parameters: up to Low f' = 0; from High on f' = 1 and f(x) is x itself or,
/// unless Rises, f' = 0 too. F tells f(x) in value_of(x) for Low <= x <= High, whose value at an end is that of all x
/// beyond it where f' = 0, and f'(x) in slope(x) for Low < x < High. A NaN comes back from all of them.
template <class F, int Low, int High, bool Rises = true>
struct bent_between {
    template <value V>
    SIMDACT_INLINE constexpr V forward(V x) const noexcept {
        const V y = F::value_of(simd::clamp(x, V(Low), V(High)));
        if constexpr (Rises)
            return simd::select(x < V(High), y, x);
        else
            return simd::unless_nan(x, y);
    }

    template <value V>
    SIMDACT_INLINE constexpr V operator()(V x) const noexcept {
        return forward(x);
    }

    template <value V>
    SIMDACT_INLINE constexpr V derivative(V x) const noexcept {
        const simd::mask_t<V> bent = is_bent(x);
        return simd::select(bent, slope_if(bent, x), beside(x, V(1)));
    }

    /// dx = dy * f'(x) between, +0 or dy beside, whatever dy is.
    template <value V>
    SIMDACT_INLINE constexpr V backward(V x, V dy) const noexcept {
        const simd::mask_t<V> bent = is_bent(x);
        return simd::select(
            bent, [&] { return simd::scaled(dy, simd::opaque(slope_if(bent, x))); }, beside(x, dy));
    }

private:
    template <value V>
    SIMDACT_INLINE static constexpr simd::mask_t<V> is_bent(const V& x) noexcept {
        return (x > V(Low)) & (x < V(High));
    }

    // Beside, 0 takes the place of an x that might overflow.
    template <value V>
    SIMDACT_INLINE static constexpr V slope_if(const simd::mask_t<V>& bent, const V& x) noexcept {
        return F::slope(simd::keep(bent, x));
    }

    template <value V>
    SIMDACT_INLINE static constexpr V beside(const V& x, const V& dy) noexcept {
        if constexpr (Rises)
            return simd::select(simd::is_number(x), simd::keep(x >= V(High), dy), x);
        else
            return simd::drop(simd::is_number(x), x);
    }
};

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
