#ifndef SIMDACT_MATH_ROW_LOGARITHM_HPP
#define SIMDACT_MATH_ROW_LOGARITHM_HPP

/// The logarithm of a sum of exponentials, of which one of the largest is known and the rest is summed up.

#include <simdact/math/exp.hpp>
#include <simdact/math/log1p.hpp>
#include <simdact/math/shifted_exponential.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

/// What rows come to.
template <value D>
struct row_log {
    D above; ///< log(sum) - scale * largest
    D all;   ///< log(sum), but for its last rounding where T is float
};

/// Of a row whose largest e^(scale x) is e^t, or t = t.high + t.low, and whose others come to `rest` 2^-lift times the
/// divisor of shifted_exponential: 2^power where `moved` is t, too, or e^t itself where it is 0. T is the type of the
/// elements, D holds doubles.
template <class T, value D>
SIMDACT_INLINE row_log<D> log_of_rows(const two_parts<D>& t, const two_parts<D>& moved, D power, D rest) noexcept {
    using E = exponential<double>;
    const D high = simd::opaque(simd::fma(power, D(-E::ln2_high), moved.high));
    const D low = simd::opaque(simd::fma(power, D(-E::ln2_low), moved.low));
    const D most = math::exp(high + low); // the largest by the same divisor
    const D above = math::log1p(simd::divide(rest * D(static_cast<double>(exponential<T>::lift_down)), most));
    const two_parts<D> all = detail::sum_in_two_parts(t.high, above);
    // Beside the largest numbers the rest does not show, and parts are NaN.
    const simd::mask_t<D> is_usual = (simd::abs)(t.high) < D(shifted<double>::finite);
    return {above, simd::select(is_usual, simd::opaque(all.high + (all.low + t.low)), t.high)};
}

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
