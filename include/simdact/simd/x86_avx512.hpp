#ifndef SIMDACT_SIMD_X86_AVX512_HPP
#define SIMDACT_SIMD_X86_AVX512_HPP

/// Registers of 64 bytes, for x86.hpp. A mask is a number there, a bit a lane.
///
/// By the intrinsics that set zeros where a mask is false: the others begin with a register of any content, and g++ 12
/// warns of that in the file of whoever includes this (its bug 105593). The instructions are the same.

#include <simdact/simd/value.hpp>
#include <simdact/simd/x86_sse.hpp>

#if defined(__AVX512F__)
namespace simdact {
inline namespace SIMDACT_ISA {
namespace simd {

inline constexpr auto all_of_8 = static_cast<__mmask8>(-1);
inline constexpr auto all_of_16 = static_cast<__mmask16>(-1);

template <>
struct x86<float, 64> {
    SIMDACT_INLINE static __m512 fma(__m512 a, __m512 b, __m512 c) noexcept { return _mm512_fmadd_ps(a, b, c); }
    SIMDACT_INLINE static __m512 at_least(__m512 x, __m512 low) noexcept {
        return _mm512_maskz_max_ps(all_of_16, x, low);
    }
    SIMDACT_INLINE static __m512 at_most(__m512 x, __m512 high) noexcept {
        return _mm512_maskz_min_ps(all_of_16, x, high);
    }

    SIMDACT_INLINE static bool any_nan(__m512 a, __m512 b, __m512 c, __m512 d) noexcept {
        return (_mm512_cmp_ps_mask(a, b, _CMP_UNORD_Q) | _mm512_cmp_ps_mask(c, d, _CMP_UNORD_Q)) != 0;
    }
    SIMDACT_INLINE static __mmask16 mask_to_bits(__mmask16 mask) noexcept { return mask; }

    SIMDACT_INLINE static __m512 load_some(const float* p, std::size_t n) noexcept {
        return _mm512_maskz_loadu_ps(static_cast<__mmask16>((1u << n) - 1), p);
    }
    SIMDACT_INLINE static void store_some(float* p, std::size_t n, __m512 x) noexcept {
        _mm512_mask_storeu_ps(p, static_cast<__mmask16>((1u << n) - 1), x);
    }
    SIMDACT_INLINE static void stream(float* p, __m512 x) noexcept { _mm512_stream_ps(p, x); }
};

template <>
struct x86<double, 64> {
    SIMDACT_INLINE static __m512d fma(__m512d a, __m512d b, __m512d c) noexcept { return _mm512_fmadd_pd(a, b, c); }
    SIMDACT_INLINE static __m512d at_least(__m512d x, __m512d low) noexcept {
        return _mm512_maskz_max_pd(all_of_8, x, low);
    }
    SIMDACT_INLINE static __m512d at_most(__m512d x, __m512d high) noexcept {
        return _mm512_maskz_min_pd(all_of_8, x, high);
    }

    SIMDACT_INLINE static bool any_nan(__m512d a, __m512d b, __m512d c, __m512d d) noexcept {
        return (_mm512_cmp_pd_mask(a, b, _CMP_UNORD_Q) | _mm512_cmp_pd_mask(c, d, _CMP_UNORD_Q)) != 0;
    }
    SIMDACT_INLINE static __mmask8 mask_to_bits(__mmask8 mask) noexcept { return mask; }

    SIMDACT_INLINE static __m512d load_wide(const float* p) noexcept {
        return _mm512_maskz_cvtps_pd(all_of_8, _mm256_loadu_ps(p));
    }
    SIMDACT_INLINE static __m512d load_some(const double* p, std::size_t n) noexcept {
        return _mm512_maskz_loadu_pd(static_cast<__mmask8>((1u << n) - 1), p);
    }
    SIMDACT_INLINE static void store_some(double* p, std::size_t n, __m512d x) noexcept {
        _mm512_mask_storeu_pd(p, static_cast<__mmask8>((1u << n) - 1), x);
    }
    SIMDACT_INLINE static void stream(double* p, __m512d x) noexcept {
        _mm512_stream_ps(static_cast<float*>(static_cast<void*>(p)), _mm512_castpd_ps(x));
    }
};

template <>
struct x86<std::uint32_t, 64> {
    template <int Places>
    SIMDACT_INLINE static __m512i shifted_left(__m512i bits) noexcept {
        return _mm512_maskz_slli_epi32(all_of_16, bits, Places);
    }
    template <int Places>
    SIMDACT_INLINE static __m512i shifted_right(__m512i bits) noexcept {
        return _mm512_maskz_srli_epi32(all_of_16, bits, Places);
    }
};

template <>
struct x86<std::uint64_t, 64> {
    template <int Places>
    SIMDACT_INLINE static __m512i shifted_left(__m512i bits) noexcept {
        return _mm512_maskz_slli_epi64(all_of_8, bits, Places);
    }
    template <int Places>
    SIMDACT_INLINE static __m512i shifted_right(__m512i bits) noexcept {
        return _mm512_maskz_srli_epi64(all_of_8, bits, Places);
    }
};

} // namespace simd
} // namespace SIMDACT_ISA
} // namespace simdact
#endif

#endif
