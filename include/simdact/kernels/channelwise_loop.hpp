#pragma once

/// The loops behind the channelwise kernels: pointers and counts only. Elements are taken in groups of a fixed number,
/// and channels in panels of a fixed size, so that the sums over them are the same on every instruction set.

#include <simdact/concepts.hpp>
#include <simdact/kernels/product_sum.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

/// Positions in a panel of short channels, whose slopes are laid out one for each element.
inline constexpr std::size_t position_panel = 512;

/// For kernels that want no gradient of the slopes.
struct no_gradient {};

/// dslopes = the sum of (x > 0 ? 0 : dy * df/dslope(x)) over each channel, added to what is there if `add`.
template <class F, class T>
struct slope_gradient {
    F f;
    T* dslopes;
    bool add;

    /// The factor of df/dslope(x), which is 0 for x > 0: it must be so too, or an infinite dy would make a NaN.
    template <value V>
    SIMDACT_INLINE V factor(V x, V dy) const noexcept {
        return simd::select(x > V(0), V(0), dy);
    }

    SIMDACT_INLINE void write(std::size_t channel, const total& t) const noexcept {
        const T sum = t.template value<T>();
        dslopes[channel] = add ? dslopes[channel] + sum : sum;
    }
};

/// The sums of a panel of channels, each of which is a run of elements: one product_sum, emptied where a channel ends.
template <value V, class Gradient>
class run_sums {
public:
    static constexpr std::size_t panel = 256;

    SIMDACT_INLINE explicit run_sums(Gradient gradient) noexcept : gradient_(gradient) {}

    template <std::size_t J>
    SIMDACT_INLINE void add(V x, V dy) noexcept {
        sum_.template add<J>(gradient_.f.slope_derivative(x), gradient_.factor(x, dy));
    }

    /// Only the lanes where the mask is `Kept`.
    template <std::size_t J, bool Kept>
    SIMDACT_INLINE void add(simd::mask_t<V> mask, V x, V dy) noexcept {
        const V a = gradient_.f.slope_derivative(x), b = gradient_.factor(x, dy);
        if constexpr (Kept)
            sum_.template add<J>(simd::select(mask, a, V(0)), simd::select(mask, b, V(0)));
        else
            sum_.template add<J>(simd::select(mask, V(0), a), simd::select(mask, V(0), b));
    }

    SIMDACT_INLINE void close(std::size_t channel) noexcept { totals_[channel].add(sum_.take()); }

    SIMDACT_INLINE void write(std::size_t first, std::size_t channels) noexcept {
        for (std::size_t c = 0; c < channels; ++c) {
            gradient_.write(first + c, totals_[c]);
            totals_[c] = total();
        }
    }

private:
    Gradient gradient_;
    product_sum<V> sum_;
    total totals_[panel];
};

template <value V>
class run_sums<V, no_gradient> {
public:
    static constexpr std::size_t panel = 256;

    SIMDACT_INLINE explicit run_sums(no_gradient) noexcept {}
    template <std::size_t, class... In>
    SIMDACT_INLINE void add(In...) noexcept {}
    template <std::size_t, bool, class... In>
    SIMDACT_INLINE void add(In...) noexcept {}
    SIMDACT_INLINE void close(std::size_t) noexcept {}
    SIMDACT_INLINE void write(std::size_t, std::size_t) noexcept {}
};

/// The sums of a panel of elements whose slopes repeat: one for each position in the panel.
template <value V, class Gradient>
class position_sums {

public:
    SIMDACT_INLINE position_sums(Gradient gradient, std::size_t positions) noexcept : gradient_(gradient) {
        for (std::size_t i = 0; i < positions + group_size; ++i)
            sums_.clear(i);
    }

    SIMDACT_INLINE void add(std::size_t position, V x, V dy) noexcept {
        sums_.add(position, gradient_.f.slope_derivative(x), gradient_.factor(x, dy));
    }

    /// Positions are `rows` times `channels` times `inner`.
    SIMDACT_INLINE void write(std::size_t first, std::size_t rows, std::size_t channels, std::size_t inner) noexcept {
        const std::size_t row = channels * inner;
        for (std::size_t r = 1; r < rows; ++r)
            sums_.fold(r * row, row);
        for (std::size_t c = 0; c < channels; ++c) {
            total t;
            for (std::size_t i = 0; rows > 0 && i < inner; ++i)
                t.add(sums_.at(c * inner + i));
            gradient_.write(first + c, t);
        }
    }

private:
    Gradient gradient_;
    product_sums<V, position_panel + group_size> sums_;
};

template <value V>
class position_sums<V, no_gradient> {
public:
    SIMDACT_INLINE position_sums(no_gradient, std::size_t) noexcept {}
    template <class... In>
    SIMDACT_INLINE void add(std::size_t, In...) noexcept {}
    SIMDACT_INLINE void write(std::size_t, std::size_t, std::size_t, std::size_t) noexcept {}
};

/// body(out, in...) for n elements, fewer than a group, moved to where a whole group can be read and written. The inputs
/// end in zeros.
template <class Body, class T, class... In>
SIMDACT_INLINE void with_padding(std::size_t n, Body body, T* out, const In*... in) noexcept {
    struct padded {
        T data[group_size] = {};
        SIMDACT_INLINE padded(std::size_t count, const T* p) noexcept {
            for (std::size_t i = 0; i < count; ++i)
                data[i] = p[i];
        }
    };
    T result[group_size];
    [&](const auto&... copy) SIMDACT_INLINE_LAMBDA { body(result, copy.data...); }(padded(n, in)...);
    for (std::size_t i = 0; i < n; ++i)
        out[i] = result[i];
}

/// Channels of a group or more: out = op(slope, in...). A group that spans the end of a channel takes two slopes.
template <value V, class Gradient, class Op, class T, class... In>
SIMDACT_INLINE void apply_runs(const channel_shape& shape, const T* slopes, Op op, Gradient gradient, T* out,
                               const In*... in) noexcept {
    constexpr std::size_t width = simd::lanes<V>, batches = group_size / width;
    using sums_type = run_sums<V, Gradient>;
    sums_type sums(gradient);

    const auto whole = [&](V slope, T* o, const auto*... p) SIMDACT_INLINE_LAMBDA {
        unrolled<batches>([&](auto j) SIMDACT_INLINE_LAMBDA {
            [&](const auto... v) SIMDACT_INLINE_LAMBDA {
                sums.template add<j>(v...);
                simd::store(o + j * width, op(slope, v...));
            }(simd::load<V>(p + j * width)...);
        });
    };
    // The first `rest` elements belong to `channel`, the others to the next one.
    const auto spanning = [&](std::size_t channel, std::size_t rest, V slope, V next, T* o,
                              const auto*... p) SIMDACT_INLINE_LAMBDA {
        const auto mask = [&](auto j) SIMDACT_INLINE_LAMBDA {
            return simd::first_lanes<V>(rest < j * width ? 0 : rest - j * width);
        };
        unrolled<batches>([&](auto j) SIMDACT_INLINE_LAMBDA {
            sums.template add<j, true>(mask(j), simd::load<V>(p + j * width)...);
        });
        sums.close(channel);
        unrolled<batches>([&](auto j) SIMDACT_INLINE_LAMBDA {
            [&](const auto... v) SIMDACT_INLINE_LAMBDA {
                sums.template add<j, false>(mask(j), v...);
                simd::store(o + j * width, op(simd::select(mask(j), slope, next), v...));
            }(simd::load<V>(p + j * width)...);
        });
    };

    for (std::size_t first = 0; first < shape.channels; first += sums_type::panel) {
        const std::size_t left = shape.channels - first, channels = left < sums_type::panel ? left : sums_type::panel;
        for (std::size_t row = 0; row < shape.outer; ++row) {
            const std::size_t offset = (row * shape.channels + first) * shape.inner;
            std::size_t i = 0;
            for (std::size_t c = 0; c < channels; ++c) {
                const V slope(slopes[first + c]);
                const std::size_t end = (c + 1) * shape.inner;
                for (; i + group_size <= end; i += group_size)
                    whole(slope, out + offset + i, in + offset + i...);
                if (i < end && c + 1 < channels) {
                    spanning(c, end - i, slope, V(slopes[first + c + 1]), out + offset + i, in + offset + i...);
                    i += group_size;
                    continue;
                }
                if (i < end) // the end of the panel's last channel
                    with_padding(
                        end - i, [&](T* o, const auto*... p) SIMDACT_INLINE_LAMBDA { whole(slope, o, p...); },
                        out + offset + i, in + offset + i...);
                sums.close(c);
            }
        }
        sums.write(first, channels);
    }
}

/// Channels shorter than a group: the slopes of a panel are laid out one for each element, several rows of them where a
/// row is short, and the panel moves over the rows.
template <value V, class Gradient, class Op, class T, class... In>
SIMDACT_INLINE void apply_positions(const channel_shape& shape, const T* slopes, Op op, Gradient gradient, T* out,
                                    const In*... in) noexcept {
    constexpr std::size_t width = simd::lanes<V>;
    const std::size_t most = position_panel / shape.inner;
    for (std::size_t first = 0; first < shape.channels; first += most) {
        const std::size_t left = shape.channels - first, channels = left < most ? left : most;
        const std::size_t row = channels * shape.inner;
        std::size_t rows = channels == shape.channels ? position_panel / row : 1; // only whole rows adjoin
        if (rows > group_size)
            rows -= rows % group_size; // a whole number of batches
        if (rows > shape.outer)
            rows = shape.outer;

        T laid_out[position_panel + group_size];
        T* end = laid_out;
        for (std::size_t r = 0; r < rows; ++r)
            for (std::size_t c = 0; c < channels; ++c)
                for (std::size_t i = 0; i < shape.inner; ++i)
                    *end++ = slopes[first + c];
        for (std::size_t i = 0; i < group_size; ++i)
            *end++ = 0;
        position_sums<V, Gradient> sums(gradient, rows * row);
        const auto batch = [&](std::size_t position, T* o, const auto*... p) SIMDACT_INLINE_LAMBDA {
            [&](const auto... v) SIMDACT_INLINE_LAMBDA {
                sums.add(position, v...);
                simd::store(o, op(simd::load<V>(laid_out + position), v...));
            }(simd::load<V>(p)...);
        };

        for (std::size_t r = 0; r < shape.outer; r += rows) {
            const std::size_t offset = (r * shape.channels + first) * shape.inner;
            const std::size_t count = (shape.outer - r < rows ? shape.outer - r : rows) * row;
            std::size_t i = 0;
            for (; i + width <= count; i += width)
                batch(i, out + offset + i, in + offset + i...);
            if (i < count)
                with_padding(
                    count - i, [&](T* o, const auto*... p) SIMDACT_INLINE_LAMBDA { batch(i, o, p...); },
                    out + offset + i, in + offset + i...);
        }
        sums.write(first, rows, channels, shape.inner);
    }
}

/// out = op(slope of the channel, in...) for a whole tensor, and what `gradient` wants. out may be any of in.
template <value V, class Gradient, class Op, class T, class... In>
SIMDACT_INLINE void apply_channelwise(channel_shape shape, const T* slopes, Op op, Gradient gradient, T* out,
                                      const In*... in) noexcept {
    if (shape.size() == 0)
        shape = {0, shape.channels, 1};
    else if (shape.channels == 1)
        shape = {1, 1, shape.size()};
    if (shape.inner >= group_size)
        apply_runs<V>(shape, slopes, op, gradient, out, in...);
    else
        apply_positions<V>(shape, slopes, op, gradient, out, in...);
}

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact
