#include "../description.hpp"
#include "exponential.hpp"

namespace tests {
namespace {

using std::exp;
using std::expm1;
using std::fabs;

struct tanh_shrink : describes {
    static constexpr const char* name = "tanh_shrink";
    template <class T>
    static constexpr T deepest = sizeof(T) == 4 ? T(-18) : T(-38.2); // f' is 1 beyond
    static constexpr facts fact = {.odd = true, .even_derivative = true, .monotone = true};
    static constexpr readme_text readme = {.f = "x - tanh(x)", .derivative = "tanh(x)^2"};
    static std::vector<std::string> elsewhere() {
        return {"pytorch Tanhshrink", "pytorch tanhshrink", "keras tanh_shrink"};
    }

    // tanh x = x / (1 + c) with Lambert's continued fraction c = x^2 / (3 + x^2 / (5 + ...)), so f(x) = x c / (1 + c):
    // no difference of what is nearly equal.
    template <class R>
    static R f(R x, const R*) {
        const R size = fabs(x);
        if (size > 2) {
            const R y = (size - 1) + 2 / (exp(2 * size) + 1);
            return x < 0 ? -y : y;
        }
        const R square = x * x;
        R c(0);
        for (int k = 99; k >= 3; k -= 2)
            c = square / (R(static_cast<float>(k)) + c);
        return x * (c / (1 + c));
    }
    template <class R>
    static R derivative(R x, const R*) {
        const R e = expm1(-2 * fabs(x)), tanh = e / (e + 2);
        return tanh * tanh;
    }

    template <class T>
    static bounds bound(const T*) {
        return {.f = 3.5, .derivative = 2.5, .steps = 4};
    }
    template <class T>
    static std::vector<T> hardest() {
        return {T(-0x1.8b7cc4p-1), T(0x1.6e17bap-7), T(0x1.b7a3d4p-1), T(0x1.bbc99ap-1)};
    }
    template <class T>
    static std::vector<T> breakpoints() {
        std::vector<T> all = breakpoints_of_exponential<T>(true);
        all.push_back(T(-1));
        return all;
    }

    template <class T>
    static std::vector<row<T>> values(const T* p) {
        const T max = std::numeric_limits<T>::max();
        const within_bounds<tanh_shrink, T> within{p};
        // clang-format off
        return with_nan<T>({
            //          x                    f(x)                         f'(x)
            {  -infinity<T>,         -infinity<T>,                         T(1) },
            {          -max,                 -max,                         T(1) },
            {         T(-2),      within.f(T(-2)),      within.derivative(T(-2)) },
            {         T(-1),      within.f(T(-1)),      within.derivative(T(-1)) },
            {  T(-0x1p-20), within.f(T(-0x1p-20)), within.derivative(T(-0x1p-20)) },
            {  -denormal<T>,              T(-0.0),                         T(0) },
            {       T(-0.0),              T(-0.0),                         T(0) },
            {          T(0),                 T(0),                         T(0) },
            {   denormal<T>,                 T(0),                         T(0) },
            {   T(0x1p-30), within.f(T(0x1p-30)), within.derivative(T(0x1p-30)) },
            {          T(1),       within.f(T(1)),       within.derivative(T(1)) },
            {           max,                  max,                         T(1) },
            {   infinity<T>,          infinity<T>,                         T(1) },
        });
        // clang-format on
    }
};

const described<tanh_shrink> here;

} // namespace
} // namespace tests
