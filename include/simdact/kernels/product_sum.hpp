#pragma once

/// Sums of products whose bits do not depend on the width of the registers, for the gradient of a slope.
///
/// Terms go to a fixed number of lanes, whatever the width of a batch, and the lanes are added in a fixed tree.
/// Products of floats are summed in double, where they are exact, so that an FMA rounds like a multiplication and an
/// addition. Products of doubles are rounded once and summed with the error of every addition kept beside (Knuth's
/// TwoSum). Either way the error is a few roundings of sum |a * b|, however many terms there are and in whichever
/// order.

#include <simdact/simd.hpp>

#include <type_traits>
#include <utility>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

/// The lanes of a sum: 64 bytes of T.
template <class T>
inline constexpr std::size_t group_size = 64 / sizeof(T);

/// V, or its scalar where a batch is wider than a group.
template <value V>
using group_batch = std::conditional_t<(simd::lanes<V> <= group_size<simd::element_t<V>>), V, simd::element_t<V>>;

/// body(0), ..., body(N - 1), each index a constant.
template <std::size_t N, class Body>
SIMDACT_INLINE void unrolled(Body body) noexcept {
    [&]<std::size_t... I>(std::index_sequence<I...>) SIMDACT_INLINE_LAMBDA {
        (body(std::integral_constant<std::size_t, I>{}), ...);
    }
    (std::make_index_sequence<N>{});
}

/// sum += x, and error += what the addition rounded away. opaque() keeps -ffast-math from finding that to be nothing.
template <value V>
SIMDACT_INLINE void two_sum(V& sum, V& error, V x) noexcept {
    const V next = simd::opaque(sum + x);
    const V taken = simd::opaque(next - sum);
    const V kept = simd::opaque(next - taken);
    error = error + ((sum - kept) + (x - taken));
    sum = next;
}

/// The sum so far.
struct total {
    double sum = 0, error = 0;

    SIMDACT_INLINE void add(const total& other) noexcept {
        two_sum(sum, error, other.sum);
        error += other.error;
    }

    /// An infinite sum leaves NaN in `error`, which then says nothing.
    template <class T>
    SIMDACT_INLINE T value() const noexcept {
        return simd::rounded<T>(error == error ? sum + error : sum);
    }
};

/// Size sums of products side by side in memory, each with the error of its additions where T is double.
template <value V, std::size_t Size>
class product_sums {
    using T = simd::element_t<V>;
    using D = typename simd::widened<V>::type;
    static constexpr bool exact = std::same_as<T, float>; // the products are, in double

public:
    SIMDACT_INLINE void clear(std::size_t i) noexcept {
        sum_[i] = 0;
        if constexpr (!exact)
            error_[i] = 0;
    }

    SIMDACT_INLINE total at(std::size_t i) const noexcept { return {sum_[i], exact ? 0 : error_[i]}; }

    /// Adds a * b, lane by lane, to the sums from i on.
    SIMDACT_INLINE void add(std::size_t i, V a, V b) noexcept {
        if constexpr (exact) {
            unrolled<simd::widened<V>::halves>([&](auto half) SIMDACT_INLINE_LAMBDA {
                double* const p = sum_ + i + half * simd::lanes<D>;
                simd::store(p, simd::fma(simd::widen<half>(a), simd::widen<half>(b), simd::load<D>(p)));
            });
        } else {
            add_to(i, simd::opaque(a * b), V(0));
        }
    }

    /// Adds the count sums from `from` on, from >= count, to the first ones.
    SIMDACT_INLINE void fold(std::size_t from, std::size_t count) noexcept {
        std::size_t i = 0;
        for (; i + simd::lanes<D> <= count; i += simd::lanes<D>) {
            const D s = simd::load<D>(sum_ + from + i);
            if constexpr (exact)
                simd::store(sum_ + i, simd::load<D>(sum_ + i) + s);
            else
                add_to(i, s, simd::load<D>(error_ + from + i));
        }
        for (; i < count; ++i) {
            if constexpr (exact)
                sum_[i] += sum_[from + i];
            else
                add_to(i, sum_[from + i], error_[from + i]);
        }
    }

private:
    template <value W>
    SIMDACT_INLINE void add_to(std::size_t i, W x, W x_error) noexcept {
        W s = simd::load<W>(sum_ + i), e = simd::load<W>(error_ + i);
        two_sum(s, e, x);
        simd::store(sum_ + i, s);
        simd::store(error_ + i, e + x_error);
    }

    double sum_[Size];
    double error_[exact ? 1 : Size];
};

/// A sum of products in group_size lanes, kept in registers.
template <value V>
class product_sum {
    using T = simd::element_t<V>;
    using D = typename simd::widened<V>::type;

public:
    /// Adds a * b, the lanes of V being those from Index * lanes<V> on.
    template <std::size_t Index>
    SIMDACT_INLINE void add(V a, V b) noexcept {
        if constexpr (std::same_as<T, float>) {
            constexpr std::size_t halves = simd::widened<V>::halves;
            unrolled<halves>([&](auto half) SIMDACT_INLINE_LAMBDA {
                D& s = sum_[Index * halves + half];
                s = simd::fma(simd::widen<half>(a), simd::widen<half>(b), s);
            });
        } else {
            two_sum(sum_[Index], error_[Index], simd::opaque(a * b));
        }
    }

    /// The sum of all lanes; starts again from nothing.
    SIMDACT_INLINE total take() noexcept {
        const total t{fold(sum_), std::same_as<T, float> ? 0 : fold(error_)};
        *this = product_sum();
        return t;
    }

private:
    static constexpr std::size_t batches = group_size<T> / simd::lanes<D>;

    template <std::size_t N>
    SIMDACT_INLINE static double fold(D (&part)[N]) noexcept {
        for (std::size_t half = N / 2; half > 0; half /= 2)
            for (std::size_t i = 0; i < half; ++i)
                part[i] = part[i] + part[i + half];
        double lane[simd::lanes<D>];
        simd::store(lane, part[0]);
        for (std::size_t half = simd::lanes<D> / 2; half > 0; half /= 2)
            for (std::size_t i = 0; i < half; ++i)
                lane[i] += lane[i + half];
        return lane[0];
    }

    D sum_[batches] = {};
    D error_[std::same_as<T, float> ? 1 : batches] = {};
};

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact
