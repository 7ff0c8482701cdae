#include "../description.hpp"

#include <cmath>

namespace tests {
namespace {

struct hard_sigmoid : describes {
    static constexpr const char* name = "hard_sigmoid";
    template <class T>
    static constexpr T deepest = -4;
    static constexpr facts fact = {
        .monotone = true, .from_bit = true, .in_constant_expressions = true, .lowest = 0, .highest = 1};
    static constexpr readme_text readme = {.f = "min(max(x + 3, 0), 6) / 6",
                                           .derivative = "1/6 where -3 < x < 3, else 0",
                                           .source = "Howard et al. 2019 (MobileNetV3)"};
    static std::vector<std::string> elsewhere() {
        return {"pytorch Hardsigmoid", "pytorch hardsigmoid", "keras hard_sigmoid"};
    }
    static constexpr tests::reach reach = {.near = -2, .middle = -3.5, .far = -8, .farthest = -8};

    template <class T>
    static bool straight(T x, const T*) {
        return x <= -3 || x >= 3;
    }
    template <class T>
    static bool bit(T x, const T*) {
        return x > -3 && x < 3;
    }

    template <class R>
    static R f(R x, const R*) {
        return x < 3 ? x > -3 ? (x + 3) / 6 : R(0) : R(1);
    }
    template <class R>
    static R derivative(R x, const R*) {
        return x < 3 && x > -3 ? R(1) / 6 : R(0);
    }

    template <class T>
    static bounds bound(const T*) {
        return {.f = 1, .derivative = 0.5};
    }
    template <class T>
    static std::vector<T> hardest() {
        return {T(-3), T(-0x1.0p-23), T(3)};
    }
    template <class T>
    static std::vector<T> breakpoints() {
        return {T(-3), T(3)};
    }

    template <class T>
    static std::vector<row<T>> values(const T* p) {
        const T lowest = std::numeric_limits<T>::lowest(), max = std::numeric_limits<T>::max();
        const T after_minus_3 = std::nextafter(T(-3), T(0)), before_3 = std::nextafter(T(3), T(0));
        const T sixth = T(1) / T(6);
        const within_bounds<hard_sigmoid, T> within{p};
        // clang-format off
        return with_nan<T>({
            //          x                      f(x)  f'(x)
            {  -infinity<T>,                   T(0),  T(0) },
            {        lowest,                   T(0),  T(0) },
            {         T(-4),                   T(0),  T(0) },
            {         T(-3),                   T(0),  T(0) },
            { after_minus_3, within.f(after_minus_3), sixth },
            {         T(-1),         within.f(T(-1)), sixth },
            {  -denormal<T>,                  T(0.5), sixth },
            {       T(-0.0),                  T(0.5), sixth },
            {          T(0),                  T(0.5), sixth },
            {   denormal<T>,                  T(0.5), sixth },
            {          T(1),          within.f(T(1)), sixth },
            {      before_3,                    T(1), sixth },
            {          T(3),                    T(1),  T(0) },
            {          T(4),                    T(1),  T(0) },
            {           max,                    T(1),  T(0) },
            {   infinity<T>,                    T(1),  T(0) },
        });
        // clang-format on
    }
};

const described<hard_sigmoid> here;

} // namespace
} // namespace tests
