#ifndef SIMDACT_KERNELS_CHANNELWISE_RUNS_HPP
#define SIMDACT_KERNELS_CHANNELWISE_RUNS_HPP

/// The loops over channels of a group or more.

#include <simdact/kernels/channelwise_line.hpp>
#include <simdact/kernels/factors.hpp>
#include <simdact/kernels/product_sum.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

/// Run by run.
template <value V, class Gathering, class Op, class T, class... In>
SIMDACT_INLINE void apply_runs(const channel_shape& shape, const T* slopes, Op op, Gathering& gathering, T* out,
                               In... in) noexcept {
    for (std::size_t row = 0; row < shape.outer; ++row)
        for (std::size_t c = 0; c < shape.channels; ++c) {
            const std::size_t offset = (row * shape.channels + c) * shape.inner;
            detail::apply_line<V>(gathering, shape.inner, op, V(slopes[c]), out + offset, in + offset...);
        }
}

/// The same with the gradient of the slopes: a panel of channels at a time, whose sums lie on the stack.
template <value V, class F, class Op, class T>
SIMDACT_INLINE void gradient_of_runs(const channel_shape& shape, const T* slopes, Op op,
                                     const slope_gradient<F, T>& gradient, written<T>& target, T* out, const T* x,
                                     const T* dy) noexcept {
    constexpr std::size_t panel = 256;
    const std::size_t inner = shape.inner, room = factors<V>::padded(inner), at_once = factors<V>::parts(inner);
    factors<V> parts;
    const std::size_t total_size = shape.size();
    total<T> totals[panel];
    for (std::size_t first = 0; first < shape.channels; first += panel) {
        const std::size_t left = shape.channels - first, channels = left < panel ? left : panel;
        for (std::size_t c = 0; c < channels; ++c)
            totals[c] = total<T>();
        for (std::size_t row = 0; row < shape.outer; ++row)
            for (std::size_t c = 0; c < channels; c += at_once) {
                const std::size_t offset = (row * shape.channels + first + c) * inner;
                const std::size_t count = channels - c < at_once ? channels - c : at_once;
                target.seek(out + offset);
                if (inner <= factors<V>::size) {
                    T* const to = target.room();
                    for (std::size_t k = 0; k < count; ++k) {
                        const std::size_t from = offset + k * inner;
                        parts.take(k * room, inner, total_size - from, gradient, op, V(slopes[first + c + k]),
                                   target.batches_past_caches(), to + k * inner, x + from, dy + from);
                    }
                    target.wrote(count * inner);
                    for (std::size_t k = 0; k < count; ++k) {
                        product_sum<V> sum;
                        sum.add(inner, parts.of_slope + k * room, parts.of_dy + k * room);
                        totals[c + k].add(sum.all());
                    }
                } else {
                    product_sum<V> sum;
                    for (std::size_t i = 0; i < inner; i += factors<V>::size) {
                        const std::size_t n = inner - i < factors<V>::size ? inner - i : factors<V>::size;
                        parts.take(0, n, total_size - offset - i, gradient, op, V(slopes[first + c]),
                                   target.batches_past_caches(), target.room(), x + offset + i, dy + offset + i);
                        target.wrote(n);
                        sum.add(n, parts.of_slope, parts.of_dy);
                    }
                    totals[c].add(sum.all());
                }
            }
        gradient.write(first, channels, [&](std::size_t c) SIMDACT_INLINE_LAMBDA { return totals[c].value(); });
    }
}

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
