#ifndef SIMDACT_FUNCTIONS_SOFTMAX_HPP
#define SIMDACT_FUNCTIONS_SOFTMAX_HPP

#include <simdact/parameters.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {

namespace detail {

/// The parameter of softmax and its kin: a normal number above 0.
inline constexpr parameter row_parameters[] = {
    {.name = "scale",
     .fallback = 1.0,
     .valid = {.low = {.exists = true, .number = 0x1p-1022, .in_float = 0x1p-126}, .high = any_finite.high}}};

} // namespace detail

/// Softmax of rows: y_i = e^(scale x_i) / (the sum of all e^(scale x_j) of its row), for kernels over rows
/// (kernels/rows.hpp). The product scale * x is that of the real numbers: neither its rounding nor its overflow shows.
/// An x of -inf, as masks have it, gives +0. A row of -inf alone gives NaN, or zeros where `empty_rows_are_zero`; with
/// +inf or NaN in it the whole row is NaN. A row of one number gives 1.
/// Error: 3.5 ULP (double: 4.5), denormals included, whatever the length of the row. The same bits on every instruction
/// set with FMA, at every position, in place or not.
/// dx_i from the output: scale y_i (dy_i - the sum of all y_j dy_j), with |error| <= 2^-21 (2^-47) scale y_i (|dy_i| +
/// the sum of all |y_j dy_j|) + (1 + scale) 2^-148 (2^-1073) while no such sum overflows. Where y is 0, dx is +0 and y
/// dy counts as +0, whatever dy is; a NaN elsewhere makes NaN of all dx of its row whose y is not 0.
/// scale is rounded to the element type first, and is then a normal number above 0: kernels refuse others.  Bridle
/// 1990.
struct softmax final {
    static constexpr const char* name = "softmax";
    static constexpr const auto& parameters = detail::row_parameters;

    double scale = 1.0;
    bool empty_rows_are_zero = false;
};

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
