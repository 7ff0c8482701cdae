#pragma once

#include "../description.hpp"
#include "exponential.hpp"

/// x where it is not less than 0, a slope times x elsewhere.
namespace tests {

struct sloped : describes {
    template <class T>
    static constexpr T deepest = -10;

    static std::vector<parameter_set> usual() { return {{0.01}, {0.25}, {0.5}, {1.0}, {1.7}, {3.0}}; }
    static std::vector<parameter_set> edge() {
        return {{-0.7}, {-1.0}, {1e-30}, {1e30}, {denormal_parameter}, {3.4e38}, {-3.4e38}};
    }
    static std::vector<parameter_set> special() {
        return {{0.0},   {-0.0},   {0.1},         {2.0}, {infinity<double>}, {-infinity<double>},
                {1e300}, {1e-300}, {not_a_number}};
    }

    // What its doubles were measured around.
    template <class T>
    static std::vector<T> breakpoints() {
        return breakpoints_of_exponential<T>(false);
    }

    template <class R>
    static R f(R x, const R* p) {
        return x < 0 ? p[0] * x : x;
    }
    template <class R>
    static R derivative(R x, const R* p) {
        return x > 0 ? R(1) : p[0];
    }

    template <class T>
    static bounds bound(const T*) {
        return {.f = 0.5};
    }

    template <class T>
    static std::vector<row<T>> values(const T* p) {
        const T s = p[0], lowest = std::numeric_limits<T>::lowest();
        const auto below = [&](T x) {
            return is_nan(s) || (s == 0 && x == -infinity<T>) ? wanted<T>::any_nan() : wanted<T>(x * s);
        };
        const wanted<T> slope = is_nan(s) ? wanted<T>::any_nan() : wanted<T>(s);
        // clang-format off
        return with_x_above_zero<T>({
            //           x                 f(x)  f'(x)
            { -infinity<T>, below(-infinity<T>), slope },
            {       lowest,       below(lowest), slope },
            {        T(-1),        below(T(-1)), slope },
            { -denormal<T>, below(-denormal<T>), slope },
            {      T(-0.0),             T(-0.0), slope },
            {         T(0),                T(0), slope },
        });
        // clang-format on
    }
};

} // namespace tests
