#include "../description.hpp"

#include <cmath>

namespace tests {
namespace {

struct hard_mish : describes {
    static constexpr const char* name = "hard_mish";
    template <class T>
    static constexpr T deepest = -3;
    static constexpr facts fact = {
        .keeps_x_above_zero = true, .in_constant_expressions = true, .by_maximum = true, .lowest = -0.5};
    static constexpr readme_text readme = {
        .f = "x max(x + 2, 0) / 2", .derivative = "0 where x <= -2, else x + 1", .source = "Wightman (timm)"};
    static constexpr tests::reach reach = {.near = -1.5, .middle = -2.5, .far = -8, .farthest = -8};

    template <class T>
    static bool straight(T x, const T*) {
        return x <= -2 || x >= 0;
    }

    template <class R>
    static R f(R x, const R*) {
        return x < 0 ? x > -2 ? x * (x + 2) / 2 : -R(0) : x;
    }
    template <class R>
    static R derivative(R x, const R*) {
        return x < 0 ? x > -2 ? x + 1 : R(0) : R(1);
    }

    template <class T>
    static bounds bound(const T*) {
        return {.f = 1.5, .derivative = 0.5};
    }
    template <class T>
    static std::vector<T> hardest() {
        return {T(-2), T(-1)};
    }
    template <class T>
    static std::vector<T> breakpoints() {
        return {T(-2), T(-1)};
    }

    template <class T>
    static std::vector<row<T>> values(const T* p) {
        const T lowest = std::numeric_limits<T>::lowest(), after_minus_2 = std::nextafter(T(-2), T(0));
        const within_bounds<hard_mish, T> within{p};
        // clang-format off
        return with_x_above_zero<T>({
            //          x                      f(x)                             f'(x)
            {  -infinity<T>,                T(-0.0),                             T(0) },
            {        lowest,                T(-0.0),                             T(0) },
            {         T(-2),                T(-0.0),                             T(0) },
            { after_minus_2, within.f(after_minus_2), within.derivative(after_minus_2) },
            {         T(-1),                T(-0.5),                             T(0) },
            {       T(-0.5),              T(-0.375),                           T(0.5) },
            {  -denormal<T>,           -denormal<T>,                             T(1) },
            {       T(-0.0),                T(-0.0),                             T(1) },
            {          T(0),                   T(0),                             T(1) },
        });
        // clang-format on
    }
};

const described<hard_mish> here;

} // namespace
} // namespace tests
