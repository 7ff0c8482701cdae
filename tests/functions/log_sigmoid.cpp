#include "../description.hpp"
#include "exponential.hpp"

namespace tests {
namespace {

using std::exp;
using std::expm1;
using std::log1p;

struct log_sigmoid : describes {
    static constexpr const char* name = "log_sigmoid";
    template <class T>
    static constexpr T deepest = sizeof(T) == 4 ? T(-125) : T(-770); // 1 - f' is 0 beyond, f beyond its negative
    static constexpr facts fact = {.monotone = true, .falls = 2, .from_output = true, .highest = 0};
    static constexpr readme_text readme = {
        .f = "-log(1 + e^-x)", .derivative = "1 / (1 + e^x)", .from_output = "1 - e^y"};
    static std::vector<std::string> elsewhere() {
        return {"pytorch LogSigmoid", "pytorch logsigmoid", "keras log_sigmoid"};
    }

    template <class R>
    static R f(R x, const R*) {
        const R part = log1p(exp(x < 0 ? x : -x));
        return x < 0 ? x - part : -part;
    }
    template <class R>
    static R derivative(R x, const R*) {
        const R t = exp(x < 0 ? x : -x);
        return (x < 0 ? R(1) : t) / (1 + t);
    }
    template <class R>
    static R from_output(R y, const R*) {
        return -expm1(y);
    }

    template <class T>
    static bounds bound(const T*) {
        return {.f = 2.25,
                .derivative = sizeof(T) == 4 ? 1.75 : 2,
                .from_output = 2.75,
                .from_output_absolute = 4 * double(denormal<T>),
                .steps = 4};
    }
    template <class T>
    static std::vector<T> hardest() {
        return {T(-0x1.ace7c8p-7), T(-0x1.f6cd54p-10), T(0x1.1ad516p+0)};
    }
    template <class T>
    static std::vector<T> breakpoints() {
        return breakpoints_of_exponential<T>(true);
    }

    template <class T>
    static std::vector<row<T>> values(const T* p) {
        const T lowest = std::numeric_limits<T>::lowest(), max = std::numeric_limits<T>::max();
        const within_bounds<log_sigmoid, T> within{p};
        // clang-format off
        return with_nan<T>({
            //          x                    f(x)                         f'(x)
            {  -infinity<T>,         -infinity<T>,                         T(1) },
            {        lowest,               lowest,                         T(1) },
            {       T(-300),              T(-300),                         T(1) },
            {         T(-1),      within.f(T(-1)),      within.derivative(T(-1)) },
            {       T(-0.0),       within.f(T(0)),                       T(0.5) },
            {          T(0),       within.f(T(0)),                       T(0.5) },
            {          T(1),       within.f(T(1)),       within.derivative(T(1)) },
            {         T(80),      within.f(T(80)),      within.derivative(T(80)) },
            {           max,              T(-0.0),                         T(0) },
            {   infinity<T>,              T(-0.0),                         T(0) },
        });
        // clang-format on
    }
};

const described<log_sigmoid> here;

} // namespace
} // namespace tests
