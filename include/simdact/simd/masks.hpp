#ifndef SIMDACT_SIMD_MASKS_HPP
#define SIMDACT_SIMD_MASKS_HPP

/// Masks as bits.

#include <simdact/simd/memory.hpp>
#include <simdact/simd/select.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace simd {

/// The mask as bits, lane i in bit i.
template <value V>
SIMDACT_INLINE std::uint32_t mask_to_bits(mask_t<V> mask) noexcept {
    constexpr std::size_t width = lanes<V>;
    static_assert(width <= 32);
    if constexpr (width == 1) {
        return mask;
    } else if constexpr (requires { mask.mask(); }) { // not in xsimd 8.1
        return static_cast<std::uint32_t>(mask.mask());
    } else if constexpr (requires { native<V>::mask_to_bits(mask); }) {
        return static_cast<std::uint32_t>(native<V>::mask_to_bits(mask));
    } else {
        element_t<V> one[width];
        simd::store(one, simd::select(mask, V(1), V(0)));
        std::uint32_t bits = 0;
        for (std::size_t i = 0; i < width; ++i)
            bits |= static_cast<std::uint32_t>(one[i] > 0) << i;
        return bits;
    }
}

/// The inverse of mask_to_bits; further bits are ignored.
template <value V>
SIMDACT_INLINE mask_t<V> mask_from_bits(std::uint32_t bits) noexcept {
    if constexpr (lanes<V> == 1) {
        return bits & 1;
    } else { // each lane keeps its bit, put into the mantissa of 1
        using B = bits_t<element_t<V>>;
        // Loaded as floating-point numbers: for bits xsimd takes an instruction of SSE3 of which compilers know
        // nothing.
        element_t<V> own[lanes<V>];
        for (std::size_t i = 0; i < lanes<V>; ++i)
            own[i] = simd::from_bits<element_t<V>>(B(1) << i);
        const bits_t<V> kept = bits_t<V>(static_cast<B>(bits)) & simd::to_bits(simd::load<V>(own));
        return simd::from_bits<V>(kept | simd::to_bits(V(1))) > V(1);
    }
}

} // namespace simd
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
