#ifndef SIMDACT_KERNELS_CHANNELWISE_LOOP_HPP
#define SIMDACT_KERNELS_CHANNELWISE_LOOP_HPP

/// The loops behind the channelwise kernels: pointers and counts only. What is summed goes to lanes, channels and lines
/// of fixed numbers, so that the sums are the same on every instruction set.

#include <simdact/kernels/channelwise_positions.hpp>
#include <simdact/kernels/channelwise_runs.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

/// Whether channels are taken one by one.
template <class T>
SIMDACT_INLINE bool has_runs(const channel_shape& shape) noexcept {
    return shape.inner >= group_size<T>;
}

/// A tensor without elements or of one channel, in the shape that needs no thought.
SIMDACT_INLINE channel_shape simplified(const channel_shape& shape) noexcept {
    if (shape.size() == 0)
        return {0, shape.channels, 1};
    return shape.channels == 1 ? channel_shape{1, 1, shape.size()} : shape;
}

/// out = op(slope of the channel, in...) for a whole tensor, and what is gathered. out may be any of in.
template <value V, class Gathered, class Op, class T, class... In>
SIMDACT_INLINE void apply_channelwise_cached(const channel_shape& given, const T* slopes, Op op, Gathered gathered,
                                             T* out, In... in) noexcept {
    const channel_shape shape = detail::simplified(given);
    if (detail::has_runs<T>(shape))
        detail::apply_runs<V>(shape, slopes, op, gathered, out, in...);
    else
        detail::apply_positions<V>(shape, slopes, op, gathered, out, in...);
}

/// The same past the caches: what adjoins is computed in a buffer, as a tensor of its own.
template <value V, class Gathered, class Op, class T, class... In>
SIMDACT_DETAIL_NOINLINE void apply_channelwise_streaming(const channel_shape& given, const T* slopes, Op op,
                                                         Gathered gathered, T* out, In... in) noexcept {
    constexpr std::size_t most = streamed<T>::size;
    const auto at_most = [](std::size_t n, std::size_t limit) SIMDACT_INLINE_LAMBDA { return n < limit ? n : limit; };
    const channel_shape shape = detail::simplified(given);
    if constexpr (std::same_as<Gathered, no_gradient> && (std::same_as<In, const T*> && ...) && sizeof(V) <= 64)
        if (detail::has_runs<T>(shape))
            return detail::stream_runs<V>(shape, slopes, op, out, in...);
    const std::size_t inner = shape.inner, row = shape.channels * inner;
    streamed<T> target(out);
    for (std::size_t offset = 0; offset < shape.size();) {
        const std::size_t in_row = offset % row, channel = in_row / inner;
        channel_shape part = {1, 1, 0};
        if (row <= most)
            part = {at_most(shape.outer - offset / row, most / row), shape.channels, inner};
        else if (inner <= most)
            part = {1, at_most(shape.channels - channel, most / inner), inner};
        else
            part.inner = at_most(inner - in_row % inner, most);
        detail::apply_channelwise_cached<V>(part, slopes + channel, op, gathered.from(offset), target.room(),
                                            (in + offset)...);
        target.wrote(part.size());
        offset += part.size();
    }
}

/// The same, past the caches or not.
template <value V, class Gathered, class Op, class T, class... In>
SIMDACT_INLINE void apply_channelwise(const channel_shape& shape, const T* slopes, Op op, Gathered gathered, T* out,
                                      In... in) noexcept {
    if constexpr (std::same_as<Gathered, no_gradient> && (std::same_as<In, const T*> && ...)) {
        if (shape.outer == 1 && shape.inner == 1) // slopes are but another array
            return detail::apply<V>(shape.channels, op, out, slopes, in...);
        if constexpr (sizeof...(In) == 1) // backward is left to the loop over runs: this is a loop more to compile
            if (shape.channels == 1)
                return detail::with_prepared<V>(op, [&](const auto& ready) SIMDACT_INLINE_LAMBDA {
                    using Ready = std::remove_cvref_t<decltype(ready)>;
                    detail::apply<V>(shape.size(), with_one_slope<Ready, T>{ready, *slopes}, out, in...);
                });
    }
    if (detail::streams_to(shape.size(), out, in...)) [[SIMDACT_DETAIL_UNLIKELY]]
        detail::apply_channelwise_streaming<V>(shape, slopes, op, gathered, out, in...);
    else
        detail::apply_channelwise_cached<V>(shape, slopes, op, gathered, out, in...);
}

