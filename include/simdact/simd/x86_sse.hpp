#ifndef SIMDACT_SIMD_X86_SSE_HPP
#define SIMDACT_SIMD_X86_SSE_HPP

/// Registers of 16 bytes, for x86.hpp. Functions for T may be in terms of those for float, bit for bit.

#include <simdact/simd/lane_bits.hpp>
#include <simdact/simd/value.hpp>

#if defined(__SSE2__)
namespace simdact {
inline namespace SIMDACT_ISA {
namespace simd {

/// What there is for registers of so many bytes of elements T. Where a mask is a register it is all ones or all zeros
/// in each lane.
template <class T, std::size_t Bytes>
struct x86 {};

/// Stores n elements of which a register has more; x has their bits.
template <class T>
SIMDACT_INLINE void store_some_of(T* p, std::size_t n, __m128 x) noexcept {
    if (n * sizeof(T) >= 8) {
        _mm_storel_pi(static_cast<__m64*>(static_cast<void*>(p)), x);
        x = _mm_movehl_ps(x, x);
        p += 8 / sizeof(T);
        n -= 8 / sizeof(T);
    }
    if constexpr (sizeof(T) == 4)
        if (n == 1)
            _mm_store_ss(p, x);
}

/// The two floats at p, and zeros.
SIMDACT_INLINE __m128 load_two(const float* p) noexcept {
    return _mm_castsi128_ps(_mm_loadl_epi64(static_cast<const __m128i*>(static_cast<const void*>(p))));
}

template <>
struct x86<float, 16> {
#if defined(__FMA__)
    SIMDACT_INLINE static __m128 fma(__m128 a, __m128 b, __m128 c) noexcept { return _mm_fmadd_ps(a, b, c); }
#endif
#if SIMDACT_DETAIL_FAST_MATH && defined(__GNUC__)
    /// Or else compilers take an approximation of 1 / sqrt(x).
    SIMDACT_INLINE static __m128 sqrt(__m128 x) noexcept {
#if defined(__AVX__)
        __asm__("{vsqrtps %0, %0|vsqrtps %0, %0}" : "+v"(x));
#else
        __asm__("{sqrtps %0, %0|sqrtps %0, %0}" : "+x"(x));
#endif
        return x;
    }
    /// Or else compilers multiply by an approximation of 1 / b.
    SIMDACT_INLINE static __m128 divide(__m128 a, __m128 b) noexcept {
#if defined(__AVX__)
        __asm__("{vdivps %1, %0, %0|vdivps %0, %0, %1}" : "+v"(a) : "v"(b));
#else
        __asm__("{divps %1, %0|divps %0, %1}" : "+x"(a) : "x"(b));
#endif
        return a;
    }
#endif
#if !SIMDACT_DETAIL_FAST_MATH
    SIMDACT_INLINE static __m128 maximum(__m128 a, __m128 b) noexcept { return _mm_max_ps(a, b); }
    SIMDACT_INLINE static __m128 minimum(__m128 a, __m128 b) noexcept { return _mm_min_ps(a, b); }
#endif
    SIMDACT_INLINE static __m128 keep(__m128 mask, __m128 x) noexcept { return _mm_and_ps(mask, x); }
#if !defined(__AVX__)
    /// cmpltps would take a copy of the zeros each time.
    SIMDACT_INLINE static __m128 above_zero(__m128 number) noexcept { return _mm_cmpnle_ps(number, _mm_setzero_ps()); }
#endif
    SIMDACT_INLINE static __m128 drop(__m128 mask, __m128 x) noexcept { return _mm_andnot_ps(mask, x); }
    /// xsimd's own makes an int of 0x80000000: -fsanitize=integer reports that.
    SIMDACT_INLINE static __m128 negated(__m128 x) noexcept { return _mm_xor_ps(x, _mm_set1_ps(-0.0f)); }

    SIMDACT_INLINE static bool any_nan(__m128 a, __m128 b, __m128 c, __m128 d) noexcept {
        return _mm_movemask_ps(_mm_or_ps(_mm_cmpunord_ps(a, b), _mm_cmpunord_ps(c, d))) != 0;
    }
    SIMDACT_INLINE static int mask_to_bits(__m128 mask) noexcept { return _mm_movemask_ps(mask); }

    SIMDACT_INLINE static __m128 load_some(const float* p, std::size_t n) noexcept {
        if (n == 1)
            return _mm_load_ss(p);
        const __m128 pair = simd::load_two(p);
        return n == 2 ? pair : _mm_movelh_ps(pair, _mm_load_ss(p + 2));
    }
    SIMDACT_INLINE static void store_some(float* p, std::size_t n, __m128 x) noexcept { simd::store_some_of(p, n, x); }
    SIMDACT_INLINE static void stream(float* p, __m128 x) noexcept { _mm_stream_ps(p, x); }
};

template <>
struct x86<double, 16> {
#if defined(__FMA__)
    SIMDACT_INLINE static __m128d fma(__m128d a, __m128d b, __m128d c) noexcept { return _mm_fmadd_pd(a, b, c); }
#endif
#if !SIMDACT_DETAIL_FAST_MATH
    SIMDACT_INLINE static __m128d maximum(__m128d a, __m128d b) noexcept { return _mm_max_pd(a, b); }
    SIMDACT_INLINE static __m128d minimum(__m128d a, __m128d b) noexcept { return _mm_min_pd(a, b); }
#endif
    SIMDACT_INLINE static __m128d keep(__m128d mask, __m128d x) noexcept { return _mm_and_pd(mask, x); }
#if !defined(__AVX__)
    SIMDACT_INLINE static __m128d above_zero(__m128d number) noexcept {
        return _mm_cmpnle_pd(number, _mm_setzero_pd());
    }
#endif
    SIMDACT_INLINE static __m128d drop(__m128d mask, __m128d x) noexcept {
        return _mm_castps_pd(_mm_andnot_ps(_mm_castpd_ps(mask), _mm_castpd_ps(x)));
    }
    SIMDACT_INLINE static __m128d negated(__m128d x) noexcept { return _mm_xor_pd(x, _mm_set1_pd(-0.0)); }

    SIMDACT_INLINE static bool any_nan(__m128d a, __m128d b, __m128d c, __m128d d) noexcept {
        return _mm_movemask_pd(_mm_or_pd(_mm_cmpunord_pd(a, b), _mm_cmpunord_pd(c, d))) != 0;
    }
    SIMDACT_INLINE static int mask_to_bits(__m128d mask) noexcept { return _mm_movemask_pd(mask); }

    SIMDACT_INLINE static __m128d load_wide(const float* p) noexcept { return _mm_cvtps_pd(simd::load_two(p)); }
    SIMDACT_INLINE static __m128d load_some(const double* p, std::size_t) noexcept { return _mm_load_sd(p); }
    SIMDACT_INLINE static void store_some(double* p, std::size_t n, __m128d x) noexcept {
        simd::store_some_of(p, n, _mm_castpd_ps(x));
    }
    SIMDACT_INLINE static void stream(double* p, __m128d x) noexcept {
        _mm_stream_ps(static_cast<float*>(static_cast<void*>(p)), _mm_castpd_ps(x));
    }
};

template <class V>
struct native;

/// For scalars: the C function sets errno for x < 0.
template <>
struct native<float> {
    SIMDACT_INLINE static float sqrt(float x) noexcept {
#if SIMDACT_DETAIL_FAST_MATH && defined(__GNUC__) // as above
        __asm__("{sqrtss %0, %0|sqrtss %0, %0}" : "+x"(x));
        return x;
#else
        return _mm_cvtss_f32(_mm_sqrt_ss(_mm_set_ss(x)));
#endif
    }
};
template <>
struct native<double> {
    SIMDACT_INLINE static double sqrt(double x) noexcept {
        return _mm_cvtsd_f64(_mm_sqrt_sd(_mm_set_sd(x), _mm_set_sd(x)));
    }
};

} // namespace simd
} // namespace SIMDACT_ISA
} // namespace simdact
#endif

#endif
