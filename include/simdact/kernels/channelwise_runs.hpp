#ifndef SIMDACT_KERNELS_CHANNELWISE_RUNS_HPP
#define SIMDACT_KERNELS_CHANNELWISE_RUNS_HPP

/// The loops over channels of a group or more.

#include <simdact/kernels/channelwise_line.hpp>
#include <simdact/kernels/fours.hpp>

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
SIMDACT_INLINE void gradient_of_runs(const channel_shape& shape, const T* slopes, const gradient_step<V, F, Op>& step,
                                     T* out, const T* x, const T* dy) noexcept {
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
