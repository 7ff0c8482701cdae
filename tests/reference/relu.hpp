#pragma once

#include <cmath>

namespace reference {

/// f(x) = x where x is not less than 0, 0 elsewhere.
struct relu {
    long double forward(long double x) const { return x < 0 ? 0 : x; }
    long double derivative(long double x) const { return std::isnan(x) ? x : x > 0 ? 1 : 0; }
    long double derivative_from_output(long double y) const { return derivative(y); }
    long double backward(long double x, long double dy) const { return std::isnan(x) ? x : x > 0 ? dy : 0; }
    long double backward_from_output(long double y, long double dy) const { return backward(y, dy); }
};

} // namespace reference
