#ifndef SIMDACT_KERNELS_ROW_LOOP_HPP
#define SIMDACT_KERNELS_ROW_LOOP_HPP

/// The loops over one row whose elements adjoin: pointers and counts only. Sums go to lanes of a fixed number, as in
/// product_sum.hpp, so that they are the same on every instruction set.

#include <simdact/kernels/accumulate.hpp>
#include <simdact/kernels/row_state.hpp>

#include <bit>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

/// The largest of n > 0 elements, whatever NaNs there are.
template <value V, class T>
SIMDACT_INLINE T largest_of(std::size_t n, const T* x) noexcept {
    constexpr std::size_t width = simd::lanes<V>, at_once = 4;
    T largest = minus_infinity<T>;
    if (n < width) {
        for (std::size_t i = 0; i < n; ++i)
            largest = detail::larger(x[i], largest);
        return largest;
    }
    V part[at_once] = {V(largest), V(largest), V(largest), V(largest)};
    std::size_t i = 0;
    for (; n - i >= at_once * width; i += at_once * width)
        detail::unrolled<at_once>(
            [&](auto j) SIMDACT_INLINE_LAMBDA { part[j] = detail::larger(simd::load<V>(x + i + j * width), part[j]); });
    for (; n - i >= width; i += width)
        part[0] = detail::larger(simd::load<V>(x + i), part[0]);
    if (i < n) // overlaps the one before
        part[1] = detail::larger(simd::load<V>(x + (n - width)), part[1]);
    T lanes[width];
    simd::store(lanes, detail::larger(detail::larger(part[0], part[1]), detail::larger(part[2], part[3])));
    for (std::size_t half = width / 2; half > 0; half /= 2)
        for (std::size_t k = 0; k < half; ++k)
            lanes[k] = detail::larger(lanes[k], lanes[k + half]);
    return lanes[0];
}

/// The first of n elements that is not below `wanted`, or n.
template <value V, class T>
SIMDACT_INLINE std::size_t place_of(std::size_t n, const T* x, T wanted) noexcept {
    constexpr std::size_t width = simd::lanes<V>;
    std::size_t i = 0;
    for (; n - i >= width; i += width)
        if (const std::uint32_t bits = simd::mask_to_bits<V>(simd::load<V>(x + i) >= V(wanted)); bits != 0)
            return i + static_cast<std::size_t>(std::countr_zero(bits));
    while (i < n && !(x[i] >= wanted))
        ++i;
    return i;
}

/// term(in...) of n elements, a group at most; zeros after them.
template <value V, class T, class Term, class... In>
SIMDACT_INLINE void some_terms(std::size_t n, T* out, const Term& term, const In*... in) noexcept {
    constexpr std::size_t width = simd::lanes<V>;
    detail::unrolled<group_size<T> / width>([&](auto j) SIMDACT_INLINE_LAMBDA {
        constexpr std::size_t at = j * width;
        V terms(T(0));
        if (n >= at + width)
            terms = term(simd::load<V>(in + at)...);
        else if (n > at)
            terms = simd::first_lanes(term(simd::load_some<V>(in + at, n - at)...), n - at);
        simd::store(out + at, terms);
    });
}

/// The sum of term(in[i]...) over all n elements. The terms go to out as well.
template <value V, class T, class Term, class... In>
SIMDACT_INLINE total<T> sum_of_row(std::size_t n, T* out, const Term& term, const In*... in) noexcept {
    constexpr std::size_t width = simd::lanes<V>, group = group_size<T>;
    product_sum<V> sum;
    std::size_t i = 0;
    for (; n - i >= group; i += group) {
        detail::unrolled<group / width>([&](auto j) SIMDACT_INLINE_LAMBDA {
            simd::store(out + i + j * width, term(simd::load<V>(in + i + j * width)...));
        });
        sum.add(out + i);
    }
    if (i < n) {
        T rest[group];
        detail::some_terms<V>(n - i, rest, term, (in + i)...);
        sum.add(rest);
        for (std::size_t k = 0; k < n - i; ++k)
            out[i + k] = rest[k];
    }
    return sum.all_exactly();
}

