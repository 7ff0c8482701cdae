#pragma once

#include "by_bit.hpp"

/// 0 where |x| is at most a number.
namespace tests {

using std::fabs;

template <class D>
struct shrinkage : by_bit<D> {
    static constexpr facts fact = {.odd = true,
                                   .even_derivative = true,
                                   .monotone = true,
                                   .from_output = true,
                                   .rounds_output_once = true,
                                   .from_bit = true,
                                   .in_constant_expressions = true};

    static std::vector<stated_parameter> parameters() { return {{"lambda", 0.5, "l"}}; }
    static std::vector<parameter_set> usual() { return {{0.5}, {0.0}, {0.1}, {1.0}, {2.7}}; }
    static std::vector<parameter_set> edge() { return {{denormal_parameter}, {1e-30}, {1e30}, {3.4e38}, {-0.0}}; }
    static std::vector<parameter_set> special() { return {{infinity<double>}, {1e300}, {1e-300}}; }
    static std::vector<parameter_set> refused() { return {{-0.5}, {-1e-30}, {-infinity<double>}, {not_a_number}}; }
    template <class T>
    static bool valid(const T* p) {
        return p[0] >= 0;
    }
    template <class T>
    static std::vector<T> breakpoints() {
        return {T(-0.5), T(0.5)};
    }

    template <class R>
    static bool bit(R x, const R* p) {
        return fabs(x) > p[0];
    }

    /// A zero of x's sign.
    template <class R>
    static R nothing_of(R x) {
        return x < 0 ? -R(0) : x > 0 ? R(0) : x;
    }

    /// With f(|x|) where that is more than lambda.
    template <class T, class Beyond>
    static std::vector<row<T>> rows_with(const T* p, Beyond beyond) {
        return D::template rows<T>(p, {p[0], -p[0]}, [=](T x) {
            return std::copysign(std::fabs(x) <= p[0] ? T(0) : beyond(std::fabs(x)), x);
        });
    }
};

} // namespace tests
