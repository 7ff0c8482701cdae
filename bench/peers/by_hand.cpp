// The loop that one would write for one function and one layout by hand, and that keeps the contract: simdact's
// functors on batches, several at a time, stores aligned, past the caches where the arrays are larger than these. It
// checks nothing and looks nothing up: what a kernel could gain at most.

#include "functions.hpp"

#include <simdact/simdact.hpp>

#include <type_traits>

namespace {
using namespace bench;

template <class T>
using V = simdact::simd::batch<T>;
namespace simd = simdact::simd;

/// out[i] = f(in[i]...) for `Count` batches, or past the caches.
template <bool Stream, std::size_t Count, class T, class F, class... In>
SIMDACT_INLINE void batches(const F& f, T* out, const In*... in) {
    V<T> results[Count];
    simdact::detail::unrolled<Count>(
        [&](auto j) SIMDACT_INLINE_LAMBDA { results[j] = f(simd::load<V<T>>(in + j * simd::lanes<V<T>>)...); });
    simdact::detail::unrolled<Count>([&](auto j) SIMDACT_INLINE_LAMBDA {
        T* const to = out + j * simd::lanes<V<T>>;
        Stream ? simd::stream(to, results[j]) : simd::store(to, results[j]);
    });
}

template <class T, class F, class... In>
SIMDACT_INLINE void some(std::size_t count, const F& f, T* out, const In*... in) {
    simd::store_some<V<T>>(out, count, f(simd::load_some<V<T>>(in, count)...));
}

/// out[i] = f(in[i]...) for i < n.
template <bool Stream, class T, class F, class... In>
void loop(std::size_t n, F f, T* out, const In*... in) {
    constexpr std::size_t width = simd::lanes<V<T>>;
    std::size_t i = 0;
    if (n >= 32 * width || (Stream && n >= width))
        if (const std::size_t head = simdact::detail::head(out, sizeof(V<T>)); head > 0) {
            some(head, f, out, in...);
            i = head;
        }
    for (; i + 4 * width <= n; i += 4 * width)
        batches<Stream, 4>(f, out + i, in + i...);
    for (; i + width <= n; i += width)
        batches<Stream, 1>(f, out + i, in + i...);
    if (i < n)
        some(n - i, f, out + i, in + i...);
    if (Stream)
        simd::stream_end();
}

template <class T>
bool past_caches(const cell& c) {
    const std::size_t used = std::size_t(c.has_x()) + c.has_dy() + 1;
    return !c.in_place && used * c.size() * sizeof(T) > simdact::streaming_threshold();
}

template <class T, class F>
kernel<T> unary(const cell& c, F f) {
    const std::size_t n = c.size();
    if (past_caches<T>(c))
        return [=](const arrays<T>& a) { loop<true>(n, f, a.out, a.x); };
    if (c.in_place)
        return [=](const arrays<T>& a) { loop<false, T>(n, f, a.out, a.out); };
    return [=](const arrays<T>& a) { loop<false>(n, f, a.out, a.x); };
}

template <class T, class F>
kernel<T> binary(const cell& c, F f) {
    const std::size_t n = c.size();
    if (past_caches<T>(c))
        return [=](const arrays<T>& a) { loop<true>(n, f, a.out, a.x, a.dy); };
    if (c.in_place)
        return [=](const arrays<T>& a) { loop<false, T>(n, f, a.out, a.x, a.out); };
    return [=](const arrays<T>& a) { loop<false>(n, f, a.out, a.x, a.dy); };
}

/// By what f prepares for elements of type T, if that has what the cell asks for.
template <class T, class F>
kernel<T> elementwise(F f, const cell& c) {
    const auto of = [&](const auto& g) {
        return of_op<T, V<T>>(
            g, c, [&](auto h) { return unary<T>(c, h); }, [&](auto h) { return binary<T>(c, h); });
    };
    if constexpr (requires { f.template prepared<T>(); })
        if (kernel<T> found = of(f.template prepared<T>()))
            return found;
    return of(f);
}

/// Forward of maps, and of rows with a slope for each element.
template <class T, class F>
kernel<T> channelwise(F f, const cell& c) {
    if (c.op != op::forward)
        return {};
    const auto maps = [f, c]<bool Stream>(std::bool_constant<Stream>) {
        return [=](const arrays<T>& a) {
            for (std::size_t row = 0; row < c.outer; ++row)
                if (c.inner == 1) {
                    const std::size_t at = row * c.channels;
                    loop<Stream, T>(
                        c.channels, [f](V<T> x, V<T> slope) SIMDACT_INLINE_LAMBDA { return f.forward(x, slope); },
                        a.out + at, (c.in_place ? a.out : a.x) + at, a.slopes);
                } else {
                    for (std::size_t channel = 0; channel < c.channels; ++channel) {
                        const std::size_t at = (row * c.channels + channel) * c.inner;
                        loop<Stream, T>(
                            c.inner,
                            [f, slope = V<T>(a.slopes[channel])](V<T> x)
                                SIMDACT_INLINE_LAMBDA { return f.forward(x, slope); },
                            a.out + at, (c.in_place ? a.out : a.x) + at);
                    }
                }
        };
    };
    if (past_caches<T>(c))
        return maps(std::true_type{});
    return maps(std::false_type{});
}

template <class T>
kernel<T> offer(const cell& c) {
    return of_function<T, mathematics>(
        c, [&](auto f) { return elementwise<T>(f, c); }, [&](auto f) { return channelwise<T>(f, c); });
}

const bool added = add({"by hand", "", role::reference, offer<float>, offer<double>});

} // namespace
