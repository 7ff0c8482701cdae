#pragma once

#include "../description.hpp"

#include <cmath>

/// 0 where |x| is at most a number.
namespace tests {

using std::fabs;

struct shrinkage : describes {
    template <class T>
    static constexpr T deepest = -10;

    static std::vector<stated_parameter> parameters() { return {{"lambda", 0.5, "l"}}; }
    static std::vector<parameter_set> usual() { return {{0.5}, {0.0}, {0.1}, {1.0}, {2.7}}; }
    static std::vector<parameter_set> edge() { return {{denormal_parameter}, {1e-30}, {1e30}, {3.4e38}, {-0.0}}; }
    static std::vector<parameter_set> special() { return {{infinity<double>}, {1e300}, {1e-300}}; }
    static std::vector<parameter_set> refused() { return {{-0.5}, {-1e-30}, {-infinity<double>}, {not_a_number}}; }
    template <class T>
    static bool valid(const T* p) {
        return p[0] >= 0;
    }

    static constexpr tests::reach reach = {.near = -2, .middle = -4, .far = -8};
    template <class T>
    static bool straight(T, const T*) {
        return true;
    }
    template <class T>
    static bool bit(T x, const T* p) {
        return fabs(x) > p[0];
    }
    template <class T>
    static std::vector<T> breakpoints() {
        return {T(-0.5), T(0.5)};
    }

    template <class R>
    static R derivative(R x, const R* p) {
        return fabs(x) > p[0] ? R(1) : R(0);
    }

    /// A zero of x's sign.
    template <class R>
    static R nothing_of(R x) {
        return x < 0 ? -R(0) : x > 0 ? R(0) : x;
    }

    /// f(x), by another way than the description's formula, where |x| is more than lambda.
    template <class T, class Beyond>
    static std::vector<row<T>> values_with(T lambda, Beyond beyond) {
        std::vector<row<T>> rows;
        for (const T x : {T(0), denormal<T>, T(0.25), T(1), std::numeric_limits<T>::max(), infinity<T>, lambda,
                          std::nextafter(lambda, infinity<T>), std::nextafter(lambda, T(0)), 2 * lambda})
            for (const T signed_x : {x, -x})
                rows.push_back({signed_x, std::copysign(x > lambda ? beyond(x) : T(0), signed_x), T(x > lambda)});
        return with_nan<T>(rows);
    }
};

} // namespace tests
