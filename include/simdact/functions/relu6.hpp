#ifndef SIMDACT_FUNCTIONS_RELU6_HPP
#define SIMDACT_FUNCTIONS_RELU6_HPP

#include <simdact/functions/by_bit.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {

/// ReLU capped at 6: f(x) = +0 where x < 0, 6 where x > 6, x elsewhere.  f'(x) = 1 for 0 < x < 6, 0 elsewhere.
/// f(-inf) = +0, f(-0) = -0, f(+inf) = 6; a NaN comes back bit for bit from every function here. Errors: none, f and f'
/// are exact. One bit tells f': 0 < x < 6.  f' from the output y: 1 for 0 < y < 6, 0 elsewhere.  Krizhevsky 2010.
struct relu6 final : detail::by_bit<relu6> {
    static constexpr const char* name = "relu6";
    static constexpr name_elsewhere elsewhere[] = {{naming::pytorch, "ReLU6 relu6"}, {naming::keras, "relu6"}};

    template <value V>
    SIMDACT_INLINE constexpr V forward(V x) const noexcept {
        return simd::limited(x, V(0), V(6));
    }

    template <value V>
    SIMDACT_INLINE constexpr simd::mask_t<V> mask(V x) const noexcept {
        return simd::both(x > V(0), x < V(6));
    }

    /// dx = dy where 0 < x < 6, +0 elsewhere whatever dy is.
    template <value V>
    SIMDACT_INLINE constexpr V backward_from_mask(simd::mask_t<V> inside, V dy) const noexcept {
        return simd::keep(inside, dy);
    }
};

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
