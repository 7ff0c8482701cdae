#ifndef SIMDACT_FUNCTIONS_LOG_SOFTMAX_HPP
#define SIMDACT_FUNCTIONS_LOG_SOFTMAX_HPP

#include <simdact/functions/softmax.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {

/// The logarithm of softmax: y_i = scale x_i - log(the sum of all e^(scale x_j) of its row), for kernels over rows
/// (kernels/rows.hpp). An x of -inf gives -inf. A row of -inf alone gives NaN, or -inf where `empty_rows_are_zero`;
/// with +inf or NaN in it the whole row is NaN. A row of one number gives +0. Error: 2 ULP (double: 3), at the largest
/// x of a row too, where y is next to 0. The same bits on every instruction set with FMA, at every position, in place
/// or not. dx_i from the output: scale (dy_i - e^y_i the sum of all dy_j), with |error| <= 2^-21 (2^-47) scale (|dy_i|
/// + e^y_i the sum of all |dy_j|) + (1 + scale) 2^-148 (2^-1073) while no such sum overflows. Where y is -inf, dx is +0
/// and dy is left out of the sum. scale is rounded to the element type first, and is then a normal number above 0:
/// kernels refuse others.
struct log_softmax final {
    static constexpr const char* name = "log_softmax";
    static constexpr const auto& parameters = detail::row_parameters;

    double scale = 1.0;
    bool empty_rows_are_zero = false;
};

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
