#include "exponential.hpp"
#include "../description.hpp"

namespace tests {
namespace {

using std::exp;

struct exponential : describes {
    static constexpr const char* name = "exponential";
    template <class T>
    static constexpr T deepest = sizeof(T) == 4 ? T(-106) : T(-748); // f is 0 beyond, and infinite beyond its negative
    static constexpr facts fact = {.monotone = true, .from_output = true, .rounds_output_once = true, .lowest = 0};
    static constexpr readme_text readme = {.f = "e^x", .derivative = "e^x", .from_output = "y"};
    static std::vector<std::string> elsewhere() { return {"onnx Exp", "keras exponential"}; }

    template <class R>
    static R f(R x, const R*) {
        return exp(x);
    }
    template <class R>
    static R derivative(R x, const R*) {
        return exp(x);
    }
    template <class R>
    static R from_output(R y, const R*) {
        return y;
    }

    template <class T>
    static bounds bound(const T*) {
        const double most = sizeof(T) == 4 ? 1.1 : 1.25;
        return {.f = most, .derivative = most, .from_output = most, .steps = 2};
    }
    template <class T>
    static std::vector<T> hardest() {
        return {T(-0x1.75c028p+2), T(-0x1.df5372p+5)};
    }
    template <class T>
    static std::vector<T> breakpoints() {
        std::vector<T> all = breakpoints_of_exponential<T>(true);
        all.insert(all.end(), {T(88.722839), T(709.782712893384), T(-103.97208), T(-745.13321910194)});
        return all;
    }

    template <class T>
    static std::vector<row<T>> values(const T* p) {
        const T lowest = std::numeric_limits<T>::lowest(), max = std::numeric_limits<T>::max();
        const within_bounds<exponential, T> within{p};
        // clang-format off
        return with_nan<T>({
            //          x                    f(x)                         f'(x)
            {  -infinity<T>,                 T(0),                         T(0) },
            {        lowest,                 T(0),                         T(0) },
            {         T(-1),      within.f(T(-1)),      within.derivative(T(-1)) },
            {  -denormal<T>,                 T(1),                         T(1) },
            {       T(-0.0),                 T(1),                         T(1) },
            {          T(0),                 T(1),                         T(1) },
            {   denormal<T>,                 T(1),                         T(1) },
            {          T(1),       within.f(T(1)),       within.derivative(T(1)) },
            {           max,          infinity<T>,                  infinity<T> },
            {   infinity<T>,          infinity<T>,                  infinity<T> },
        });
        // clang-format on
    }
};

const described<exponential> here;

} // namespace
} // namespace tests
