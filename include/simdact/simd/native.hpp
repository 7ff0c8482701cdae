#ifndef SIMDACT_SIMD_NATIVE_HPP
#define SIMDACT_SIMD_NATIVE_HPP

/// What an instruction set has of its own. To add one: a file like arm.hpp, an #include here, and its name in isa.hpp.

#include <simdact/simd/lane_bits.hpp> // for some of the files below and for others: not under their conditions alone
#include <simdact/simd/value.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace simd {

/// Static functions for batches V, named as those of the folder, which take these where they are there: where xsimd's
/// way is slow, or rounds otherwise. Empty for what an instruction set does not know.
template <class V>
struct native {};

} // namespace simd
} // namespace SIMDACT_ISA
} // namespace simdact

#if defined(__x86_64__) || defined(_M_X64) || defined(__i386__) || defined(_M_IX86)
#include <simdact/simd/x86.hpp>
#elif defined(__aarch64__) || defined(_M_ARM64) || defined(__arm__)
#include <simdact/simd/arm.hpp>
#elif defined(__riscv)
#include <simdact/simd/riscv.hpp>
#elif defined(__VSX__)
#include <simdact/simd/power.hpp>
#endif

// What these files may define, too.

// Whether this unit's instruction set has a fused multiply-add for lanes and scalars alike.
#if !defined(SIMDACT_DETAIL_FMA)
#define SIMDACT_DETAIL_FMA 0
#endif

// Whether there are instructions into which compilers may contract a product and a sum of scalars.
#if !defined(SIMDACT_DETAIL_CONTRACTS)
#define SIMDACT_DETAIL_CONTRACTS 1
#endif

// Whether there are stores that go past the caches: native's stream(), and native_stream_end().
#if !defined(SIMDACT_DETAIL_STREAMS)
#define SIMDACT_DETAIL_STREAMS 0
#endif

// Where an asm statement finds the content of a scalar or of a batch: a floating-point register, or memory if nothing
// better is known.
#if !defined(SIMDACT_DETAIL_SCALAR)
#define SIMDACT_DETAIL_SCALAR "+m"
#endif
#if !defined(SIMDACT_DETAIL_BATCH)
#define SIMDACT_DETAIL_BATCH "+m"
#endif

#endif
