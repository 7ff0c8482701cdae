#include "../description.hpp"

#include <cmath>

namespace tests {
namespace {

struct hard_tanh : describes {
    static constexpr const char* name = "hard_tanh";
    template <class T>
    static constexpr T deepest = -4;
    static constexpr facts fact = {.monotone = true,
                                   .from_output = true,
                                   .rounds_output_once = true,
                                   .from_bit = true,
                                   .in_constant_expressions = true,
                                   .by_maximum = true};
    static constexpr readme_text readme = {.f = "min(max(x, a), b)",
                                           .derivative = "1 where a < x < b, else 0",
                                           .from_output = "the same of y",
                                           .source = "Collobert 2004"};

    static std::vector<stated_parameter> parameters() { return {{"min", -1.0, "a"}, {"max", 1.0, "b"}}; }
    static std::vector<std::string> elsewhere() {
        return {"onnx Clip(min -inf, max inf)",
                "pytorch Hardtanh(min_val -1, max_val 1)",
                "pytorch hardtanh(min_val -1, max_val 1)",
                "pytorch clamp(min -inf, max inf)",
                "pytorch clip(min -inf, max inf)",
                "keras hard_tanh(min -1, max 1)"};
    }
    static std::vector<parameter_set> usual() { return {{-1.0, 1.0}, {0.0, 6.0}, {-2.0, 2.5}, {0.3, 0.7}, {1.0, 2.0}}; }
    static std::vector<parameter_set> edge() {
        return {{0.5, 0.5}, {-denormal_parameter, denormal_parameter}, {-3.4e38, 3.4e38}, {-2.0, -1.0}, {-0.0, 0.0}};
    }
    static std::vector<parameter_set> special() {
        const double inf = infinity<double>;
        return {{0.0, -0.0}, {-inf, inf}, {-inf, 0.0}, {0.0, inf}, {inf, inf}, {-inf, -inf}, {-0.1, 0.1}};
    }
    static std::vector<parameter_set> refused() {
        return {{1.0, -1.0}, {0.5, 0.4999}, {infinity<double>, 1.0}, {not_a_number, 1.0}, {-1.0, not_a_number}};
    }
    template <class T>
    static bool valid(const T* p) {
        return p[0] <= p[1];
    }

    static constexpr tests::reach reach = {.near = -2, .middle = -4, .far = -8};
    template <class T>
    static bool straight(T, const T*) {
        return true;
    }
    template <class T>
    static bool bit(T x, const T* p) {
        return x > p[0] && x < p[1];
    }
    template <class T>
    static std::vector<T> breakpoints() {
        return {T(-1), T(1)};
    }

    template <class R>
    static R f(R x, const R* p) {
        return x < p[0] ? p[0] : x > p[1] ? p[1] : x;
    }
    template <class R>
    static R derivative(R x, const R* p) {
        return x > p[0] && x < p[1] ? R(1) : R(0);
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
        const T low = p[0], high = p[1], lowest = std::numeric_limits<T>::lowest(), max = std::numeric_limits<T>::max();
        const T before = std::nextafter(low, -infinity<T>), after = std::nextafter(high, infinity<T>);
        std::vector<row<T>> rows;
        // f(x) and f'(x) by the definition, at the ends and around them.
        for (const T x :
             {-infinity<T>, lowest, T(-1), -denormal<T>, T(-0.0), T(0), denormal<T>, T(1), max, infinity<T>, before,
              low, std::nextafter(low, infinity<T>), std::nextafter(high, -infinity<T>), high, after})
            rows.push_back({x, x < low ? low : x > high ? high : x, T(x > low && x < high)});
        return with_nan<T>(rows);
    }
};

const described<hard_tanh> here;

} // namespace
} // namespace tests
