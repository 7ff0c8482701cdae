#include "../description.hpp"
#include "exponential.hpp"

#include <algorithm>
#include <concepts>

namespace tests {
namespace {

using std::exp;
using std::expm1;

struct celu : describes {
    static constexpr const char* name = "celu";
    template <class T>
    static constexpr T deepest = sizeof(T) == 4 ? T(-280) : T(-2000); // where f' ends with the largest usual alpha
    static constexpr facts fact = {
        .keeps_x_above_zero = true, .monotone = true, .from_output = true, .raises_no_flags = true};
    static constexpr readme_text readme = {.f = "a (e^(x/a) - 1)", .derivative = "e^(x/a)", .source = "Barron 2017"};

    static std::vector<stated_parameter> parameters() { return {{"alpha", 1.0, "a"}}; }
    static std::vector<std::string> elsewhere() {
        return {"onnx Celu(alpha 1)", "pytorch CELU(alpha 1)", "pytorch celu(alpha 1)", "keras celu(alpha 1)"};
    }
    static std::vector<parameter_set> usual() { return {{1.0}, {0.3}, {0.5}, {0.7}, {1.5}, {2.7}}; }
    // The ends, what is 1 as a float, and two for which the sum of f rounds to a power of two that f does not reach.
    static std::vector<parameter_set> edge() {
        return {{0x1p-20}, {0x1p20}, {0.01}, {100}, {1e6}, {1 + 1e-12}, {0x1.8bd934p0}, {0x1.888b51ea5780ap0}};
    }
    static std::vector<parameter_set> refused() {
        return {{0.0}, {-1.0}, {0x1.ffffp-21}, {0x1.00002p20}, {1e300}, {5e-324}, {infinity<double>}, {not_a_number}};
    }
    template <class T>
    static bool valid(const T* p) {
        return p[0] >= T(0x1p-20) && p[0] <= T(0x1p20);
    }

    template <class R>
    static R f(R x, const R* p) {
        return x < 0 ? p[0] * expm1(x / p[0]) : x;
    }
    // e^n e^((x - n a) / a): a rounded x / a would be off by much of e^(x / a).
    template <class R>
    static R derivative(R x, const R* p) {
        if (x > 0)
            return R(1);
        R n(0);
        if constexpr (std::floating_point<R>)
            n = std::round(std::max(x / p[0], R(-2000)));
        return exp(n) * exp((x - n * p[0]) / p[0]);
    }
    template <class R>
    static R from_output(R y, const R* p) {
        return y > 0 ? R(1) : (y + p[0]) / p[0];
    }

    template <class T>
    static bounds bound(const T* p) {
        const double f_at_1 = sizeof(T) == 4 ? 1 : 1.25;
        return {.f = p[0] == 1 ? f_at_1 : 2.5, .derivative = 1.1, .from_output = 1.5, .unit = 1, .steps = 2};
    }
    template <class T>
    static std::vector<T> hardest() {
        return {sizeof(T) == 4 ? T(-0x1.9bde88p0) : T(-0x1.9e86e70212ed4p0)}; // with the last two parameters
    }
    template <class T>
    static std::vector<T> breakpoints() {
        return breakpoints_of_exponential<T>(false);
    }

    template <class T>
    static std::vector<row<T>> values(const T* p) {
        const T a = p[0], lowest = std::numeric_limits<T>::lowest();
        const within_bounds<celu, T> within{p};
        // clang-format off
        return with_x_above_zero<T>({
            //           x              f(x)                   f'(x)
            { -infinity<T>,               -a,                   T(0) },
            {       lowest,               -a,                   T(0) },
            {           -a,     within.f(-a),  within.derivative(-a) },
            { -denormal<T>,     -denormal<T>,                   T(1) },
            {      T(-0.0),          T(-0.0),                   T(1) },
            {         T(0),             T(0),                   T(1) },
        });
        // clang-format on
    }
};

const described<celu> here;

} // namespace
} // namespace tests
