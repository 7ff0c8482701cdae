#include "../description.hpp"

#include <cmath>
#include <concepts>
#include <type_traits>

namespace tests {
namespace {

struct hard_sigmoid_affine : describes {
    static constexpr const char* name = "hard_sigmoid_affine";
    template <class T>
    static constexpr T deepest = -4;
    static constexpr facts fact = {
        .monotone = true, .from_output = true, .rounds_output_once = true, .from_bit = true, .lowest = 0, .highest = 1};
    static constexpr readme_text readme = {.f = "min(max(a x + b, 0), 1)",
                                           .derivative = "a where 0 < f(x) < 1, else 0",
                                           .from_output = "a where 0 < y < 1, else 0",
                                           .source = "Courbariaux, Bengio, David 2015"};

    static std::vector<stated_parameter> parameters() { return {{"alpha", 0.2, "a"}, {"beta", 0.5, "b"}}; }
    static std::vector<std::string> elsewhere() { return {"onnx HardSigmoid(alpha 0.2, beta 0.5)"}; }
    static std::vector<parameter_set> usual() {
        return {{0.2, 0.5}, {0.25, 0.5}, {1.0, 0.0}, {1.0 / 6, 0.5}, {0.7, 0.3}};
    }
    static std::vector<parameter_set> edge() {
        return {{1.0, -20.0}, {3.0, 1.0}, {0.01, 0.99}, {1e-30, 0.5}, {1e30, 0.5}, {3.4e38, 0.1}, {1.3, -0.9}};
    }
    static std::vector<parameter_set> special() { return {{0.5, -3e38}, {0.5, 3e38}, {1e-37, 0.5}}; }
    static std::vector<parameter_set> refused() {
        const double inf = infinity<double>;
        return {{0.0, 0.5}, {-0.2, 0.5}, {inf, 0.5}, {not_a_number, 0.5}, {0.2, inf}, {0.2, -inf}, {0.2, not_a_number}};
    }
    template <class T>
    static bool valid(const T* p) {
        return p[0] > 0 && std::isfinite(p[0]) && std::isfinite(p[1]);
    }

    static constexpr tests::reach reach = {.near = -2.5, .middle = -4, .far = -8};
    template <class T>
    static bool straight(T x, const T* p) {
        return rounded_derivative(x, p) == 0;
    }
    template <class T>
    static bool output_straight(T y, const T*) {
        return y <= 0 || y >= 1;
    }
    template <class T>
    static bool bit(T x, const T* p) {
        return !is_nan(x) && !straight(x, p);
    }
    template <class T>
    static T rounded_derivative(T x, const T* p) {
        using wide = std::conditional_t<sizeof(T) == 4, double, long double>;
        const wide of[] = {p[0], p[1]};
        return from_output(static_cast<T>(f<wide>(x, of)), p);
    }
    template <class T>
    static std::vector<T> breakpoints() {
        return {T(-2.5), T(2.5)};
    }

    template <class R>
    static R line(R x, const R* p) {
        if constexpr (std::floating_point<R>)
            return std::fma(p[0], x, p[1]);
        else
            return p[0] * x + p[1];
    }
    template <class R>
    static R f(R x, const R* p) {
        const R y = line(x, p);
        return y > 0 ? y < 1 ? y : R(1) : R(0);
    }
    template <class R>
    static R derivative(R x, const R* p) {
        return from_output(line(x, p), p);
    }
    template <class R>
    static R from_output(R y, const R* p) {
        return y > 0 && y < 1 ? p[0] : R(0);
    }

    template <class T>
    static bounds bound(const T*) {
        return {.f = 0.5};
    }

    template <class T>
    static std::vector<row<T>> values(const T* p) {
        const T lowest = std::numeric_limits<T>::lowest(), max = std::numeric_limits<T>::max();
        const within_bounds<hard_sigmoid_affine, T> within{p};
        std::vector<row<T>> rows = {{-infinity<T>, T(0), T(0)}, {infinity<T>, T(1), T(0)}};
        for (const T x : {lowest, T(-3), T(-1), -denormal<T>, T(-0.0), T(0), denormal<T>, T(1), T(3), max})
            rows.push_back({x, within.f(x), rounded_derivative(x, p)});
        return with_nan<T>(rows);
    }
};

const described<hard_sigmoid_affine> here;

} // namespace
} // namespace tests
