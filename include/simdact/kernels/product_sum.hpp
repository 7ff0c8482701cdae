#ifndef SIMDACT_KERNELS_PRODUCT_SUM_HPP
#define SIMDACT_KERNELS_PRODUCT_SUM_HPP

/// Sums of products whose bits do not depend on the width of the registers, for the gradient of a slope.
///
/// Terms go to a fixed number of lanes, whatever the width of a batch, and the lanes are added in a fixed tree. A term
/// is the sum of four products, each operation rounded. Those of floats are summed in double; those of doubles with the
/// error of every addition kept beside (Knuth's TwoSum). Either way the error is a few roundings of sum |a * b|,
/// however many terms there are and in whichever order.

#include <simdact/kernels/loop.hpp>
#include <simdact/math/exponential_in_two_parts.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

/// The lanes of a sum: 64 bytes of T.
template <class T>
inline constexpr std::size_t group_size = 64 / sizeof(T);

/// V, or its scalar where a batch is wider than a group.
template <value V>
using group_batch = std::conditional_t<(simd::lanes<V> <= group_size<simd::element_t<V>>), V, simd::element_t<V>>;

/// Each operation is rounded: no compiler contracts or reassociates them.
template <value V>
SIMDACT_INLINE V sum_of_four(V a, V b, V c, V d) noexcept {
    return simd::opaque(simd::opaque(a + b) + simd::opaque(c + d));
}

/// The sums of four batches in memory, `distance` apart.
template <value V>
SIMDACT_INLINE V sum_of_four_at(const simd::element_t<V>* p, std::size_t distance) noexcept {
    return detail::sum_of_four(simd::load<V>(p), simd::load<V>(p + distance), simd::load<V>(p + 2 * distance),
                               simd::load<V>(p + 3 * distance));
}

/// sum += x, and error += what the addition rounded away.
template <value V>
SIMDACT_INLINE void two_sum(V& sum, V& error, V x) noexcept {
    const two_parts<V> next = detail::sum_in_two_parts(sum, x);
    error = error + simd::opaque(next.low);
    sum = next.high;
}

/// The sum so far, with the error of its additions where products are of doubles.
template <class T>
struct total {
    double sum = 0;

    SIMDACT_INLINE void add(const total& other) noexcept { sum += other.sum; }
    SIMDACT_INLINE double exact() const noexcept { return sum; }
    SIMDACT_INLINE T value() const noexcept { return simd::rounded<T>(sum); }
};

template <>
struct total<double> {
    double sum = 0, error = 0;

    SIMDACT_INLINE void add(const total& other) noexcept {
        detail::two_sum(sum, error, other.sum);
        error += other.error;
    }

    /// An infinite sum leaves NaN in `error`, which then says nothing.
    SIMDACT_INLINE double exact() const noexcept { return simd::is_number(error) ? sum + error : sum; }
    SIMDACT_INLINE double value() const noexcept { return exact(); }
};

/// The sum of the lanes of a group, which it overwrites.
template <class T>
SIMDACT_INLINE total<T> added_up(total<T> (&lanes)[group_size<T>]) noexcept {
    for (std::size_t half = group_size<T> / 2; half > 0; half /= 2)
        for (std::size_t i = 0; i < half; ++i)
            lanes[i].add(lanes[i + half]);
    return lanes[0];
}

/// Size sums of products side by side in memory.
template <class T, std::size_t Size>
struct product_sums {
    static constexpr bool compensated = std::same_as<T, double>; // sums of floats are in double, and need not be

    double sum[Size];
    double error[compensated ? Size : 1];

    SIMDACT_INLINE void reset(std::size_t count) noexcept {
        for (std::size_t i = 0; i < count; ++i)
            sum[i] = 0;
        if constexpr (compensated)
            for (std::size_t i = 0; i < count; ++i)
                error[i] = 0;
    }

    SIMDACT_INLINE total<T> at(std::size_t i) const noexcept {
        if constexpr (!compensated)
            return {sum[i]};
        else
            return {sum[i], error[i]};
    }

