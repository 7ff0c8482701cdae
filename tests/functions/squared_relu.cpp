#include "../description.hpp"

#include <cmath>

namespace tests {
namespace {

using std::sqrt;

struct squared_relu : describes {
    static constexpr const char* name = "squared_relu";
    template <class T>
    static constexpr T deepest = -10;
    static constexpr facts fact = {.flat_below_zero = true,
                                   .monotone = true,
                                   .from_output = true,
                                   .rounds_output_once = true,
                                   .in_constant_expressions = true,
                                   .lowest = 0};
    static constexpr readme_text readme = {.f = "max(x, 0)^2",
                                           .derivative = "2 max(x, 0)",
                                           .from_output = "2 sqrt(y)",
                                           .source = "So et al. 2021 (Primer)"};
    static constexpr tests::reach reach = {.near = -2, .middle = -40, .far = -1e3};

    template <class T>
    static bool straight(T x, const T*) {
        return x <= 0;
    }
    template <class T>
    static std::vector<T> breakpoints() { // where f becomes infinite, a denormal and 0, and f' infinite
        if constexpr (sizeof(T) == 4)
            return {T(0x1p64), T(0x1p-63), T(0x1p-75), T(0x1p127)};
        else
            return {T(0x1p512), T(0x1p-511), T(0x1p-537), T(0x1p1023)};
    }

    template <class R>
    static R f(R x, const R*) {
        return x > 0 ? x * x : R(0);
    }
    template <class R>
    static R derivative(R x, const R*) {
        return x > 0 ? 2 * x : R(0);
    }
    template <class R>
    static R from_output(R y, const R*) {
        return y > 0 ? 2 * sqrt(y) : R(0);
    }

    template <class T>
    static bounds bound(const T*) {
        return {.f = 0.5, .from_output_absolute = sizeof(T) == 4 ? 0x1p-74 : 0x1.6a09e668p-537};
    }

    template <class T>
    static std::vector<row<T>> values(const T* p) {
        const T lowest = std::numeric_limits<T>::lowest(), max = std::numeric_limits<T>::max();
        const T root_of_least = sizeof(T) == 4 ? T(0x1.6a09e6p-75) : T(0x1p-537);
        const within_bounds<squared_relu, T> within{p};
        // clang-format off
        return with_nan<T>({
            //            x                f(x)            f'(x)
            {  -infinity<T>,               T(0),             T(0) },
            {        lowest,               T(0),             T(0) },
            {         T(-1),               T(0),             T(0) },
            {       T(-0.0),               T(0),             T(0) },
            {          T(0),               T(0),             T(0) },
            {   denormal<T>,               T(0),  2 * denormal<T> },
            { root_of_least,        denormal<T>, 2 * root_of_least },
            {        T(0.5),            T(0.25),             T(1) },
            {          T(1),               T(1),             T(2) },
            {          T(3),               T(9),             T(6) },
            {        T(0.1),   within.f(T(0.1)),       2 * T(0.1) },
            {           max,        infinity<T>,      infinity<T> },
            {   infinity<T>,        infinity<T>,      infinity<T> },
        });
        // clang-format on
    }
};

const described<squared_relu> here;

} // namespace
} // namespace tests
