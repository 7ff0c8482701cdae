#ifndef SIMDACT_FUNCTIONS_BY_BIT_HPP
#define SIMDACT_FUNCTIONS_BY_BIT_HPP

/// What follows for functions whose derivative is one constant where the bit of x is set and another elsewhere.

#include <simdact/concepts.hpp>
#include <simdact/simd.hpp>

#include <limits>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

/// x * factor where x < 0, x itself elsewhere.
template <value V>
SIMDACT_INLINE constexpr V scaled_below_zero(V x, V factor) noexcept {
    const V once = simd::read_once(x);
    return simd::select(
        once < V(0), [&] { return simd::scaled(once, factor); }, once);
}

/// x itself where the mask is true, x * factor elsewhere.
template <value V>
SIMDACT_INLINE constexpr V scaled_unless(const simd::mask_t<V>& mask, V x, V factor) noexcept {
    const V once = simd::read_once(x);
    return simd::select(mask, once, [&] { return simd::scaled(once, factor); });
}

/// The larger of x and x * factor, where that is x * factor for x < 0 and x itself elsewhere: the usual form of a
/// function for kernels, in fewer operations.
template <class T>
struct larger_of_x_and_scaled {
    static constexpr bool light = true;
    double factor;

    /// A factor of 0 would make NaN of an infinite x, and so might one that processors may take for it.
    SIMDACT_INLINE bool is_right() const noexcept {
        constexpr auto least = static_cast<double>((std::numeric_limits<T>::min)());
        return factor <= 1 && (factor >= least || factor <= -least);
    }
    template <value V>
    SIMDACT_INLINE V forward(V x) const noexcept {
        const V once = simd::read_once(x);
        return simd::maximum(once * simd::splat<V>(factor), once);
    }
};

/// It for elements of V's type, nothing where a maximum is no instruction.
template <value V>
SIMDACT_INLINE auto by_maximum(V, [[SIMDACT_DETAIL_MAYBE_UNUSED]] double factor) noexcept {
    if constexpr (simd::has_maximum<V>)
        return larger_of_x_and_scaled<simd::element_t<V>>{factor};
}

/// dx = f.backward_from_mask(bit of x, dy); x itself where it is NaN.
template <class F, value V>
SIMDACT_INLINE constexpr V dx_of(const F& f, V x, V dy) noexcept {
    return simd::unless_nan(x, f.backward_from_mask(detail::mask_for(f, x), dy));
}

/// The members of such a function without parameters, whose output has the bit of its input if it is FromOutput. F
/// tells f(x) in forward(x), dx from the bit in backward_from_mask(bit, dy), and the bit in mask(x) where that is not x
/// > 0.
template <class F, bool FromOutput = true>
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
    SIMDACT_INLINE constexpr V derivative_from_output(V y) const noexcept requires FromOutput {
        return derivative(y);
    }

    template <value V>
    SIMDACT_INLINE constexpr V backward_from_output(V y, V dy) const noexcept requires FromOutput {
        return backward(y, dy);
    }
};

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
