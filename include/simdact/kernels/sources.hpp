#ifndef SIMDACT_KERNELS_SOURCES_HPP
#define SIMDACT_KERNELS_SOURCES_HPP

/// What the loops read: elements, or the bits of a mask.

#include <simdact/simd.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

/// Where a loop reads the lanes of V from.
template <value V>
SIMDACT_INLINE V fetch(const simd::element_t<V>* p) noexcept {
    return simd::load<V>(p);
}

/// The bits of a mask from `index` on, read like an array of bool: lane i of fetch(source + n) is bit index + n + i,
/// and false beyond the end.
struct bit_source {
    const std::uint8_t* bytes;
    std::size_t size; ///< in bytes
    std::size_t index = 0;

    SIMDACT_INLINE bit_source operator+(std::size_t n) const noexcept { return {bytes, size, index + n}; }
};

template <value V>
SIMDACT_INLINE simd::mask_t<V> fetch(const bit_source& source) noexcept {
    const std::size_t byte = source.index / 8, shift = source.index % 8;
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i * 8 < shift + simd::lanes<V> && byte + i < source.size; ++i)
        bits |= std::uint32_t(source.bytes[byte + i]) << (8 * i);
    return simd::mask_from_bits<V>(bits >> shift);
}

/// The first n elements of a source, 0 < n < lanes<V>, with zeros after them.
template <value V>
SIMDACT_INLINE V fetch_some(std::size_t n, const simd::element_t<V>* p) noexcept {
    return simd::load_some<V>(p, n);
}

template <value V>
SIMDACT_INLINE simd::mask_t<V> fetch_some(std::size_t, const bit_source& source) noexcept {
    return detail::fetch<V>(source);
}

/// The bytes that n elements of a source take, and whether it is where out is.
template <class T>
SIMDACT_INLINE std::size_t source_bytes(std::size_t n, const T*) noexcept {
    return n * sizeof(T);
}
SIMDACT_INLINE std::size_t source_bytes(std::size_t n, const bit_source&) noexcept { return n / 8; }

template <class T>
SIMDACT_INLINE bool is_output(const T* p, const T* out) noexcept {
    return p == out;
}
template <class T>
SIMDACT_INLINE bool is_output(const bit_source&, const T*) noexcept {
    return false;
}

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
