#include "../description.hpp"

#include <cmath>

namespace tests {
namespace {

struct threshold : describes {
    static constexpr const char* name = "threshold";
    template <class T>
    static constexpr T deepest = -10;
    static constexpr facts fact = {
        .from_output = true, .rounds_output_once = true, .from_bit = true, .in_constant_expressions = true};
    static constexpr readme_text readme = {
        .f = "v where x <= t, else x", .derivative = "0 where x <= t, else 1", .from_output = "1 where y > t, else 0"};

    static std::vector<stated_parameter> parameters() {
        return {{"theta", not_a_number, "t"}, {"value", not_a_number, "v"}};
    }
    static std::vector<std::string> elsewhere() {
        return {"pytorch Threshold(threshold nan, value nan)", "pytorch threshold(threshold nan, value nan)",
                "keras threshold(threshold nan, default_value nan)"};
    }
    static std::vector<parameter_set> usual() {
        return {{0.25, 0.25}, {0.0, 0.0}, {1.0, -2.0}, {-1.5, 3.0}, {0.1, 20.0}};
    }
    static std::vector<parameter_set> edge() {
        return {{-denormal_parameter, 0.5}, {3.4e38, -3.4e38}, {-3.4e38, 3.4e38}, {-0.0, 0.0}, {0.0, -0.0}};
    }
    static std::vector<parameter_set> special() {
        const double inf = infinity<double>;
        return {{-inf, 1.0}, {inf, 1.0}, {1.0, -inf}, {1.0, inf}, {0.7, -1e300}};
    }
    static std::vector<parameter_set> refused() {
        return {{not_a_number, 1.0}, {1.0, not_a_number}, {not_a_number, not_a_number}};
    }
    static std::vector<parameter_set> refused_from_output() {
        return {{0.0, 0.1}, {-1.0, 0.0}, {1.0, infinity<double>}};
    }
    template <class T>
    static bool valid(const T* p) {
        return !is_nan(p[0]) && !is_nan(p[1]);
    }
    template <class T>
    static bool output_tells(const T* p) {
        return p[1] <= p[0];
    }

    static constexpr tests::reach reach = {.near = -2, .middle = -4, .far = -8};
    template <class T>
    static bool straight(T, const T*) {
        return true;
    }
    template <class T>
    static bool bit(T x, const T* p) {
        return x > p[0];
    }
    template <class T>
    static std::vector<T> breakpoints() {
        return {T(0.25)};
    }

    template <class R>
    static R f(R x, const R* p) {
        return x > p[0] ? x : p[1];
    }
    template <class R>
    static R derivative(R x, const R* p) {
        return x > p[0] ? R(1) : R(0);
    }
    template <class R>
    static R from_output(R y, const R* p) {
        return derivative(y, p);
    }

    template <class T>
    static bounds bound(const T*) {
        return {};
    }

    template <class T>
    static std::vector<row<T>> values(const T* p) {
        const T theta = p[0], lowest = std::numeric_limits<T>::lowest(), max = std::numeric_limits<T>::max();
        std::vector<row<T>> rows;
        for (const T x : {-infinity<T>, lowest, T(-1), -denormal<T>, T(-0.0), T(0), denormal<T>, T(1), max, infinity<T>,
                          std::nextafter(theta, -infinity<T>), theta, std::nextafter(theta, infinity<T>)})
            rows.push_back({x, x <= theta ? p[1] : x, T(x > theta)});
        return with_nan<T>(rows);
    }
};

const described<threshold> here;

} // namespace
} // namespace tests
