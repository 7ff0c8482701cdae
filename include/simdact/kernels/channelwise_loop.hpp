#pragma once

/// The loops behind the channelwise kernels: pointers and counts only. Elements are taken in groups of a fixed number,
/// and channels in panels of a fixed size, so that the sums over them are the same on every instruction set.

#include <simdact/concepts.hpp>
#include <simdact/kernels/loop.hpp>
#include <simdact/kernels/slope_sums.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

/// The first n elements from p, fewer than a group, with zeros after them.
template <class T>
struct padded {
    T data[group_size<T>] = {};

    SIMDACT_INLINE padded(std::size_t n, const T* p) noexcept {
        for (std::size_t i = 0; i < n; ++i)
            data[i] = p[i];
    }
    SIMDACT_INLINE const T* source() const noexcept { return data; }
};

/// A mask reads as false beyond its end already.
template <>
struct padded<bit_source> {
    bit_source mask;

    SIMDACT_INLINE padded(std::size_t, const bit_source& p) noexcept : mask(p) {}
    SIMDACT_INLINE bit_source source() const noexcept { return mask; }
};

template <class T>
padded(std::size_t, const T*) -> padded<T>;
padded(std::size_t, bit_source)->padded<bit_source>;

/// body(out, in...) for n elements, fewer than a group, moved to where a whole group can be read and written.
template <class Body, class T, class... In>
SIMDACT_INLINE void with_padding(std::size_t n, Body body, T* out, In... in) noexcept {
    T result[group_size<T>];
    [&](const auto&... copy) SIMDACT_INLINE_LAMBDA { body(result, copy.source()...); }(padded(n, in)...);
    for (std::size_t i = 0; i < n; ++i)
        out[i] = result[i];
}

/// What is done to one group of elements: out = op(slope, in...), and the sums of its inputs.
template <value V, bool Stream, class Gradient, class Op>
struct group_step {
    static constexpr std::size_t width = simd::lanes<V>, batches = group_size<simd::element_t<V>> / width;

    Op op;
    run_sums<V, Gradient> sums;

    /// All of it belongs to one channel.
    template <class T, class... In>
    SIMDACT_INLINE void whole(V slope, T* out, In... in) noexcept {
        unrolled<batches>([&](auto j) SIMDACT_INLINE_LAMBDA {
            [&](const auto... v) SIMDACT_INLINE_LAMBDA {
                sums.template add<j>(v...);
                put<Stream>(out + j * width, op(slope, v...));
            }(fetch<V>(in + j * width)...);
        });
    }

    /// The first `rest` elements belong to `channel`, the others to the next one.
    template <class T, class... In>
    SIMDACT_INLINE void spanning(std::size_t channel, std::size_t rest, V slope, V next, T* out, In... in) noexcept {
        const auto first = [rest](auto j) SIMDACT_INLINE_LAMBDA {
            return simd::first_lanes<V>(rest < j * width ? 0 : rest - j * width);
        };
        unrolled<batches>(
            [&](auto j) SIMDACT_INLINE_LAMBDA { sums.template add<j, true>(first(j), fetch<V>(in + j * width)...); });
        sums.close(channel);
        unrolled<batches>([&](auto j) SIMDACT_INLINE_LAMBDA {
            [&](const auto... v) SIMDACT_INLINE_LAMBDA {
                sums.template add<j, false>(first(j), v...);
                put<Stream>(out + j * width, op(simd::select(first(j), slope, next), v...));
            }(fetch<V>(in + j * width)...);
        });
    }
};

/// Channels of a group or more. A group that spans the end of a channel takes two slopes.
template <value V, bool Stream, class Gradient, class Op, class T, class... In>
void apply_runs(const channel_shape& shape, const T* slopes, Op op, Gradient gradient, T* out, In... in) noexcept {
    constexpr std::size_t panel = run_sums<V, Gradient>::panel;
    group_step<V, Stream, Gradient, Op> step{op, run_sums<V, Gradient>(gradient)};

    for (std::size_t first = 0; first < shape.channels; first += panel) {
        const std::size_t left = shape.channels - first, channels = left < panel ? left : panel;
        for (std::size_t row = 0; row < shape.outer; ++row) {
            const std::size_t offset = (row * shape.channels + first) * shape.inner;
            std::size_t i = 0;
            for (std::size_t c = 0; c < channels; ++c) {
                const V slope(slopes[first + c]);
                const std::size_t end = (c + 1) * shape.inner;
                for (; i + group_size<T> <= end; i += group_size<T>) {
                    step.whole(slope, out + offset + i, in + offset + i...);
                    step.sums.next(offset + i, group_size<T>);
                }
                if (i < end && c + 1 < channels) {
                    step.spanning(c, end - i, slope, V(slopes[first + c + 1]), out + offset + i, in + offset + i...);
                    step.sums.next(offset + i, group_size<T>);
                    i += group_size<T>;
                    continue;
                }
                if (i < end) { // the end of the panel's last channel
                    with_padding(
                        end - i, [&](T* o, const auto... p) SIMDACT_INLINE_LAMBDA { step.whole(slope, o, p...); },
                        out + offset + i, in + offset + i...);
                    step.sums.next(offset + i, end - i);
                }
                step.sums.close(c);
            }
        }
        step.sums.write(first, channels);
    }
}

/// Writes each of the slopes `inner` times, all that `rows` times, and zeros up to a group's worth.
template <value V, class T>
SIMDACT_INLINE void lay_out(std::size_t rows, std::size_t channels, std::size_t inner, const T* slopes,
                            T* out) noexcept {
    constexpr std::size_t width = simd::lanes<V>;
    const std::size_t row = channels * inner, size = rows * row;
    if (rows > 0 && inner == 1)
        for (std::size_t c = 0; c < channels; ++c)
            out[c] = slopes[c];
    else if (rows > 0)
        for (std::size_t c = 0; c < channels; ++c)
            for (std::size_t i = 0; i < inner; i += width) // beyond its end comes the next channel
                simd::store(out + c * inner + i, V(slopes[c]));
    std::size_t p = row;
    for (; row >= width && p < size; p += width)
        simd::store(out + p, simd::load<V>(out + p - row));
    for (; p < size; ++p)
        out[p] = out[p - row];
    for (std::size_t i = 0; i < group_size<T>; ++i)
        out[size + i] = 0;
}

/// Channels shorter than a group: the slopes of a panel are laid out one for each element, several rows of them where a
/// row is short, and the panel moves over the rows.
template <value V, bool Stream, class Gradient, class Op, class T, class... In>
void apply_positions(const channel_shape& shape, const T* slopes, Op op, Gradient gradient, T* out, In... in) noexcept {
    constexpr std::size_t width = simd::lanes<V>;
    const std::size_t most = position_panel / shape.inner;
    for (std::size_t first = 0; first < shape.channels; first += most) {
        const std::size_t left = shape.channels - first, channels = left < most ? left : most;
        const std::size_t row = channels * shape.inner;
        std::size_t rows = channels == shape.channels ? position_panel / row : 1; // only whole rows adjoin
        if (rows > group_size<T>)
            rows -= rows % group_size<T>; // a whole number of batches
        if (rows > shape.outer)
            rows = shape.outer;

        T laid_out[position_panel + group_size<T>];
        lay_out<V>(rows, channels, shape.inner, slopes + first, laid_out);
        position_sums<V, Gradient> sums(gradient, rows * row);
        const auto batch = [&](std::size_t position, T* o, const auto... p) SIMDACT_INLINE_LAMBDA {
            [&](const auto... v) SIMDACT_INLINE_LAMBDA {
                sums.add(position, v...);
                put<Stream>(o, op(simd::load<V>(laid_out + position), v...));
            }(fetch<V>(p)...);
        };

        for (std::size_t r = 0; r < shape.outer; r += rows) {
            const std::size_t offset = (r * shape.channels + first) * shape.inner;
            const std::size_t count = (shape.outer - r < rows ? shape.outer - r : rows) * row;
            std::size_t i = 0;
            for (; i + width <= count; i += width) {
                batch(i, out + offset + i, in + offset + i...);
                sums.next(offset + i, width);
            }
            if (i < count) {
                with_padding(
                    count - i, [&](T* o, const auto... p) SIMDACT_INLINE_LAMBDA { batch(i, o, p...); },
                    out + offset + i, in + offset + i...);
                sums.next(offset + i, count - i);
            }
        }
        sums.write(first, rows, channels, shape.inner);
    }
}

/// out = op(slope of the channel, in...) for a whole tensor, and what `gradient` wants. out may be any of in.
template <value V, class Gradient, class Op, class T, class... In>
SIMDACT_INLINE void apply_channelwise(channel_shape shape, const T* slopes, Op op, Gradient gradient, T* out,
                                      In... in) noexcept {
    if (shape.size() == 0)
        shape = {0, shape.channels, 1};
    else if (shape.channels == 1)
        shape = {1, 1, shape.size()};
    const bool stream = streams_to(shape.size(), out, in...);
    if (shape.inner >= group_size<T>) {
        if (stream)
            apply_runs<V, true>(shape, slopes, op, gradient, out, in...);
        else
            apply_runs<V, false>(shape, slopes, op, gradient, out, in...);
    } else {
        if (stream)
            apply_positions<V, true>(shape, slopes, op, gradient, out, in...);
        else
            apply_positions<V, false>(shape, slopes, op, gradient, out, in...);
    }
    if (stream)
        simd::stream_end();
}

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact
