#pragma once

#include "../bounds.hpp"
#include "../functions/ways.hpp"
#include "truth.hpp"

#include <simdact/simdact.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

/// The functions of the library, each with all its kernels and what their results must be.
namespace exhaustive {

inline std::string number(double x) {
    char text[32];
    std::snprintf(text, sizeof text, "%g", x);
    return text;
}

enum class quantity { f, derivative, from_output, other };

/// A kernel with dy = 1 and every other argument but x given. Where x is a negative number, or of both signs if the
/// truth says so, its results are within `bound` ULP of the truth; everywhere else, and without a bound everywhere,
/// they have the bits of the truth rounded to T.
template <class T>
struct kernel {
    std::string name;
    quantity shown_as; ///< the column of the table that this kernel is in
    std::size_t truth; ///< of the subject's truths
    std::function<void(std::span<const T> x, std::span<T> results)> run;
    double bound = 0;
    T unit = 0;                       ///< the bound is in ULP of this, if it is not 0
    bool keeps_nan = true;            ///< a NaN x comes back bit for bit
    bool may_flush_denormals = false; ///< 0 is right where the truth is below the smallest normal number
    bool any_zero = false;            ///< 0 may have either sign
    bool or_nan = false;              ///< a NaN is right where x is a negative number
};

/// A function with its parameter, if it has one.
template <class T>
struct subject {
    std::string name, parameter;
    bool is_default; ///< the parameter
    std::vector<truth<T>> truths;
    std::vector<kernel<T>> kernels;
};

template <class T>
using in = std::span<const T>;
template <class T>
using out = std::span<T>;

/// x.size() times 1.
template <class T>
in<T> ones(in<T> x) {
    thread_local std::vector<T> values;
    values.resize(std::max(values.size(), x.size()), T(1));
    return in<T>(values).first(x.size());
}

/// A mask for x.
template <class T>
std::span<std::uint8_t> mask_for(in<T> x) {
    thread_local std::vector<std::uint8_t> bytes;
    bytes.assign((x.size() + 7) / 8, 0xff);
    return bytes;
}

/// forward, derivative and backward, of the truths 0 and 1.
template <class T, class F>
std::vector<kernel<T>> elementwise(const F& f) {
    return {
        {.name = "forward",
         .shown_as = quantity::f,
         .truth = 0,
         .run = [f](in<T> x, out<T> y) { simdact::forward(f, x, y); }},
        {.name = "derivative",
         .shown_as = quantity::derivative,
         .truth = 1,
         .run = [f](in<T> x, out<T> d) { simdact::derivative(f, x, d); }},
        {.name = "backward",
         .shown_as = quantity::derivative,
         .truth = 1,
         .run = [f](in<T> x, out<T> dx) { simdact::backward(f, x, ones(x), dx); }},
    };
}

/// The same of any number as output; the functor on batches, and the kernel.
template <class T, class F>
std::vector<kernel<T>> from_output(const F& f, std::size_t truth) {
    return {
        {.name = "derivative_from_output",
         .shown_as = quantity::from_output,
         .truth = truth,
         .run =
             [f](in<T> y, out<T> d) {
                 using batch = simdact::simd::batch<T>;
                 tests::on_values<batch>([&](batch v) { return f.derivative_from_output(v); }, d, y.data());
             }},
        {.name = "backward_from_output",
         .shown_as = quantity::from_output,
         .truth = truth,
         .run = [f](in<T> y, out<T> dx) { simdact::backward_from_output(f, y, ones(y), dx); }},
    };
}

/// backward from the output of forward, of the truth 1.
template <class T, class F>
kernel<T> of_own_output(const F& f, double bound, T unit) {
    return {.name = "backward_from_output of forward",
            .shown_as = quantity::from_output,
            .truth = 1,
            .run =
                [f](in<T> x, out<T> dx) {
                    simdact::forward(f, x, dx);
                    simdact::backward_from_output(f, dx, ones(x), dx);
                },
            .bound = bound,
            .unit = unit};
}

/// forward with a mask, of the truth 0, and backward from that mask, of the truth 2.
template <class T, class Forward, class Backward>
std::vector<kernel<T>> through_mask(Forward forward, Backward backward) {
    return {
        {.name = "forward_with_mask",
         .shown_as = quantity::f,
         .truth = 0,
         .run = [=](in<T> x, out<T> y) { forward(x, y, mask_for(x)); }},
        {.name = "backward_from_mask",
         .shown_as = quantity::derivative,
         .truth = 2,
         .run =
             [=](in<T> x, out<T> dx) {
                 const std::span<std::uint8_t> mask = mask_for(x);
                 forward(x, dx, mask);
                 backward(mask, ones(x), dx);
             },
         .keeps_nan = false},
    };
}

template <class T, class F>
std::vector<kernel<T>> elementwise_through_mask(const F& f) {
    return through_mask<T>(
        [f](in<T> x, out<T> y, std::span<std::uint8_t> mask) { simdact::forward_with_mask(f, x, y, mask); },
        [f](std::span<const std::uint8_t> mask, in<T> dy, out<T> dx) { simdact::backward_from_mask(f, mask, dy, dx); });
}

template <class T>
void append(std::vector<kernel<T>>& kernels, const std::vector<kernel<T>>& more) {
    kernels.insert(kernels.end(), more.begin(), more.end());
}

template <class T>
subject<T> relu() {
    const simdact::relu f;
    subject<T> s{.name = "relu",
                 .parameter = "",
                 .is_default = true,
                 .truths = {truth_of<T>([](T x) { return wide<T>(x < 0 ? T(0) : x); }), step(T(0)), step_of_mask(T(0))},
                 .kernels = elementwise<T>(f)};
    append(s.kernels, from_output<T>(f, 1));
    append(s.kernels, elementwise_through_mask<T>(f));
    return s;
}

template <class T>
std::vector<truth<T>> slope_truths(T slope) {
    return {sloped(slope), step(slope), step_of_mask(slope)};
}

template <class T>
subject<T> leaky_relu(double slope) {
    const simdact::leaky_relu f{.negative_slope = slope};
    subject<T> s{.name = "leaky_relu",
                 .parameter = number(slope),
                 .is_default = slope == simdact::leaky_relu{}.negative_slope,
                 .truths = slope_truths(static_cast<T>(slope)),
                 .kernels = elementwise<T>(f)};
    if (slope >= 0) // elsewhere the output does not tell
        append(s.kernels, from_output<T>(f, 1));
    append(s.kernels, elementwise_through_mask<T>(f));
    return s;
}

/// One slope for everything; the gradient of the slope is computed, but others check it.
template <class T>
subject<T> prelu(double slope) {
    const simdact::prelu f;
    const std::vector<T> w = {static_cast<T>(slope)};
    const auto shape = [](in<T> x) { return simdact::channel_shape{.outer = 1, .channels = 1, .inner = x.size()}; };
    subject<T> s{.name = "prelu",
                 .parameter = number(slope),
                 .is_default = slope == simdact::prelu::initial_slope,
                 .truths = slope_truths(w[0]),
                 .kernels = {
                     {.name = "forward",
                      .shown_as = quantity::f,
                      .truth = 0,
                      .run = [=](in<T> x, out<T> y) { simdact::forward(f, shape(x), x, w, y); }},
                     {.name = "derivative",
                      .shown_as = quantity::derivative,
                      .truth = 1,
                      .run = [=](in<T> x, out<T> d) { simdact::derivative(f, shape(x), x, w, d); }},
                     {.name = "backward",
                      .shown_as = quantity::derivative,
                      .truth = 1,
                      .run = [=](in<T> x, out<T> dx) { simdact::backward(f, shape(x), x, w, ones(x), dx); }},
                     {.name = "backward with dslopes",
                      .shown_as = quantity::derivative,
                      .truth = 1,
                      .run =
                          [=](in<T> x, out<T> dx) {
                              std::vector<T> dslopes(1);
                              simdact::backward(f, shape(x), x, w, ones(x), dx, dslopes);
                          }},
                 }};
    append(s.kernels, through_mask<T>(
                          [=](in<T> x, out<T> y, std::span<std::uint8_t> mask) {
                              simdact::forward_with_mask(f, shape(x), x, w, y, mask);
                          },
                          [=](std::span<const std::uint8_t> mask, in<T> dy, out<T> dx) {
                              simdact::backward_from_mask(f, shape(dy), mask, w, dy, dx);
                          }));
    return s;
}

template <class T>
subject<T> elu(double alpha) {
    const simdact::elu f{.alpha = alpha};
    const T a = static_cast<T>(alpha);
    const tests::error_bounds bound = tests::elu_bounds<T>(a);
    subject<T> s{.name = "elu",
                 .parameter = number(alpha),
                 .is_default = alpha == simdact::elu{}.alpha,
                 .truths = {elu_forward(a), elu_derivative(a), elu_derivative_from_output(a)},
                 .kernels = elementwise<T>(f)};
    for (kernel<T>& k : s.kernels) {
        k.bound = k.truth == 0 ? bound.forward : bound.derivative;
        k.may_flush_denormals = k.truth == 1;
        k.any_zero = a == 0;
        k.or_nan = std::isinf(a);
    }
    if (a >= 0) { // elsewhere the output does not tell
        append(s.kernels, from_output<T>(f, 2));
        for (kernel<T>& k : s.kernels)
            if (k.shown_as == quantity::from_output)
                k.shown_as = quantity::other; // one sum, correctly rounded: the error comes with the y it is given
        if (std::isfinite(a)) {               // or else y is NaN
            s.kernels.push_back(of_own_output<T>(f, bound.derivative_from_output, a));
            s.kernels.back().any_zero = a == 0;
        }
    }
    return s;
}

/// sigmoid and tanh: f' at 0 is the unit of the error that comes with an output.
template <class T, class F>
subject<T> smooth(const std::string& name, const F& f, const truth<T>& value, const truth<T>& slope,
                  const tests::error_bounds& bound) {
    subject<T> s{
        .name = name, .parameter = "", .is_default = true, .truths = {value, slope}, .kernels = elementwise<T>(f)};
    for (kernel<T>& k : s.kernels)
        k.bound = k.truth == 0 ? bound.forward : bound.derivative;
    s.kernels.push_back(of_own_output<T>(f, bound.derivative_from_output, f.derivative(T(0))));
    return s;
}

inline const std::vector<std::string> function_names = {"relu", "leaky_relu", "prelu", "elu", "sigmoid", "tanh"};

/// The function of that name, with each of the parameters, or with its default if there are none.
template <class T>
std::vector<subject<T>> subjects(const std::string& name, const std::vector<double>& parameters) {
    const auto with_each = [&](subject<T> (*make)(double), double initial) {
        std::vector<subject<T>> result;
        for (const double p : parameters.empty() ? std::vector{initial} : parameters)
            result.push_back(make(p));
        return result;
    };
    if (name == "relu")
        return {relu<T>()};
    if (name == "leaky_relu")
        return with_each(leaky_relu<T>, simdact::leaky_relu{}.negative_slope);
    if (name == "prelu")
        return with_each(prelu<T>, simdact::prelu::initial_slope);
    if (name == "elu")
        return with_each(elu<T>, simdact::elu{}.alpha);
    if (name == "sigmoid")
        return {smooth<T>(name, simdact::sigmoid{}, logistic<T>(), logistic_slope<T>(1), tests::sigmoid_bounds<T>)};
    if (name == "tanh")
        return {smooth<T>(name, simdact::tanh{}, hyperbolic_tangent<T>(), logistic_slope<T>(2), tests::tanh_bounds<T>)};
    throw std::invalid_argument("there is no function '" + name + "': relu, leaky_relu, prelu, elu, sigmoid or tanh");
}

} // namespace exhaustive
