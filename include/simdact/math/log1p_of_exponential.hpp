#ifndef SIMDACT_MATH_LOG1P_OF_EXPONENTIAL_HPP
#define SIMDACT_MATH_LOG1P_OF_EXPONENTIAL_HPP

/// log(1 + e^-v) for v >= 0: what softplus and its kin are made of.

#include <simdact/math/lifted_exponential.hpp>
#include <simdact/math/polynomial.hpp>

#include <concepts>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

/// 2 artanh(s) = 2 s + s z q(z) with z = s^2, minimax for 0 <= s <= 1/3: off by 4.5e-9 of itself at most (double:
/// 1.3e-18).
template <class T>
struct artanh_terms;
template <>
struct artanh_terms<float> {
    static constexpr float q[] = {0x1.555502p-1f, 0x1.99d1ccp-2f, 0x1.1ec04p-2f, 0x1.1eca1cp-2f};
};
template <>
struct artanh_terms<double> {
    static constexpr double q[] = {
        0x1.5555555555535p-1, 0x1.99999999a074fp-2, 0x1.249249208c68p-2,  0x1.c71c741c6acb2p-3, 0x1.745cb40162799p-3,
        0x1.3b1ddb5554f95p-3, 0x1.1067c685e4fd7p-3, 0x1.efd837ad770cdp-4, 0x1.55b1517b7c7d6p-4, 0x1.5c78c2244766fp-3};
};

/// height * log(1 + t) + more, with lowered = 2^-lift * height. With s = t / (2 + t) the logarithm is 2 artanh(s), of
/// which 2 s is t - s t: t comes last, so that what else there is does not weigh, and may be 0 where it is a denormal.
/// Twice what a rounded height lacks may be given, which is taken times s.
template <value V, std::same_as<V>... Lost>
SIMDACT_INLINE V scaled_log1p(const lifted_exp<V>& e, V lowered, V height, V more, Lost... twice_lost) noexcept {
    using T = simd::element_t<V>;
    const V power = e.s * V(exponential<T>::lift_down), t = simd::fma(power, e.p, power);
    const V s = simd::divide(t, t + V(T(2))), z = s * s;
    ((more = simd::fma(s, twice_lost, more)), ...);
    const V rest = simd::product(s, simd::fma(z, detail::polynomial(z, artanh_terms<T>::q), simd::negated(t)));
    return simd::fma(e.t(), lowered, simd::fma(rest, height, more));
}

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
