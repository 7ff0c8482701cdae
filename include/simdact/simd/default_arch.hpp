#ifndef SIMDACT_SIMD_DEFAULT_ARCH_HPP
#define SIMDACT_SIMD_DEFAULT_ARCH_HPP

/// The part of SIMDACT_ISA that XSIMD_DEFAULT_ARCH and XSIMD_WITH_EMULATED change. The first is a type, as in
/// -DXSIMD_DEFAULT_ARCH=xsimd::fma3<xsimd::avx2>, whose text cannot become a part of a name. But while the names of
/// xsimd's architectures are macros that put a number between commas, #if can ask which it is.

#if defined(XSIMD_DEFAULT_ARCH)
#define sse2 , 1,
#define sse3 , 2,
#define ssse3 , 3,
#define sse4_1 , 4,
#define sse4_2 , 5,
#define fma3 , 6,
#define fma4 , 7,
#define avx , 8,
#define avx_128 , 9,
#define avx2 , 10,
#define avx2_128 , 11,
#define avxvnni , 12,
#define avx512f , 13,
#define avx512cd , 14,
#define avx512dq , 15,
#define avx512bw , 16,
#define avx512er , 17,
#define avx512pf , 18,
#define avx512ifma , 19,
#define avx512vbmi , 20,
#define avx512vbmi2 , 21,
#define avx512vnni , 22,
#define avx512vl , 23,
#define avx512vl_128 , 24,
#define avx512vl_256 , 25,
#define neon , 26,
#define neon64 , 27,
#define i8mm , 28,
#define sve , 29,
#define rvv , 30,
#define vsx , 31,
#define vxe , 32,
#define wasm , 33,
#define emulated , 99,
#define SIMDACT_DETAIL_FOURTH_(a, b, c, d, ...) d
#define SIMDACT_DETAIL_THIRD_(a, b, c, ...) c
#define SIMDACT_DETAIL_SECOND_(a, b, ...) b
#define SIMDACT_DETAIL_FOURTH(...) SIMDACT_DETAIL_FOURTH_(__VA_ARGS__)
#define SIMDACT_DETAIL_THIRD(...) SIMDACT_DETAIL_THIRD_(__VA_ARGS__)
#define SIMDACT_DETAIL_SECOND(...) SIMDACT_DETAIL_SECOND_(__VA_ARGS__)
#if SIMDACT_DETAIL_SECOND(XSIMD_DEFAULT_ARCH, 0, 0) == 1
#define SIMDACT_DETAIL_DEFAULT_ARCH(name) SIMDACT_DETAIL_CAT(name, _default_sse2)
#elif SIMDACT_DETAIL_SECOND(XSIMD_DEFAULT_ARCH, 0, 0) == 2
#define SIMDACT_DETAIL_DEFAULT_ARCH(name) SIMDACT_DETAIL_CAT(name, _default_sse3)
#elif SIMDACT_DETAIL_SECOND(XSIMD_DEFAULT_ARCH, 0, 0) == 3
#define SIMDACT_DETAIL_DEFAULT_ARCH(name) SIMDACT_DETAIL_CAT(name, _default_ssse3)
#elif SIMDACT_DETAIL_SECOND(XSIMD_DEFAULT_ARCH, 0, 0) == 4
#define SIMDACT_DETAIL_DEFAULT_ARCH(name) SIMDACT_DETAIL_CAT(name, _default_sse4_1)
#elif SIMDACT_DETAIL_SECOND(XSIMD_DEFAULT_ARCH, 0, 0) == 5
#define SIMDACT_DETAIL_DEFAULT_ARCH(name) SIMDACT_DETAIL_CAT(name, _default_sse4_2)
#elif SIMDACT_DETAIL_SECOND(XSIMD_DEFAULT_ARCH, 0, 0) == 6
#define SIMDACT_DETAIL_DEFAULT_ARCH(name) SIMDACT_DETAIL_CAT(name, _default_fma3)
#elif SIMDACT_DETAIL_SECOND(XSIMD_DEFAULT_ARCH, 0, 0) == 7
#define SIMDACT_DETAIL_DEFAULT_ARCH(name) SIMDACT_DETAIL_CAT(name, _default_fma4)
#elif SIMDACT_DETAIL_SECOND(XSIMD_DEFAULT_ARCH, 0, 0) == 8
#define SIMDACT_DETAIL_DEFAULT_ARCH(name) SIMDACT_DETAIL_CAT(name, _default_avx)
#elif SIMDACT_DETAIL_SECOND(XSIMD_DEFAULT_ARCH, 0, 0) == 9
#define SIMDACT_DETAIL_DEFAULT_ARCH(name) SIMDACT_DETAIL_CAT(name, _default_avx_128)
#elif SIMDACT_DETAIL_SECOND(XSIMD_DEFAULT_ARCH, 0, 0) == 10
#define SIMDACT_DETAIL_DEFAULT_ARCH(name) SIMDACT_DETAIL_CAT(name, _default_avx2)
#elif SIMDACT_DETAIL_SECOND(XSIMD_DEFAULT_ARCH, 0, 0) == 11
#define SIMDACT_DETAIL_DEFAULT_ARCH(name) SIMDACT_DETAIL_CAT(name, _default_avx2_128)
#elif SIMDACT_DETAIL_SECOND(XSIMD_DEFAULT_ARCH, 0, 0) == 12
#define SIMDACT_DETAIL_DEFAULT_ARCH(name) SIMDACT_DETAIL_CAT(name, _default_avxvnni)
#elif SIMDACT_DETAIL_SECOND(XSIMD_DEFAULT_ARCH, 0, 0) == 13
#define SIMDACT_DETAIL_DEFAULT_ARCH(name) SIMDACT_DETAIL_CAT(name, _default_avx512f)
#elif SIMDACT_DETAIL_SECOND(XSIMD_DEFAULT_ARCH, 0, 0) == 14
#define SIMDACT_DETAIL_DEFAULT_ARCH(name) SIMDACT_DETAIL_CAT(name, _default_avx512cd)
#elif SIMDACT_DETAIL_SECOND(XSIMD_DEFAULT_ARCH, 0, 0) == 15
#define SIMDACT_DETAIL_DEFAULT_ARCH(name) SIMDACT_DETAIL_CAT(name, _default_avx512dq)
#elif SIMDACT_DETAIL_SECOND(XSIMD_DEFAULT_ARCH, 0, 0) == 16
#define SIMDACT_DETAIL_DEFAULT_ARCH(name) SIMDACT_DETAIL_CAT(name, _default_avx512bw)
#elif SIMDACT_DETAIL_SECOND(XSIMD_DEFAULT_ARCH, 0, 0) == 17
#define SIMDACT_DETAIL_DEFAULT_ARCH(name) SIMDACT_DETAIL_CAT(name, _default_avx512er)
#elif SIMDACT_DETAIL_SECOND(XSIMD_DEFAULT_ARCH, 0, 0) == 18
#define SIMDACT_DETAIL_DEFAULT_ARCH(name) SIMDACT_DETAIL_CAT(name, _default_avx512pf)
#elif SIMDACT_DETAIL_SECOND(XSIMD_DEFAULT_ARCH, 0, 0) == 19
#define SIMDACT_DETAIL_DEFAULT_ARCH(name) SIMDACT_DETAIL_CAT(name, _default_avx512ifma)
#elif SIMDACT_DETAIL_SECOND(XSIMD_DEFAULT_ARCH, 0, 0) == 20
#define SIMDACT_DETAIL_DEFAULT_ARCH(name) SIMDACT_DETAIL_CAT(name, _default_avx512vbmi)
#elif SIMDACT_DETAIL_SECOND(XSIMD_DEFAULT_ARCH, 0, 0) == 21
#define SIMDACT_DETAIL_DEFAULT_ARCH(name) SIMDACT_DETAIL_CAT(name, _default_avx512vbmi2)
#elif SIMDACT_DETAIL_SECOND(XSIMD_DEFAULT_ARCH, 0, 0) == 22
#define SIMDACT_DETAIL_DEFAULT_ARCH(name) SIMDACT_DETAIL_CAT(name, _default_avx512vnni)
#elif SIMDACT_DETAIL_SECOND(XSIMD_DEFAULT_ARCH, 0, 0) == 23
#define SIMDACT_DETAIL_DEFAULT_ARCH(name) SIMDACT_DETAIL_CAT(name, _default_avx512vl)
#elif SIMDACT_DETAIL_SECOND(XSIMD_DEFAULT_ARCH, 0, 0) == 24
#define SIMDACT_DETAIL_DEFAULT_ARCH(name) SIMDACT_DETAIL_CAT(name, _default_avx512vl_128)
#elif SIMDACT_DETAIL_SECOND(XSIMD_DEFAULT_ARCH, 0, 0) == 25
#define SIMDACT_DETAIL_DEFAULT_ARCH(name) SIMDACT_DETAIL_CAT(name, _default_avx512vl_256)
#elif SIMDACT_DETAIL_SECOND(XSIMD_DEFAULT_ARCH, 0, 0) == 26
#define SIMDACT_DETAIL_DEFAULT_ARCH(name) SIMDACT_DETAIL_CAT(name, _default_neon)
#elif SIMDACT_DETAIL_SECOND(XSIMD_DEFAULT_ARCH, 0, 0) == 27
#define SIMDACT_DETAIL_DEFAULT_ARCH(name) SIMDACT_DETAIL_CAT(name, _default_neon64)
#elif SIMDACT_DETAIL_SECOND(XSIMD_DEFAULT_ARCH, 0, 0) == 28
#define SIMDACT_DETAIL_DEFAULT_ARCH(name) SIMDACT_DETAIL_CAT(name, _default_i8mm)
#elif SIMDACT_DETAIL_SECOND(XSIMD_DEFAULT_ARCH, 0, 0) == 29
#define SIMDACT_DETAIL_DEFAULT_ARCH(name) SIMDACT_DETAIL_CAT(name, _default_sve)
#elif SIMDACT_DETAIL_SECOND(XSIMD_DEFAULT_ARCH, 0, 0) == 30
#define SIMDACT_DETAIL_DEFAULT_ARCH(name) SIMDACT_DETAIL_CAT(name, _default_rvv)
#elif SIMDACT_DETAIL_SECOND(XSIMD_DEFAULT_ARCH, 0, 0) == 31
#define SIMDACT_DETAIL_DEFAULT_ARCH(name) SIMDACT_DETAIL_CAT(name, _default_vsx)
#elif SIMDACT_DETAIL_SECOND(XSIMD_DEFAULT_ARCH, 0, 0) == 32
#define SIMDACT_DETAIL_DEFAULT_ARCH(name) SIMDACT_DETAIL_CAT(name, _default_vxe)
#elif SIMDACT_DETAIL_SECOND(XSIMD_DEFAULT_ARCH, 0, 0) == 33
#define SIMDACT_DETAIL_DEFAULT_ARCH(name) SIMDACT_DETAIL_CAT(name, _default_wasm)
#elif SIMDACT_DETAIL_SECOND(XSIMD_DEFAULT_ARCH, 0, 0) == 99 &&                                                         \
    !(128 SIMDACT_DETAIL_THIRD(XSIMD_DEFAULT_ARCH, 0, 0, 0) 0)
