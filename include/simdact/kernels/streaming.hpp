#ifndef SIMDACT_KERNELS_STREAMING_HPP
#define SIMDACT_KERNELS_STREAMING_HPP

/// When kernels write past the caches: a plain store reads the line it writes to, which costs a third of the memory
/// traffic, and drives out what the caches hold. Worth it only for outputs that would not stay in the caches anyway: a
/// call that reads and writes more than the last-level cache holds, out of place.

#include <simdact/simd.hpp>

#include <atomic>
#if SIMDACT_DETAIL_STREAMS
#include <simdact/simd/x86_stream.hpp>
#if defined(_MSC_VER)
#include <intrin.h>
#else
#include <cpuid.h>
#endif
#endif

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

/// The size of the largest cache in bytes, asked of the CPU; 32 MiB if it does not tell, 64 MiB at most: servers have
/// caches of hundreds that all of their cores share.
SIMDACT_DETAIL_NOINLINE inline std::size_t last_level_cache() noexcept {
    std::size_t largest = 0;
#if SIMDACT_DETAIL_STREAMS
    for (const unsigned leaf : {4u, 0x8000001du}) // Intel's, AMD's; the other one has no caches
        for (unsigned index = 0; index < 8; ++index) {
            unsigned r[4] = {};
#if defined(_MSC_VER)
            __cpuidex(reinterpret_cast<int*>(r), static_cast<int>(leaf), static_cast<int>(index));
#else
            if (!__get_cpuid_count(leaf, index, &r[0], &r[1], &r[2], &r[3]))
                break;
#endif
            if ((r[0] & 31) == 0) // no more caches
                break;
            const std::size_t ways = (r[1] >> 22) + 1, partitions = (r[1] >> 12 & 0x3ff) + 1, line = (r[1] & 0xfff) + 1;
            const std::size_t size = ways * partitions * line * (std::size_t(r[2]) + 1);
            largest = size > largest ? size : largest;
        }
#endif
    constexpr std::size_t unknown = std::size_t(32) << 20, most = std::size_t(64) << 20;
    return largest == 0 ? unknown : largest < most ? largest : most;
}

/// 0 until it is known.
inline std::atomic<std::size_t> streaming_threshold_bytes{0};

} // namespace detail

/// Calls that read and write more bytes than this in all write past the caches: the size of the last-level cache, or
/// 64 MiB if that is larger.
inline std::size_t streaming_threshold() noexcept {
    const std::size_t known = detail::streaming_threshold_bytes.load(std::memory_order_relaxed);
    if (known != 0)
        return known;
    const std::size_t size = detail::last_level_cache();
    detail::streaming_threshold_bytes.store(size, std::memory_order_relaxed);
    return size;
}

/// Sets it: 1 for always, the largest std::size_t for never. It changes the speed of calls, never their results.
inline void streaming_threshold(std::size_t bytes) noexcept {
    detail::streaming_threshold_bytes.store(bytes > 0 ? bytes : 1, std::memory_order_relaxed);
}

namespace detail {

/// Writes past the caches. What is to be written comes to a buffer in pieces, and goes from there in whole lines:
/// kernels need not care how theirs lie around the boundaries of lines.
template <class T>
class streamed {
public:
    static constexpr std::size_t size = 512; ///< of a piece at most: longer ones keep memory waiting

    SIMDACT_INLINE explicit streamed(T* out) noexcept
        : begin_(reinterpret_cast<std::uintptr_t>(out) % 64 / sizeof(T)), filled_(begin_), out_(out - begin_) {}
    streamed(const streamed&) = delete;
    streamed& operator=(const streamed&) = delete;
    SIMDACT_INLINE ~streamed() {
        finish();
        simd::stream_end();
    }

    /// Where to put the next piece.
    SIMDACT_INLINE T* room() noexcept { return buffer_ + filled_; }
    SIMDACT_INLINE void wrote(std::size_t n) noexcept {
        filled_ += n;
        if (filled_ >= size / 2) // not sooner: what was just written is slow to read in other parts
            flush();
    }

private:
    static constexpr std::size_t line = 64 / sizeof(T);
    using V = std::conditional_t<(sizeof(simd::batch<T>) <= 64), simd::batch<T>, T>;

    /// The whole lines.
    SIMDACT_DETAIL_NOINLINE void flush() noexcept {
        std::size_t i = 0;
        for (; i + line <= filled_; i += line) {
            if (begin_ > i)
                copy(i + line);
            else
                for (std::size_t k = i; k < i + line; k += simd::lanes<V>)
                    simd::stream(out_ + k, simd::load<V>(buffer_ + k));
        }
        if (i > 0) {
            out_ += i;
            for (std::size_t k = 0; k < line; ++k)
                buffer_[k] = buffer_[i + k];
            filled_ -= i;
            begin_ = 0;
        }
    }

    SIMDACT_DETAIL_NOINLINE void finish() noexcept {
        flush();
        copy(filled_);
    }
    SIMDACT_INLINE void copy(std::size_t end) noexcept {
        for (; begin_ < end; ++begin_)
            out_[begin_] = buffer_[begin_];
    }

    // The buffer begins where a line does; the elements before `out` in it are not ours.
    std::size_t begin_;  ///< what comes before it is not to be written
    std::size_t filled_; ///< up to here
    T* out_;             ///< what the buffer is a copy of
    alignas(64) T buffer_[size + size / 2 + 2 * line];
};

/// Where memory is allocated arrays begin with 16 bytes of a line, not with all 64.
inline constexpr std::size_t allocated_alignment = 16;

/// Writes a batch past the caches where `out` is aligned to that: whole, or in parts.
template <value V>
SIMDACT_INLINE void stream_allocated(simd::element_t<V>* out, V x) noexcept {
#if SIMDACT_DETAIL_STREAMS
    if constexpr (sizeof(V) > allocated_alignment)
        if (reinterpret_cast<std::uintptr_t>(out) % sizeof(V) != 0) {
            using T = simd::element_t<V>;
            T parts[simd::lanes<V>];
            simd::store(parts, x);
            for (std::size_t i = 0; i < simd::lanes<V>; i += allocated_alignment / sizeof(T))
                simd::native_stream_part(out + i, parts + i);
            return;
        }
#endif
    simd::stream(out, x);
}

/// A call that touches so few bytes never writes past the caches, whatever the threshold.
inline constexpr std::size_t never_streamed = std::size_t(1) << 16;

/// Whether a call that touches `bytes` in all, and whose output is none of its inputs, should write past the caches.
SIMDACT_INLINE bool worth_streaming(std::size_t bytes) noexcept {
    return SIMDACT_DETAIL_STREAMS && bytes > never_streamed && bytes > streaming_threshold();
}

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
