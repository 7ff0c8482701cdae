#ifndef SIMDACT_ISA_HPP
#define SIMDACT_ISA_HPP

#include <simdact/default_arch.hpp>
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

// x86-64 by psABI level; what is switched on beyond the level (-mavx alone, -mavx512f alone, ...) follows by name.
#if defined(__x86_64__) || defined(_M_X64)
#if defined(__AVX2__) && defined(__FMA__) && defined(__BMI__) && defined(__BMI2__) && defined(__F16C__) &&             \
    defined(__LZCNT__) && defined(__MOVBE__)
#if defined(__AVX512F__) && defined(__AVX512CD__) && defined(__AVX512DQ__) && defined(__AVX512BW__) &&                 \
    defined(__AVX512VL__)
#define SIMDACT_DETAIL_LEVEL 4
#else
#define SIMDACT_DETAIL_LEVEL 3
#endif
#elif defined(__SSE4_2__) && defined(__SSSE3__) && defined(__POPCNT__)
#define SIMDACT_DETAIL_LEVEL 2
#else
#define SIMDACT_DETAIL_LEVEL 1
#endif
#if SIMDACT_DETAIL_LEVEL == 1 && defined(__GNUC__) && !defined(__SSE2__)
#define SIMDACT_DETAIL_CPU _x86_64_no_sse2
#elif SIMDACT_DETAIL_LEVEL == 1
#define SIMDACT_DETAIL_CPU _x86_64
#else
#define SIMDACT_DETAIL_CPU SIMDACT_DETAIL_CAT(_x86_64_v, SIMDACT_DETAIL_LEVEL)
#endif
#elif defined(__i386__) || defined(_M_IX86)
#define SIMDACT_DETAIL_LEVEL 0
#if defined(__SSE2__) || (defined(_M_IX86_FP) && _M_IX86_FP >= 2)
#define SIMDACT_DETAIL_CPU _x86_sse2
#else
#define SIMDACT_DETAIL_CPU _x86
#endif
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

#if !defined(SIMDACT_DETAIL_LEVEL)
#define SIMDACT_DETAIL_LEVEL 9 // not x86: none of the names below
#endif

// What follows adds a piece to a name, or nothing.

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
#if defined(__APX_F__)
#define SIMDACT_DETAIL_APX(name) SIMDACT_DETAIL_CAT(name, _apx)
#else
#define SIMDACT_DETAIL_APX(name) name
#endif
#if defined(__AVX10_2__)
#define SIMDACT_DETAIL_AVX10(name) SIMDACT_DETAIL_CAT(name, _avx10_2)
#else
#define SIMDACT_DETAIL_AVX10(name) name
#endif

