#pragma once

#include <cmath>

namespace reference {

/// f(x) = x where x is not less than 0, alpha * (e^x - 1) elsewhere. alpha as rounded to the element type.
struct elu {
    long double alpha;

    long double forward(long double x) const { return x < 0 ? alpha * std::expm1(x) : x; }
    long double derivative(long double x) const {
        // In two factors: where long double is double, e^x may be denormal and alpha * e^x not.
        const long double half = std::exp(x / 2);
        return std::isnan(x) ? x : x > 0 ? 1 : alpha * half * half;
    }
    long double derivative_from_output(long double y) const { return std::isnan(y) ? y : y > 0 ? 1 : y + alpha; }
    long double backward(long double x, long double dy) const {
        return std::isnan(x) ? x : x > 0 ? dy : dy * derivative(x);
    }
    long double backward_from_output(long double y, long double dy) const {
        return std::isnan(y) ? y : y > 0 ? dy : dy * derivative_from_output(y);
    }
};

} // namespace reference
