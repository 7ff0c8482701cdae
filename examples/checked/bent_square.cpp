// What is known about bent_square, whatever its code may be: tests/README.md says what all of it means.
#include "description.hpp"

namespace tests {
namespace {

struct bent_square : describes {
    static constexpr const char* name = "bent_square";
    template <class T>
    static constexpr T deepest = -4;
    static constexpr facts fact = {};

    static std::vector<stated_parameter> parameters() { return {{"slope", 0.125, "s"}}; }
    static std::vector<parameter_set> usual() { return {{0.125}, {0.01}, {1.0}, {3.0}}; }
    static std::vector<parameter_set> refused() { return {{-1.0}, {not_a_number}}; }
    template <class T>
    static bool valid(const T* p) {
        return p[0] >= 0;
    }

    // The truth, for any number type: in double, in long double, and in as many digits as it takes.
    template <class R>
    static R f(R x, const R* p) {
        return x > 0 ? x * x : p[0] * x;
    }
    template <class R>
    static R derivative(R x, const R* p) {
        return x > 0 ? 2 * x : p[0];
    }

    // In ULP: each is one product, rounded once, or exact.
    template <class T>
    static bounds bound(const T*) {
        return {.f = 1, .derivative = 1};
    }
    template <class T>
    static std::vector<T> hardest() {
        return {T(1.1), T(-1.1)};
    }

    // x, f(x), f'(x) where that has to be said.
    template <class T>
    static std::vector<row<T>> values(const T* p) {
        return with_nan<T>({
            {T(-0.0), T(-0.0), p[0]},
            {T(0), T(0), p[0]},
            {T(3), T(9), T(6)},
            {infinity<T>, infinity<T>, infinity<T>},
        });
    }
};

const described<bent_square> here;

} // namespace
} // namespace tests
