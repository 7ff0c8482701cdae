#pragma once

#include <cmath>

namespace reference {

/// f(x) = x where x is not less than 0, negative_slope * x elsewhere. The slope as rounded to the element type.
struct leaky_relu {
    long double negative_slope;

    long double forward(long double x) const { return x < 0 ? negative_slope * x : x; }
    long double derivative(long double x) const { return std::isnan(x) ? x : x > 0 ? 1 : negative_slope; }
    long double derivative_from_output(long double y) const { return derivative(y); }
    long double backward(long double x, long double dy) const {
        return std::isnan(x) ? x : x > 0 ? dy : dy * negative_slope;
    }
    long double backward_from_output(long double y, long double dy) const { return backward(y, dy); }
};

} // namespace reference
