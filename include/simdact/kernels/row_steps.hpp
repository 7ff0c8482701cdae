#ifndef SIMDACT_KERNELS_ROW_STEPS_HPP
#define SIMDACT_KERNELS_ROW_STEPS_HPP

/// What the kernels over rows compute for each element, once the sums of its row are known: alike for rows whose
/// elements adjoin, which have one sum for all lanes, and for positions side by side, which have one for each.

#include <simdact/kernels/product_sum.hpp>
#include <simdact/math/row_logarithm.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

/// By its bits: with -ffast-math no number is infinite.
template <class T>
inline constexpr T minus_infinity = simd::from_bits<T>(logarithm<T>::minus_infinity);

/// The larger of the two; `other`, or a NaN, where x is one.
template <value V>
SIMDACT_INLINE V larger(V x, V other) noexcept {
    if constexpr (simd::has_maximum<V>)
        return simd::maximum(x, other);
    else
        return simd::at_least(x, other);
}

template <value V>
SIMDACT_INLINE simd::element_t<V> first_lane(V v) noexcept {
    simd::element_t<V> lanes[simd::lanes<V>];
    simd::store(lanes, v);
    return lanes[0];
}

/// What depends on parameters alone.
template <class T>
struct row_task {
    shifted_exponential<T> exponential;
    bool empty_rows_are_zero;
};

// N is a number for all lanes, or a value with one for each.

/// e / sum, by 1 / sum in two parts.
template <class N>
struct quotient {
    static constexpr bool light = true;
    N high, low;

    template <value V>
    SIMDACT_INLINE V operator()(V e) const noexcept {
        const V h(high), l(low);
        if constexpr (simd::fused) {
            return simd::fma(e, h, simd::product(e, l));
        } else { // the product of two halves is exact
            const V e_high = simd::first_half(e), h_high = simd::first_half(h);
            const V h_rest = simd::opaque(simd::opaque(h - h_high) + l);
            const V rest = simd::product(simd::opaque(e - e_high), h_high);
            return simd::product(e_high, h_high) + simd::opaque(rest + simd::product(e, h_rest));
        }
    }
};

SIMDACT_INLINE quotient<float> quotient_by(const total<float>& sum) noexcept {
    const double inverse = simd::divide(1.0, sum.sum);
    // The digits of a float, by its bits: g++ 12 takes a double rounded to float for the same number at times.
    constexpr std::uint64_t rest = (std::uint64_t(1) << 29) - 1;
    const double high = simd::from_bits<double>(simd::to_bits(inverse) & ~rest);
    return {static_cast<float>(high), static_cast<float>(inverse - high)};
}
SIMDACT_INLINE quotient<double> quotient_by(const total<double>& sum) noexcept {
    const double all = sum.sum + sum.error, rest = sum.error - simd::opaque(all - sum.sum);
    const double inverse = simd::divide(1.0, all);
    return {inverse, simd::fma(simd::product(inverse, -inverse), rest, detail::lost_by_inverse(all, inverse))};
}

/// scale * x - log(sum), as scale * (x - largest) less the logarithm of what the sum is more than the largest; what the
/// differences and the product lose is added.
template <class N>
struct log_quotient {
    using T = simd::element_t<N>;
    N minus_largest; ///< times shrink
    N above, above_low;
    T shrink, times;

    template <value V>
    SIMDACT_INLINE V operator()(V x) const noexcept {
        const two_parts<V> d = detail::sum_in_two_parts(simd::product(x, V(shrink)), V(minus_largest));
        const two_parts<V> p = detail::product_in_two_parts(V(times), d.high);
        const two_parts<V> y = detail::sum_in_two_parts(p.high, simd::negated(V(above)));
        const V low = simd::opaque(simd::fma(V(times), d.low, p.low) - V(above_low)) + y.low;
        // Of a difference beyond the largest numbers the parts are NaN.
        return y.high + simd::keep(p.high > V(-shifted<T>::finite), simd::opaque(low));
    }
};

/// dx of softmax: scale y (dy - sum).
template <class T>
struct softmax_gradient {
    T scale;

    /// The sums of y dy, where of(sums, term) sums term(y, dy) up. Terms count as +0 where y is 0, which shows where dy
    /// is infinite or NaN alone.
    template <std::size_t Rows, class Of>
    SIMDACT_INLINE void sums(T (&all)[Rows], Of of) const noexcept {
        of(all, [](auto y, auto dy) SIMDACT_INLINE_LAMBDA { return simd::product(y, dy); });
        bool numbers = true;
        for (const T sum : all)
            numbers = numbers && !detail::is_nan(static_cast<double>(sum));
        if (numbers) [[SIMDACT_DETAIL_LIKELY]]
            return;
        T others[Rows] = {};
        of(others, [](auto y, auto dy) SIMDACT_INLINE_LAMBDA { return simd::drop(is_zero(y), simd::product(y, dy)); });
        for (std::size_t i = 0; i < Rows; ++i)
            if (detail::is_nan(static_cast<double>(all[i])))
                all[i] = others[i];
    }
    template <value V>
    SIMDACT_INLINE V dx(V y, V dy, V sum) const noexcept {
        return simd::drop(is_zero(y), simd::product(simd::product(y, simd::opaque(dy - sum)), V(scale)));
    }

private:
    template <value V>
    SIMDACT_INLINE static simd::mask_t<V> is_zero(V y) noexcept {
        return (simd::abs)(y) <= V(0);
    }
};

/// dx of log_softmax: scale (dy - e^y sum).
template <class T>
struct log_softmax_gradient {
    T scale;

    /// The sums of dy but where y is -inf.
    template <std::size_t Rows, class Of>
    SIMDACT_INLINE void sums(T (&all)[Rows], Of of) const noexcept {
        of(all, [](auto y, auto dy) SIMDACT_INLINE_LAMBDA { return simd::drop(is_minus_infinity(y), dy); });
    }
    template <value V>
    SIMDACT_INLINE V dx(V y, V dy, V sum) const noexcept {
        const V part = simd::fma(simd::negated(math::exp(y)), sum, dy);
        return simd::drop(is_minus_infinity(y), simd::product(part, V(scale)));
    }

private:
    template <value V>
    SIMDACT_INLINE static simd::mask_t<V> is_minus_infinity(V y) noexcept {
        return y < V(-logarithm<T>::largest);
    }
};

/// dx for the elements of a row, or of positions, with this sum.
template <class Gradient, class N>
struct row_gradient {
    Gradient gradient;
    N sum;

    template <value V>
    SIMDACT_INLINE V operator()(V y, V dy) const noexcept {
        return gradient.dx(y, dy, V(sum));
    }
};

/// Whether one of n elements, so far apart, is a NaN.
template <class T>
SIMDACT_DETAIL_NOINLINE bool has_nan(std::size_t n, std::size_t distance, const T* x) noexcept {
    for (std::size_t i = 0; i < n; ++i)
        if (detail::is_nan(static_cast<double>(x[i * distance])))
            return true;
    return false;
}

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
