#ifndef SIMDACT_KERNELS_PAIR_LOOP_HPP
#define SIMDACT_KERNELS_PAIR_LOOP_HPP

/// The loop over arrays from which two results are computed for each element.

#include <simdact/kernels/loop.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

template <value V>
struct two_results {
    V first, second;
};

/// (a[i], b[i]) = op(in[i]...) for i < n, n > 0, past the caches if Stream, for which a and b lie alike around its
/// boundaries. The op is written out once, as in apply_one_by_one(): the last batch overlaps the one before; each is
/// read before the one in front of it is written.
template <value V, bool Stream, class Op, class T, class... In>
SIMDACT_INLINE void apply_pairs_one_by_one(std::size_t n, const Op& op, T* a, T* b, const In*... in) noexcept {
    constexpr std::size_t width = simd::lanes<V>;
    const std::size_t last = n < width ? 0 : n - width, aligned = Stream ? detail::head(a, sizeof(V)) : 0;
    V v[] = {(n < width ? detail::fetch_some<V>(n, in) : detail::fetch<V>(in))...};
    for (std::size_t i = 0;;) {
        const two_results<V> result = detail::applied(op, v, std::index_sequence_for<In...>{});
        if (i == last) {
            if (n < width) {
                simd::store_some<V>(a, n, result.first);
                return simd::store_some<V>(b, n, result.second);
            }
            simd::store(a + i, result.first);
            return simd::store(b + i, result.second);
        }
        std::size_t next = i < aligned ? aligned : i + width;
        if (next > last)
            next = last;
        std::size_t k = 0;
        (static_cast<void>(v[k++] = detail::fetch<V>(in + next)), ...);
        if (Stream && i >= aligned) {
            simd::stream(a + i, result.first);
            simd::stream(b + i, result.second);
        } else {
            simd::store(a + i, result.first);
            simd::store(b + i, result.second);
        }
        i = next;
    }
}

/// The same for a light op, in the caches: several batches at a time, all read before the first is written.
template <value V, class Op, class T, class... In>
SIMDACT_INLINE void apply_several_pairs(std::size_t n, const Op& op, T* a, T* b, const In*... in) noexcept {
    constexpr std::size_t width = simd::lanes<V>;
    if (n < width) {
        const two_results<V> result = op(detail::fetch_some<V>(n, in)...);
        simd::store_some<V>(a, n, result.first);
        return simd::store_some<V>(b, n, result.second);
    }
    const two_results<V> last = op(detail::fetch<V>(in + (n - width))...);
    std::size_t i = 0;
    const auto batches = [&](auto count) SIMDACT_INLINE_LAMBDA {
        two_results<V> results[count];
        detail::unrolled<count>(
            [&](auto j) SIMDACT_INLINE_LAMBDA { results[j] = op(detail::fetch<V>(in + i + j * width)...); });
        detail::unrolled<count>([&](auto j) SIMDACT_INLINE_LAMBDA {
            simd::store(a + i + j * width, results[j].first);
            simd::store(b + i + j * width, results[j].second);
        });
        i += count * width;
    };
    while (n - i >= several * width)
        batches(std::integral_constant<std::size_t, several>{});
    while (n - i >= width)
        batches(std::integral_constant<std::size_t, 1>{});
    if (i < n) {
        simd::store(a + (n - width), last.first);
        simd::store(b + (n - width), last.second);
    }
}

/// The same for any n. a and b may each be any of in, but not one another.
template <value V, class Op, class T, class... In>
void apply_pairs(std::size_t n, Op op, T* a, T* b, const In*... in) noexcept {
    if (n == 0)
        return;
    const bool stream = detail::worth_streaming(n * sizeof(T) * (2 + sizeof...(In))) && !((in == a) || ...) &&
                        !((in == b) || ...) && detail::head(a, sizeof(V)) == detail::head(b, sizeof(V)) &&
                        reinterpret_cast<std::uintptr_t>(a) % sizeof(T) == 0;
    detail::with_prepared<V>(op, [&](const auto& ready) SIMDACT_INLINE_LAMBDA {
        if (stream) [[SIMDACT_DETAIL_UNLIKELY]]
            detail::apply_pairs_one_by_one<V, true>(n, ready, a, b, in...);
        else if constexpr (light<Op>)
            detail::apply_several_pairs<V>(n, ready, a, b, in...);
        else
            detail::apply_pairs_one_by_one<V, false>(n, ready, a, b, in...);
    });
    if (stream)
        simd::stream_end();
}

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
