#include "../description.hpp"

#include <cmath>

namespace tests {
namespace {

struct hard_swish : describes {
    static constexpr const char* name = "hard_swish";
    template <class T>
    static constexpr T deepest = -4;
    static constexpr facts fact = {.in_constant_expressions = true, .lowest = -0.375};
    static constexpr readme_text readme = {.f = "x min(max(x + 3, 0), 6) / 6",
                                           .derivative = "0 where x <= -3, 1 where x >= 3, else (2 x + 3) / 6",
                                           .source = "Howard et al. 2019 (MobileNetV3)"};
    static std::vector<std::string> elsewhere() {
        return {"onnx HardSwish", "pytorch Hardswish", "pytorch hardswish", "keras hard_swish", "keras hard_silu"};
    }
    static constexpr tests::reach reach = {.near = -2, .middle = -3.5, .far = -8, .farthest = -8};

    template <class T>
    static bool straight(T x, const T*) {
        return x <= -3 || x >= 3;
    }

    template <class R>
    static R f(R x, const R*) {
        return x < 3 ? x > -3 ? x * (x + 3) / 6 : -R(0) : x;
    }
    template <class R>
    static R derivative(R x, const R*) {
        return x < 3 ? x > -3 ? (2 * x + 3) / 6 : R(0) : R(1);
    }

    template <class T>
    static bounds bound(const T*) {
        return {.f = 2, .derivative = 1};
    }
    template <class T>
    static std::vector<T> hardest() {
        return {T(-3), T(-1.5), T(0x1.000014p-1), T(0x1.5f216cp+0), T(3)};
    }
    template <class T>
    static std::vector<T> breakpoints() {
        return {T(-3), T(-1.5), T(3)};
    }

    template <class T>
    static std::vector<row<T>> values(const T* p) {
        const T lowest = std::numeric_limits<T>::lowest(), max = std::numeric_limits<T>::max();
        const T after_minus_3 = std::nextafter(T(-3), T(0)), before_3 = std::nextafter(T(3), T(0));
        const within_bounds<hard_swish, T> within{p};
        // clang-format off
        return with_nan<T>({
            //          x                      f(x)                             f'(x)
            {  -infinity<T>,                T(-0.0),                             T(0) },
            {        lowest,                T(-0.0),                             T(0) },
            {         T(-3),                T(-0.0),                             T(0) },
            { after_minus_3, within.f(after_minus_3), within.derivative(after_minus_3) },
            {       T(-1.5),              T(-0.375),                             T(0) },
            {         T(-1),         within.f(T(-1)),         within.derivative(T(-1)) },
            {  -denormal<T>,  within.f(-denormal<T>),                           T(0.5) },
            {       T(-0.0),                T(-0.0),                           T(0.5) },
            {          T(0),                   T(0),                           T(0.5) },
            {   denormal<T>,   within.f(denormal<T>),                           T(0.5) },
            {          T(1),          within.f(T(1)),          within.derivative(T(1)) },
            {      before_3,      within.f(before_3),      within.derivative(before_3) },
            {          T(3),                   T(3),                             T(1) },
            {      large<T>,               large<T>,                             T(1) },
            {           max,                    max,                             T(1) },
            {   infinity<T>,            infinity<T>,                             T(1) },
        });
        // clang-format on
    }
};

const described<hard_swish> here;

} // namespace
} // namespace tests
