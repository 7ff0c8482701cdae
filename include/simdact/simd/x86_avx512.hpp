#ifndef SIMDACT_SIMD_X86_AVX512_HPP
#define SIMDACT_SIMD_X86_AVX512_HPP

/// Registers of 64 bytes, for x86.hpp. A mask is a number there, a bit a lane.
///
/// By the intrinsics that set zeros where a mask is false: the others begin with a register of any content, and g++ 12
/// warns of that in the file of whoever includes this (its bug 105593). The instructions are the same.

#include <simdact/simd/value.hpp>
#include <simdact/simd/x86_avx.hpp>

#if defined(__AVX512F__)
namespace simdact {
inline namespace SIMDACT_ISA {
namespace simd {

inline constexpr auto all_of_8 = static_cast<__mmask8>(-1);
inline constexpr auto all_of_16 = static_cast<__mmask16>(-1);

// Some elements are loaded and stored as by older processors. What is stored by a mask is not forwarded to a load that
// reads it, or what lies beside it, soon after: in place, calls on a few elements would wait for four times as long as
// they take. Of elements T, with their bits:

template <class T>
SIMDACT_INLINE __m512d load_some_of(const T* p, std::size_t n) noexcept {
    constexpr std::size_t half = 32 / sizeof(T);
    const auto some = [](const T* from, std::size_t count) SIMDACT_INLINE_LAMBDA {
        return _mm256_castps_pd(_mm256_maskload_ps(static_cast<const float*>(static_cast<const void*>(from)),
                                                   simd::first_elements<T>(count)));
    };
    const bool more = n >= half;
    const __m256d low = more ? _mm256_loadu_pd(static_cast<const double*>(static_cast<const void*>(p))) : some(p, n);
    const __m256d high = more ? some(p + half, n - half) : _mm256_setzero_pd();
    return _mm512_maskz_insertf64x4(all_of_8, _mm512_castpd256_pd512(low), high, 1);
}

template <class T>
SIMDACT_INLINE void store_some_of(T* p, std::size_t n, __m512d x) noexcept {
    constexpr std::size_t half = 32 / sizeof(T);
    constexpr auto all_of_4 = static_cast<__mmask8>(15);
    __m256d part = _mm512_maskz_extractf64x4_pd(all_of_4, x, 0);
    if (n >= half) {
        _mm256_storeu_pd(static_cast<double*>(static_cast<void*>(p)), part);
        part = _mm512_maskz_extractf64x4_pd(all_of_4, x, 1);
        p += half;
        n -= half;
    }
    simd::store_some_of(p, n, _mm256_castpd_ps(part));
}

template <>
struct x86<float, 64> {
    SIMDACT_INLINE static __m512 fma(__m512 a, __m512 b, __m512 c) noexcept { return _mm512_fmadd_ps(a, b, c); }
#if !SIMDACT_DETAIL_FAST_MATH
    SIMDACT_INLINE static __m512 maximum(__m512 a, __m512 b) noexcept { return _mm512_maskz_max_ps(all_of_16, a, b); }
    SIMDACT_INLINE static __m512 minimum(__m512 a, __m512 b) noexcept { return _mm512_maskz_min_ps(all_of_16, a, b); }
#endif
    SIMDACT_INLINE static __m512 negated(__m512 x) noexcept {
        return _mm512_castsi512_ps(
            _mm512_xor_si512(_mm512_castps_si512(x), _mm512_castps_si512(_mm512_set1_ps(-0.0f))));
    }
    SIMDACT_INLINE static __m512 sqrt(__m512 x) noexcept { return _mm512_maskz_sqrt_ps(all_of_16, x); }
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
        return _mm512_castpd_ps(simd::load_some_of(p, n));
    }
    SIMDACT_INLINE static void store_some(float* p, std::size_t n, __m512 x) noexcept {
        simd::store_some_of(p, n, _mm512_castps_pd(x));
    }
    SIMDACT_INLINE static void stream(float* p, __m512 x) noexcept { _mm512_stream_ps(p, x); }
};

template <>
struct x86<double, 64> {
    SIMDACT_INLINE static __m512d fma(__m512d a, __m512d b, __m512d c) noexcept { return _mm512_fmadd_pd(a, b, c); }
#if !SIMDACT_DETAIL_FAST_MATH
    SIMDACT_INLINE static __m512d maximum(__m512d a, __m512d b) noexcept { return _mm512_maskz_max_pd(all_of_8, a, b); }
    SIMDACT_INLINE static __m512d minimum(__m512d a, __m512d b) noexcept { return _mm512_maskz_min_pd(all_of_8, a, b); }
#endif
    SIMDACT_INLINE static __m512d negated(__m512d x) noexcept {
        return _mm512_castsi512_pd(_mm512_xor_si512(_mm512_castpd_si512(x), _mm512_castpd_si512(_mm512_set1_pd(-0.0))));
    }
    SIMDACT_INLINE static __m512d sqrt(__m512d x) noexcept { return _mm512_maskz_sqrt_pd(all_of_8, x); }
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
        return simd::load_some_of(p, n);
    }
    SIMDACT_INLINE static void store_some(double* p, std::size_t n, __m512d x) noexcept {
        simd::store_some_of(p, n, x);
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
