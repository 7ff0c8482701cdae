#pragma once

#include "bounds.hpp"
#include "every_kernel.hpp"
#include "reference/elu.hpp"
#include "reference/leaky_relu.hpp"
#include "reference/prelu.hpp"
#include "reference/relu.hpp"
#include "reference/sigmoid.hpp"
#include "reference/tanh.hpp"
#include "ulp.hpp"

#include <cmath>
#include <limits>
#include <string_view>

/// What each function is by its reference, for tests that go through every_kernel().
namespace tests {

/// A value of the reference, and by how many ULP a result may be off.
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

template <class T>
definition forward_of(std::string_view function, T parameter, T slope, T x) {
    if (function == "relu")
        return {reference::relu{}.forward(x), 0};
    if (function == "leaky_relu")
        return {reference::leaky_relu{parameter}.forward(x), product_bound};
    if (function == "elu")
        return {reference::elu{parameter}.forward(x), elu_bounds<T>(parameter).forward};
    if (function == "sigmoid")
        return {reference::sigmoid{}.forward(x), sigmoid_bounds<T>.forward};
    if (function == "tanh")
        return {reference::tanh{}.forward(x), tanh_bounds<T>.forward};
    return {reference::prelu{}.forward(x, slope), product_bound};
}

template <class T>
definition derivative_of(std::string_view function, T parameter, T slope, T x) {
    if (function == "relu")
        return {reference::relu{}.derivative(x), 0};
    if (function == "leaky_relu")
        return {reference::leaky_relu{parameter}.derivative(x), 0};
    if (function == "elu")
        return {reference::elu{parameter}.derivative(x), elu_bounds<T>(parameter).derivative, true};
    if (function == "sigmoid")
        return {reference::sigmoid{}.derivative(x), sigmoid_bounds<T>.derivative};
    if (function == "tanh")
        return {reference::tanh{}.derivative(x), tanh_bounds<T>.derivative};
    return {reference::prelu{}.derivative(x, slope), 0};
}

/// dx: the error of f' times dy, and one rounding.
template <class T>
definition backward_of(std::string_view function, T parameter, T slope, T x, T dy) {
    const definition d = derivative_of(function, parameter, slope, x);
    if (x > 0 && !is_smooth(function))
        return {dy, 0};
    const long double dx = dy * d.value, error = std::fabs(dy) * ulp<T>(d.value) * static_cast<long double>(d.bound);
    return {dx, static_cast<double>(error / ulp<T>(dx)) + product_bound};
}

} // namespace tests
