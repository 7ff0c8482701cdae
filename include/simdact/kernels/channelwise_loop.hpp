#ifndef SIMDACT_KERNELS_CHANNELWISE_LOOP_HPP
#define SIMDACT_KERNELS_CHANNELWISE_LOOP_HPP

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
        }(detail::fetch<V>(in + i + j * width)...);
    };
    for (; i + group <= n; i += group)
        detail::unrolled<group / width>(whole);
    if (i < n)
        detail::unrolled<group / width>([&](auto j) SIMDACT_INLINE_LAMBDA {
            const std::size_t at = i + j * width;
            if (at + width <= n)
                whole(j);
            else if (at < n)
                [&](const auto... v) SIMDACT_INLINE_LAMBDA {
                    gather(j, n - at, v...);
                    simd::store_some(out + at, n - at, op(v...));
                }(detail::fetch_some<V>(n - at, in + at)...);
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
    const Op& op;
    V slope;

    template <class... In>
    SIMDACT_INLINE V operator()(In... v) const noexcept {
        return op(slope, v...);
    }
};

/// target = op(slope, in...) for n elements that share a slope, or for which there is one each.
template <value V, class Target, class Op, class Slope, class... In>
SIMDACT_INLINE void apply_line(no_gradient, std::size_t n, Target& target, Op op, Slope slope, In... in) noexcept {
    detail::in_pieces(n, target, [&](auto* out, std::size_t count, std::size_t i) SIMDACT_INLINE_LAMBDA {
        if constexpr (std::same_as<Slope, V>)
            detail::apply_cached<V>(count, with_slope<Op, V>{op, slope}, out, in + i...);
        else
            detail::apply_cached<V>(count, op, out, slope + i, in + i...);
    });
}

/// The same, and the bits of x > 0.
template <value V, class Target, class Op, class Slope, class In>
SIMDACT_INLINE void apply_line(bit_writer& bits, std::size_t n, Target& target, Op op, Slope slope, In x) noexcept {
    const auto gather = [&](auto, std::size_t count, const auto... v) SIMDACT_INLINE_LAMBDA {
        const V last[] = {v...};
        bits.add(simd::mask_to_bits<V>(last[sizeof...(v) - 1] > V(0)), count);
    };
    detail::in_pieces(n, target, [&](auto* out, std::size_t count, std::size_t i) SIMDACT_INLINE_LAMBDA {
        if constexpr (std::same_as<Slope, V>)
            detail::apply_in_groups<V>(count, gather, with_slope<Op, V>{op, slope}, out, x + i);
        else
            detail::apply_in_groups<V>(count, gather, op, out, slope + i, x + i);
    });
}

/// Channels of a group or more: run by run.
template <value V, class Gradient, class Target, class Op, class T, class... In>
SIMDACT_INLINE void apply_runs(const channel_shape& shape, const T* slopes, Op op, Gradient&& gradient, Target& target,
                               T*, In... in) noexcept {
    for (std::size_t row = 0; row < shape.outer; ++row)
        for (std::size_t c = 0; c < shape.channels; ++c) {
            const std::size_t offset = (row * shape.channels + c) * shape.inner;
            detail::apply_line<V>(gradient, shape.inner, target, op, V(slopes[c]), in + offset...);
        }
}

/// The factors of the products that make the gradient of the slopes, for some elements at a time: they are written
/// while dx is, in the order of memory, and summed in another one; and numbers are converted to double for less from
/// memory than from a register. Each part of them begins with a group, and zeros fill up its last batch.
template <value V>
struct factors {
    using T = simd::element_t<V>;
    static constexpr std::size_t size = 512, group = group_size<T>;

    /// The room that n elements take.
    static constexpr std::size_t padded(std::size_t n) noexcept { return (n + group - 1) / group * group; }

    /// How many parts of n elements there is room for, if not for all of one.
    static constexpr std::size_t parts(std::size_t n) noexcept {
        return 0 < n && n < size ? size / group / ((n - 1) / group + 1) : 1;
    }

    /// out = op(slope, x, dy) for n elements, and the factors, from `at` on. `readable` elements of x and dy are there.
    template <class Target, class F, class Op, class Slope>
    SIMDACT_INLINE void take(std::size_t at, std::size_t n, std::size_t readable, const slope_gradient<F, T>& gradient,
                             Op op, Slope slope, T* out, const T* x, const T* dy) noexcept {
        constexpr std::size_t width = simd::lanes<V>;
        const auto slope_at = [&](std::size_t i) SIMDACT_INLINE_LAMBDA {
            if constexpr (std::same_as<Slope, V>)
                return slope;
            else
                return simd::load<V>(slope + i);
        };
        const auto put = [&](std::size_t i, V of_x, V of_g) SIMDACT_INLINE_LAMBDA {
            simd::store(of_slope + at + i, of_x);
            simd::store(of_dy + at + i, of_g);
        };
        // The last batch of out overlaps the one before; the last factors do not, and may be read from beyond the end.
        const bool some = n < width, rest = n % width != 0;
        const auto last = [&](const T* p) SIMDACT_INLINE_LAMBDA {
            return some ? simd::load_some<V>(p, n) : simd::load<V>(rest ? p + n - width : p);
        };
        const V last_x = last(x), last_dy = last(dy);
        std::size_t i = 0;
        for (; i + width <= n; i += width) {
            const V v = simd::load<V>(x + i), g = simd::load<V>(dy + i);
            put(i, gradient.f.slope_derivative(v), gradient.dy_factor(v, g));
            Target::put(out + i, op(slope_at(i), v, g));
        }
        if (rest) {
            const bool whole = i + width <= readable;
            const V v = whole ? simd::load<V>(x + i) : simd::load_some<V>(x + i, n - i),
                    g = whole ? simd::load<V>(dy + i) : simd::load_some<V>(dy + i, n - i);
            put(i, simd::first_lanes(gradient.f.slope_derivative(v), n - i),
                simd::first_lanes(gradient.dy_factor(v, g), n - i));
            if (!some)
                simd::store(out + n - width, op(slope_at(n - width), last_x, last_dy));
            else if constexpr (std::same_as<Slope, V>)
                simd::store_some(out, n, op(slope, last_x, last_dy));
            else
                simd::store_some(out, n, op(simd::load_some<V>(slope, n), last_x, last_dy));
        }
    }

    alignas(64) T of_slope[size + group];
    alignas(64) T of_dy[size + group];
};

/// The same with the gradient of the slopes: a panel of channels at a time, whose sums lie on the stack.
template <value V, class F, class Target, class Op, class T>
SIMDACT_INLINE void apply_runs(const channel_shape& shape, const T* slopes, Op op, slope_gradient<F, T> gradient,
                               Target& target, T* out, const T* x, const T* dy) noexcept {
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
                        parts.template take<Target>(k * room, inner, total_size - from, gradient, op,
                                                    V(slopes[first + c + k]), to + k * inner, x + from, dy + from);
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
                        parts.template take<Target>(0, n, total_size - offset - i, gradient, op, V(slopes[first + c]),
                                                    target.room(), x + offset + i, dy + offset + i);
                        target.wrote(n);
                        sum.add(n, parts.of_slope, parts.of_dy);
                    }
                    totals[c].add(sum.all());
                }
            }
        gradient.write(first, channels, [&](std::size_t c) SIMDACT_INLINE_LAMBDA { return totals[c].value(); });
    }
}

