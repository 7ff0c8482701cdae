// SLEEF's functions within 1 ULP.

#include "xsimd_loops.hpp"

#include <sleef.h>

namespace {
using namespace bench;

struct sleef {
    static float exp(float x) { return Sleef_expf_u10(x); }
    static double exp(double x) { return Sleef_exp_u10(x); }
    static float expm1(float x) { return Sleef_expm1f_u10(x); }
    static float tanh(float x) { return Sleef_tanhf_u10(x); }
    static float log1p(float x) { return Sleef_log1pf_u10(x); }
    static double expm1(double x) { return Sleef_expm1_u10(x); }
    static double tanh(double x) { return Sleef_tanh_u10(x); }
    static double log1p(double x) { return Sleef_log1p_u10(x); }
    static float erf(float x) { return Sleef_erff_u10(x); }
    static double erf(double x) { return Sleef_erf_u10(x); }
    static float sin(float x) { return Sleef_sinf_u10(x); }
    static double sin(double x) { return Sleef_sin_u10(x); }

#if defined __SSE2__
    static __m128 exp(__m128 x) { return Sleef_expf4_u10(x); }
    static __m128d exp(__m128d x) { return Sleef_expd2_u10(x); }
    static __m128 expm1(__m128 x) { return Sleef_expm1f4_u10(x); }
    static __m128 tanh(__m128 x) { return Sleef_tanhf4_u10(x); }
    static __m128 log1p(__m128 x) { return Sleef_log1pf4_u10(x); }
    static __m128d expm1(__m128d x) { return Sleef_expm1d2_u10(x); }
    static __m128d tanh(__m128d x) { return Sleef_tanhd2_u10(x); }
    static __m128d log1p(__m128d x) { return Sleef_log1pd2_u10(x); }
    static __m128 erf(__m128 x) { return Sleef_erff4_u10(x); }
    static __m128d erf(__m128d x) { return Sleef_erfd2_u10(x); }
    static __m128 sin(__m128 x) { return Sleef_sinf4_u10(x); }
    static __m128d sin(__m128d x) { return Sleef_sind2_u10(x); }
#elif defined __aarch64__
    static float32x4_t exp(float32x4_t x) { return Sleef_expf4_u10(x); }
    static float64x2_t exp(float64x2_t x) { return Sleef_expd2_u10(x); }
    static float32x4_t expm1(float32x4_t x) { return Sleef_expm1f4_u10(x); }
    static float32x4_t tanh(float32x4_t x) { return Sleef_tanhf4_u10(x); }
    static float32x4_t log1p(float32x4_t x) { return Sleef_log1pf4_u10(x); }
    static float64x2_t expm1(float64x2_t x) { return Sleef_expm1d2_u10(x); }
    static float64x2_t tanh(float64x2_t x) { return Sleef_tanhd2_u10(x); }
    static float64x2_t log1p(float64x2_t x) { return Sleef_log1pd2_u10(x); }
    static float32x4_t erf(float32x4_t x) { return Sleef_erff4_u10(x); }
    static float64x2_t erf(float64x2_t x) { return Sleef_erfd2_u10(x); }
    static float32x4_t sin(float32x4_t x) { return Sleef_sinf4_u10(x); }
    static float64x2_t sin(float64x2_t x) { return Sleef_sind2_u10(x); }
#endif
#if defined __AVX__
    static __m256 exp(__m256 x) { return Sleef_expf8_u10(x); }
    static __m256d exp(__m256d x) { return Sleef_expd4_u10(x); }
    static __m256 expm1(__m256 x) { return Sleef_expm1f8_u10(x); }
    static __m256 tanh(__m256 x) { return Sleef_tanhf8_u10(x); }
    static __m256 log1p(__m256 x) { return Sleef_log1pf8_u10(x); }
    static __m256d expm1(__m256d x) { return Sleef_expm1d4_u10(x); }
    static __m256d tanh(__m256d x) { return Sleef_tanhd4_u10(x); }
    static __m256d log1p(__m256d x) { return Sleef_log1pd4_u10(x); }
    static __m256 erf(__m256 x) { return Sleef_erff8_u10(x); }
    static __m256d erf(__m256d x) { return Sleef_erfd4_u10(x); }
    static __m256 sin(__m256 x) { return Sleef_sinf8_u10(x); }
    static __m256d sin(__m256d x) { return Sleef_sind4_u10(x); }
#endif
#if defined __AVX512F__
    static __m512 exp(__m512 x) { return Sleef_expf16_u10(x); }
    static __m512d exp(__m512d x) { return Sleef_expd8_u10(x); }
    static __m512 expm1(__m512 x) { return Sleef_expm1f16_u10(x); }
    static __m512 tanh(__m512 x) { return Sleef_tanhf16_u10(x); }
    static __m512 log1p(__m512 x) { return Sleef_log1pf16_u10(x); }
    static __m512d expm1(__m512d x) { return Sleef_expm1d8_u10(x); }
    static __m512d tanh(__m512d x) { return Sleef_tanhd8_u10(x); }
    static __m512d log1p(__m512d x) { return Sleef_log1pd8_u10(x); }
    static __m512 erf(__m512 x) { return Sleef_erff16_u10(x); }
    static __m512d erf(__m512d x) { return Sleef_erfd8_u10(x); }
    static __m512 sin(__m512 x) { return Sleef_sinf16_u10(x); }
    static __m512d sin(__m512d x) { return Sleef_sind8_u10(x); }
#endif
};

template <class T>
kernel<T> offer(const cell& c) {
    return calls_functions(c) ? by_formula<xsimd_loops_with<sleef>, T>(c) : kernel<T>();
}

const std::string version = std::to_string(SLEEF_VERSION_MAJOR) + '.' + std::to_string(SLEEF_VERSION_MINOR) + '.' +
                            std::to_string(SLEEF_VERSION_PATCHLEVEL);
const bool added = add({"SLEEF", version, role::peer, offer<float>, offer<double>});

} // namespace
