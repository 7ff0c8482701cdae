#include "above_threshold.hpp"

namespace tests {
namespace {

struct threshold : above_threshold<threshold> {
    static constexpr const char* name = "threshold";
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

    template <class T>
    static std::vector<T> breakpoints() {
        return {T(0.25)};
    }
    template <class R>
    static R otherwise(const R* p) {
        return p[1];
    }
};

const described<threshold> here;

} // namespace
} // namespace tests
