#pragma once

#include <cstddef>
#include <limits>

/// Every error bound that the library promises, once.
namespace tests {

/// In ULP of the true result, except `from_output`: in ULP of alpha.
struct elu_bound {
    double forward;
    double derivative;
    double derivative_from_output;
};

// clang-format off
template <class T> inline constexpr elu_bound elu_at_alpha_1{};
template <class T> inline constexpr elu_bound elu_elsewhere{};
//                                                                  f     f'    f' from the output
template <> inline constexpr elu_bound elu_at_alpha_1<float>     {1.0,   1.1,  1.5};
template <> inline constexpr elu_bound elu_elsewhere <float>     {2.0,   2.0,  2.5};
template <> inline constexpr elu_bound elu_at_alpha_1<double>    {1.25,  1.1,  1.5};
template <> inline constexpr elu_bound elu_elsewhere <double>    {2.0,   2.0,  2.5};
// clang-format on

template <class T>
constexpr const elu_bound& elu_bounds(double alpha) {
    return alpha == 1 ? elu_at_alpha_1<T> : elu_elsewhere<T>;
}

/// How far elu built without FMA may be from elu built with it.
constexpr int elu_steps_between_builds(double alpha) { return alpha == 1 ? 1 : 2; }

/// leaky_relu and prelu, forward and backward: one product, correctly rounded. Their derivatives, and relu, are exact.
inline constexpr double product_bound = 0.5;

/// dslopes: the error divided by the sum of |dy * x|.
template <class T>
inline constexpr double slope_gradient_bound = sizeof(T) == 4 ? 1e-7 : 1e-15;

/// The error that dslopes may have for such a sum of so many terms. Half a denormal is what rounding any result to T
/// may cost, and in double each product too, where it is below the smallest normal number.
template <class T>
constexpr long double slope_gradient_tolerance(long double sum, std::size_t terms = 0) {
    const long double denormal = std::numeric_limits<T>::denorm_min();
    const std::size_t roundings = sizeof(T) == 4 ? 1 : 1 + terms;
    return static_cast<long double>(slope_gradient_bound<T>) * sum + denormal / 2 * static_cast<long double>(roundings);
}

} // namespace tests
