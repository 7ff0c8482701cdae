#include "../description.hpp"
#include "exponential.hpp"

#include <algorithm>

namespace tests {
namespace {

using std::exp;
using std::expm1;

struct elu : describes {
    static constexpr const char* name = "elu";
    template <class T>
    static constexpr T deepest = sizeof(T) == 4 ? T(-180) : T(-1450); // where the largest alpha * e^x ends
    static constexpr facts fact = {.keeps_x_above_zero = true,
                                   .monotone = true,
                                   .from_output = true,
                                   .rounds_output_once = true,
                                   .raises_no_flags = true};
    static constexpr readme_text readme = {
        .f = "a (e^x - 1)", .derivative = "a e^x", .source = "Clevert, Unterthiner, Hochreiter 2016"};

    static std::vector<stated_parameter> parameters() { return {{"alpha", 1.0, "a"}}; }
    static std::vector<std::string> elsewhere() {
        return {"onnx Elu(alpha 1)", "pytorch ELU(alpha 1)", "pytorch elu(alpha 1)", "keras ELU(alpha 1)",
                "keras elu(alpha 1)"};
    }
    static std::vector<parameter_set> usual() { return {{1.0}, {0.01}, {0.25}, {0.5}, {0.7}, {1.67}, {2.7}}; }
    // Some whose results leave the normal numbers where e^x does not and the other way round; and three for which
    // alpha (2^n - 1) is beyond a power of two that f does not reach, so that its rounding counts twice.
    static std::vector<parameter_set> edge() {
        return {{-0.7},
                {-1.0},
                {1e-30},
                {1e30},
                {-1e30},
                {denormal_parameter},
                {1.2e-38},
                {3.4e38},
                {0x1.8ac874p+0},
                {0x1.7d6414p+0},
                {0x1.815febce359fap+0}};
    }
    static std::vector<parameter_set> special() {
        return {{0.0},
                {infinity<double>},
                {-infinity<double>},
                {not_a_number},
                // rounded to float: a number with more digits, nearly 1, infinite, 0, the ends of floats and doubles
                {0.1},
                {1 + 1e-12},
                {1e300},
                {-1e300},
                {1e-300},
                {0x1.fffffep127},
                {-0x1.fffffep127},
                {0x1p-126},
                {0x1p-149},
                {1.7e308},
                {-5e-324}};
    }
    static std::vector<parameter_set> refused_from_output() {
        return {{-0.5}, {-1e-30}, {-infinity<double>}, {not_a_number}};
    }

    template <class T>
    static bool output_tells(const T* p) {
        return p[0] >= 0;
    }

    template <class R>
    static R f(R x, const R* p) {
        return x < 0 ? p[0] * expm1(x) : x;
    }
    template <class R>
    static R derivative(R x, const R* p) {
        if (x > 0)
            return R(1);
        const R half = exp(x / 2); // two factors: where R is double, e^x may be denormal and alpha * e^x not
        return p[0] * half * half;
    }
    template <class R>
    static R from_output(R y, const R* p) {
        return y > 0 ? R(1) : y + p[0];
    }

    template <class T>
    static bounds bound(const T* p) {
        const bool at_1 = p[0] == 1;
        return {.f = !at_1            ? 2.5
                     : sizeof(T) == 4 ? 1
                                      : 1.25,
                .derivative = at_1 ? 1.1 : 2,
                .from_output = at_1 ? 1.5 : 2.5,
                .unit = p[0],
                .steps = at_1 ? 1 : 2,
                .derivative_may_vanish = true};
    }
    template <class T>
    static std::vector<T> hardest() {
        if constexpr (sizeof(T) == 4)
            return {T(-0x1.236876p-2), T(-0x1.25c0a6p-2), T(-0x1.267ed8p-2), T(-0x1.89c4a2p-2), T(-0x1.749a1p-2),
                    T(-0x1.8a98ccp-2), T(-0x1.df842cp+5), T(-0x1.75a312p+2), T(-0x1.0ba0f2p+0), T(-0x1.1cc58p+0)};
        else
            return {T(-0x1.176cc2b3cac77p+0)};
    }
    template <class T>
    static std::vector<T> breakpoints() {
        return breakpoints_of_exponential<T>(false);
    }

    template <class T>
    static std::vector<row<T>> values(const T* p) {
        const T a = p[0], lowest = std::numeric_limits<T>::lowest();
        const within_bounds<elu, T> within{p};
        const bool finite = std::isfinite(a);
        const auto any_nan = wanted<T>::any_nan(), any_zero = wanted<T>::any_zero();
        const auto f_at = [&](T x) { return !finite ? any_nan : a == 0 ? any_zero : within.f(x); };
        const auto slope_at = [&](T x) { // alpha * e^x, but promised is no more than a NaN
            return is_nan(a)                ? any_nan
                   : !finite && x == lowest ? any_nan
                   : !finite                ? wanted<T>::nan_or(a)
                   : a == 0                 ? any_zero
                                            : within.derivative(x);
        };
        const wanted<T> at_end = !finite ? any_nan : a == 0 ? any_zero : wanted<T>(-a);
        const wanted<T> slope_at_end = !finite ? any_nan : a == 0 ? any_zero : wanted<T>(T(0) * a);
        const wanted<T> at_zero = is_nan(a) ? any_nan : a == 0 ? any_zero : wanted<T>(a);
        // clang-format off
        return with_x_above_zero<T>({
            //           x                f(x)               f'(x)
            { -infinity<T>,             at_end,       slope_at_end },
            {       lowest,             at_end,       slope_at_end },
            {        T(-1),        f_at(T(-1)),    slope_at(T(-1)) },
            { -denormal<T>, f_at(-denormal<T>), a == 0 || !finite ? slope_at(-denormal<T>) : at_zero },
            {      T(-0.0),            T(-0.0),            at_zero },
            {         T(0),               T(0),            at_zero },
        });
        // clang-format on
    }
};

const described<elu> here;

} // namespace
} // namespace tests