/// The same but for the element at `without`, and the terms go nowhere.
template <value V, class T, class Term>
SIMDACT_INLINE double sum_without(std::size_t n, std::size_t without, const Term& term, const T* in) noexcept {
    constexpr std::size_t width = simd::lanes<V>, group = group_size<T>;
    product_sum<V> sum;
    T terms[group];
    std::size_t i = 0;
    const auto add = [&] {
        if (without >= i && without - i < group) [[SIMDACT_DETAIL_UNLIKELY]]
            terms[without - i] = T(0);
        sum.add(terms);
    };
    for (; n - i >= group; i += group) {
        detail::unrolled<group / width>([&](auto j) SIMDACT_INLINE_LAMBDA {
            simd::store(terms + j * width, term(simd::load<V>(in + i + j * width)));
        });
        add();
    }
    if (i < n) {
        detail::some_terms<V>(n - i, terms, term, in + i);
        add();
    }
    return sum.all_exactly().exact();
}

/// The same over all elements, where it may be off by 2^-21 of the sum of their sizes (double: 2^-47): four groups are
/// added before they go to the sum.
template <value V, class T, class Term, class... In>
SIMDACT_INLINE T rough_sum(std::size_t n, const Term& term, const In*... in) noexcept {
    constexpr std::size_t width = simd::lanes<V>, group = group_size<T>;
    product_sum<V> sum;
    T terms[group];
    std::size_t i = 0;
    for (; n - i >= 4 * group; i += 4 * group) {
        detail::unrolled<group / width>([&](auto j) SIMDACT_INLINE_LAMBDA {
            const auto at = [&](std::size_t k) SIMDACT_INLINE_LAMBDA {
                return term(simd::load<V>(in + i + k * group + j * width)...);
            };
            simd::store(terms + j * width, detail::sum_of_four(at(0), at(1), at(2), at(3)));
        });
        sum.add(terms);
    }
    if (i < n) {
        detail::unrolled<group / width>([&](auto j) SIMDACT_INLINE_LAMBDA {
            const auto at = [&](std::size_t k) SIMDACT_INLINE_LAMBDA {
                const std::size_t first = i + k * group + j * width;
                if (first + width <= n)
                    return term(simd::load<V>(in + first)...);
                if (first < n)
                    return simd::first_lanes(term(simd::load_some<V>(in + first, n - first)...), n - first);
                return V(0);
            };
            simd::store(terms + j * width, detail::sum_of_four(at(0), at(1), at(2), at(3)));
        });
        sum.add(terms);
    }
    return sum.all_exactly().value();
}

/// So many rows are taken at a time, if they are short: what is computed of each once is then computed of all at once.
inline constexpr std::size_t rows_at_once = 16;

SIMDACT_INLINE std::size_t short_rows(std::size_t n) noexcept {
    constexpr std::size_t elements = 4096;
    return n <= elements / rows_at_once ? rows_at_once : n < elements ? elements / n : 1;
}

