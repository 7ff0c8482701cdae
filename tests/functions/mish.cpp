#include "crossing.hpp"
#include "exponential.hpp"

namespace tests {
namespace {

using std::exp;
using std::fabs;

struct mish : describes {
    static constexpr const char* name = "mish";
    template <class T>
    static constexpr T deepest = sizeof(T) == 4 ? T(-125) : T(-770); // f is 0 beyond
    static constexpr facts fact = {.loses_denormals = true};
    static constexpr readme_text readme = {.f = "x tanh(log(1 + e^x))",
                                           .derivative = "tanh(log(1 + e^x)) + x s(x) (1 - tanh(log(1 + e^x))^2)",
                                           .source = "Misra 2019"};
    static std::vector<std::string> elsewhere() { return {"onnx Mish", "pytorch Mish", "pytorch mish", "keras mish"}; }

    // tanh(log(1 + e^x)) is e^x (e^x + 2) / (e^x (e^x + 2) + 2).
    template <class R>
    static R f(R x, const R*) {
        const R t = exp(-fabs(x));
        if (x < 0)
            return t > 0 ? x * (t * (t + 2)) / (t * (t + 2) + 2) : -R(0);
        return x * (1 + 2 * t) / (1 + 2 * t + 2 * t * t);
    }
    template <class R>
    static R derivative(R x, const R*) {
        const R t = exp(-fabs(x));
        if (!(t > 0))
            return x < 0 ? -R(0) : R(1);
        const R q = x < 0 ? t * (t + 2) + 2 : 1 + 2 * t + 2 * t * t;
        const R h = x < 0 ? 4 * (x + 1) + t * (4 * x + 6 + t * (4 + t)) : t * (4 * x - 2 + t * (4 * x - 4 - 4 * t));
        return x < 0 ? t * h / (q * q) : 1 + t * h / (q * q);
    }
    template <class T>
    static bool crossing(T x, const T*) {
        return fabs(x + T(1.192431214515495)) < T(0.25);
    }

    template <class T>
    static bounds bound(const T*) {
        return bounds_with_crossing<T>(3.25, 5.5, 5.5, 5);
    }
    template <class T>
    static std::vector<T> hardest() {
        return {T(-0x1.0d6718p+2), T(-0x1.7c1fb8p+2), T(-0x1.c28f5cp-3)};
    }
    template <class T>
    static std::vector<T> breakpoints() {
        std::vector<T> all = breakpoints_of_exponential<T>(true);
        all.insert(all.end(), {T(-0.4), T(-1.192431214515495), T(-2.25638), T(12), T(20), deepest<T>});
        return all;
    }

    template <class T>
    static std::vector<row<T>> values(const T* p) {
        const T lowest = std::numeric_limits<T>::lowest(), max = std::numeric_limits<T>::max();
        const within_bounds<mish, T> within{p};
        // clang-format off
        return with_nan<T>({
            //          x                    f(x)                         f'(x)
            {  -infinity<T>,              T(-0.0),                      T(-0.0) },
            {        lowest,              T(-0.0),                      T(-0.0) },
            {        T(-87),     within.f(T(-87)),     within.derivative(T(-87)) },
            {        T(-40),     within.f(T(-40)),     within.derivative(T(-40)) },
            {        T(-18),     within.f(T(-18)),     within.derivative(T(-18)) },
            {         T(-1),      within.f(T(-1)),      within.derivative(T(-1)) },
            {  -denormal<T>, within.f(-denormal<T>), within.derivative(-denormal<T>) },
            {       T(-0.0),              T(-0.0),     within.derivative(T(-0.0)) },
            {          T(0),                 T(0),       within.derivative(T(0)) },
            {   denormal<T>, within.f(denormal<T>), within.derivative(denormal<T>) },
            {          T(1),       within.f(T(1)),       within.derivative(T(1)) },
            {         T(30),                T(30),                         T(1) },
            {         T(89),                T(89),                         T(1) },
            {       T(5000),              T(5000),                         T(1) },
            {           max,                  max,                         T(1) },
            {   infinity<T>,          infinity<T>,                         T(1) },
        });
        // clang-format on
    }
};

const described<mish> here;

} // namespace
} // namespace tests
