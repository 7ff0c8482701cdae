// What no kernel can beat: reading one array or two and writing one, through the caches and past them. Not memcpy,
// which goes past the caches from a size on that differs between versions of glibc; it is shown for comparison.

#include "../cell.hpp"

#include <xsimd/xsimd.hpp>

#include <cstring>

namespace {
using namespace bench;

struct regular {
    template <class T, class V>
    static void store(T* p, V v) {
        v.store_unaligned(p);
    }
    static void finish() {}
};

#if defined __SSE2__
struct streaming {
    static void put(float* p, __m128 v) { _mm_stream_ps(p, v); }
    static void put(double* p, __m128d v) { _mm_stream_pd(p, v); }
#if defined __AVX__
    static void put(float* p, __m256 v) { _mm256_stream_ps(p, v); }
    static void put(double* p, __m256d v) { _mm256_stream_pd(p, v); }
#endif
#if defined __AVX512F__
    static void put(float* p, __m512 v) { _mm512_stream_ps(p, v); }
    static void put(double* p, __m512d v) { _mm512_stream_pd(p, v); }
#endif
    template <class T, class V>
    static void store(T* p, V v) {
        put(p, typename V::register_type(v));
    }
    static void finish() { _mm_sfence(); }
};
#endif

/// The copy is negated: compilers make a call of memcpy of one that is not, and in place there would be none.
template <class Stores, class T, class... In>
void move(std::size_t n, T* out, const In*... in) {
    using V = xsimd::batch<T>;
    const auto combined = [](auto a, auto... b) { return (-a - ... - b); };
    std::size_t i = 0;
    for (; i + 4 * V::size <= n; i += 4 * V::size) {
        const V a = combined(V::load_unaligned(in + i)...);
        const V b = combined(V::load_unaligned(in + i + V::size)...);
        const V c = combined(V::load_unaligned(in + i + 2 * V::size)...);
        const V d = combined(V::load_unaligned(in + i + 3 * V::size)...);
        Stores::store(out + i, a);
        Stores::store(out + i + V::size, b);
        Stores::store(out + i + 2 * V::size, c);
        Stores::store(out + i + 3 * V::size, d);
    }
    for (; i < n; ++i)
        out[i] = combined(in[i]...);
    Stores::finish();
}

template <class Stores, class T>
kernel<T> moving(const cell& c) {
    const std::size_t n = c.size();
    if (c.has_x() && c.has_dy())
        return [n](const arrays<T>& a) { move<Stores>(n, a.out, a.x, a.dy); };
    if (c.has_x())
        return [n](const arrays<T>& a) { move<Stores>(n, a.out, a.x); };
    return [n](const arrays<T>& a) { move<Stores>(n, a.out, a.dy); };
}

/// Where arrays are so small that they stay in the caches, or in place, there is nothing to gain; and only large arrays
/// start at a boundary of 64 bytes here.
template <class T>
kernel<T> moving_past_caches(const cell& c) {
#if defined __SSE2__
    if (!c.in_place && c.size() >= 60'000)
        return moving<streaming, T>(c);
#endif
    static_cast<void>(c);
    return {};
}

template <class T>
kernel<T> copying(const cell& c) {
    if (c.in_place || c.op == op::backward || c.op == op::backward_from_output)
        return {};
    return [from_x = c.has_x(), n = c.size()](const arrays<T>& a) {
        std::memcpy(a.out, from_x ? a.x : a.dy, n * sizeof(T));
    };
}

const bool added = add({"limit", "", role::limit, moving<regular, float>, moving<regular, double>}) &&
                   add({"limit NT", "", role::limit, moving_past_caches<float>, moving_past_caches<double>}) &&
                   add({"memcpy", "", role::reference, copying<float>, copying<double>});

} // namespace
