#ifndef SIMDACT_SIMD_X86_HPP
#define SIMDACT_SIMD_X86_HPP

/// What x86 has of its own, for native.hpp.

#include <simdact/simd/value.hpp>

#if defined(__FMA__) || defined(__AVX512F__) || (defined(_MSC_VER) && defined(__AVX2__))
#define SIMDACT_DETAIL_FMA 1
#elif (defined(__x86_64__) || defined(__i386__)) && !defined(__FMA4__)
#define SIMDACT_DETAIL_CONTRACTS 0
#endif

#if defined(__SSE2__)
#define SIMDACT_DETAIL_STREAMS 1
#define SIMDACT_DETAIL_SCALAR "+v"
#define SIMDACT_DETAIL_BATCH "+v"
#endif

#if defined(__SSE2__) && !defined(XSIMD_NO_SUPPORTED_ARCHITECTURE)
#include <simdact/simd/x86_avx.hpp> // nothing without AVX; x86_avx512.hpp has it, too
#include <simdact/simd/x86_sse.hpp>
#if defined(__AVX512F__)
#include <simdact/simd/x86_avx512.hpp>
#endif

namespace simdact {
inline namespace SIMDACT_ISA {
namespace simd {

template <class V>
struct native;

// The bytes of a register that holds numbers; 0 for all else, such as the masks of AVX-512 and the arrays of emulated
// batches. What instructions there are for a batch this says, and not its size or the instruction set of the unit. Told
// by a pointer: as arguments of templates such types make compilers warn.
constexpr std::size_t bytes_of_register(const void*) noexcept { return 0; }
constexpr std::size_t bytes_of_register(const __m128*) noexcept { return 16; }
constexpr std::size_t bytes_of_register(const __m128d*) noexcept { return 16; }
constexpr std::size_t bytes_of_register(const __m128i*) noexcept { return 16; }
#if defined(__AVX__)
constexpr std::size_t bytes_of_register(const __m256*) noexcept { return 32; }
constexpr std::size_t bytes_of_register(const __m256d*) noexcept { return 32; }
constexpr std::size_t bytes_of_register(const __m256i*) noexcept { return 32; }
#endif
#if defined(__AVX512F__)
constexpr std::size_t bytes_of_register(const __m512*) noexcept { return 64; }
constexpr std::size_t bytes_of_register(const __m512d*) noexcept { return 64; }
constexpr std::size_t bytes_of_register(const __m512i*) noexcept { return 64; }
#endif

/// Batches in registers: the functions take and return these, and masks where they are such registers, too.
template <class T, class Arch>
struct native<xsimd::batch<T, Arch>>
    : x86<T, simd::bytes_of_register(static_cast<const typename xsimd::batch<T, Arch>::register_type*>(nullptr))> {};

} // namespace simd
} // namespace SIMDACT_ISA
} // namespace simdact
#endif

#if SIMDACT_DETAIL_STREAMS
namespace simdact {
inline namespace SIMDACT_ISA {
namespace simd {

SIMDACT_INLINE void native_stream_end() noexcept { _mm_sfence(); }

} // namespace simd
} // namespace SIMDACT_ISA
} // namespace simdact
#endif

#endif
