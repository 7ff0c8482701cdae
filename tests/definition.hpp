#pragma once

#include "description.hpp"
#include "every_kernel.hpp"
#include "ulp.hpp"

#include <cmath>
#include <limits>
#include <string_view>

/// What each function is by its description, for tests that go through every_kernel().
namespace tests {

/// What a result must be, and by how many ULP it may be off.
struct definition {
    long double value;
    double bound;
    bool zero_if_denormal = false;

    template <class T>
    bool holds_for(T got) const {
        return ulp_error(got, value) <= static_cast<long double>(bound) + reference_error<T> ||
               (zero_if_denormal && got == 0 && std::fabs(value) < std::numeric_limits<T>::min());
    }
};

/// A product, correctly rounded.
inline constexpr double one_rounding = 0.5;

/// The function's parameter, or its slope.
template <class T>
definition forward_of(std::string_view function, T parameter, T x) {
    const description& d = description_of(function);
    const long double p = parameter;
    return {is_nan(x) ? static_cast<long double>(x) : d.truth.f(x, &p), d.of<T>().bound(&parameter).f};
}

template <class T>
definition derivative_of(std::string_view function, T parameter, T x) {
    const description& d = description_of(function);
    const long double p = parameter;
    const bounds bound = d.of<T>().bound(&parameter);
    return {is_nan(x) ? static_cast<long double>(x) : d.truth.derivative(x, &p), bound.derivative,
            bound.derivative_may_vanish};
}

/// dx: the error of f' times dy, and one rounding.
template <class T>
definition backward_of(std::string_view function, T parameter, T x, T dy) {
    const definition d = derivative_of(function, parameter, x);
    if (x > 0 && description_of(function).facts.keeps_x_above_zero)
        return {dy, 0};
    const long double dx = dy * d.value, error = std::fabs(dy) * ulp<T>(d.value) * static_cast<long double>(d.bound);
    return {dx, static_cast<double>(error / ulp<T>(dx)) + one_rounding};
}

/// The same from an output: f' is a formula of y, of which the bound is in ULP of a unit, or correctly rounded.
template <class T>
definition backward_from_output_of(std::string_view function, T parameter, T y, T dy) {
    const description& d = description_of(function);
    if (is_nan(y))
        return {y, 0};
    if (y > 0 && d.facts.keeps_x_above_zero)
        return {dy, 0};
    const long double p = parameter, dx = dy * d.truth.from_output(y, &p);
    const bounds bound = d.of<T>().bound(&parameter);
    if (bound.derivative == 0)
        return {dx, one_rounding};
    if (d.facts.rounds_output_once) // a rounding of f' may be two of a product that lies lower in its power of two
        return {dx, 3 * one_rounding};
    return {dx, static_cast<double>(std::fabs(dy) * ulp<T>(bound.unit) * static_cast<long double>(bound.from_output) /
                                    ulp<T>(dx)) +
                    one_rounding};
}

} // namespace tests
