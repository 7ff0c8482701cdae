#include "by_bit.hpp"

namespace tests {
namespace {

struct relu6 : by_bit<relu6> {
    static constexpr const char* name = "relu6";
    static constexpr facts fact = {.flat_below_zero = true,
                                   .monotone = true,
                                   .from_output = true,
                                   .rounds_output_once = true,
                                   .from_bit = true,
                                   .in_constant_expressions = true,
                                   .by_maximum = true,
                                   .lowest = 0,
                                   .highest = 6};
    static constexpr readme_text readme = {.f = "min(max(x, 0), 6)",
                                           .derivative = "1 where 0 < x < 6, else 0",
                                           .from_output = "the same of y",
                                           .source = "Krizhevsky 2010"};
    static std::vector<std::string> elsewhere() { return {"pytorch ReLU6", "pytorch relu6", "keras relu6"}; }
    static constexpr tests::reach reach = {.near = -7, .middle = -10, .far = -20};

    template <class R>
    static bool bit(R x, const R*) {
        return x > 0 && x < 6;
    }
    template <class T>
    static std::vector<T> breakpoints() {
        return {T(6)};
    }

    template <class R>
    static R f(R x, const R*) {
        return x < 0 ? R(0) : x > 6 ? R(6) : x;
    }
    template <class T>
    static std::vector<row<T>> values(const T*) {
        const T lowest = std::numeric_limits<T>::lowest(), max = std::numeric_limits<T>::max();
        const T before_6 = std::nextafter(T(6), T(0)), after_6 = std::nextafter(T(6), max);
        // clang-format off
        return with_nan<T>({
            //           x         f(x)  f'(x)
            { -infinity<T>,        T(0), T(0) },
            {       lowest,        T(0), T(0) },
            { -denormal<T>,        T(0), T(0) },
            {      T(-0.0),     T(-0.0), T(0) },
            {         T(0),        T(0), T(0) },
            {  denormal<T>, denormal<T>, T(1) },
            {         T(1),        T(1), T(1) },
            {     before_6,    before_6, T(1) },
            {         T(6),        T(6), T(0) },
            {      after_6,        T(6), T(0) },
            {     T(6.7e7),        T(6), T(0) }, // relu(x) - relu(x - 6) is 8 there
            {          max,        T(6), T(0) },
            {  infinity<T>,        T(6), T(0) },
        });
        // clang-format on
    }
};

const described<relu6> here;

} // namespace
} // namespace tests