/// The most positions for which slopes are laid out, one for each, or sums kept.
inline constexpr std::size_t position_panel = 512;

/// Channels shorter than a group, some of them: `row` elements of each of the `outer` rows, from `first` on.
/// Several rows make a line where they adjoin.
template <class T>
struct line_shape {
    static constexpr std::size_t long_enough = 64; ///< a line

    std::size_t first, row, rows = 1, stride;

    SIMDACT_INLINE line_shape(const channel_shape& shape, std::size_t first_channel, std::size_t channels) noexcept
        : first(first_channel * shape.inner), row(channels * shape.inner), stride(shape.channels * shape.inner) {
        if (row == stride && row < long_enough && shape.outer > 0) {
            // Long lines, but many of them: a line's slopes are laid out and its sums added up once a call.
            const std::size_t most = position_panel / row, least = (long_enough - 1) / row + 1;
            rows = shape.outer / 16 < least ? least : shape.outer / 16;
            if (rows > most)
                rows = most;
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

/// The slopes of a line, one for each of its elements: where they are, if they lie like that already, or laid out.
template <value V, class T>
class line_slopes {
public:
    SIMDACT_INLINE const T* operator()(const T* slopes, std::size_t channels, std::size_t inner,
                                       std::size_t rows) noexcept {
        if (inner == 1 && rows == 1)
            return slopes;
        detail::lay_out<V>(rows, channels, inner, slopes, laid_out_);
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
    const std::size_t most = shape.inner == 1 ? shape.channels : detail::channels_of_panel(shape);
    for (std::size_t first = 0; first < shape.channels; first += most) {
        const std::size_t left = shape.channels - first, channels = left < most ? left : most;
        const line_shape<T> l(shape, first, channels);
        const T* const w = laid_out(slopes + first, channels, shape.inner, l.rows);
        for (std::size_t r = 0; r < shape.outer; r += l.rows) {
            const std::size_t offset = r * l.stride + l.first;
            const std::size_t rows = shape.outer - r < l.rows ? shape.outer - r : l.rows;
            target.seek(out + offset);
            if constexpr (std::same_as<std::remove_cvref_t<Gradient>, bit_writer>)
                gradient.seek(offset);
            detail::apply_line<V>(gradient, rows * l.row, target, op, w, in + offset...);
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
    factors<V> parts;
    const std::size_t total_size = shape.size();
    product_sums<T, position_panel + group> sums;
    const std::size_t most = detail::channels_of_panel(shape);
    for (std::size_t first = 0; first < shape.channels; first += most) {
        const std::size_t left = shape.channels - first, channels = left < most ? left : most;
        const line_shape<T> l(shape, first, channels);
        const T* const w = laid_out(slopes + first, channels, shape.inner, l.rows);
        const std::size_t line_room = factors<V>::padded(l.length());
        sums.reset(line_room);
        const std::size_t at_once = l.row == l.stride ? factors<V>::parts(l.length()) : 1;
        for (std::size_t r = 0; r < shape.outer;) {
            // whole lines, or what rows are left in the end
            const std::size_t whole = (shape.outer - r) / l.rows, count = whole < at_once ? whole : at_once;
            const std::size_t rows = count > 0 ? count * l.rows : shape.outer - r;
            const std::size_t n_lines = count > 0 ? count : 1, length = rows * l.row / n_lines;
            const std::size_t offset = r * l.stride + l.first, room = factors<V>::padded(length);
            target.seek(out + offset);
            T* const to = target.room();
            for (std::size_t k = 0; k < n_lines; ++k)
                parts.template take<Target>(k * room, length, total_size - offset - k * length, gradient, op, w,
                                            to + k * length, x + offset + k * length, dy + offset + k * length);
            target.wrote(rows * l.row);
            for (std::size_t p = 0; p < room; p += group) {
                product_sum<V> sum;
                sum.load(sums, p);
                for (std::size_t k = 0; k < n_lines; ++k)
                    sum.add(length - p < group ? length - p : group, parts.of_slope + k * room + p,
                            parts.of_dy + k * room + p);
                sum.store(sums, p);
            }
            r += rows;
        }

        for (std::size_t i = l.row; i < l.length(); ++i)
            sums.add(i % l.row, sums.at(i));
        if (shape.inner == 1)
            gradient.write(first, channels, [&](std::size_t c) SIMDACT_INLINE_LAMBDA { return sums.at(c).value(); });
        else
            gradient.write(first, channels, [&](std::size_t c) SIMDACT_INLINE_LAMBDA {
                total<T> t;
                for (std::size_t i = 0; i < shape.inner; ++i)
                    t.add(sums.at(c * shape.inner + i));
                return t.value();
            });
    }
}

template <value V, class Gradient, class Target, class Op, class T, class... In>
SIMDACT_INLINE void apply_channelwise_to(const channel_shape& shape, const T* slopes, Op op, const Gradient& gradient,
                                         Target&& target, T* out, In... in) noexcept {
    const auto run = [&](auto&& gathering) SIMDACT_INLINE_LAMBDA {
        if (shape.inner >= group_size<T>)
            detail::apply_runs<V>(shape, slopes, op, gathering, target, out, in...);
        else
            detail::apply_positions<V>(shape, slopes, op, gathering, target, out, in...);
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
    if constexpr (requires { gradient.dslopes; })
        if (reinterpret_cast<std::uintptr_t>(out) % 64 == 0 && detail::only_whole_groups<T>(shape))
            return detail::apply_channelwise_to<V>(shape, slopes, op, gradient, streamed_batches<T>(out), out, in...);
    detail::apply_channelwise_to<V>(shape, slopes, op, gradient, streamed<T>(out), out, in...);
}

/// out = op(slope of the channel, in...) for a whole tensor, and what `gradient` wants. out may be any of in.
template <value V, class Gradient, class Op, class T, class... In>
void apply_channelwise(channel_shape shape, const T* slopes, Op op, Gradient gradient, T* out, In... in) noexcept {
    if (shape.size() == 0)
        shape = {0, shape.channels, 1};
    else if (shape.channels == 1)
        shape = {1, 1, shape.size()};
    if (detail::streams_to(shape.size(), out, in...)) [[SIMDACT_DETAIL_UNLIKELY]]
        detail::apply_channelwise_streaming<V>(shape, slopes, op, gradient, out, in...);
    else
        detail::apply_channelwise_to<V>(shape, slopes, op, gradient, stored<T>(out), out, in...);
}

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