/// The same for arrays X and slopes S, of which compilers may know how long they are, without gathering.
template <value V, class S, class... X, class Op, class T, class... In>
SIMDACT_INLINE void apply_channelwise_to(const channel_shape& shape, const T* slopes, Op op, T* out,
                                         In... in) noexcept {
    constexpr std::size_t known = detail::size_known_of<X...>(), slopes_known = known_size<S>;
    if constexpr (known <= few && slopes_known == known) // a slope for each element
        detail::with_prepared<V>(op, [&](const auto& ready) SIMDACT_INLINE_LAMBDA {
            detail::apply_to_few<V, known>(ready, out, slopes, in...);
        });
    else if constexpr (known <= few && slopes_known == 1) // one for all
        detail::with_prepared<V>(op, [&](const auto& ready) SIMDACT_INLINE_LAMBDA {
            using Ready = std::remove_cvref_t<decltype(ready)>;
            detail::apply_to_few<V, known>(with_slope<Ready, V>{ready, V(*slopes)}, out, in...);
        });
    else
        detail::apply_channelwise<V>(shape, slopes, op, no_gradient{}, out, in...);
}

/// Whether the gradient's loops put nothing but whole batches, which begin where groups do.
template <class T>
SIMDACT_INLINE bool only_whole_groups(const channel_shape& shape) noexcept {
    constexpr std::size_t group = group_size<T>;
    if (detail::has_runs<T>(shape))
        return shape.inner % group == 0;
    const std::size_t panel = detail::channels_of_panel(shape);
    return shape.channels * shape.inner % group == 0 && (shape.channels <= panel || panel * shape.inner % group == 0);
}

/// The same with a step that says what is gathered.
template <value V, class Step, class T>
SIMDACT_INLINE void gradient_by(const channel_shape& shape, const T* slopes, const Step& step, T* out, const T* x,
                                const T* dy) noexcept {
    if (detail::has_runs<T>(shape))
        detail::gradient_of_runs<V>(shape, slopes, step, out, x, dy);
    else
        detail::gradient_of_positions<V>(shape, slopes, step, out, x, dy);
}

/// out = op(slope of the channel, x, dy), or out + that if `add`, and the gradient of the slopes, which is summed in an
/// order that the shape of the whole tensor decides. out may be x or dy.
template <value V, class F, class Op, class T>
void apply_with_gradient(const channel_shape& given, const T* slopes, Op op, const slope_gradient<F, T>& gradient,
                         bool add, T* out, const T* x, const T* dy) noexcept {
    const channel_shape shape = detail::simplified(given);
    if constexpr (slope_differentiable<F, V>) {
        const bool past_caches = !add && reinterpret_cast<std::uintptr_t>(out) % allocated_alignment == 0 &&
                                 detail::only_whole_groups<T>(shape) && detail::streams_to(shape.size(), out, x, dy);
        detail::with_prepared<V>(op, [&](const auto& ready) SIMDACT_INLINE_LAMBDA {
            detail::gradient_by<V>(
                shape, slopes,
                gradient_step<V, F, std::remove_cvref_t<decltype(ready)>>{gradient, ready, add, past_caches}, out, x,
                dy);
        });
        if (past_caches)
            simd::stream_end();
    } else {
        detail::with_prepared<V>(op, [&](const auto& ready) SIMDACT_INLINE_LAMBDA {
            detail::gradient_by<V>(
                shape, slopes, part_step<V, F, std::remove_cvref_t<decltype(ready)>>{gradient, ready, add}, out, x, dy);
        });
    }
}

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