#if defined(__SSE3__) && SIMDACT_DETAIL_LEVEL < 2
#define SIMDACT_DETAIL_SSE3(name) SIMDACT_DETAIL_CAT(name, _sse3)
#else
#define SIMDACT_DETAIL_SSE3(name) name
#endif
#if defined(__SSSE3__) && SIMDACT_DETAIL_LEVEL < 2
#define SIMDACT_DETAIL_SSSE3(name) SIMDACT_DETAIL_CAT(name, _ssse3)
#else
#define SIMDACT_DETAIL_SSSE3(name) name
#endif
#if defined(__SSE4_2__) && SIMDACT_DETAIL_LEVEL < 2
#define SIMDACT_DETAIL_SSE4(name) SIMDACT_DETAIL_CAT(name, _sse4_2)
#elif defined(__SSE4_1__) && SIMDACT_DETAIL_LEVEL < 2
#define SIMDACT_DETAIL_SSE4(name) SIMDACT_DETAIL_CAT(name, _sse4_1)
#else
#define SIMDACT_DETAIL_SSE4(name) name
#endif
#if defined(__AVX2__) && SIMDACT_DETAIL_LEVEL < 3
#define SIMDACT_DETAIL_AVX(name) SIMDACT_DETAIL_CAT(name, _avx2)
#elif defined(__AVX__) && SIMDACT_DETAIL_LEVEL < 3
#define SIMDACT_DETAIL_AVX(name) SIMDACT_DETAIL_CAT(name, _avx)
#else
#define SIMDACT_DETAIL_AVX(name) name
#endif
#if defined(__FMA__) && SIMDACT_DETAIL_LEVEL < 3
#define SIMDACT_DETAIL_FMA3(name) SIMDACT_DETAIL_CAT(name, _fma)
#else
#define SIMDACT_DETAIL_FMA3(name) name
#endif
#if defined(__FMA4__) && defined(__XOP__)
#define SIMDACT_DETAIL_FMA4(name) SIMDACT_DETAIL_CAT(name, _fma4_xop)
#elif defined(__FMA4__)
#define SIMDACT_DETAIL_FMA4(name) SIMDACT_DETAIL_CAT(name, _fma4)
#else
#define SIMDACT_DETAIL_FMA4(name) name
#endif
#if defined(__BMI2__) && SIMDACT_DETAIL_LEVEL < 3
#define SIMDACT_DETAIL_BMI(name) SIMDACT_DETAIL_CAT(name, _bmi2)
#elif defined(__BMI__) && SIMDACT_DETAIL_LEVEL < 3
#define SIMDACT_DETAIL_BMI(name) SIMDACT_DETAIL_CAT(name, _bmi)
#else
#define SIMDACT_DETAIL_BMI(name) name
#endif
#if defined(__AVX512BW__) && SIMDACT_DETAIL_LEVEL < 4
#define SIMDACT_DETAIL_AVX512(name) SIMDACT_DETAIL_CAT(name, _avx512bw)
#elif defined(__AVX512DQ__) && SIMDACT_DETAIL_LEVEL < 4
#define SIMDACT_DETAIL_AVX512(name) SIMDACT_DETAIL_CAT(name, _avx512dq)
#elif defined(__AVX512CD__) && SIMDACT_DETAIL_LEVEL < 4
#define SIMDACT_DETAIL_AVX512(name) SIMDACT_DETAIL_CAT(name, _avx512cd)
#elif defined(__AVX512F__) && SIMDACT_DETAIL_LEVEL < 4
#define SIMDACT_DETAIL_AVX512(name) SIMDACT_DETAIL_CAT(name, _avx512f)
#else
#define SIMDACT_DETAIL_AVX512(name) name
#endif
#if defined(__AVX512VL__) && SIMDACT_DETAIL_LEVEL < 4
#define SIMDACT_DETAIL_AVX512VL(name) SIMDACT_DETAIL_CAT(name, _vl)
#else
#define SIMDACT_DETAIL_AVX512VL(name) name
#endif
#if defined(__AVX512IFMA__)
#define SIMDACT_DETAIL_IFMA(name) SIMDACT_DETAIL_CAT(name, _ifma)
#else
#define SIMDACT_DETAIL_IFMA(name) name
#endif
#if defined(__AVX512VBMI2__)
#define SIMDACT_DETAIL_VBMI(name) SIMDACT_DETAIL_CAT(name, _vbmi2)
#elif defined(__AVX512VBMI__)
#define SIMDACT_DETAIL_VBMI(name) SIMDACT_DETAIL_CAT(name, _vbmi)
#else
#define SIMDACT_DETAIL_VBMI(name) name
#endif
#if defined(__AVX512VNNI__) && defined(__AVXVNNI__)
#define SIMDACT_DETAIL_VNNI(name) SIMDACT_DETAIL_CAT(name, _vnni_avxvnni)
#elif defined(__AVXVNNI__)
#define SIMDACT_DETAIL_VNNI(name) SIMDACT_DETAIL_CAT(name, _avxvnni)
#elif defined(__AVX512VNNI__)
#define SIMDACT_DETAIL_VNNI(name) SIMDACT_DETAIL_CAT(name, _vnni)
#else
#define SIMDACT_DETAIL_VNNI(name) name
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
#define SIMDACT_DETAIL_X86(name)                                                                                       \
    SIMDACT_DETAIL_BMI(SIMDACT_DETAIL_FMA4(SIMDACT_DETAIL_FMA3(                                                        \
        SIMDACT_DETAIL_AVX(SIMDACT_DETAIL_SSE4(SIMDACT_DETAIL_SSSE3(SIMDACT_DETAIL_SSE3(name)))))))
#define SIMDACT_DETAIL_X86_512(name)                                                                                   \
    SIMDACT_DETAIL_VNNI(SIMDACT_DETAIL_VBMI(SIMDACT_DETAIL_IFMA(SIMDACT_DETAIL_AVX512VL(SIMDACT_DETAIL_AVX512(name)))))
#define SIMDACT_DETAIL_MORE(name)                                                                                      \
    SIMDACT_DETAIL_AVX10(SIMDACT_DETAIL_APX(SIMDACT_DETAIL_ZBB(SIMDACT_DETAIL_ZBA(SIMDACT_DETAIL_SCALABLE(name)))))
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
#define SIMDACT_DETAIL_BUILT_FOR SIMDACT_DETAIL_MORE(SIMDACT_DETAIL_X86_512(SIMDACT_DETAIL_X86(SIMDACT_DETAIL_BUILT)))
#define SIMDACT_ISA SIMDACT_DETAIL_REFUSAL(SIMDACT_DETAIL_MATH(SIMDACT_DETAIL_XSIMD(SIMDACT_DETAIL_BUILT_FOR)))

/// The namespace that xsimd is in: the single header with xsimd inside has an xsimd of its own, which no other file
/// shares that is built differently.
#if defined(SIMDACT_DETAIL_BUNDLED)
#define SIMDACT_XSIMD SIMDACT_DETAIL_CAT(xsimd_of_simdact_, SIMDACT_ISA)
#else
#define SIMDACT_XSIMD xsimd
#endif

#endif
