#ifndef SIMDACT_SIMD_ISA_HPP
#define SIMDACT_SIMD_ISA_HPP

#include <simdact/simd/default_arch.hpp>
#include <simdact/version.hpp>
#include <xsimd/config/xsimd_config.hpp> // XSIMD_VERSION_MAJOR, ...; no code

// Undefined where a tool looks at this without xsimd.
#if defined(XSIMD_VERSION_MAJOR) && (XSIMD_VERSION_MAJOR < 8 || (XSIMD_VERSION_MAJOR == 8 && XSIMD_VERSION_MINOR < 1))
#error "simdact needs xsimd 8.1 or newer"
#endif

/// SIMDACT_ISA names everything the machine code of this translation unit depends on: simdact's version, the
/// instruction set, xsimd's version and the architecture it was told, -ffast-math and -fno-exceptions. All of simdact
/// lives in `inline namespace SIMDACT_ISA`, so that two files built differently share no symbol, and a simdact type
/// passed between them fails to link with both names in the message. Use it the same way around inline functions of
/// your own that call simdact and are included in files built with different flags:
///
///     inline namespace SIMDACT_ISA { inline float loudness(float x) { return simdact::elu{}(x); } }
#define SIMDACT_DETAIL_PASTE(a, b) a##b
#define SIMDACT_DETAIL_CAT(a, b) SIMDACT_DETAIL_PASTE(a, b)
#define SIMDACT_DETAIL_CAT3(a, b, c) SIMDACT_DETAIL_CAT(SIMDACT_DETAIL_CAT(a, b), c)

#if defined(__x86_64__) || defined(_M_X64) || defined(__i386__) || defined(_M_IX86)
#include <simdact/simd/x86_isa.hpp>
#elif defined(__ARM_FEATURE_SVE_BITS) && __ARM_FEATURE_SVE_BITS > 0
#define SIMDACT_DETAIL_CPU SIMDACT_DETAIL_CAT(_aarch64_sve, __ARM_FEATURE_SVE_BITS)
#elif defined(__aarch64__) || defined(_M_ARM64)
#define SIMDACT_DETAIL_CPU _aarch64
#elif defined(__ARM_NEON) && defined(__ARM_FEATURE_FMA)
#define SIMDACT_DETAIL_CPU SIMDACT_DETAIL_CAT3(_arm, __ARM_ARCH, _neon_fma)
#elif defined(__ARM_NEON)
#define SIMDACT_DETAIL_CPU SIMDACT_DETAIL_CAT3(_arm, __ARM_ARCH, _neon)
#elif defined(__arm__)
#define SIMDACT_DETAIL_CPU SIMDACT_DETAIL_CAT(_arm, __ARM_ARCH)
#elif defined(__riscv_v_fixed_vlen) && __riscv_v_fixed_vlen > 0
#define SIMDACT_DETAIL_CPU SIMDACT_DETAIL_CAT(_riscv_v, __riscv_v_fixed_vlen)
#elif defined(__riscv)
#define SIMDACT_DETAIL_CPU _riscv
#elif defined(__VSX__) && defined(_ARCH_PWR10)
#define SIMDACT_DETAIL_CPU _powerpc10_vsx
#elif defined(__VSX__) && defined(_ARCH_PWR9)
#define SIMDACT_DETAIL_CPU _powerpc9_vsx
#elif defined(__VSX__)
#define SIMDACT_DETAIL_CPU _powerpc_vsx
#elif defined(__wasm_simd128__)
#define SIMDACT_DETAIL_CPU _wasm_simd128
#else
#define SIMDACT_DETAIL_CPU _generic
#endif

// Each piece is added to a name, or nothing is.

#if !(defined(__x86_64__) || defined(_M_X64) || defined(__i386__) || defined(_M_IX86))
#define SIMDACT_DETAIL_X86(name) name
#endif

// What compilers use by themselves where they may, with the batches of the level.
#if defined(__ARM_FEATURE_SVE2)
#define SIMDACT_DETAIL_SCALABLE(name) SIMDACT_DETAIL_CAT(name, _sve2)
#elif defined(__ARM_FEATURE_SVE)
#define SIMDACT_DETAIL_SCALABLE(name) SIMDACT_DETAIL_CAT(name, _sve)
#elif defined(__riscv_vector)
#define SIMDACT_DETAIL_SCALABLE(name) SIMDACT_DETAIL_CAT(name, _v)
#else
#define SIMDACT_DETAIL_SCALABLE(name) name
#endif
#if defined(__riscv_zba)
#define SIMDACT_DETAIL_ZBA(name) SIMDACT_DETAIL_CAT(name, _zba)
#else
#define SIMDACT_DETAIL_ZBA(name) name
#endif
#if defined(__riscv_zbb)
#define SIMDACT_DETAIL_ZBB(name) SIMDACT_DETAIL_CAT(name, _zbb)
#else
#define SIMDACT_DETAIL_ZBB(name) name
#endif

