#ifndef SIMDACT_SIMD_X86_AVX_HPP
#define SIMDACT_SIMD_X86_AVX_HPP

/// Registers of 32 bytes, for x86.hpp.

#include <simdact/simd/lane_bits.hpp>
#include <simdact/simd/value.hpp>
#include <simdact/simd/x86_sse.hpp>

#if defined(__AVX__)
namespace simdact {
inline namespace SIMDACT_ISA {
namespace simd {

/// All ones in the first n elements of 32 bytes.
template <class T>
SIMDACT_INLINE __m256i first_elements(std::size_t n) noexcept {
    const auto* const from = lane_bits<std::uint32_t>.bits + 16 - n * (sizeof(T) / 4);
    return _mm256_loadu_si256(static_cast<const __m256i*>(static_cast<const void*>(from)));
}

/// Stores n elements of which a register has more; x has their bits.
template <class T>
SIMDACT_INLINE void store_some_of(T* p, std::size_t n, __m256 x) noexcept {
    __m128 part = _mm256_castps256_ps128(x);
    if (n * sizeof(T) >= 16) {
        _mm_storeu_ps(static_cast<float*>(static_cast<void*>(p)), part);
        part = _mm256_extractf128_ps(x, 1);
        p += 16 / sizeof(T);
        n -= 16 / sizeof(T);
    }
    simd::store_some_of(p, n, part);
}

template <>
struct x86<float, 32> {
#if defined(__FMA__)
    SIMDACT_INLINE static __m256 fma(__m256 a, __m256 b, __m256 c) noexcept { return _mm256_fmadd_ps(a, b, c); }
#endif
#if SIMDACT_DETAIL_FAST_MATH && defined(__GNUC__)
    SIMDACT_INLINE static __m256 sqrt(__m256 x) noexcept {
        __asm__("{vsqrtps %0, %0|vsqrtps %0, %0}" : "+v"(x));
        return x;
    }
    SIMDACT_INLINE static __m256 divide(__m256 a, __m256 b) noexcept {
        __asm__("{vdivps %1, %0, %0|vdivps %0, %0, %1}" : "+v"(a) : "v"(b));
        return a;
    }
#endif
#if !defined(__AVX2__) && defined(__GNUC__) && !defined(__clang__)
    /// g++ takes the intrinsic for a comparison of integers, which AVX has not, and makes eight branches of it.
    SIMDACT_INLINE static __m256 select(__m256 mask, __m256 a, __m256 b) noexcept {
        __m256 chosen;
        __asm__("{vblendvps %3, %2, %1, %0|vblendvps %0, %1, %2, %3}" : "=x"(chosen) : "x"(b), "x"(a), "x"(mask));
        return chosen;
    }
#endif
#if !SIMDACT_DETAIL_FAST_MATH
    SIMDACT_INLINE static __m256 maximum(__m256 a, __m256 b) noexcept { return _mm256_max_ps(a, b); }
    SIMDACT_INLINE static __m256 minimum(__m256 a, __m256 b) noexcept { return _mm256_min_ps(a, b); }
#endif
    SIMDACT_INLINE static __m256 keep(__m256 mask, __m256 x) noexcept { return _mm256_and_ps(mask, x); }
    SIMDACT_INLINE static __m256 drop(__m256 mask, __m256 x) noexcept { return _mm256_andnot_ps(mask, x); }
    SIMDACT_INLINE static __m256 negated(__m256 x) noexcept { return _mm256_xor_ps(x, _mm256_set1_ps(-0.0f)); }

    SIMDACT_INLINE static bool any_nan(__m256 a, __m256 b, __m256 c, __m256 d) noexcept {
        return _mm256_movemask_ps(_mm256_or_ps(_mm256_cmp_ps(a, b, _CMP_UNORD_Q), _mm256_cmp_ps(c, d, _CMP_UNORD_Q))) !=
               0;
    }
    SIMDACT_INLINE static int mask_to_bits(__m256 mask) noexcept { return _mm256_movemask_ps(mask); }

    SIMDACT_INLINE static __m256 load_some(const float* p, std::size_t n) noexcept {
        return _mm256_maskload_ps(p, simd::first_elements<float>(n));
    }
    SIMDACT_INLINE static void store_some(float* p, std::size_t n, __m256 x) noexcept { simd::store_some_of(p, n, x); }
    SIMDACT_INLINE static void stream(float* p, __m256 x) noexcept { _mm256_stream_ps(p, x); }
};

template <>
struct x86<double, 32> {
#if defined(__FMA__)
    SIMDACT_INLINE static __m256d fma(__m256d a, __m256d b, __m256d c) noexcept { return _mm256_fmadd_pd(a, b, c); }
#endif
#if !defined(__AVX2__) && defined(__GNUC__) && !defined(__clang__)
    SIMDACT_INLINE static __m256d select(__m256d mask, __m256d a, __m256d b) noexcept {
        __m256d chosen;
        __asm__("{vblendvpd %3, %2, %1, %0|vblendvpd %0, %1, %2, %3}" : "=x"(chosen) : "x"(b), "x"(a), "x"(mask));
        return chosen;
    }
#endif
#if !SIMDACT_DETAIL_FAST_MATH
    SIMDACT_INLINE static __m256d maximum(__m256d a, __m256d b) noexcept { return _mm256_max_pd(a, b); }
    SIMDACT_INLINE static __m256d minimum(__m256d a, __m256d b) noexcept { return _mm256_min_pd(a, b); }
#endif
    SIMDACT_INLINE static __m256d keep(__m256d mask, __m256d x) noexcept { return _mm256_and_pd(mask, x); }
    SIMDACT_INLINE static __m256d drop(__m256d mask, __m256d x) noexcept {
        return _mm256_castps_pd(_mm256_andnot_ps(_mm256_castpd_ps(mask), _mm256_castpd_ps(x)));
    }
    SIMDACT_INLINE static __m256d negated(__m256d x) noexcept { return _mm256_xor_pd(x, _mm256_set1_pd(-0.0)); }

    SIMDACT_INLINE static bool any_nan(__m256d a, __m256d b, __m256d c, __m256d d) noexcept {
        return _mm256_movemask_pd(_mm256_or_pd(_mm256_cmp_pd(a, b, _CMP_UNORD_Q), _mm256_cmp_pd(c, d, _CMP_UNORD_Q))) !=
               0;
    }
    SIMDACT_INLINE static int mask_to_bits(__m256d mask) noexcept { return _mm256_movemask_pd(mask); }

    SIMDACT_INLINE static __m256d load_wide(const float* p) noexcept { return _mm256_cvtps_pd(_mm_loadu_ps(p)); }
    SIMDACT_INLINE static __m256d load_some(const double* p, std::size_t n) noexcept {
        return _mm256_maskload_pd(p, simd::first_elements<double>(n));
    }
    SIMDACT_INLINE static void store_some(double* p, std::size_t n, __m256d x) noexcept {
        simd::store_some_of(p, n, _mm256_castpd_ps(x));
    }
    SIMDACT_INLINE static void stream(double* p, __m256d x) noexcept {
        _mm256_stream_ps(static_cast<float*>(static_cast<void*>(p)), _mm256_castpd_ps(x));
    }
};

} // namespace simd
} // namespace SIMDACT_ISA
} // namespace simdact
#endif

#endif
