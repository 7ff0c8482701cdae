#ifndef SIMDACT_KERNELS_CHANNELWISE_LOOP_HPP
#define SIMDACT_KERNELS_CHANNELWISE_LOOP_HPP

/// The loops behind the channelwise kernels: pointers and counts only. What is summed goes to lanes, channels and lines
/// of fixed numbers, so that the sums are the same on every instruction set.

#include <simdact/kernels/channelwise_positions.hpp>
#include <simdact/kernels/channelwise_runs.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

template <value V, class Gradient, class Target, class Op, class T, class... In>
SIMDACT_INLINE void apply_channelwise_to(const channel_shape& shape, const T* slopes, Op op, const Gradient& gradient,
                                         Target&& target, T* out, In... in) noexcept {
    const auto run = [&](auto&& gathering) SIMDACT_INLINE_LAMBDA {
        detail::with_prepared<V>(op, [&](const auto& ready) SIMDACT_INLINE_LAMBDA {
            if (shape.inner >= group_size<T>)
                detail::apply_runs<V>(shape, slopes, ready, gathering, target, out, in...);
            else
                detail::apply_positions<V>(shape, slopes, ready, gathering, target, out, in...);
        });
    };
    if constexpr (std::same_as<Gradient, mask_of>)
        run(bit_writer(gradient.bytes));
    else
        run(gradient);
}

/// Whether the gradient's loops put nothing but aligned batches, if `out` is aligned to a line: all they take at a time
/// is a whole number of groups.
template <class T>
SIMDACT_INLINE bool only_whole_groups(const channel_shape& shape) noexcept {
    constexpr std::size_t group = group_size<T>;
    if (shape.inner >= group)
        return shape.inner % group == 0;
    const std::size_t panel = detail::channels_of_panel(shape);
    return shape.channels * shape.inner % group == 0 && (shape.channels <= panel || panel * shape.inner % group == 0);
}

template <value V, class Gradient, class Op, class T, class... In>
SIMDACT_DETAIL_NOINLINE void apply_channelwise_streaming(const channel_shape& shape, const T* slopes, Op op,
                                                         Gradient gradient, T* out, In... in) noexcept {
    detail::apply_channelwise_to<V>(shape, slopes, op, gradient, streamed<T>(out), out, in...);
}

/// out = op(slope of the channel, in...) for a whole tensor, and what `gradient` wants. out may be any of in.
template <value V, class Gradient, class Op, class T, class... In>
void apply_channelwise(channel_shape shape, const T* slopes, Op op, Gradient gradient, T* out, In... in) noexcept {
    if (shape.size() == 0)
        shape = {0, shape.channels, 1};
    else if (shape.channels == 1)
        shape = {1, 1, shape.size()};
    const bool streams = detail::streams_to(shape.size(), out, in...);
    if constexpr (requires { gradient.dslopes; }) {
        way_to_write way = way_to_write::into_the_array;
        if (streams)
            way = reinterpret_cast<std::uintptr_t>(out) % 64 == 0 && detail::only_whole_groups<T>(shape)
                      ? way_to_write::aligned_batches_past_the_caches
                      : way_to_write::past_the_caches;
        detail::apply_channelwise_to<V>(shape, slopes, op, gradient, written<T>(way, out), out, in...);
    } else if (streams) [[SIMDACT_DETAIL_UNLIKELY]] {
        detail::apply_channelwise_streaming<V>(shape, slopes, op, gradient, out, in...);
    } else {
        detail::apply_channelwise_to<V>(shape, slopes, op, gradient, stored<T>(out), out, in...);
    }
}

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
