#include "above_threshold.hpp"

namespace tests {
namespace {

struct thresholded_relu : above_threshold<thresholded_relu> {
    static constexpr const char* name = "thresholded_relu";
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

    template <class T>
    static std::vector<T> breakpoints() {
        return {T(1)};
    }
    template <class R>
    static R otherwise(const R*) {
        return R(0);
    }
};

const described<thresholded_relu> here;

} // namespace
} // namespace tests
