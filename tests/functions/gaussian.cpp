#include "gate.hpp"

namespace tests {
namespace {

struct gaussian : describes {
    static constexpr const char* name = "gaussian";
    template <class T>
    static constexpr T deepest = sizeof(T) == 4 ? T(-10.6) : T(-27.5); // f' is 0 beyond
    static constexpr facts fact = {.lowest = 0, .highest = 1};
    static constexpr readme_text readme = {
        .f = "e^(-x^2)", .derivative = "-2 x e^(-x^2)", .source = "Broomhead, Lowe 1988"};
    static constexpr tests::reach reach = {.near = -2, .middle = -12, .far = -28, .farthest = -30};

    template <class R>
    static R f(R x, const R*) {
        return exp_of_product(-x, x);
    }
    template <class R>
    static R derivative(R x, const R*) {
        const R t = exp_of_product(-x, x);
        return t > 0 ? -2 * x * t : x < 0 ? R(0) : -R(0);
    }

    template <class T>
    static bounds bound(const T*) {
        return {.f = 1.25, .derivative = 1.5, .steps = 3};
    }
    template <class T>
    static std::vector<T> hardest() {
        return {T(-0x1.15d336p-1), T(0x1.2a5d86p+3), T(0x1.4ef8a2p+0), T(0x1.590368p+1)};
    }
    template <class T>
    static std::vector<T> breakpoints() {
        constexpr int powers = sizeof(T) == 4 ? 152 : 1080;
        std::vector<T> all = {deepest<T>};
        for (int n = 0; n <= powers; ++n)
            all.push_back(static_cast<T>(-std::sqrt(0.69314718055994531 * (n + 0.5))));
        return all;
    }

    template <class T>
    static std::vector<row<T>> values(const T* p) {
        const T lowest = std::numeric_limits<T>::lowest(), max = std::numeric_limits<T>::max();
        const within_bounds<gaussian, T> within{p};
        // clang-format off
        return with_nan<T>({
            //          x                    f(x)                         f'(x)
            {  -infinity<T>,                 T(0),                         T(0) },
            {        lowest,                 T(0),                         T(0) },
            {         T(-9),      within.f(T(-9)),      within.derivative(T(-9)) },
            {         T(-1),      within.f(T(-1)),      within.derivative(T(-1)) },
            {  -denormal<T>,                 T(1),              2 * denormal<T> },
            {       T(-0.0),                 T(1),                         T(0) },
            {          T(0),                 T(1),                      T(-0.0) },
            {   denormal<T>,                 T(1),             -2 * denormal<T> },
            {          T(1),       within.f(T(1)),       within.derivative(T(1)) },
            {           max,                 T(0),                      T(-0.0) },
            {   infinity<T>,                 T(0),                      T(-0.0) },
        });
        // clang-format on
    }
};

const described<gaussian> here;

} // namespace
} // namespace tests
