#ifndef SIMDACT_SIMD_COMPILER_HPP
#define SIMDACT_SIMD_COMPILER_HPP

/// What compilers call what the standard has no word for, or only a word that may be a user's macro.

#include <simdact/simd/isa.hpp>

#if defined(_MSC_VER) && !defined(__clang__)
#define SIMDACT_INLINE __forceinline
#define SIMDACT_INLINE_LAMBDA
#define SIMDACT_DETAIL_NOINLINE __declspec(noinline)
#define SIMDACT_DETAIL_LIKELY likely
#define SIMDACT_DETAIL_UNLIKELY unlikely
#define SIMDACT_DETAIL_MAYBE_UNUSED maybe_unused
#define SIMDACT_DETAIL_NORETURN noreturn
#else // attributes by their reserved names: the others may be macros
#define SIMDACT_INLINE inline __attribute__((__always_inline__))
#define SIMDACT_INLINE_LAMBDA __attribute__((__always_inline__))
#if defined(__noinline__) // the whole of it, in CUDA's headers
#define SIMDACT_DETAIL_NOINLINE __noinline__
#else
#define SIMDACT_DETAIL_NOINLINE __attribute__((__noinline__))
#endif
#define SIMDACT_DETAIL_LIKELY __likely__
#define SIMDACT_DETAIL_UNLIKELY __unlikely__
#define SIMDACT_DETAIL_MAYBE_UNUSED __maybe_unused__
#define SIMDACT_DETAIL_NORETURN __noreturn__
#endif

// Whether compilers may change what is computed with scalars beyond what they are told: reorder sums, or keep more
// digits.
#if SIMDACT_DETAIL_FAST_MATH || (defined(__FLT_EVAL_METHOD__) && __FLT_EVAL_METHOD__ != 0)
#define SIMDACT_DETAIL_FREE_SCALARS 1
#else
#define SIMDACT_DETAIL_FREE_SCALARS 0
#endif

namespace simdact {
inline namespace SIMDACT_ISA {
namespace simd {

/// std::is_constant_evaluated(), which clang 14 takes for true everywhere in C++23.
SIMDACT_INLINE constexpr bool in_constant_expression() noexcept { return __builtin_is_constant_evaluated(); }

} // namespace simd
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
