#include "gate.hpp"

namespace tests {
namespace {

using std::expm1;
using std::log1p;

struct softplus : describes {
    static constexpr const char* name = "softplus";
    template <class T>
    static constexpr T deepest = sizeof(T) == 4 ? T(-420) : T(-2600); // where f ends with the smallest usual beta
    static constexpr facts fact = {
        .monotone = true, .falls = 4, .from_output = true, .loses_denormals = true, .lowest = 0};
    static constexpr readme_text readme = {.f = "log(1 + e^(b x)) / b",
                                           .derivative = "1 / (1 + e^(-b x))",
                                           .from_output = "1 - e^(-b y)",
                                           .source = "Dugas, Bengio, Belisle, Nadeau, Garcia 2001"};
    static std::vector<stated_parameter> parameters() { return {{"beta", 1.0, "b"}}; }
    static std::vector<std::string> elsewhere() {
        return {"onnx Softplus(beta 1)", "pytorch Softplus(beta 1)", "pytorch softplus(beta 1)",
                "keras softplus(beta 1)"};
    }
    static std::vector<parameter_set> usual() { return {{1.0}, {0.3}, {0.5}, {0.7}, {1.5}, {2.7}}; }
    static std::vector<parameter_set> edge() { return {{0x1p-20}, {0x1p20}, {0.01}, {3}, {100}, {1e6}}; }
    static std::vector<parameter_set> refused() {
        return {{0.0}, {-1.0}, {0x1.ffffp-21}, {0x1.00002p20}, {1e300}, {5e-324}, {infinity<double>}, {not_a_number}};
    }
    template <class T>
    static bool valid(const T* p) {
        return p[0] >= T(0x1p-20) && p[0] <= T(0x1p20);
    }

    template <class R>
    static R f(R x, const R* p) {
        const R part = log1p(exp_of_product(x < 0 ? p[0] : -p[0], x)) / p[0];
        return x < 0 ? part : x + part;
    }
    template <class R>
    static R derivative(R x, const R* p) {
        const R t = exp_of_product(x < 0 ? p[0] : -p[0], x);
        return (x < 0 ? t : R(1)) / (1 + t);
    }
    template <class R>
    static R from_output(R y, const R* p) {
        return -expm1(-p[0] * y);
    }

    template <class T>
    static bounds bound(const T* p) {
        const bool at_1 = p[0] == 1;
        return {.f = at_1 ? 2.25 : 3.5,
                .derivative = 2,
                .from_output = at_1 ? 2.75 : 4,
                .from_output_absolute = 4 * double(denormal<T>) * std::max(1.0, double(p[0])),
                .steps = 4};
    }
    template <class T>
    static std::vector<T> hardest() {
        return {T(0x1.ace7c8p-7), T(0x1.f6cd54p-10), T(0x1.10701ep-13), T(-0x1.ac025ap-9)};
    }
    template <class T>
    static std::vector<T> breakpoints() {
        return breakpoints_of_gate(T(1));
    }

    template <class T>
    static std::vector<row<T>> values(const T* p) {
        const T lowest = std::numeric_limits<T>::lowest(), max = std::numeric_limits<T>::max();
        const within_bounds<softplus, T> within{p};
        // clang-format off
        return with_nan<T>({
            //          x                    f(x)                         f'(x)
            {  -infinity<T>,                 T(0),                         T(0) },
            {        lowest,                 T(0),                         T(0) },
            {        T(-20),     within.f(T(-20)),     within.derivative(T(-20)) },
            {         T(-1),      within.f(T(-1)),      within.derivative(T(-1)) },
            {       T(-0.0),       within.f(T(0)),                       T(0.5) },
            {          T(0),       within.f(T(0)),                       T(0.5) },
            {         T(18),      within.f(T(18)),      within.derivative(T(18)) },
            {         T(20),      within.f(T(20)),      within.derivative(T(20)) },
            {       T(88.8),    within.f(T(88.8)),    within.derivative(T(88.8)) },
            {           max,                  max,                         T(1) },
            {   infinity<T>,          infinity<T>,                         T(1) },
        });
        // clang-format on
    }
};

const described<softplus> here;

} // namespace
} // namespace tests
