/// In a library of its own, which knows of no other list.

#include "library.hpp"

#include "others.hpp"

#include <vector>

namespace {

template <class T>
int failures_for() {
    const std::vector<T> x = {T(-3), T(0.5), T(2)};
    std::vector<T> y(3);
    simdact::dispatch::forward(others::ramp{}, x, y);
    int failures = y != std::vector<T>{T(1), T(1), T(2)};
    simdact::dispatch::forward(simdact::relu{}, x, y);
    failures += y != std::vector<T>{T(0), T(0.5), T(2)};
    simdact::dispatch::forward<others::functions>(simdact::elu{.alpha = 0}, x, y);
    failures += y[0] != T(0) || y[2] != T(2);
    return failures;
}

} // namespace

int failures_of_library() { return failures_for<float>() + failures_for<double>(); }

const char* isa_of_library() { return simdact::dispatch::isa<others::functions>(); }