#define SIMDACT_DETAIL_DEFAULT_ARCH(name) SIMDACT_DETAIL_CAT(name, _default_emulated_128)
#elif SIMDACT_DETAIL_SECOND(XSIMD_DEFAULT_ARCH, 0, 0) == 99 &&                                                         \
    !(256 SIMDACT_DETAIL_THIRD(XSIMD_DEFAULT_ARCH, 0, 0, 0) 0)
#define SIMDACT_DETAIL_DEFAULT_ARCH(name) SIMDACT_DETAIL_CAT(name, _default_emulated_256)
#elif SIMDACT_DETAIL_SECOND(XSIMD_DEFAULT_ARCH, 0, 0) == 99 &&                                                         \
    !(512 SIMDACT_DETAIL_THIRD(XSIMD_DEFAULT_ARCH, 0, 0, 0) 0)
#define SIMDACT_DETAIL_DEFAULT_ARCH(name) SIMDACT_DETAIL_CAT(name, _default_emulated_512)
#elif SIMDACT_DETAIL_SECOND(XSIMD_DEFAULT_ARCH, 0, 0) == 99 &&                                                         \
    !(1024 SIMDACT_DETAIL_THIRD(XSIMD_DEFAULT_ARCH, 0, 0, 0) 0)
#define SIMDACT_DETAIL_DEFAULT_ARCH(name) SIMDACT_DETAIL_CAT(name, _default_emulated_1024)
#else
#define SIMDACT_DETAIL_DEFAULT_ARCH(name) SIMDACT_DETAIL_CAT(name, _default_other)
#endif
#if SIMDACT_DETAIL_FOURTH(XSIMD_DEFAULT_ARCH, 0, 0, 0, 0) == 5
#define SIMDACT_DETAIL_DEFAULT_ARCH_OF(name) SIMDACT_DETAIL_CAT(name, _sse4_2)
#elif SIMDACT_DETAIL_FOURTH(XSIMD_DEFAULT_ARCH, 0, 0, 0, 0) == 8
#define SIMDACT_DETAIL_DEFAULT_ARCH_OF(name) SIMDACT_DETAIL_CAT(name, _avx)
#elif SIMDACT_DETAIL_FOURTH(XSIMD_DEFAULT_ARCH, 0, 0, 0, 0) == 10
#define SIMDACT_DETAIL_DEFAULT_ARCH_OF(name) SIMDACT_DETAIL_CAT(name, _avx2)
#elif SIMDACT_DETAIL_FOURTH(XSIMD_DEFAULT_ARCH, 0, 0, 0, 0) == 11
#define SIMDACT_DETAIL_DEFAULT_ARCH_OF(name) SIMDACT_DETAIL_CAT(name, _avx2_128)
#elif SIMDACT_DETAIL_FOURTH(XSIMD_DEFAULT_ARCH, 0, 0, 0, 0) == 16
#define SIMDACT_DETAIL_DEFAULT_ARCH_OF(name) SIMDACT_DETAIL_CAT(name, _avx512bw)
#elif SIMDACT_DETAIL_FOURTH(XSIMD_DEFAULT_ARCH, 0, 0, 0, 0) == 21
#define SIMDACT_DETAIL_DEFAULT_ARCH_OF(name) SIMDACT_DETAIL_CAT(name, _avx512vbmi2)
#elif SIMDACT_DETAIL_FOURTH(XSIMD_DEFAULT_ARCH, 0, 0, 0, 0) == 27
#define SIMDACT_DETAIL_DEFAULT_ARCH_OF(name) SIMDACT_DETAIL_CAT(name, _neon64)
#else
#define SIMDACT_DETAIL_DEFAULT_ARCH_OF(name) name
#endif
#undef sse2
#undef sse3
#undef ssse3
#undef sse4_1
#undef sse4_2
#undef fma3
#undef fma4
#undef avx
#undef avx_128
#undef avx2
#undef avx2_128
#undef avxvnni
#undef avx512f
#undef avx512cd
#undef avx512dq
#undef avx512bw
#undef avx512er
#undef avx512pf
#undef avx512ifma
#undef avx512vbmi
#undef avx512vbmi2
#undef avx512vnni
#undef avx512vl
#undef avx512vl_128
#undef avx512vl_256
#undef neon
#undef neon64
#undef i8mm
#undef sve
#undef rvv
#undef vsx
#undef vxe
#undef wasm
#undef emulated
#else
#define SIMDACT_DETAIL_DEFAULT_ARCH(name) name
#define SIMDACT_DETAIL_DEFAULT_ARCH_OF(name) name
#endif

#if defined(XSIMD_WITH_EMULATED) && XSIMD_WITH_EMULATED
#define SIMDACT_DETAIL_EMULATED(name) SIMDACT_DETAIL_CAT(name, _emulated)
#else
#define SIMDACT_DETAIL_EMULATED(name) name
#endif

#endif
