// The vector functions of glibc for x86-64, under the names by which compilers call them.

#include "xsimd_loops.hpp"

#include <cmath>

#include <gnu/libc-version.h>

extern "C" {
__m128 _ZGVbN4v_expf(__m128);
__m128d _ZGVbN2v_exp(__m128d);
__m128 _ZGVbN4v_expm1f(__m128);
__m128 _ZGVbN4v_tanhf(__m128);
__m128 _ZGVbN4v_log1pf(__m128);
__m128d _ZGVbN2v_expm1(__m128d);
__m128d _ZGVbN2v_tanh(__m128d);
__m128d _ZGVbN2v_log1p(__m128d);
__m128 _ZGVbN4v_erff(__m128);
__m128d _ZGVbN2v_erf(__m128d);
__m128 _ZGVbN4v_sinf(__m128);
__m128d _ZGVbN2v_sin(__m128d);
#if defined __AVX2__
__m256 _ZGVdN8v_expf(__m256);
__m256d _ZGVdN4v_exp(__m256d);
__m256 _ZGVdN8v_expm1f(__m256);
__m256 _ZGVdN8v_tanhf(__m256);
__m256 _ZGVdN8v_log1pf(__m256);
__m256d _ZGVdN4v_expm1(__m256d);
__m256d _ZGVdN4v_tanh(__m256d);
__m256d _ZGVdN4v_log1p(__m256d);
__m256 _ZGVdN8v_erff(__m256);
__m256d _ZGVdN4v_erf(__m256d);
__m256 _ZGVdN8v_sinf(__m256);
__m256d _ZGVdN4v_sin(__m256d);
#endif
#if defined __AVX512F__
__m512 _ZGVeN16v_expf(__m512);
__m512d _ZGVeN8v_exp(__m512d);
__m512 _ZGVeN16v_expm1f(__m512);
__m512 _ZGVeN16v_tanhf(__m512);
__m512 _ZGVeN16v_log1pf(__m512);
__m512d _ZGVeN8v_expm1(__m512d);
__m512d _ZGVeN8v_tanh(__m512d);
__m512d _ZGVeN8v_log1p(__m512d);
__m512 _ZGVeN16v_erff(__m512);
__m512d _ZGVeN8v_erf(__m512d);
__m512 _ZGVeN16v_sinf(__m512);
__m512d _ZGVeN8v_sin(__m512d);
#endif
}

namespace {
using namespace bench;

struct libmvec {
    static float exp(float x) { return std::exp(x); }
    static double exp(double x) { return std::exp(x); }
    static float expm1(float x) { return std::expm1(x); }
    static float tanh(float x) { return std::tanh(x); }
    static float log1p(float x) { return std::log1p(x); }
    static double expm1(double x) { return std::expm1(x); }
    static double tanh(double x) { return std::tanh(x); }
    static double log1p(double x) { return std::log1p(x); }
    static float erf(float x) { return std::erf(x); }
    static double erf(double x) { return std::erf(x); }
    static float sin(float x) { return std::sin(x); }
    static double sin(double x) { return std::sin(x); }
    static __m128 exp(__m128 x) { return _ZGVbN4v_expf(x); }
    static __m128d exp(__m128d x) { return _ZGVbN2v_exp(x); }
    static __m128 expm1(__m128 x) { return _ZGVbN4v_expm1f(x); }
    static __m128 tanh(__m128 x) { return _ZGVbN4v_tanhf(x); }
    static __m128 log1p(__m128 x) { return _ZGVbN4v_log1pf(x); }
    static __m128d expm1(__m128d x) { return _ZGVbN2v_expm1(x); }
    static __m128d tanh(__m128d x) { return _ZGVbN2v_tanh(x); }
    static __m128d log1p(__m128d x) { return _ZGVbN2v_log1p(x); }
    static __m128 erf(__m128 x) { return _ZGVbN4v_erff(x); }
    static __m128d erf(__m128d x) { return _ZGVbN2v_erf(x); }
    static __m128 sin(__m128 x) { return _ZGVbN4v_sinf(x); }
    static __m128d sin(__m128d x) { return _ZGVbN2v_sin(x); }
#if defined __AVX2__
    static __m256 exp(__m256 x) { return _ZGVdN8v_expf(x); }
    static __m256d exp(__m256d x) { return _ZGVdN4v_exp(x); }
    static __m256 expm1(__m256 x) { return _ZGVdN8v_expm1f(x); }
    static __m256 tanh(__m256 x) { return _ZGVdN8v_tanhf(x); }
    static __m256 log1p(__m256 x) { return _ZGVdN8v_log1pf(x); }
    static __m256d expm1(__m256d x) { return _ZGVdN4v_expm1(x); }
    static __m256d tanh(__m256d x) { return _ZGVdN4v_tanh(x); }
    static __m256d log1p(__m256d x) { return _ZGVdN4v_log1p(x); }
    static __m256 erf(__m256 x) { return _ZGVdN8v_erff(x); }
    static __m256d erf(__m256d x) { return _ZGVdN4v_erf(x); }
    static __m256 sin(__m256 x) { return _ZGVdN8v_sinf(x); }
    static __m256d sin(__m256d x) { return _ZGVdN4v_sin(x); }
#endif
#if defined __AVX512F__
    static __m512 exp(__m512 x) { return _ZGVeN16v_expf(x); }
    static __m512d exp(__m512d x) { return _ZGVeN8v_exp(x); }
    static __m512 expm1(__m512 x) { return _ZGVeN16v_expm1f(x); }
    static __m512 tanh(__m512 x) { return _ZGVeN16v_tanhf(x); }
    static __m512 log1p(__m512 x) { return _ZGVeN16v_log1pf(x); }
    static __m512d expm1(__m512d x) { return _ZGVeN8v_expm1(x); }
    static __m512d tanh(__m512d x) { return _ZGVeN8v_tanh(x); }
    static __m512d log1p(__m512d x) { return _ZGVeN8v_log1p(x); }
    static __m512 erf(__m512 x) { return _ZGVeN16v_erff(x); }
    static __m512d erf(__m512d x) { return _ZGVeN8v_erf(x); }
    static __m512 sin(__m512 x) { return _ZGVeN16v_sinf(x); }
    static __m512d sin(__m512d x) { return _ZGVeN8v_sin(x); }
#endif
};

template <class T>
kernel<T> offer(const cell& c) {
    return calls_functions(c) ? by_formula<xsimd_loops_with<libmvec>, T>(c) : kernel<T>();
}

const bool added = add({"libmvec", gnu_get_libc_version(), role::peer, offer<float>, offer<double>});

} // namespace
