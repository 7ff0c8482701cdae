#include "by_bit.hpp"

namespace tests {
namespace {

struct hard_tanh : by_bit<hard_tanh> {
    static constexpr const char* name = "hard_tanh";
    static constexpr facts fact = {.monotone = true,
                                   .from_output = true,
                                   .rounds_output_once = true,
                                   .from_bit = true,
                                   .in_constant_expressions = true,
                                   .by_maximum = true};
    static constexpr readme_text readme = {.f = "min(max(x, a), b)",
                                           .derivative = "1 where a < x < b, else 0",
                                           .from_output = "the same of y",
                                           .source = "Collobert 2004"};

    static std::vector<stated_parameter> parameters() { return {{"min", -1.0, "a"}, {"max", 1.0, "b"}}; }
    static std::vector<std::string> elsewhere() {
        return {"onnx Clip(min -inf, max inf)",
                "pytorch Hardtanh(min_val -1, max_val 1)",
                "pytorch hardtanh(min_val -1, max_val 1)",
                "pytorch clamp(min -inf, max inf)",
                "pytorch clip(min -inf, max inf)",
                "keras hard_tanh(min -1, max 1)"};
    }
    static std::vector<parameter_set> usual() { return {{-1.0, 1.0}, {0.0, 6.0}, {-2.0, 2.5}, {0.3, 0.7}, {1.0, 2.0}}; }
    static std::vector<parameter_set> edge() {
        return {{0.5, 0.5}, {-denormal_parameter, denormal_parameter}, {-3.4e38, 3.4e38}, {-2.0, -1.0}, {-0.0, 0.0}};
    }
    static std::vector<parameter_set> special() {
        const double inf = infinity<double>;
        return {{0.0, -0.0}, {-inf, inf}, {-inf, 0.0}, {0.0, inf}, {inf, inf}, {-inf, -inf}, {-0.1, 0.1}};
    }
    static std::vector<parameter_set> refused() {
        return {{1.0, -1.0}, {0.5, 0.4999}, {infinity<double>, 1.0}, {not_a_number, 1.0}, {-1.0, not_a_number}};
    }
    template <class T>
    static bool valid(const T* p) {
        return p[0] <= p[1];
    }

    template <class R>
    static bool bit(R x, const R* p) {
        return x > p[0] && x < p[1];
    }
    template <class T>
    static std::vector<T> breakpoints() {
        return {T(-1), T(1)};
    }

    template <class R>
    static R f(R x, const R* p) {
        return x < p[0] ? p[0] : x > p[1] ? p[1] : x;
    }
    template <class T>
    static std::vector<row<T>> values(const T* p) {
        return rows<T>(p, {p[0], p[1]}, [p](T x) { return x >= p[0] ? x <= p[1] ? x : p[1] : p[0]; });
    }
};

const described<hard_tanh> here;

} // namespace
} // namespace tests