    /// Adds one each to the sums from i on.
    template <value V>
    SIMDACT_INLINE void add(std::size_t i, const V& terms) noexcept {
        using D = typename simd::widened<V>::type;
        T in_memory[simd::lanes<V>]; // where it costs less to convert
        simd::store(in_memory, terms);
        detail::unrolled<simd::lanes<V> / simd::lanes<D>>([&](auto j) SIMDACT_INLINE_LAMBDA {
            constexpr std::size_t at = j * simd::lanes<D>;
            const D x = simd::load_wide<D>(in_memory + at);
            D s = simd::load<D>(sum + i + at);
            if constexpr (!compensated) {
                s = s + x;
            } else {
                D e = simd::load<D>(error + i + at);
                detail::two_sum(s, e, x);
                simd::store(error + i + at, e);
            }
            simd::store(sum + i + at, s);
        });
    }

    SIMDACT_INLINE void add(std::size_t i, const total<T>& t) noexcept {
        total<T> here = at(i);
        here.add(t);
        sum[i] = here.sum;
        if constexpr (compensated)
            error[i] = here.error;
    }
};

/// Sums of products in group_size lanes, kept in registers.
template <value V>
class product_sum {
    using T = simd::element_t<V>;
    using D = typename simd::widened<V>::type;
    static constexpr bool compensated = std::same_as<T, double>;

public:
    SIMDACT_INLINE product_sum() noexcept {
        detail::unrolled<batches>([&](auto j) SIMDACT_INLINE_LAMBDA { sum_[j] = D(0.0); });
        detail::unrolled<errors>([&](auto j) SIMDACT_INLINE_LAMBDA { error_[j] = D(0.0); });
    }

    /// Adds a term to each lane.
    SIMDACT_INLINE void add(const T* terms) noexcept {
        detail::unrolled<batches>([&](auto j) SIMDACT_INLINE_LAMBDA {
            const D x = simd::load_wide<D>(terms + j * simd::lanes<D>);
            if constexpr (!compensated)
                sum_[j] = sum_[j] + x;
            else
                detail::two_sum(sum_[j], error_[j], x);
        });
    }

    /// The sum of all lanes.
    SIMDACT_INLINE total<T> all() const noexcept {
        if constexpr (!compensated)
            return {folded(sum_)};
        else
            return {folded(sum_), folded(error_)};
    }

    /// The same, and nothing is lost where the lanes are added.
    SIMDACT_INLINE total<T> all_exactly() const noexcept {
        if constexpr (!compensated) {
            return all();
        } else {
            total<T> lanes[group_size<T>];
            detail::unrolled<batches>([&](auto j) SIMDACT_INLINE_LAMBDA {
                double sum[simd::lanes<D>], error[simd::lanes<D>];
                simd::store(sum, sum_[j]);
                simd::store(error, error_[j]);
                for (std::size_t i = 0; i < simd::lanes<D>; ++i)
                    lanes[j * simd::lanes<D> + i] = {sum[i], error[i]};
            });
            return detail::added_up(lanes);
        }
    }

private:
    static constexpr std::size_t batches = group_size<T> / simd::lanes<D>, errors = compensated ? batches : 0;

    SIMDACT_INLINE static double folded(const D (&lanes)[batches]) noexcept {
        D part[batches];
        detail::unrolled<batches>([&](auto j) SIMDACT_INLINE_LAMBDA { part[j] = lanes[j]; });
        halve<batches / 2>([&](auto half) SIMDACT_INLINE_LAMBDA {
            detail::unrolled<half>([&](auto j) SIMDACT_INLINE_LAMBDA { part[j] = part[j] + part[j + half]; });
        });
        double lane[simd::lanes<D>];
        simd::store(lane, part[0]);
        halve<simd::lanes<D> / 2>([&](auto half) SIMDACT_INLINE_LAMBDA {
            detail::unrolled<half>([&](auto j) SIMDACT_INLINE_LAMBDA { lane[j] += lane[j + half]; });
        });
        return lane[0];
    }

    /// step(Half), step(Half / 2), ..., step(1).
    template <std::size_t Half, class Step>
    SIMDACT_INLINE static void halve(Step step) noexcept {
        if constexpr (Half > 0) {
            step(std::integral_constant<std::size_t, Half>{});
            halve<Half / 2>(step);
        }
    }

    D sum_[batches];
    D error_[compensated ? batches : 1];
};

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
