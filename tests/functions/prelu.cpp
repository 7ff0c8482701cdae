#include "sloped.hpp"

namespace tests {
namespace {

/// With one slope for all, which is as a parameter.
struct prelu : sloped {
    static constexpr const char* name = "prelu";
    static std::vector<parameter_set> usual() { return {{0.25}, {0.01}, {0.5}, {1.0}, {1.7}, {3.0}}; }
    static constexpr facts fact = {
        .keeps_x_above_zero = true, .monotone = true, .from_bit = true, .in_constant_expressions = true};
    static constexpr readme_text readme = {.f = "w x", .derivative = "w", .source = "He, Zhang, Ren, Sun 2015"};
    static std::vector<std::string> elsewhere() {
        return {"onnx PRelu", "pytorch PReLU", "pytorch prelu", "keras PReLU"};
    }

    template <class R>
    static R by_slope(R x, const R*) {
        return x > 0 ? R(0) : x;
    }
};

const described<prelu> here;

} // namespace
} // namespace tests
