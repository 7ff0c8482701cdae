#pragma once

#include "../description.hpp"
#include "crossing.hpp"
#include "exponential.hpp"
#include "twofold.hpp"

#include <algorithm>
#include <cmath>

/// x s(v), where s is the logistic function: what silu, swish, quick_gelu and gelu_tanh are.
namespace tests {

/// e^(a x).
template <class R>
R exp_of_product(const R& a, const R& x) {
    return a < 0 || a > 0 ? exp(product_of(a, x)) : R(1);
}

/// x s(v) from v: with t = e^-|v| it is x / (1 + t) for v >= 0, x t / (1 + t) elsewhere.
template <class R>
R gated_by(const R& x, const twofold<R>& v) {
    if (v.high < 0) {
        const R t = exp(v);
        return t > 0 ? x * t / (1 + t) : x < 0 ? -R(0) : R(0);
    }
    return x / (1 + exp(-v));
}

/// Its derivative, with xv = x v': T = t (1 + t - |xv|) / (1 + t)^2 for v < 0, 1 - T elsewhere.
template <class R>
R slope_of_gated_by(const twofold<R>& v, const R& xv) {
    const bool below = v.high < 0;
    const R t = exp(below ? v : -v), size = below ? -xv : xv;
    const R part = t > 0 ? t * (1 + t - size) / ((1 + t) * (1 + t)) : -R(0);
    return below ? part : 1 - part;
}

template <class R>
R gated(const R& x, const R& beta) {
    return gated_by(x, beta < 0 || beta > 0 ? product_of(beta, x) : twofold<R>{R(0), R(0)});
}

template <class R>
R slope_of_gated(const R& x, const R& beta) {
    const twofold<R> v = beta < 0 || beta > 0 ? product_of(beta, x) : twofold<R>{R(0), R(0)};
    return slope_of_gated_by(v, v.high);
}

/// Where t vanishes, and what is around the zeros of f'.
template <class T>
std::vector<T> breakpoints_of_gate(T beta) {
    constexpr T end = sizeof(T) == 4 ? T(-125) : T(-770);
    std::vector<T> values;
    for (const T v : breakpoints_of_exponential<T>(true))
        values.push_back(v / beta);
    values.insert(values.end(), {end / beta, T(-1.2784645427610738) / beta, T(-2.3993572805154) / beta});
    return values;
}

/// What describes a gate with v = beta x, for a beta that comes first of the parameters or constants.
struct describes_gate : describes {
    static constexpr facts fact = {.loses_denormals = true};
    static constexpr int digits_lost = 2; // f' is a difference

    template <class R>
    static R f(R x, const R* p) {
        return gated(x, p[0]);
    }
    template <class R>
    static R derivative(R x, const R* p) {
        return slope_of_gated(x, p[0]);
    }
    template <class T>
    static bool crossing(T x, const T* p) {
        return std::fabs(p[0] * x + T(1.2784645427610738)) < T(0.25);
    }
    template <class T>
    static bounds bound(const T* p) {
        return p[0] == 1 ? bounds_with_crossing<T>(2.75, 3, 4, 4) : bounds_with_crossing<T>(3, 3, 4.25, 4);
    }
};

/// Of functions with e^(-x^2 / 2) and the like.
template <class T>
std::vector<T> breakpoints_of_gelu(std::vector<T> own) {
    for (int n = 0; n <= 1080; ++n)
        own.push_back(static_cast<T>(-std::sqrt(2 * 0.69314718055994531 * (n + 0.5))));
    return own;
}

/// The special values of a gate for beta > 0.
template <class D, class T>
std::vector<row<T>> values_of_gate(const T* p) {
    const T lowest = std::numeric_limits<T>::lowest(), max = std::numeric_limits<T>::max();
    const within_bounds<D, T> within{p};
    // clang-format off
    return with_nan<T>({
        //          x                    f(x)                         f'(x)
        {  -infinity<T>,              T(-0.0),                      T(-0.0) },
        {        lowest,              T(-0.0),                      T(-0.0) },
        {         T(-5),      within.f(T(-5)),      within.derivative(T(-5)) },
        {         T(-1),      within.f(T(-1)),      within.derivative(T(-1)) },
        {  -denormal<T>, within.f(-denormal<T>),                     T(0.5) },
        {       T(-0.0),              T(-0.0),                       T(0.5) },
        {          T(0),                 T(0),                       T(0.5) },
        {   denormal<T>, within.f(denormal<T>),                      T(0.5) },
        {          T(1),       within.f(T(1)),       within.derivative(T(1)) },
        {           max,                  max,                         T(1) },
        {   infinity<T>,          infinity<T>,                         T(1) },
    });
    // clang-format on
}

} // namespace tests
