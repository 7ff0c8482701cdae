#ifndef SIMDACT_SIMD_X86_ISA_HPP
#define SIMDACT_SIMD_X86_ISA_HPP

/// The part of SIMDACT_ISA that instruction sets of x86 change: the psABI level of x86-64, then by name what is
/// switched on beyond it (-mavx alone, -mavx512f alone, ...). Each piece is added to a name, or nothing is.

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

#define SIMDACT_DETAIL_X86_TO_AVX(name)                                                                                \
    SIMDACT_DETAIL_BMI(SIMDACT_DETAIL_FMA4(SIMDACT_DETAIL_FMA3(                                                        \
        SIMDACT_DETAIL_AVX(SIMDACT_DETAIL_SSE4(SIMDACT_DETAIL_SSSE3(SIMDACT_DETAIL_SSE3(name)))))))
#define SIMDACT_DETAIL_X86_512(name)                                                                                   \
    SIMDACT_DETAIL_VNNI(SIMDACT_DETAIL_VBMI(SIMDACT_DETAIL_IFMA(SIMDACT_DETAIL_AVX512VL(SIMDACT_DETAIL_AVX512(name)))))
#define SIMDACT_DETAIL_X86(name)                                                                                       \
    SIMDACT_DETAIL_AVX10(SIMDACT_DETAIL_APX(SIMDACT_DETAIL_X86_512(SIMDACT_DETAIL_X86_TO_AVX(name))))

#endif
