#ifndef SIMDACT_KERNELS_CHANNELWISE_POSITIONS_HPP
#define SIMDACT_KERNELS_CHANNELWISE_POSITIONS_HPP

/// The loops over channels shorter than a group.

#include <simdact/kernels/gradient_parts.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

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
        if (row == stride && row < long_enough && shape.outer > 1) {
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

/// Line by line, with a slope for each element.
template <value V, class Gathered, class Op, class T, class... In>
void apply_positions(const channel_shape shape, const T* slopes, Op op, Gathered gathered, T* out, In... in) noexcept {
    auto&& gathering = gathered.begun();
    line_slopes<V, T> laid_out;
    const std::size_t most = shape.inner == 1 ? shape.channels : detail::channels_of_panel(shape);
    detail::with_prepared<V>(op, [&](const auto& ready) SIMDACT_INLINE_LAMBDA {
        for (std::size_t first = 0; first < shape.channels; first += most) {
            const std::size_t left = shape.channels - first, channels = left < most ? left : most;
            const line_shape<T> l(shape, first, channels);
            const T* const w = laid_out(slopes + first, channels, shape.inner, l.rows);
            for (std::size_t r = 0; r < shape.outer; r += l.rows) {
                const std::size_t offset = r * l.stride + l.first;
                const std::size_t rows = shape.outer - r < l.rows ? shape.outer - r : l.rows;
                if constexpr (!std::same_as<Gathered, no_gradient>)
                    gathering.seek(offset);
                detail::apply_line<V>(gathering, rows * l.row, ready, w, out + offset, in + offset...);
            }
        }
    });
}

/// The same with the gradient of the slopes: a sum for each position of a line, four lines at a time.
template <value V, class Step, class T>
SIMDACT_INLINE void gradient_of_positions(const channel_shape& shape, const T* slopes, const Step& step, T* out,
                                          const T* x, const T* dy) noexcept {
    constexpr std::size_t group = group_size<T>;
    const auto& gradient = step.gradient;
    line_slopes<V, T> laid_out;
    product_sums<T, position_panel + group> sums;
    const std::size_t most = detail::channels_of_panel(shape);
    for (std::size_t first = 0; first < shape.channels; first += most) {
        const std::size_t left = shape.channels - first, channels = left < most ? left : most;
        const line_shape<T> l(shape, first, channels);
        const T* const w = laid_out(slopes + first, channels, shape.inner, l.rows);
        sums.reset((l.length() + group - 1) / group * group);
        for (std::size_t r = 0; r < shape.outer;) {
            const std::size_t whole = (shape.outer - r) / l.rows; // lines; or what rows are left in the end
            const std::size_t at_once = whole < 1 ? 1 : whole < 4 ? whole : 4;
            const std::size_t rows = whole < 1 ? shape.outer - r : l.rows, offset = r * l.stride + l.first;
            detail::add_lines(sums, at_once, rows * l.row, l.rows * l.stride, step, w, out + offset, x + offset,
                              dy + offset);
            r += at_once * rows;
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

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