#if defined(__FAST_MATH__) || defined(__ASSOCIATIVE_MATH__) || defined(__RECIPROCAL_MATH__) ||                         \
    defined(__NO_SIGNED_ZEROS__) || (defined(__FINITE_MATH_ONLY__) && __FINITE_MATH_ONLY__ > 0) || defined(_M_FP_FAST)
#define SIMDACT_DETAIL_FAST_MATH 1
#define SIMDACT_DETAIL_MATH(name) SIMDACT_DETAIL_CAT(name, _fast_math)
#else
#define SIMDACT_DETAIL_FAST_MATH 0
#define SIMDACT_DETAIL_MATH(name) name
#endif

#if defined(__cpp_exceptions) || defined(_CPPUNWIND)
#define SIMDACT_DETAIL_EXCEPTIONS 1
#define SIMDACT_DETAIL_REFUSAL(name) name
#else
#define SIMDACT_DETAIL_EXCEPTIONS 0
#define SIMDACT_DETAIL_REFUSAL(name) SIMDACT_DETAIL_CAT(name, _no_exceptions)
#endif

#define SIMDACT_DETAIL_VERSION                                                                                         \
    SIMDACT_DETAIL_CAT3(SIMDACT_DETAIL_CAT3(v, SIMDACT_VERSION_MAJOR, _), SIMDACT_VERSION_MINOR,                       \
                        SIMDACT_DETAIL_CAT(_, SIMDACT_VERSION_PATCH))
#define SIMDACT_DETAIL_MORE(name) SIMDACT_DETAIL_ZBB(SIMDACT_DETAIL_ZBA(SIMDACT_DETAIL_SCALABLE(name)))
#if defined(SIMDACT_DETAIL_BUNDLED) // a single header with xsimd inside
#define SIMDACT_DETAIL_XSIMD_NAME _bundled_xsimd
#else
#define SIMDACT_DETAIL_XSIMD_NAME _xsimd
#endif
#define SIMDACT_DETAIL_XSIMD_MAJOR(name) SIMDACT_DETAIL_CAT3(name, SIMDACT_DETAIL_XSIMD_NAME, XSIMD_VERSION_MAJOR)
#define SIMDACT_DETAIL_XSIMD_MINOR(name) SIMDACT_DETAIL_CAT3(name, _, XSIMD_VERSION_MINOR)
#define SIMDACT_DETAIL_XSIMD_PATCH(name) SIMDACT_DETAIL_CAT3(name, _, XSIMD_VERSION_PATCH)
#define SIMDACT_DETAIL_XSIMD_VERSION(name)                                                                             \
    SIMDACT_DETAIL_XSIMD_PATCH(SIMDACT_DETAIL_XSIMD_MINOR(SIMDACT_DETAIL_XSIMD_MAJOR(name)))
#define SIMDACT_DETAIL_XSIMD(name)                                                                                     \
    SIMDACT_DETAIL_EMULATED(                                                                                           \
        SIMDACT_DETAIL_DEFAULT_ARCH_OF(SIMDACT_DETAIL_DEFAULT_ARCH(SIMDACT_DETAIL_XSIMD_VERSION(name))))

// Each piece is added to a name that is not empty: tools that preprocess this by themselves may not paste nothing to
// nothing.
#define SIMDACT_DETAIL_BUILT SIMDACT_DETAIL_CAT(SIMDACT_DETAIL_VERSION, SIMDACT_DETAIL_CPU)
#define SIMDACT_DETAIL_BUILT_FOR SIMDACT_DETAIL_MORE(SIMDACT_DETAIL_X86(SIMDACT_DETAIL_BUILT))
#define SIMDACT_ISA SIMDACT_DETAIL_REFUSAL(SIMDACT_DETAIL_MATH(SIMDACT_DETAIL_XSIMD(SIMDACT_DETAIL_BUILT_FOR)))

/// The namespace that xsimd is in: the single header with xsimd inside has an xsimd of its own, which no other file
/// shares that is built differently.
#if defined(SIMDACT_DETAIL_BUNDLED)
#define SIMDACT_XSIMD SIMDACT_DETAIL_CAT(xsimd_of_simdact_, SIMDACT_ISA)
#else
#define SIMDACT_XSIMD xsimd
#endif

#endif
