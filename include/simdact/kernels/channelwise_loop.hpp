#pragma once

/// The loops behind the channelwise kernels: pointers and counts only. What is summed goes to lanes, channels and lines
/// of fixed numbers, so that the sums are the same on every instruction set.

#include <simdact/concepts.hpp>
#include <simdact/kernels/gathered.hpp>
#include <simdact/kernels/loop.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

/// out[i] = op(in[i]...) for i < n, in groups of a fixed number of elements. gather(j, count, in...) sees them before
/// they may be overwritten: batch j of a group, `count` elements and zeros after them.
template <value V, class Gather, class Op, class T, class... In>
SIMDACT_INLINE void apply_in_groups(std::size_t n, Gather gather, Op op, T* out, In... in) noexcept {
    constexpr std::size_t width = simd::lanes<V>, group = group_size<T>;
    std::size_t i = 0;
    const auto whole = [&](auto j) SIMDACT_INLINE_LAMBDA {
        [&](const auto... v) SIMDACT_INLINE_LAMBDA {
            gather(j, width, v...);
            simd::store(out + i + j * width, op(v...));
        }(fetch<V>(in + i + j * width)...);
    };
    for (; i + group <= n; i += group)
        unrolled<group / width>(whole);
    if (i < n)
        unrolled<group / width>([&](auto j) SIMDACT_INLINE_LAMBDA {
            const std::size_t at = i + j * width;
            if (at + width <= n)
                whole(j);
            else if (at < n)
                [&](const auto... v) SIMDACT_INLINE_LAMBDA {
                    gather(j, n - at, v...);
                    simd::store_some(out + at, n - at, op(v...));
                }(fetch_some<V>(n - at, in + at)...);
        });
}

/// n elements in pieces for which `target` has room: step(where to write, count, index of the first).
template <class Target, class Step>
SIMDACT_INLINE void in_pieces(std::size_t n, Target& target, Step step) noexcept {
    for (std::size_t i = 0; i < n;) {
        const std::size_t count = target.piece(n - i);
        step(target.room(), count, i);
        target.wrote(count);
        i += count;
    }
}

/// An op with its slope.
template <class Op, value V>
struct with_slope {
    static constexpr bool light = simdact::light<Op>;
    Op op;
    V slope;

    template <class... In>
    SIMDACT_INLINE V operator()(In... v) const noexcept {
        return op(slope, v...);
    }
};

/// target = op(slope, in...) for n elements that share a slope, or for which there is one each.
template <value V, class Target, class Op, class Slope, class... In>
SIMDACT_INLINE void apply_line(no_gradient, std::size_t n, Target& target, Op op, Slope slope, In... in) noexcept {
    in_pieces(n, target, [&](auto* out, std::size_t count, std::size_t i) SIMDACT_INLINE_LAMBDA {
        if constexpr (std::same_as<Slope, V>)
            apply_cached<V>(count, with_slope<Op, V>{op, slope}, out, in + i...);
        else
            apply_cached<V>(count, op, out, slope + i, in + i...);
    });
}

/// The same, and the bits of x > 0.
template <value V, class Target, class Op, class Slope, class In>
SIMDACT_INLINE void apply_line(bit_writer& bits, std::size_t n, Target& target, Op op, Slope slope, In x) noexcept {
    const auto gather = [&](auto, std::size_t count, const auto... v) SIMDACT_INLINE_LAMBDA {
        const V last[] = {v...};
        bits.add(simd::mask_to_bits<V>(last[sizeof...(v) - 1] > V(0)), count);
    };
    in_pieces(n, target, [&](auto* out, std::size_t count, std::size_t i) SIMDACT_INLINE_LAMBDA {
        if constexpr (std::same_as<Slope, V>)
            apply_in_groups<V>(count, gather, with_slope<Op, V>{op, slope}, out, x + i);
        else
            apply_in_groups<V>(count, gather, op, out, slope + i, x + i);
    });
}

/// Channels of a group or more: run by run.
template <value V, class Gradient, class Target, class Op, class T, class... In>
SIMDACT_INLINE void apply_runs(const channel_shape& shape, const T* slopes, Op op, Gradient&& gradient, Target& target,
                               T*, In... in) noexcept {
    for (std::size_t row = 0; row < shape.outer; ++row)
        for (std::size_t c = 0; c < shape.channels; ++c) {
            const std::size_t offset = (row * shape.channels + c) * shape.inner;
            apply_line<V>(gradient, shape.inner, target, op, V(slopes[c]), in + offset...);
        }
}

