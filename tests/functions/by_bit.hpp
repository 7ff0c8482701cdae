#pragma once

#include "../description.hpp"

#include <cmath>
#include <initializer_list>

/// f' is 1 where the bit of x is set, and of y where that tells it, and 0 elsewhere.
namespace tests {

template <class D>
struct by_bit : describes {
    template <class T>
    static constexpr T deepest = -10;
    static constexpr tests::reach reach = {.near = -2, .middle = -4, .far = -8};

    template <class T>
    static bool straight(T, const T*) {
        return true;
    }
    template <class R>
    static R derivative(R x, const R* p) {
        return D::bit(x, p) ? R(1) : R(0);
    }
    template <class R>
    static R from_output(R y, const R* p) {
        return D::derivative(y, p);
    }
    template <class T>
    static bounds bound(const T*) {
        return {};
    }

    /// Rows for every kind of number, and for `more` and its neighbours.
    template <class T, class F>
    static std::vector<row<T>> rows(const T* p, std::initializer_list<T> more, F f) {
        std::vector<T> x = {
            -infinity<T>, std::numeric_limits<T>::lowest(), T(-1),      -denormal<T>, T(-0.0), T(0), denormal<T>,
            T(1),         std::numeric_limits<T>::max(),    infinity<T>};
        for (const T at : more)
            for (const T v : {std::nextafter(at, -infinity<T>), at, std::nextafter(at, infinity<T>)})
                x.push_back(v);
        std::vector<row<T>> all;
        for (const T v : x)
            all.push_back({v, f(v), T(D::bit(v, p))});
        return with_nan<T>(all);
    }
};

} // namespace tests