/// y = softmax of `count` rows x of n elements each, and l = the logarithms of their sums unless that is null. y may be
/// x.
template <value V, class T>
SIMDACT_INLINE void softmax_of_rows(const row_task<T>& task, std::size_t n, std::size_t count, const T* x, T* y,
                                    T* l) noexcept {
    row_state<V, rows_at_once> state(count);
    for (std::size_t i = 0; i < count; ++i)
        state.largest[i] = detail::largest_of<V>(n, x + i * n);
    state.begin(task.exponential, n, 1, x, n);
    total<T> sums[rows_at_once];
    for (std::size_t i = 0; i < count; ++i) {
        const shift<V> by = state.of_row(i);
        sums[i] = detail::sum_of_row<V>(
            n, y + i * n, [&](V v) SIMDACT_INLINE_LAMBDA { return task.exponential(v, by); }, x + i * n);
    }
    if (l) {
        double rest[rows_at_once];
        for (std::size_t i = 0; i < count; ++i) {
            const T most = detail::first_lane(task.exponential(V(state.largest[i]), state.of_row(i)));
            const T* const e = y + i * n;
            rest[i] = detail::sum_without<V>(
                n, detail::place_of<V>(n, e, most), [](V v) SIMDACT_INLINE_LAMBDA { return v; }, e);
        }
        T above[rows_at_once], above_low[rows_at_once], all[rows_at_once];
        state.logs(task.exponential.scale(), rest, above, above_low, all);
        for (std::size_t i = 0; i < count; ++i)
            l[i] = all[i];
    }
    for (std::size_t i = 0; i < count; ++i)
        detail::apply_cached<V, true>(n, detail::quotient_by(sums[i]), y + i * n, static_cast<const T*>(y + i * n));
    if (task.empty_rows_are_zero && state.any_empty()) [[SIMDACT_DETAIL_UNLIKELY]] {
        for (std::size_t i = 0; i < count; ++i)
            for (std::size_t k = 0; state.is_empty(i) && k < n; ++k)
                y[i * n + k] = T(0);
    }
}

/// y = log_softmax of such rows unless that is null, and l = the logarithms of their sums unless that is. y may be x.
template <value V, class T>
SIMDACT_INLINE void log_softmax_of_rows(const row_task<T>& task, std::size_t n, std::size_t count, const T* x, T* y,
                                        T* l) noexcept {
    const shifted_exponential<T>& exponential = task.exponential;
    row_state<V, rows_at_once> state(count);
    for (std::size_t i = 0; i < count; ++i)
        state.largest[i] = detail::largest_of<V>(n, x + i * n);
    state.begin(exponential, n, 1, x, n);
    double rest[rows_at_once];
    for (std::size_t i = 0; i < count; ++i) {
        const shift<V> by = state.of_row(i);
        rest[i] = detail::sum_without<V>(
            n, detail::place_of<V>(n, x + i * n, state.largest[i]),
            [&](V v) SIMDACT_INLINE_LAMBDA { return exponential(v, by); }, x + i * n);
    }
    T above[rows_at_once], above_low[rows_at_once], all[rows_at_once];
    state.logs(exponential.scale(), rest, above, above_low, all);
    for (std::size_t i = 0; i < count; ++i) {
        if (l)
            l[i] = all[i];
        if (!y)
            continue;
        if (task.empty_rows_are_zero && state.is_empty(i)) [[SIMDACT_DETAIL_UNLIKELY]] {
            for (std::size_t k = 0; k < n; ++k)
                y[i * n + k] = minus_infinity<T>;
        } else {
            detail::apply_cached<V, true>(n,
                                          log_quotient<T>{-state.largest[i] * exponential.shrink(), above[i],
                                                          above_low[i], exponential.shrink(), exponential.times()},
                                          y + i * n, x + i * n);
        }
    }
}

/// dx of such rows, or dx + that if Add. dx may be y or dy.
template <value V, bool Add, class Gradient, class T>
SIMDACT_INLINE void gradient_of_rows(const Gradient& gradient, std::size_t n, std::size_t count, const T* y,
                                     const T* dy, T* dx) noexcept {
    T sums[rows_at_once] = {};
    gradient.sums(sums, [&](T* of_rows, auto term) SIMDACT_INLINE_LAMBDA {
        for (std::size_t i = 0; i < count; ++i)
            of_rows[i] = detail::rough_sum<V, T>(n, term, y + i * n, dy + i * n);
    });
    for (std::size_t i = 0; i < count; ++i) {
        const row_gradient<Gradient, T> op{gradient, sums[i]};
        if constexpr (Add)
            detail::apply_cached<V, true>(n, added<row_gradient<Gradient, T>>(op), dx + i * n, y + i * n, dy + i * n,
                                          static_cast<const T*>(dx + i * n));
        else
            detail::apply_cached<V, true>(n, op, dx + i * n, y + i * n, dy + i * n);
    }
}

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
