#include "../description.hpp"
#include "twofold.hpp"

namespace tests {
namespace {

using std::cos;
using std::sin;

struct snake : describes {
    static constexpr const char* name = "snake";
    template <class T>
    static constexpr T deepest = -40;
    static constexpr facts fact = {.loses_denormals = true};
    static constexpr double in_other_modes = 10; // a step of alpha and of x is one of the angle, which may be 3000
    static constexpr readme_text readme = {
        .f = "x + sin(a x)^2 / a", .derivative = "1 + sin(2 a x)", .source = "Ziyin, Hartwig, Ueda 2020"};
    static constexpr tests::reach reach = {.near = -4, .middle = -100, .far = -4e6, .farthest = -1e12};
    static std::vector<stated_parameter> parameters() { return {{"alpha", 1.0, "a"}}; }
    static std::vector<parameter_set> usual() { return {{1.0}, {0.1}, {0.5}, {0.7}}; }
    static std::vector<parameter_set> edge() { return {{2.7}, {5}, {30}, {1e-30}, {1e30}, {0x1p-100}, {3e38}}; }
    static std::vector<parameter_set> refused() {
        return {{0.0}, {-1.0}, {-0x1p-100}, {1e-300}, {infinity<double>}, {not_a_number}};
    }
    template <class T>
    static bool valid(const T* p) {
        return p[0] >= (sizeof(T) == 4 ? T(0x1p-100) : T(0x1p-968)) && std::isfinite(p[0]);
    }

    template <class R>
    static R f(R x, const R* p) {
        if constexpr (std::floating_point<R>)
            if (!std::isfinite(p[0] * x))
                return x;
        const twofold<R> v = product_of(p[0], x);
        const R sine = sin(v.high) * cos(v.low) + cos(v.high) * sin(v.low);
        return x + sine * sine / p[0];
    }
    template <class R>
    static R derivative(R x, const R* p) {
        if constexpr (std::floating_point<R>)
            if (!std::isfinite(p[0] * x))
                return R(1);
        const twofold<R> v = product_of(p[0], x);
        if (v.high > 4194304 || -v.high > 4194304) // 2^22
            return R(1);
        return 1 + (sin(2 * v.high) * cos(2 * v.low) + cos(2 * v.high) * sin(2 * v.low));
    }
    template <class T>
    static bool crossing(T, const T*) { // it touches zero again and again
        return true;
    }

    template <class T>
    static bounds bound(const T* p) {
        const bool is_float = sizeof(T) == 4, at_1 = p[0] == 1;
        return {.f = (at_1 ? 3 : 6.5) + (is_float ? 0 : 0.5),
                .derivative = at_1 ? 2.0 : 4.0,
                .derivative_unit = 1,
                .unit = 1 / static_cast<double>(p[0]),
                .steps = 8};
    }
    template <class T>
    static std::vector<T> hardest() {
        return {T(-0x1.a0e0c2p-1), T(-0x1.96fe12p-1), T(-0x1.a069e4c3a899p-1), T(0x1.d3a33ap+21), T(0x1.9f1284p+21)};
    }
    template <class T>
    static std::vector<T> breakpoints() {
        std::vector<T> all = {T(-4194304)};
        for (int n = 1; n < 40; ++n)
            all.push_back(static_cast<T>(-0.78539816339744831 * n));
        return all;
    }

    template <class T>
    static std::vector<row<T>> values(const T* p) {
        const within_bounds<snake, T> within{p};
        // clang-format off
        std::vector<row<T>> rows = {
            //          x                    f(x)                         f'(x)
            { -infinity<T>, -infinity<T>, T(1) },
            {       T(-0.0),                 T(0),                         T(1) },
            {          T(0),                 T(0),                         T(1) },
            { infinity<T>, infinity<T>, T(1) },
        };
        // clang-format on
        for (const T v : {T(-3), T(-1), T(-0.1), T(0.1), T(1), T(3)}) {
            const T x = v / p[0];
            if (std::isfinite(x))
                rows.push_back({x, within.f(x), within.derivative(x)});
        }
        return with_nan(std::move(rows));
    }
};

const described<snake> here;

} // namespace
} // namespace tests
