#include "../description.hpp"
#include "exponential.hpp"

namespace tests {
namespace {

struct relu : describes {
    static constexpr const char* name = "relu";
    template <class T>
    static constexpr T deepest = -10;
    static constexpr facts fact = {.keeps_x_above_zero = true,
                                   .flat_below_zero = true,
                                   .monotone = true,
                                   .from_output = true,
                                   .rounds_output_once = true,
                                   .from_bit = true,
                                   .in_constant_expressions = true,
                                   .by_maximum = true,
                                   .lowest = 0};
    static constexpr readme_text readme = {.f = "0", .derivative = "0", .source = "Nair, Hinton 2010"};
    static std::vector<std::string> elsewhere() {
        return {"onnx Relu", "pytorch ReLU", "pytorch relu", "keras ReLU", "keras relu"};
    }

    // What its doubles were measured around.
    template <class T>
    static std::vector<T> breakpoints() {
        return breakpoints_of_exponential<T>(false);
    }

    template <class R>
    static R f(R x, const R*) {
        return x < 0 ? R(0) : x;
    }
    template <class R>
    static R derivative(R x, const R*) {
        return x > 0 ? R(1) : R(0);
    }
    template <class R>
    static R from_output(R y, const R*) {
        return y > 0 ? R(1) : R(0);
    }

    template <class T>
    static bounds bound(const T*) {
        return {};
    }

    template <class T>
    static std::vector<row<T>> values(const T*) {
        const T lowest = std::numeric_limits<T>::lowest();
        // clang-format off
        return with_x_above_zero<T>({
            //           x         f(x)  f'(x)
            { -infinity<T>,        T(0), T(0) },
            {       lowest,        T(0), T(0) },
            {        T(-1),        T(0), T(0) },
            { -denormal<T>,        T(0), T(0) },
            {      T(-0.0),     T(-0.0), T(0) },
            {         T(0),        T(0), T(0) },
        });
        // clang-format on
    }
};

const described<relu> here;

} // namespace
} // namespace tests
