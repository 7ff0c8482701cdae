#ifndef SIMDACT_SIMD_ARM_HPP
#define SIMDACT_SIMD_ARM_HPP

/// What Arm has of its own, for native.hpp.

#include <simdact/simd/value.hpp>

// 32-bit ARM is left out: its lanes flush denormals and its xsimd fma is not fused.
#if defined(__aarch64__) || defined(_M_ARM64)
#define SIMDACT_DETAIL_FMA 1
#endif

#if defined(__aarch64__) || defined(__ARM_NEON)
#define SIMDACT_DETAIL_SCALAR "+w"
#define SIMDACT_DETAIL_BATCH "+w"
#endif

#if !defined(XSIMD_NO_SUPPORTED_ARCHITECTURE)
namespace simdact {
inline namespace SIMDACT_ISA {
namespace simd {

template <class V>
struct native;

#if defined(__aarch64__)

template <class V>
requires std::same_as<typename V::register_type, float32x4_t>
struct native<V> {
    /// xsimd multiplies by an approximation of 1 / b.
    SIMDACT_INLINE static float32x4_t divide(float32x4_t a, float32x4_t b) noexcept { return vdivq_f32(a, b); }
    /// And by one of 1 / sqrt(x).
    SIMDACT_INLINE static float32x4_t sqrt(float32x4_t x) noexcept { return vsqrtq_f32(x); }
};

template <class V>
requires std::same_as<typename V::register_type, float64x2_t>
struct native<V> {
    SIMDACT_INLINE static float64x2_t load_wide(const float* p) noexcept { return vcvt_f64_f32(vld1_f32(p)); }
};

#elif defined(__ARM_NEON)

template <class Arch>
struct native<xsimd::batch<float, Arch>> {
    using B = xsimd::batch<float, Arch>;

    /// xsimd multiplies by an approximation of 1 / b; there is no instruction.
    SIMDACT_INLINE static B divide(const B& a, const B& b) noexcept {
        float dividend[B::size], divisor[B::size];
        a.store_unaligned(dividend);
        b.store_unaligned(divisor);
        for (std::size_t i = 0; i < B::size; ++i)
            dividend[i] /= divisor[i];
        return B::load_unaligned(dividend);
    }
    SIMDACT_INLINE static B sqrt(const B& x) noexcept {
        float root[B::size];
        x.store_unaligned(root);
        for (float& lane : root)
            lane = __builtin_sqrtf(lane);
        return B::load_unaligned(root);
    }
};

#endif

} // namespace simd
} // namespace SIMDACT_ISA
} // namespace simdact
#endif

#endif
