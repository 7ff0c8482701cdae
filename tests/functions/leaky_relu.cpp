#include "sloped.hpp"

namespace tests {
namespace {

struct leaky_relu : sloped {
    static constexpr const char* name = "leaky_relu";
    static constexpr facts fact = {.keeps_x_above_zero = true,
                                   .monotone = true,
                                   .from_output = true,
                                   .rounds_output_once = true,
                                   .from_bit = true,
                                   .in_constant_expressions = true,
                                   .by_maximum = true};
    static constexpr readme_text readme = {.f = "s x", .derivative = "s", .source = "Maas, Hannun, Ng 2013"};

    static std::vector<stated_parameter> parameters() { return {{"negative_slope", 0.01, "s"}}; }
    static std::vector<std::string> elsewhere() {
        return {"onnx LeakyRelu(alpha 0.01)", "pytorch LeakyReLU(negative_slope 0.01)",
                "pytorch leaky_relu(negative_slope 0.01)", "keras LeakyReLU(negative_slope 0.3)",
                "keras leaky_relu(negative_slope 0.2)"};
    }
    static std::vector<parameter_set> refused_from_output() {
        return {{-0.5}, {-1e-30}, {-infinity<double>}, {not_a_number}};
    }

    template <class T>
    static bool output_tells(const T* p) {
        return p[0] >= 0;
    }

    template <class R>
    static R from_output(R y, const R* p) {
        return y > 0 ? R(1) : p[0];
    }
};

const described<leaky_relu> here;

} // namespace
} // namespace tests
