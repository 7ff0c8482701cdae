#ifndef SIMDACT_MATH_SHIFTED_EXPONENTIAL_HPP
#define SIMDACT_MATH_SHIFTED_EXPONENTIAL_HPP

/// e^(scale x) of many x, divided by about the largest of them: what softmax and its kin sum up.
///
/// With t = scale x the divisor is 2^N where the largest t is near 0, N = t log2(e) to the nearest: a number that goes
/// into the exponent, so that nothing is subtracted from x and nothing is lost by it. Where the largest t is far from
/// 0, the divisor is e^t itself: all x that matter beside it are then from half to twice the largest one, and their
/// difference is exact.

#include <simdact/math/exponential_in_two_parts.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

template <class T>
struct shifted;

template <>
struct shifted<float> {
    static constexpr float far_away = 220.0f; ///< at least twice what there is between 1 and the smallest e^t
    static constexpr float finite = 0x1p127f, shrink = 0x1p-32f, grow = 0x1p32f;
    static constexpr float ln2 = 0x1.62e43p-1f;
    static constexpr float zero = -191 * ln2; ///< from here down 2^lift e^t comes out as 0
};
template <>
struct shifted<double> {
    static constexpr double far_away = 1500.0;
    static constexpr double finite = 0x1p1023, shrink = 0x1p-64, grow = 0x1p64;
    static constexpr double ln2 = 0x1.62e42fefa39efp-1;
    static constexpr double zero = -1623 * ln2;
};

/// What x is divided by, for each lane.
template <value V>
struct shift {
    V center; ///< what is subtracted from x, times `shrink`
    V offset; ///< half of magic and of what else is to be in the exponent
    V low;    ///< from here down all vanishes
    V power;  ///< N
};

/// scale = shrink * times, where products with a scale below 1 are kept away from the largest numbers. n is counted in
/// halves: a large scale times log2(e) would be infinite.
template <class T>
class shifted_exponential {
    using E = exponential<T>;
    using S = shifted<T>;

public:
    SIMDACT_INLINE explicit shifted_exponential(T scale) noexcept
        : scale_(scale), shrink_(scale < T(1) ? S::shrink : T(1)), times_(scale < T(1) ? scale * S::grow : scale),
          half_steps_(times_ * (E::log2e / 2)), low_(simd::divide(S::zero, times_)),
          low_step_(simd::divide(S::ln2, times_)) {}

    template <value V>
    SIMDACT_INLINE shift<V> by(V largest) const noexcept {
        const V t = simd::product(largest, V(scale_));
        const simd::mask_t<V> is_near = (simd::abs)(t) < V(S::far_away);
        const V power = simd::opaque(simd::fma(simd::keep(is_near, t), V(E::log2e), V(E::magic))) - V(E::magic);
        return {simd::drop(is_near, largest * V(shrink_)), V((E::magic + T(E::bias + E::lift)) / 2) - power * V(T(0.5)),
                simd::fma(power, V(low_step_), V(low_)), power};
    }

    /// 2^lift e^(scale x) / divisor; NaN for NaN.
    template <value V>
    SIMDACT_INLINE V operator()(V x, const shift<V>& s) const noexcept {
        const V moved = simd::fma(x, V(shrink_), simd::negated(s.center));
        V d;
        if constexpr (simd::has_maximum<V>)
            d = simd::maximum(s.low, moved);
        else
            d = simd::select(moved < s.low, s.low, moved);
        const V biased = simd::opaque(simd::fma(d, V(half_steps_), s.offset));
        const V half_n = simd::opaque(biased - s.offset);
        const two_parts<V> t = detail::product_in_two_parts(V(times_), d);
        const V low = simd::opaque(simd::fma(half_n, V(-2 * E::ln2_low), t.low));
        const V r = simd::opaque(simd::fma(half_n, V(-2 * E::ln2_high), t.high)) + low; // the first one is exact
        const V p = simd::fma(E::polynomial(r), r * r, r);
        const V a = simd::from_bits<V>(detail::in_exponent<V>(simd::to_bits(biased)));
        return simd::fma(a, p, simd::opaque(a));
    }

    T scale() const noexcept { return scale_; }
    T shrink() const noexcept { return shrink_; }
    T times() const noexcept { return times_; }

private:
    T scale_, shrink_, times_, half_steps_, low_, low_step_;
};

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
