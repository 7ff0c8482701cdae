#include "../description.hpp"

namespace tests {
namespace {

using std::fabs;

struct softsign : describes {
    static constexpr const char* name = "softsign";
    template <class T>
    static constexpr T deepest = -100; // f and f' bend little beyond
    static constexpr facts fact = {.odd = true,
                                   .even_derivative = true,
                                   .monotone = true,
                                   .from_output = true,
                                   .in_constant_expressions = true,
                                   .lowest = -1,
                                   .highest = 1};
    static constexpr readme_text readme = {.f = "x / (1 + |x|)",
                                           .derivative = "1 / (1 + |x|)^2",
                                           .from_output = "(1 - |y|)^2",
                                           .source = "Turian, Bergstra, Bengio 2009"};
    static std::vector<std::string> elsewhere() {
        return {"onnx Softsign", "pytorch Softsign", "pytorch softsign", "keras softsign"};
    }
    static constexpr tests::reach reach = {.farthest = -0x1p540}; // f' is 0 from there on

    // Far out by 1 / x, so that nothing is infinite twice.
    template <class R>
    static R f(R x, const R*) {
        return fabs(x) < 2 ? x / (1 + fabs(x)) : 1 / (1 / x + (x < 0 ? R(-1) : R(1)));
    }
    template <class R>
    static R derivative(R x, const R*) {
        const R root = 1 / (1 + fabs(x));
        return root * root;
    }
    template <class R>
    static R from_output(R y, const R*) {
        return (1 - fabs(y)) * (1 - fabs(y));
    }

    template <class T>
    static bounds bound(const T*) {
        return {.f = 1.5, .derivative = 1.05, .from_output = 1.25, .unit = 1};
    }
    template <class T>
    static std::vector<T> hardest() {
        if constexpr (sizeof(T) == 4)
            return {T(0x1.ffd7fep+10), T(0x1.9ed6fep-12), T(0x1.55e0a4p-2)};
        else
            return {};
    }
    // Where 1 and x change places, where one of them is lost in the sum, f' denormal, 0, and where x is cut off.
    template <class T>
    static std::vector<T> breakpoints() {
        if constexpr (sizeof(T) == 4)
            return {T(-1), T(-0x1p-24), T(-0x1p24), T(-0x1p63), T(-0x1p75), T(-0x1p80), T(-0x1p100)};
        else
            return {T(-1), T(-0x1p-53), T(-0x1p53), T(-0x1p511), T(-0x1p537), T(-0x1p540), T(-0x1p100)};
    }

    template <class T>
    static std::vector<row<T>> values(const T* p) {
        const T lowest = std::numeric_limits<T>::lowest(), max = std::numeric_limits<T>::max();
        const T faint = sizeof(T) == 4 ? T(0x1p70) : T(0x1p520); // f' is a denormal there
        const within_bounds<softsign, T> within{p};
        // clang-format off
        return with_nan<T>({
            //          x                  f(x)                         f'(x)
            {  -infinity<T>,                T(-1),                          T(0) },
            {        lowest,                T(-1),                          T(0) },
            {        -faint,                T(-1),      within.derivative(faint) },
            {         T(-5),      within.f(T(-5)),      within.derivative(T(-5)) },
            {         T(-1),              T(-0.5),                       T(0.25) },
            {  -denormal<T>,         -denormal<T>,                          T(1) },
            {       T(-0.0),              T(-0.0),                          T(1) },
            {          T(0),                 T(0),                          T(1) },
            {   denormal<T>,          denormal<T>,                          T(1) },
            {          T(1),               T(0.5),                       T(0.25) },
            {          T(5),       within.f(T(5)),       within.derivative(T(5)) },
            {         faint,                 T(1),      within.derivative(faint) },
            {           max,                 T(1),                          T(0) },
            {   infinity<T>,                 T(1),                          T(0) },
        });
        // clang-format on
    }
};

const described<softsign> here;

} // namespace
} // namespace tests
