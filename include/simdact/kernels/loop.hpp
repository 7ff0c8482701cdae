#pragma once

/// The loop over arrays that the kernels share. It knows no formula and no ranges: pointers and counts only.

#include <simdact/concepts.hpp>
#include <simdact/kernels/streaming.hpp>

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

/// The first n elements from p, as many as a batch has or fewer, moved to where a whole one can be read; the lanes
/// after them repeat the first.
template <value V>
SIMDACT_INLINE V fetch_short(std::size_t n, const simd::element_t<V>* p) noexcept {
    simd::element_t<V> buffer[simd::lanes<V>];
    for (std::size_t i = 0; i < simd::lanes<V>; ++i)
        buffer[i] = p[i < n ? i : 0];
    return simd::load<V>(buffer);
}

template <value V>
SIMDACT_INLINE simd::mask_t<V> fetch_short(std::size_t, const bit_source& source) noexcept {
    return fetch<V>(source);
}

/// Whether a call on single elements of the batch V's type gives the bits of V's lanes: F says that its scalar form is
/// exact, and the scalars of this unit are compiled for V's architecture.
template <class F, class V>
inline constexpr bool exact_scalar = scalar_matches_batch<F>&& std::same_as<V, simd::batch<simd::element_t<V>>>;

/// out[i] = op(in[i]...) for i < n, n < lanes<V>: on scalars if those give the bits of a batch, else through buffers.
template <value V, bool Exact, class Op, class T, class... In>
SIMDACT_INLINE void apply_short(std::size_t n, Op op, T* out, In... in) noexcept {
    if constexpr (Exact) {
        for (std::size_t i = 0; i < n; ++i)
            out[i] = op(fetch<T>(in + i)...);
    } else if (n > 0) {
        T result[simd::lanes<V>];
        simd::store(result, op(fetch_short<V>(n, in)...));
        for (std::size_t i = 0; i < n; ++i)
            out[i] = result[i];
    }
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

/// Whether op(in...) for n elements should be written to out past the caches.
template <class T, class... In>
SIMDACT_INLINE bool streams_to(std::size_t n, const T* out, const In&... in) noexcept {
    return worth_streaming(n * sizeof(T) + (source_bytes(n, in) + ...)) && !(is_output(in, out) || ...);
}

template <bool Stream, value V>
SIMDACT_INLINE void put(simd::element_t<V>* p, V x) noexcept {
    if constexpr (Stream)
        simd::stream<V>(p, x);
    else
        simd::store(p, x);
}

/// out[i] = op(in[i]...) for i < n, n >= lanes<V>. The last batch overlaps the one before; its inputs are read before
/// the loop, which may overwrite them.
template <value V, bool Stream, class Op, class T, class... In>
void apply_long(std::size_t n, Op op, T* out, In... in) noexcept {
    constexpr std::size_t width = simd::lanes<V>;
    const std::size_t last = n - width;
    [&](const auto... final_in) SIMDACT_INLINE_LAMBDA {
        std::size_t i = 0;
        if constexpr (Stream) { // out is none of the inputs: the first batch may overlap the next as well
            simd::store(out, op(fetch<V>(in)...));
            i = (sizeof(V) - reinterpret_cast<std::uintptr_t>(out) % sizeof(V)) % sizeof(V) / sizeof(T);
        }
        for (; i + width < last; i += 2 * width) { // two at a time hide the latency of a long op
            const V first = op(fetch<V>(in + i)...);
            const V second = op(fetch<V>(in + i + width)...);
            put<Stream>(out + i, first);
            put<Stream>(out + i + width, second);
        }
        if (i < last)
            put<Stream>(out + i, op(fetch<V>(in + i)...));
        if constexpr (Stream)
            simd::stream_end();
        simd::store(out + last, op(final_in...));
    }(fetch<V>(in + last)...);
}

/// out[i] = op(in[i]...) for i < n. out may be any of in.
template <value V, bool Exact, class Op, class T, class... In>
void apply(std::size_t n, Op op, T* out, In... in) noexcept {
    if (n < simd::lanes<V>)
        apply_short<V, Exact>(n, op, out, in...);
    else if (streams_to(n, out, in...))
        apply_long<V, true>(n, op, out, in...);
    else
        apply_long<V, false>(n, op, out, in...);
}

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact
