#ifndef SIMDACT_KERNELS_ROW_POSITIONS_HPP
#define SIMDACT_KERNELS_ROW_POSITIONS_HPP

/// The loops over rows whose elements lie `inner` apart: several of them side by side, as many as there are lanes. Each
/// has its sum in the lanes of row_loop.hpp, one after the other, so that its bits are those of a row that adjoins.

#include <simdact/kernels/row_loop.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

/// Up to `size` rows of `channels` elements, side by side.
template <value V>
struct row_block {
    using T = simd::element_t<V>;
    static constexpr std::size_t width = simd::lanes<V>, most_batches = 8, size = most_batches * width,
                                 group = group_size<T>;

    std::size_t channels, inner, count, batches;

    SIMDACT_INLINE row_block(const channel_shape& shape, std::size_t rows) noexcept
        : channels(shape.channels), inner(shape.inner), count(rows), batches((rows + width - 1) / width) {}

    /// The lanes of the sums of all rows.
    struct lanes_of_block {
        product_sums<T, group* size> lanes = {};

        SIMDACT_INLINE void add(std::size_t lane, std::size_t batch, V terms) noexcept {
            lanes.add(lane * size + batch * width, terms);
        }
        SIMDACT_INLINE total<T> total_of(std::size_t row) const noexcept {
            total<T> of_row[group];
            for (std::size_t k = 0; k < group; ++k)
                of_row[k] = lanes.at(k * size + row);
            return detail::added_up(of_row);
        }
    };

    SIMDACT_INLINE V load(const T* p, std::size_t batch) const noexcept {
        const std::size_t at = batch * width;
        return at + width <= count ? simd::load<V>(p + at) : simd::load_some<V>(p + at, count - at);
    }
    SIMDACT_INLINE void store(T* p, std::size_t batch, V v) const noexcept {
        const std::size_t at = batch * width;
        if (at + width <= count)
            simd::store(p + at, v);
        else
            simd::store_some<V>(p + at, count - at, v);
    }

    /// body(batch, offset) for every batch of every channel.
    template <class Body>
    SIMDACT_INLINE void for_each(Body body) const noexcept {
        for (std::size_t c = 0; c < channels; ++c)
            for (std::size_t j = 0; j < batches; ++j)
                body(j, c * inner);
    }

    /// The largest of each row.
    SIMDACT_INLINE void largest_of(const T* x, T (&largest)[size]) const noexcept {
        V v[most_batches];
        for (V& of_batch : v)
            of_batch = V(minus_infinity<T>);
        for_each([&](std::size_t j, std::size_t at)
                     SIMDACT_INLINE_LAMBDA { v[j] = detail::larger(load(x + at, j), v[j]); });
        for (std::size_t j = 0; j < batches; ++j)
            simd::store(largest + j * width, v[j]);
    }

    /// The sums of term(batch, offset).
    template <class Term>
    SIMDACT_INLINE void sum(total<T> (&sums)[size], Term term) const noexcept {
        lanes_of_block lanes;
        std::size_t lane = 0;
        for (std::size_t c = 0; c < channels; ++c) {
            for (std::size_t j = 0; j < batches; ++j)
                lanes.add(lane, j, term(j, c * inner));
            lane = lane + 1 == group ? 0 : lane + 1;
        }
        for (std::size_t i = 0; i < count; ++i)
            sums[i] = lanes.total_of(i);
    }

    /// The same as by rough_sum().
    template <class Term>
    SIMDACT_INLINE void rough_sum(T* sums, Term term) const noexcept {
        lanes_of_block lanes;
        for (std::size_t c = 0; c < channels; c += 4 * group)
            for (std::size_t k = 0; k < group && c + k < channels; ++k)
                for (std::size_t j = 0; j < batches; ++j) {
                    const auto at = [&](std::size_t channel) SIMDACT_INLINE_LAMBDA {
                        return channel < channels ? term(j, channel * inner) : V(0);
                    };
                    const std::size_t first = c + k;
                    lanes.add(k, j,
                              detail::sum_of_four(at(first), at(first + group), at(first + 2 * group),
                                                  at(first + 3 * group)));
                }
        for (std::size_t i = 0; i < count; ++i)
            sums[i] = lanes.total_of(i).value();
    }

    /// The same without the first element of each row that is not below `largest`.
    template <class Term>
    SIMDACT_INLINE void sum_without(const T* x, const V (&largest)[most_batches], double (&rest)[size],
                                    Term term) const noexcept {
        total<T> sums[size];
        V left[most_batches]; // 1 until it is found
        for (V& v : left)
            v = V(1);
        sum(sums, [&](std::size_t j, std::size_t at) SIMDACT_INLINE_LAMBDA {
            const V v = load(x + at, j), found = simd::keep(v >= largest[j], left[j]);
            left[j] = left[j] - found;
            return simd::drop(found > V(0), term(v, j));
        });
        for (std::size_t i = 0; i < count; ++i)
            rest[i] = sums[i].exact();
    }

    /// Fills the rows that are empty.
    template <class State>
    SIMDACT_INLINE void fill(const State& state, T* y, T with) const noexcept {
        if (!state.any_empty()) [[SIMDACT_DETAIL_LIKELY]]
            return;
        for (std::size_t i = 0; i < count; ++i)
            for (std::size_t c = 0; state.is_empty(i) && c < channels; ++c)
                y[c * inner + i] = with;
    }
};

