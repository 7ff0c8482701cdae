#include "../description.hpp"
#include "exponential.hpp"

namespace tests {
namespace {

using std::exp;
using std::fabs;

struct tanh : describes {
    static constexpr const char* name = "tanh";
    template <class T>
    static constexpr T deepest = sizeof(T) == 4 ? T(-53) : T(-374); // f' is 0 beyond
    static constexpr facts fact = {
        .odd = true, .even_derivative = true, .monotone = true, .from_output = true, .lowest = -1, .highest = 1};
    static constexpr readme_text readme = {.f = "tanh x",
                                           .derivative = "1 - f(x)^2",
                                           .from_output = "(1 - y) (1 + y)",
                                           .called = "simdact::tanh",
                                           .source = "LeCun, Bottou, Orr, Mueller 1998"}; // <cmath> has another

    static std::vector<std::string> elsewhere() { return {"onnx Tanh", "pytorch Tanh", "pytorch tanh", "keras tanh"}; }

    template <class R>
    static R f(R x, const R*) {
        using std::tanh;
        return tanh(x);
    }
    // Of e^-2|x| alone, so that no sum is near 0.
    template <class R>
    static R derivative(R x, const R*) {
        const R e = exp(-2 * fabs(x));
        return 4 * e / ((1 + e) * (1 + e));
    }
    template <class R>
    static R from_output(R y, const R*) {
        return (1 - y) * (1 + y);
    }

    template <class T>
    static bounds bound(const T*) {
        return sizeof(T) == 4 ? bounds{.f = 2.05, .derivative = 2.5, .from_output = 2, .unit = 1, .steps = 3}
                              : bounds{.f = 2.5, .derivative = 3, .from_output = 2, .unit = 1, .steps = 3};
    }
    template <class T>
    static std::vector<T> hardest() {
        if constexpr (sizeof(T) == 4)
            return {T(0x1.c9d426p-3), T(0x1.d8030ap-3), T(0x1.6275dcp+1), T(0x1.522cd8p+0), T(0x1.ffbe5ap-5)};
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
        const within_bounds<tanh, T> within{p};
        // clang-format off
        return with_nan<T>({
            //          x                  f(x)                         f'(x)
            {  -infinity<T>,                T(-1),                          T(0) },
            {        lowest,                T(-1),                          T(0) },
            {       T(-100),                T(-1),    within.derivative(T(-100)) },
            {         T(-1),      within.f(T(-1)),      within.derivative(T(-1)) },
            {  -denormal<T>,         -denormal<T>,                          T(1) },
            {       T(-0.0),              T(-0.0),                          T(1) },
            {          T(0),                 T(0),                          T(1) },
            {   denormal<T>,          denormal<T>,                          T(1) },
            {          T(1),       within.f(T(1)),       within.derivative(T(1)) },
            {        T(100),                 T(1),     within.derivative(T(100)) },
            {           max,                 T(1),                          T(0) },
            {   infinity<T>,                 T(1),                          T(0) },
        });
        // clang-format on
    }
};

const described<tanh> here;

} // namespace
} // namespace tests
