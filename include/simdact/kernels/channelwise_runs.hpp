#ifndef SIMDACT_KERNELS_CHANNELWISE_RUNS_HPP
#define SIMDACT_KERNELS_CHANNELWISE_RUNS_HPP

/// The loops over channels of a group or more.

#include <simdact/kernels/gradient_parts.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

/// Run by run.
template <value V, class Gathered, class Op, class T, class... In>
void apply_runs(const channel_shape shape, const T* slopes, Op op, Gathered gathered, T* out, In... in) noexcept {
    auto&& gathering = gathered.begun();
    detail::with_prepared<V>(op, [&](const auto& ready) SIMDACT_INLINE_LAMBDA {
        for (std::size_t row = 0; row < shape.outer; ++row)
            for (std::size_t c = 0; c < shape.channels; ++c) {
                const std::size_t offset = (row * shape.channels + c) * shape.inner;
                detail::apply_line<V>(gathering, shape.inner, ready, V(slopes[c]), out + offset, in + offset...);
            }
    });
}

/// The same past the caches, in whole lines of them: one in which a run ends has the slopes of two.
template <value V, class Op, class T, class... In>
SIMDACT_INLINE void stream_runs(const channel_shape& shape, const T* slopes, Op op, T* out, In... in) noexcept {
    constexpr std::size_t width = simd::lanes<V>, line = 64 / sizeof(T);
    static_assert(sizeof(V) <= 64 && line <= group_size<T>);
    const std::size_t size = shape.size();
    detail::with_prepared<V>(op, [&](const auto& ready) SIMDACT_INLINE_LAMBDA {
        std::size_t i = detail::head(out, 64), channel = 0;
        detail::apply_line<V>(no_gradient{}, i, ready, V(slopes[0]), out, in...);
        for (std::size_t end = shape.inner;; end += shape.inner) {
            const V slope(slopes[channel]);
            for (; end - i >= line; i += line)
                detail::unrolled<line / width>([&](auto j) SIMDACT_INLINE_LAMBDA {
                    const std::size_t at = i + j * width;
                    simd::stream(out + at, ready(slope, detail::fetch<V>(in + at)...));
                });
            if (end == size)
                return detail::apply_line<V>(no_gradient{}, end - i, ready, slope, out + i, in + i...);
            channel = channel + 1 == shape.channels ? 0 : channel + 1;
            if (i == end)
                continue;
            T both[2 * line];
            detail::unrolled<line / width>([&](auto j) SIMDACT_INLINE_LAMBDA { simd::store(both + j * width, slope); });
            detail::unrolled<line / width>(
                [&](auto j) SIMDACT_INLINE_LAMBDA { simd::store(both + (end - i) + j * width, V(slopes[channel])); });
            detail::unrolled<line / width>([&](auto j) SIMDACT_INLINE_LAMBDA {
                const std::size_t at = i + j * width;
                simd::stream(out + at, ready(simd::load<V>(both + j * width), detail::fetch<V>(in + at)...));
            });
            i += line;
        }
    });
    simd::stream_end();
}

/// The same with the gradient of the slopes: a panel of channels at a time, whose sums lie on the stack.
template <value V, class Step, class T>
SIMDACT_INLINE void gradient_of_runs(const channel_shape& shape, const T* slopes, const Step& step, T* out, const T* x,
                                     const T* dy) noexcept {
    constexpr std::size_t panel = 256;
    total<T> totals[panel];
    for (std::size_t first = 0; first < shape.channels; first += panel) {
        const std::size_t left = shape.channels - first, channels = left < panel ? left : panel;
        for (std::size_t c = 0; c < channels; ++c)
            totals[c] = total<T>();
        for (std::size_t row = 0; row < shape.outer; ++row)
            for (std::size_t c = 0; c < channels; ++c) {
                const std::size_t offset = (row * shape.channels + first + c) * shape.inner;
                product_sum<V> sum;
                detail::add_run(sum, shape.inner, step, V(slopes[first + c]), out + offset, x + offset, dy + offset);
                totals[c].add(sum.all());
            }
        step.gradient.write(first, channels, [&](std::size_t c) SIMDACT_INLINE_LAMBDA { return totals[c].value(); });
    }
}

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
