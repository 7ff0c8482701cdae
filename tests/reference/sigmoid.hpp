#pragma once

#include <cmath>

namespace reference {

/// f(x) = 1 / (1 + e^-x), of e^-|x| alone, so that no sum is near 0.
struct sigmoid {
    long double forward(long double x) const {
        const long double z = std::exp(-std::fabs(x));
        return std::isnan(x) ? x : x < 0 ? z / (1 + z) : 1 / (1 + z);
    }
    long double derivative(long double x) const {
        const long double z = std::exp(-std::fabs(x));
        return z / ((1 + z) * (1 + z));
    }
    long double derivative_from_output(long double y) const { return y * (1 - y); }
    long double backward(long double x, long double dy) const { return dy * derivative(x); }
    long double backward_from_output(long double y, long double dy) const { return dy * derivative_from_output(y); }
};

} // namespace reference
