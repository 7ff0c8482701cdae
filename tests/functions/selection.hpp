#pragma once

#include "../bits.hpp"
#include "../catch.hpp"
#include "../denormals_as_zero.hpp"
#include "../inputs.hpp"
#include "ways.hpp"

#include <cmath>
#include <limits>
#include <string>
#include <vector>

/// What all activations share: the side of zero is selected, nothing is computed on the side not taken.
namespace tests {

/// Where x is not less than zero, f(x) is x itself, bit for bit, and f'(x) is 1 or the NaN itself.
template <class T, class F>
void check_x_itself(const F& f) {
    const std::vector<T> x = not_negative_values<T>(3000);
    std::vector<T> y(x.size()), d(x.size());
    for (const way<F, T>& way : every_way<F, T>()) {
        way.forward(f, x, y);
        way.derivative(f, x, d);
        std::string difference;
        for (std::size_t i = 0; i < x.size() && difference.empty(); ++i) {
            if (!same_bits(y[i], x[i]) &&
                !(way.name.starts_with("scalar") && same_bits(y[i], std::copysign(T(0), x[i]))))
                difference = way.name + ": f of " + show(x[i]) + " is " + show(y[i]);
            if (x[i] != 0 && !same_bits(d[i], is_nan(x[i]) ? x[i] : T(1)))
                difference = way.name + ": f' at " + show(x[i]) + " is " + show(d[i]);
        }
        CHECK(difference == "");
    }
}

/// Where the processor takes denormals for zero, they are not less than zero, so f(x) is x itself, or for a scalar, of
/// which compilers may make a maximum, the zero of its sign; and a denormal dy that is passed on is passed on as it is.
template <class T, class F>
void check_denormals_taken_for_zero(const F& f) {
    if (!denormals_as_zero::available)
        return;
    const T largest = std::nextafter(std::numeric_limits<T>::min(), T(0));
    const std::vector<T> denormals = {denormal<T>, -denormal<T>, largest, -largest, largest / 3, -largest / 3};
    std::vector<T> x, y(6 * 65);
    while (x.size() < y.size())
        x.insert(x.end(), denormals.begin(), denormals.end());
    const std::vector<T> ones(x.size(), T(1));
    for (const way<F, T>& way : every_way<F, T>()) {
        std::string difference;
        {
            const denormals_as_zero mode;
            way.forward(f, x, y);
        }
        for (std::size_t i = 0; i < x.size(); ++i)
            if (!same_bits(y[i], x[i]) &&
                !(way.name.starts_with("scalar") && same_bits(y[i], std::copysign(T(0), x[i]))))
                difference = way.name + ": f of " + show(x[i]) + " is " + show(y[i]);
        {
            const denormals_as_zero mode;
            way.backward(f, ones, x, y);
        }
        for (std::size_t i = 0; i < x.size(); ++i)
            if (!same_bits(y[i], x[i]))
                difference = way.name + ": dx of x = 1, dy = " + show(x[i]) + " is " + show(y[i]);
        CHECK(difference == "");
    }
}

/// Every special value as x beside every special value as dy, and ordinary ones beside them.
template <class T>
struct pairs {
    std::vector<T> x, dy;

    pairs() {
        std::vector<T> values = special_values<T>();
        values.push_back(signalling_nan<T>);
        for (const T v : ordinary_values<T>(16, 7))
            values.push_back(v);
        for (const T a : values)
            for (const T b : values) {
                x.push_back(a);
                dy.push_back(b);
            }
    }
};

/// dx is x where x is NaN, dy where x > 0, and elsewhere negative_side(dy, f'); all of it selected. `from_output` says
/// that x stands for y. Without `passes_dy`, as for a function that is smooth at 0, x > 0 is elsewhere too.
template <class T, class F, class NegativeSide>
void check_backward(const F& f, bool from_output, const NegativeSide& negative_side, bool passes_dy = true) {
    const pairs<T> in;
    std::vector<T> derivative(in.x.size()), dx(in.x.size());
    const std::vector<way<F, T>> ways = every_way<F, T>();
    const auto derivative_of = [&](const way<F, T>& way) {
        return from_output ? way.derivative_from_output : way.derivative;
    };
    for (const way<F, T>& way : ways) {
        (derivative_of(way) ? derivative_of(way) : derivative_of(ways.front()))(f, in.x, derivative);
        (from_output ? way.backward_from_output : way.backward)(f, in.x, in.dy, dx);
        std::string difference;
        for (std::size_t i = 0; i < dx.size() && difference.empty(); ++i) {
            const T x = in.x[i], dy = in.dy[i];
            const bool passed = passes_dy && x > 0, copied = is_nan(x) || passed;
            const T wanted = is_nan(x) ? x : passed ? dy : negative_side(dy, derivative[i]);
            if (!(copied ? same_bits(dx[i], wanted) : same_result(dx[i], wanted, T(0))))
                difference = way.name + ": dx of x = " + show(x) + ", dy = " + show(dy) + " is " + show(dx[i]) +
                             ", not " + show(wanted);
        }
        CHECK(difference == "");
    }
}

} // namespace tests
