#pragma once

#include "../bounds.hpp"
#include "../inputs.hpp"
#include "accuracy.hpp"
#include "selection.hpp"

#include <cmath>
#include <limits>
#include <vector>

/// What sigmoid and tanh share: their results are computed on both sides of 0, and nothing is x itself but NaN.
namespace tests {

/// negative_values() and the same values without their sign.
template <class T>
std::vector<T> values_of_both_signs(std::size_t count, T deepest) {
    std::vector<T> values = negative_values<T>(count / 2, deepest);
    values.reserve(count);
    for (std::size_t i = 0, n = values.size(); i < n; ++i)
        values.push_back(-values[i]);
    return values;
}

/// f, f' and f' from the output at x, each against its bound.
template <class T, class F, class Reference>
void check_bounds(const F& f, const Reference& truth, const error_bounds& bound, const std::vector<T>& x) {
    using ways = way<F, T>;
    const auto forward = truths(x, [&](long double v) { return truth.forward(v); });
    const auto derivative = truths(x, [&](long double v) { return truth.derivative(v); });
    check_error<F, T>(f, "f", &ways::forward, x, forward, bound.forward, in_ulp{});
    check_error<F, T>(f, "f'", &ways::derivative, x, derivative, bound.derivative, in_ulp{});
    std::vector<T> y(x.size());
    every_way<F, T>().front().forward(f, x, y);
    check_error<F, T>(f, "f' from the output", &ways::derivative_from_output, y, derivative,
                      bound.derivative_from_output, in_ulp_of<T>(static_cast<T>(truth.derivative(0))));
}

/// The lowest result is not below `lowest`, and the highest is 1.
template <class T, class F>
void check_range(const F& f, T lowest, const std::vector<T>& x) {
    std::vector<T> y(x.size());
    for (const way<F, T>& way : every_way<F, T>()) {
        way.forward(f, x, y);
        INFO(way.name);
        CHECK(std::ranges::min(y) == lowest);
        CHECK(std::ranges::max(y) == T(1));
    }
}

/// Against central differences of the reference.
template <class T, class F, class Reference>
void check_slope(const F& f, const Reference& truth) {
    const long double h = std::ldexp(1.0L, -16);
    // The step's own error is h^2 / 6 times the third derivative, which is 2 at most.
    const long double bound = 1.0e-9L + 4 * std::numeric_limits<T>::epsilon();
    for (const T x : ordinary_values<T>(2000, 5)) {
        const long double slope = (truth.forward(x + h) - truth.forward(x - h)) / (2 * h);
        if (!(std::fabs(f.derivative(x) - slope) <= bound + difference_tolerance))
            FAIL_CHECK("not at " << show(x));
    }
}

/// dx is dy * f', rounded once more, with f' from x and, for `outputs`, from y; and x itself where that is NaN.
template <class T, class F, class Reference>
void check_backward_of_smooth(const F& f, const Reference& truth, const error_bounds& bound,
                              const std::vector<T>& outputs) {
    using ways = way<F, T>;
    std::vector<T> x;
    append_evenly_spaced(x, T(-30), T(30), 2001); // here dy * f' is normal
    const std::vector<T> dy = ordinary_values<T>(x.size(), 13);
    const auto backward = [&](long double v, long double g) { return truth.backward(v, g); };
    // A product can lie lower in its power of two than its factor: there its ULP is half as large.
    check_backward_error<F, T>(f, &ways::backward, x, dy, backward, 2 * bound.derivative + product_bound);
    // From an output two factors are rounded, and two products.
    const auto from_output = [&](long double v, long double g) { return truth.backward_from_output(v, g); };
    check_backward_error<F, T>(f, &ways::backward_from_output, outputs, dy, from_output, 4 * 2 * product_bound);

    const auto product = [](T g, T derivative) { return g * derivative; };
    check_backward<T>(f, false, product, false);
    check_backward<T>(f, true, product, false);
}

template <class F, class V>
constexpr bool never_throws =
    noexcept(F{}(V(1))) && noexcept(F{}.forward(V(1))) && noexcept(F{}.derivative(V(1))) && noexcept(F{}.backward(
        V(1), V(1))) && noexcept(F{}.derivative_from_output(V(1))) && noexcept(F{}.backward_from_output(V(1), V(1)));

} // namespace tests