template <value V, class T>
SIMDACT_INLINE void softmax_of_block(const row_task<T>& task, const row_block<V>& block, const T* x, T* y,
                                     T* l) noexcept {
    constexpr std::size_t width = simd::lanes<V>, size = row_block<V>::size;
    row_state<V, size> state(block.count);
    block.largest_of(x, state.largest);
    state.begin(task.exponential, block.channels, block.inner, x, 1);
    total<T> sums[size];
    block.sum(sums, [&](std::size_t j, std::size_t at) SIMDACT_INLINE_LAMBDA {
        const V e = task.exponential(block.load(x + at, j), state.of_rows(j * width));
        block.store(y + at, j, e);
        return e;
    });
    if (l) {
        V most[row_block<V>::most_batches];
        for (std::size_t j = 0; j < block.batches; ++j)
            most[j] = task.exponential(simd::load<V>(state.largest + j * width), state.of_rows(j * width));
        double rest[size];
        block.sum_without(y, most, rest, [](V e, std::size_t) SIMDACT_INLINE_LAMBDA { return e; });
        T above[size], above_low[size], all[size];
        state.logs(task.exponential.scale(), rest, above, above_low, all);
        for (std::size_t i = 0; i < block.count; ++i)
            l[i] = all[i];
    }
    T high[size] = {}, low[size] = {};
    for (std::size_t i = 0; i < block.count; ++i) {
        const quotient<T> q = detail::quotient_by(sums[i]);
        high[i] = q.high;
        low[i] = q.low;
    }
    block.for_each([&](std::size_t j, std::size_t at) SIMDACT_INLINE_LAMBDA {
        const quotient<V> q{simd::load<V>(high + j * width), simd::load<V>(low + j * width)};
        block.store(y + at, j, q(block.load(y + at, j)));
    });
    if (task.empty_rows_are_zero)
        block.fill(state, y, T(0));
}

template <value V, class T>
SIMDACT_INLINE void log_softmax_of_block(const row_task<T>& task, const row_block<V>& block, const T* x, T* y,
                                         T* l) noexcept {
    constexpr std::size_t width = simd::lanes<V>, size = row_block<V>::size;
    const shifted_exponential<T>& exponential = task.exponential;
    row_state<V, size> state(block.count);
    block.largest_of(x, state.largest);
    state.begin(exponential, block.channels, block.inner, x, 1);
    V largest[row_block<V>::most_batches];
    for (std::size_t j = 0; j < block.batches; ++j)
        largest[j] = simd::load<V>(state.largest + j * width);
    double rest[size];
    block.sum_without(x, largest, rest, [&](V v, std::size_t j) SIMDACT_INLINE_LAMBDA {
        return exponential(v, state.of_rows(j * width));
    });
    T above[size], above_low[size], all[size];
    state.logs(exponential.scale(), rest, above, above_low, all);
    for (std::size_t i = 0; l && i < block.count; ++i)
        l[i] = all[i];
    if (!y)
        return;
    block.for_each([&](std::size_t j, std::size_t at) SIMDACT_INLINE_LAMBDA {
        const log_quotient<V> q{simd::negated(largest[j]) * V(exponential.shrink()), simd::load<V>(above + j * width),
                                simd::load<V>(above_low + j * width), exponential.shrink(), exponential.times()};
        block.store(y + at, j, q(block.load(x + at, j)));
    });
    if (task.empty_rows_are_zero)
        block.fill(state, y, minus_infinity<T>);
}

/// dx of the rows of a block, or dx + that if Add. dx may be y or dy.
template <bool Add, value V, class Gradient, class T>
SIMDACT_INLINE void gradient_of_block(const Gradient& gradient, const row_block<V>& block, const T* y, const T* dy,
                                      T* dx) noexcept {
    constexpr std::size_t width = simd::lanes<V>, size = row_block<V>::size;
    T sums[size] = {};
    gradient.sums(sums, [&](T* of_rows, auto term) SIMDACT_INLINE_LAMBDA {
        block.rough_sum(of_rows, [&](std::size_t j, std::size_t at) SIMDACT_INLINE_LAMBDA {
            return term(block.load(y + at, j), block.load(dy + at, j));
        });
    });
    block.for_each([&](std::size_t j, std::size_t at) SIMDACT_INLINE_LAMBDA {
        const V sum = simd::load<V>(sums + j * width);
        const V part = gradient.dx(block.load(y + at, j), block.load(dy + at, j), sum);
        block.store(dx + at, j, Add ? block.load(dx + at, j) + simd::settled(part) : part);
    });
}

/// rows(count, offset, number of the first) for the rows of a shape whose elements adjoin; block(block, offset, number
/// of the first) else.
template <value V, class Rows, class Block>
SIMDACT_INLINE void for_each_row(const channel_shape& shape, Rows rows, Block block) noexcept {
    const std::size_t channels = shape.channels, inner = shape.inner;
    if (inner == 1) {
        const std::size_t most = detail::short_rows(channels);
        for (std::size_t o = 0; o < shape.outer; o += most)
            rows(shape.outer - o < most ? shape.outer - o : most, o * channels, o);
        return;
    }
    for (std::size_t o = 0; o < shape.outer; ++o)
        for (std::size_t i = 0; i < inner; i += row_block<V>::size) {
            const std::size_t left = inner - i, count = left < row_block<V>::size ? left : row_block<V>::size;
            block(row_block<V>(shape, count), o * channels * inner + i, o * inner + i);
        }
}

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