/// The same with the gradient of the slopes: a panel of channels at a time, whose sums lie on the stack.
template <value V, class F, class Target, class Op, class T>
SIMDACT_INLINE void apply_runs(const channel_shape& shape, const T* slopes, Op op, slope_gradient<F, T> gradient,
                               Target& target, T* out, const T* x, const T* dy) noexcept {
    constexpr std::size_t panel = 256;
    total<T> totals[panel];
    for (std::size_t first = 0; first < shape.channels; first += panel) {
        const std::size_t left = shape.channels - first, channels = left < panel ? left : panel;
        for (std::size_t c = 0; c < channels; ++c)
            totals[c] = total<T>();
        for (std::size_t row = 0; row < shape.outer; ++row)
            for (std::size_t c = 0; c < channels; ++c) {
                const std::size_t offset = (row * shape.channels + first + c) * shape.inner;
                const V slope(slopes[first + c]);
                product_sum<V> sum;
                target.seek(out + offset);
                in_pieces(shape.inner, target, [&](T* to, std::size_t count, std::size_t i) SIMDACT_INLINE_LAMBDA {
                    apply_in_groups<V>(
                        count,
                        [&](auto j, std::size_t, V a, V b)
                            SIMDACT_INLINE_LAMBDA { gradient.template gather<j>(sum, a, b); },
                        with_slope<Op, V>{op, slope}, to, x + offset + i, dy + offset + i);
                });
                totals[c].add(sum.all());
            }
        for (std::size_t c = 0; c < channels; ++c)
            gradient.write(first + c, totals[c]);
    }
}

/// The most positions for which slopes are laid out, one for each, or sums kept.
inline constexpr std::size_t position_panel = 512;

/// Channels shorter than a group, some of them: `row` elements of each of the `outer` rows, from `first` on.
/// Several rows make a line where they adjoin.
template <class T>
struct lines {
    static constexpr std::size_t long_enough = 64; ///< a line

    std::size_t first, row, rows = 1, stride;

    SIMDACT_INLINE lines(const channel_shape& shape, std::size_t first_channel, std::size_t channels) noexcept
        : first(first_channel * shape.inner), row(channels * shape.inner), stride(shape.channels * shape.inner) {
        if (row == stride && row < long_enough && shape.outer > 0) {
            rows = position_panel / row;
            if (rows > group_size<T>)
                rows -= rows % group_size<T>; // a whole number of batches
            if (rows > shape.outer)
                rows = shape.outer;
        }
    }

    SIMDACT_INLINE std::size_t length() const noexcept { return rows * row; }
};

/// Writes each of the slopes `inner` times, all that `rows` times.
template <value V, class T>
SIMDACT_INLINE void lay_out(std::size_t rows, std::size_t channels, std::size_t inner, const T* slopes,
                            T* out) noexcept {
    constexpr std::size_t width = simd::lanes<V>;
    const std::size_t row = channels * inner, size = rows * row;
    if (inner == 1)
        for (std::size_t c = 0; c < channels; ++c)
            out[c] = slopes[c];
    else
        for (std::size_t c = 0; c < channels; ++c)
            for (std::size_t i = 0; i < inner; i += width) // beyond its end comes the next channel
                simd::store(out + c * inner + i, V(slopes[c]));
    std::size_t p = row;
    for (; row >= width && p < size; p += width)
        simd::store(out + p, simd::load<V>(out + p - row));
    for (; p < size; ++p)
        out[p] = out[p - row];
}

/// slopes(first, channels, rows): the slopes of a line.
template <value V, class T>
class line_slopes {
public:
    SIMDACT_INLINE const T* operator()(const T* slopes, std::size_t channels, std::size_t inner,
                                       std::size_t rows) noexcept {
        if (inner == 1 && rows == 1)
            return slopes;
        lay_out<V>(rows, channels, inner, slopes, laid_out_);
        return laid_out_;
    }

private:
    T laid_out_[position_panel + group_size<T>];
};

/// How many channels at a time, of those shorter than a group.
SIMDACT_INLINE std::size_t channels_of_panel(const channel_shape& shape) noexcept {
    return position_panel / shape.inner;
}

/// Channels shorter than a group: line by line, with a slope for each element.
template <value V, class Gradient, class Target, class Op, class T, class... In>
SIMDACT_INLINE void apply_positions(const channel_shape& shape, const T* slopes, Op op, Gradient&& gradient,
                                    Target& target, T* out, In... in) noexcept {
    line_slopes<V, T> laid_out;
    const std::size_t most = shape.inner == 1 ? shape.channels : channels_of_panel(shape);
    for (std::size_t first = 0; first < shape.channels; first += most) {
        const std::size_t left = shape.channels - first, channels = left < most ? left : most;
        const lines<T> l(shape, first, channels);
        const T* const w = laid_out(slopes + first, channels, shape.inner, l.rows);
        for (std::size_t r = 0; r < shape.outer; r += l.rows) {
            const std::size_t offset = r * l.stride + l.first;
            const std::size_t rows = shape.outer - r < l.rows ? shape.outer - r : l.rows;
            target.seek(out + offset);
            if constexpr (std::same_as<std::remove_cvref_t<Gradient>, bit_writer>)
                gradient.seek(offset);
            apply_line<V>(gradient, rows * l.row, target, op, w, in + offset...);
        }
    }
}

/// The same with the gradient of the slopes: a sum for each position of a line. Where lines adjoin, several are taken
/// together, so that the sums of a group stay in registers for as many of its elements.
template <value V, class F, class Target, class Op, class T>
SIMDACT_INLINE void apply_positions(const channel_shape& shape, const T* slopes, Op op, slope_gradient<F, T> gradient,
                                    Target& target, T* out, const T* x, const T* dy) noexcept {
    constexpr std::size_t group = group_size<T>;
    line_slopes<V, T> laid_out;
    product_sums<T, position_panel + group> sums;
    const std::size_t most = channels_of_panel(shape);
    for (std::size_t first = 0; first < shape.channels; first += most) {
        const std::size_t left = shape.channels - first, channels = left < most ? left : most;
        const lines<T> l(shape, first, channels);
        const T* const w = laid_out(slopes + first, channels, shape.inner, l.rows);
        sums.clear(l.length() + group);

        // `count` lines, `length` elements each, one after the other
        const auto together = [&](std::size_t offset, std::size_t count, std::size_t length) SIMDACT_INLINE_LAMBDA {
            target.seek(out + offset);
            T* const to = target.room();
            const auto column = [&](std::size_t p, auto wide) SIMDACT_INLINE_LAMBDA {
                product_sum<V> sum;
                sum.load(sums, p);
                for (std::size_t i = p; i < count * length; i += length)
                    apply_in_groups<V>(
                        wide,
                        [&](auto j, std::size_t, V, V a, V b)
                            SIMDACT_INLINE_LAMBDA { gradient.template gather<j>(sum, a, b); },
                        op, to + i, w + p, x + offset + i, dy + offset + i);
                sum.store(sums, p);
            };
            std::size_t p = 0;
            for (; p + group <= length; p += group)
                column(p, std::integral_constant<std::size_t, group>{});
            if (p < length)
                column(p, length - p);
            target.wrote(count * length);
        };
        constexpr std::size_t room = streamed<T>::size;
        const std::size_t at_once = l.row == l.stride && l.length() <= room ? room / l.length() : 1;
        for (std::size_t r = 0; r < shape.outer;) {
            const std::size_t whole = (shape.outer - r) / l.rows, count = whole < at_once ? whole : at_once;
            const std::size_t rows = count > 0 ? count * l.rows : shape.outer - r;
            together(r * l.stride + l.first, count > 0 ? count : 1, count > 0 ? l.length() : rows * l.row);
            r += rows;
        }

        for (std::size_t i = l.row; i < l.length(); ++i)
            sums.add(i % l.row, sums.at(i));
        for (std::size_t c = 0; c < channels; ++c) {
            total<T> t;
            for (std::size_t i = 0; i < shape.inner; ++i)
                t.add(sums.at(c * shape.inner + i));
            gradient.write(first + c, t);
        }
    }
}

template <value V, class Gradient, class Target, class Op, class T, class... In>
SIMDACT_INLINE void apply_channelwise_to(const channel_shape& shape, const T* slopes, Op op, const Gradient& gradient,
                                         Target&& target, T* out, In... in) noexcept {
    const auto run = [&](auto&& gathering) SIMDACT_INLINE_LAMBDA {
        if (shape.inner >= group_size<T>)
            apply_runs<V>(shape, slopes, op, gathering, target, out, in...);
        else
            apply_positions<V>(shape, slopes, op, gathering, target, out, in...);
    };
    if constexpr (std::same_as<Gradient, mask_of>)
        run(bit_writer(gradient.bytes));
    else
        run(gradient);
}

template <value V, class Gradient, class Op, class T, class... In>
SIMDACT_DETAIL_NOINLINE void apply_channelwise_streaming(const channel_shape& shape, const T* slopes, Op op,
                                                         Gradient gradient, T* out, In... in) noexcept {
    apply_channelwise_to<V>(shape, slopes, op, gradient, streamed<T>(out), out, in...);
}

/// out = op(slope of the channel, in...) for a whole tensor, and what `gradient` wants. out may be any of in.
template <value V, class Gradient, class Op, class T, class... In>
void apply_channelwise(channel_shape shape, const T* slopes, Op op, Gradient gradient, T* out, In... in) noexcept {
    if (shape.size() == 0)
        shape = {0, shape.channels, 1};
    else if (shape.channels == 1)
        shape = {1, 1, shape.size()};
    if (streams_to(shape.size(), out, in...)) [[unlikely]]
        apply_channelwise_streaming<V>(shape, slopes, op, gradient, out, in...);
    else
        apply_channelwise_to<V>(shape, slopes, op, gradient, stored<T>(out), out, in...);
}

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact
