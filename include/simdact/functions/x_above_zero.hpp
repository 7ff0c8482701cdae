#ifndef SIMDACT_FUNCTIONS_X_ABOVE_ZERO_HPP
#define SIMDACT_FUNCTIONS_X_ABOVE_ZERO_HPP

/// What follows for functions that are x itself where x is not less than 0, and a curve elsewhere.

#include <simdact/concepts.hpp>
#include <simdact/simd.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

/// f' and dx of such a function, with slope(x) for f' where x <= 0; of other x that is some value.
template <class Slope>
struct x_above_zero {
    Slope slope;

    SIMDACT_INLINE bool is_right() const noexcept { return slope.is_right(); }

    template <value V>
    SIMDACT_INLINE V derivative(V x) const noexcept {
        return simd::select(x <= V(0), slope(x), simd::select(simd::is_number(x), V(1), x));
    }

    template <value V>
    SIMDACT_INLINE V backward(V x, V dy) const noexcept {
        const simd::mask_t<V> bent = x <= V(0); // elsewhere nothing may overflow, or be zero times infinity
        const V other = simd::select(simd::is_number(x), dy, x);
        // opaque, or else compilers take other * (... : 1)
        return simd::select(bent, simd::opaque(simd::scaled(simd::opaque(simd::keep(bent, dy)), slope(x))), other);
    }
};

template <class Slope>
x_above_zero(Slope) -> x_above_zero<Slope>;

/// f' from the output y of such a function, with `slope` for f' where y <= 0.
template <value V>
SIMDACT_INLINE V slope_from_output(V y, V slope) noexcept {
    return simd::unless_nan(y, simd::select(y > V(0), V(1), slope));
}

/// dx from it, for a y that is not NaN.
template <value V>
SIMDACT_INLINE V dx_from_output(V y, V slope, V dy) noexcept {
    const V once = simd::read_once(dy);
    return simd::select(y > V(0), once, simd::opaque(simd::scaled(once, slope)));
}

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
