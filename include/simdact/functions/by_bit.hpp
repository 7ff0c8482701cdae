#ifndef SIMDACT_FUNCTIONS_BY_BIT_HPP
#define SIMDACT_FUNCTIONS_BY_BIT_HPP

/// What follows for functions whose derivative is one constant where the bit of x is set and another elsewhere.

#include <simdact/concepts.hpp>
#include <simdact/simd.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

/// x * factor where the mask is true, x itself elsewhere.
template <value V>
SIMDACT_INLINE constexpr V scaled_where(const simd::mask_t<V>& mask, V x, V factor) noexcept {
    return simd::select(
        mask, [&] { return simd::scaled(x, factor); }, x);
}

/// x itself where the mask is true, x * factor elsewhere.
template <value V>
SIMDACT_INLINE constexpr V scaled_unless(const simd::mask_t<V>& mask, V x, V factor) noexcept {
    return simd::select(mask, x, [&] { return simd::scaled(x, factor); });
}

/// dx = f.backward_from_mask(bit of x, dy); x itself where it is NaN.
template <class F, value V>
SIMDACT_INLINE constexpr V dx_of(const F& f, V x, V dy) noexcept {
    return simd::unless_nan(x, f.backward_from_mask(detail::mask_for(f, x), dy));
}

/// The members of such a function without parameters, whose output has the bit of its input. F tells f(x) in
/// forward(x), dx from the bit in backward_from_mask(bit, dy), and the bit in mask(x) where that is not x > 0.
template <class F>
struct by_bit {
    static constexpr bool two_slopes = true;

    template <value V>
    SIMDACT_INLINE constexpr V operator()(V x) const noexcept {
        return static_cast<const F&>(*this).forward(x);
    }

    template <value V>
    SIMDACT_INLINE constexpr V derivative(V x) const noexcept {
        return backward(x, V(1));
    }

    template <value V>
    SIMDACT_INLINE constexpr V backward(V x, V dy) const noexcept {
        return detail::dx_of(static_cast<const F&>(*this), x, dy);
    }

    template <value V>
    SIMDACT_INLINE constexpr V derivative_from_output(V y) const noexcept {
        return derivative(y);
    }

    template <value V>
    SIMDACT_INLINE constexpr V backward_from_output(V y, V dy) const noexcept {
        return backward(y, dy);
    }
};

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
