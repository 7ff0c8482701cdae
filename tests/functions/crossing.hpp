#pragma once

#include "../description.hpp"

namespace tests {

/// Of f, of f' and of f' not near its zero for floats, 1 more each for doubles; near the zero there is a number.
template <class T>
bounds bounds_with_crossing(double f, double derivative, double beyond, int steps) {
    const double more = sizeof(T) == 4 ? 0 : 1;
    return {.f = f + more,
            .derivative = derivative + more,
            .derivative_absolute = sizeof(T) == 4 ? 0x1p-24 : 0x1p-53,
            .derivative_beyond = beyond + more,
            .steps = steps};
}

} // namespace tests
