#include "../description.hpp"
#include "exponential.hpp"

namespace tests {
namespace {

using std::exp;
using std::fabs;

struct sigmoid : describes {
    static constexpr const char* name = "sigmoid";
    template <class T>
    static constexpr T deepest = sizeof(T) == 4 ? T(-106) : T(-748); // f' is 0 beyond
    static constexpr facts fact = {
        .even_derivative = true, .monotone = true, .from_output = true, .lowest = 0, .highest = 1};
    static constexpr readme_text readme = {.f = "1 / (1 + e^-x)",
                                           .derivative = "f(x) (1 - f(x))",
                                           .from_output = "y (1 - y)",
                                           .source = "Rumelhart, Hinton, Williams 1986"};
    static std::vector<std::string> elsewhere() {
        return {"onnx Sigmoid", "pytorch Sigmoid", "pytorch sigmoid", "keras sigmoid"};
    }

    // Of e^-|x| alone, so that no sum is near 0.
    template <class R>
    static R f(R x, const R*) {
        const R e = exp(-fabs(x));
        return (x < 0 ? e : R(1)) / (1 + e);
    }
    template <class R>
    static R derivative(R x, const R*) {
        const R e = exp(-fabs(x));
        return e / ((1 + e) * (1 + e));
    }
    template <class R>
    static R from_output(R y, const R*) {
        return y * (1 - y);
    }

    template <class T>
    static bounds bound(const T*) {
        return sizeof(T) == 4 ? bounds{.f = 1.75, .derivative = 2.5, .from_output = 3.5, .unit = 0.25, .steps = 3}
                              : bounds{.f = 2, .derivative = 3, .from_output = 3.5, .unit = 0.25, .steps = 3};
    }
    template <class T>
    static std::vector<T> hardest() {
        if constexpr (sizeof(T) == 4)
            return {T(-0x1.197928p+0), T(-0x1.1acc9ep+0), T(0x1.f6fd5p+2), T(0x1.522cd8p+1), T(-0x1.0a699p+4)};
        else
            return {};
    }
    template <class T>
    static std::vector<T> breakpoints() {
        return breakpoints_of_exponential<T>(true);
    }

    template <class T>
    static std::vector<row<T>> values(const T* p) {
        const T lowest = std::numeric_limits<T>::lowest(), max = std::numeric_limits<T>::max();
        const within_bounds<sigmoid, T> within{p};
        // clang-format off
        return with_nan<T>({
            //          x                  f(x)                         f'(x)
            {  -infinity<T>,                 T(0),                          T(0) },
            {        lowest,                 T(0),                          T(0) },
            {     -large<T>,  within.f(-large<T>),  within.derivative(-large<T>) },
            {         T(-1),      within.f(T(-1)),      within.derivative(T(-1)) },
            {  -denormal<T>,               T(0.5),                       T(0.25) },
            {       T(-0.0),               T(0.5),                       T(0.25) },
            {          T(0),               T(0.5),                       T(0.25) },
            {   denormal<T>,               T(0.5),                       T(0.25) },
            {          T(1),       within.f(T(1)),       within.derivative(T(1)) },
            {      large<T>,                 T(1),   within.derivative(large<T>) },
            {           max,                 T(1),                          T(0) },
            {   infinity<T>,                 T(1),                          T(0) },
        });
        // clang-format on
    }
};

const described<sigmoid> here;

} // namespace
} // namespace tests
