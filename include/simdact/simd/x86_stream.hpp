#ifndef SIMDACT_SIMD_X86_STREAM_HPP
#define SIMDACT_SIMD_X86_STREAM_HPP

/// Parts of batches past the caches. On x86 the least is 16 bytes, whatever the batch.

#include <simdact/simd/compiler.hpp>

#if defined(__SSE2__)

#include <xmmintrin.h>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace simd {

/// 16 bytes from `from`, past the caches to `to`, which is aligned to them. Not by a batch of 16 bytes: those are
/// xsimd's for older processors, and share functions with files that are built for them.
SIMDACT_INLINE void native_stream_part(void* to, const void* from) noexcept {
    _mm_stream_ps(static_cast<float*>(to), _mm_loadu_ps(static_cast<const float*>(from)));
}

} // namespace simd
} // namespace SIMDACT_ISA
} // namespace simdact

#endif

#endif
