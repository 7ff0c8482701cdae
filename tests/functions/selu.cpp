#include "../description.hpp"
#include "exponential.hpp"

namespace tests {
namespace {

using std::exp;
using std::expm1;

struct selu : describes {
    static constexpr const char* name = "selu";
    template <class T>
    static constexpr T deepest = sizeof(T) == 4 ? T(-106) : T(-748); // f' is 0 beyond
    static constexpr facts fact = {.monotone = true, .from_output = true, .loses_denormals = true};
    static constexpr readme_text readme = {.f = "l x where x > 0, l a (e^x - 1) elsewhere; l = 1.0507, a = 1.6733",
                                           .derivative = "l where x > 0, l a e^x elsewhere",
                                           .from_output = "l where y > 0, y + l a elsewhere",
                                           .source = "Klambauer, Unterthiner, Mayr, Hochreiter 2017"};
    static std::vector<std::string> elsewhere() { return {"onnx Selu", "pytorch SELU", "pytorch selu", "keras selu"}; }
    static std::vector<double> constants() { return {1.0507009873554804934, 1.7580993408473768599}; }

    template <class R>
    static R f(R x, const R* p) {
        return x < 0 ? p[1] * expm1(x) : p[0] * x;
    }
    template <class R>
    static R derivative(R x, const R* p) {
        return x > 0 ? p[0] : p[1] * exp(x);
    }
    template <class R>
    static R from_output(R y, const R* p) {
        return y > 0 ? p[0] : y + p[1];
    }

    template <class T>
    static bounds bound(const T* p) {
        return {.f = 2, .derivative = 1.5, .from_output = 2.5, .unit = p[1], .steps = 2};
    }
    template <class T>
    static std::vector<T> hardest() {
        return {T(-0x1.2f9566p-2), T(-0x1.48d1e2p-2), T(-0x1.61bfb8p+6)};
    }
    template <class T>
    static std::vector<T> breakpoints() {
        return breakpoints_of_exponential<T>(true);
    }

    template <class T>
    static std::vector<row<T>> values(const T* p) {
        const T lambda = p[0], lambda_alpha = p[1], lowest = std::numeric_limits<T>::lowest();
        const within_bounds<selu, T> within{p};
        // clang-format off
        return with_nan<T>({
            //          x                    f(x)                         f'(x)
            {  -infinity<T>,        -lambda_alpha,                         T(0) },
            {        lowest,        -lambda_alpha,                         T(0) },
            {         T(-1),      within.f(T(-1)),      within.derivative(T(-1)) },
            { T(-0x1p-60),    within.f(T(-0x1p-60)),               lambda_alpha },
            {  -denormal<T>, within.f(-denormal<T>),               lambda_alpha },
            {       T(-0.0),              T(-0.0),                 lambda_alpha },
            {          T(0),                 T(0),                 lambda_alpha },
            {   denormal<T>,          denormal<T>,                       lambda },
            {          T(1),               lambda,                       lambda },
            {   infinity<T>,          infinity<T>,                       lambda },
        });
        // clang-format on
    }
};

const described<selu> here;

} // namespace
} // namespace tests
