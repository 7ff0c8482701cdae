#include "../description.hpp"

#include <cmath>

namespace tests {
namespace {

struct thresholded_relu : describes {
    static constexpr const char* name = "thresholded_relu";
    template <class T>
    static constexpr T deepest = -10;
    static constexpr facts fact = {.monotone = true,
                                   .from_output = true,
                                   .rounds_output_once = true,
                                   .from_bit = true,
                                   .in_constant_expressions = true};
    static constexpr readme_text readme = {.f = "0 where x <= t, else x",
                                           .derivative = "0 where x <= t, else 1",
                                           .from_output = "1 where y > t, else 0",
                                           .source = "Konda, Memisevic, Krueger 2015"};

    static std::vector<stated_parameter> parameters() { return {{"theta", 1.0, "t"}}; }
    static std::vector<std::string> elsewhere() { return {"onnx ThresholdedRelu(alpha 1)"}; }
    static std::vector<parameter_set> usual() { return {{1.0}, {0.0}, {0.1}, {2.5}, {-0.5}}; }
    static std::vector<parameter_set> edge() {
        return {{denormal_parameter}, {-denormal_parameter}, {3.4e38}, {-3.4e38}, {-0.0}, {-1.0}};
    }
    static std::vector<parameter_set> special() { return {{infinity<double>}, {-infinity<double>}, {1e300}, {1e-300}}; }
    static std::vector<parameter_set> refused() { return {{not_a_number}}; }
    static std::vector<parameter_set> refused_from_output() {
        return {{-0.5}, {-1e-30}, {-infinity<double>}, {not_a_number}};
    }
    template <class T>
    static bool valid(const T* p) {
        return !is_nan(p[0]);
    }
    template <class T>
    static bool output_tells(const T* p) {
        return p[0] >= 0;
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
        return {T(1)};
    }

    template <class R>
    static R f(R x, const R* p) {
        return x > p[0] ? x : R(0);
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
            rows.push_back({x, x <= theta ? T(0) : x, T(x > theta)});
        return with_nan<T>(rows);
    }
};

const described<thresholded_relu> here;

} // namespace
} // namespace tests
