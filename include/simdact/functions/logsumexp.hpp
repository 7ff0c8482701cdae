#ifndef SIMDACT_FUNCTIONS_LOGSUMEXP_HPP
#define SIMDACT_FUNCTIONS_LOGSUMEXP_HPP

#include <simdact/functions/softmax.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {

/// The logarithm of a sum of exponentials: l = log(the sum of all e^(scale x_j) of a row), one number for each row, for
/// kernels over rows (kernels/rows.hpp). Neither the rounding of scale * x nor its overflow shows.
/// A row of -inf alone, or of no elements, gives -inf; one with +inf gives +inf, unless there is a NaN, which gives
/// NaN. Error: 1 ULP, and 2^-22 (double: 2^-51) times what the softmax of the largest x of the row lacks to 1: l may
/// cross 0. The same bits on every instruction set with FMA, at every position. scale is rounded to the element type
/// first, and is then a normal number above 0: kernels refuse others.
struct logsumexp final {
    static constexpr const char* name = "logsumexp";
    static constexpr const auto& parameters = detail::row_parameters;

    double scale = 1.0;
};

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
