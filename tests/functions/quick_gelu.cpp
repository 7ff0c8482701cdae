#include "gate.hpp"

namespace tests {
namespace {

struct quick_gelu : describes_gate {
    static constexpr const char* name = "quick_gelu";
    template <class T>
    static constexpr T deepest = sizeof(T) == 4 ? T(-75) : T(-455); // f is 0 beyond
    static constexpr readme_text readme = {.f = "x / (1 + e^(-1.702 x))",
                                           .derivative = "s(1.702 x) (1 + 1.702 x s(-1.702 x))",
                                           .source = "Hendrycks, Gimpel 2016"};
    static std::vector<double> constants() { return {1.702}; }

    template <class T>
    static std::vector<T> hardest() {
        return {T(-0x1.66e2f2p+0), T(-0x1.6ae32ap+0), T(-0x1.52fecp+2)};
    }
    template <class T>
    static std::vector<T> breakpoints() {
        return breakpoints_of_gate(T(1.702));
    }

    template <class T>
    static std::vector<row<T>> values(const T* p) {
        return values_of_gate<quick_gelu, T>(p);
    }
};

const described<quick_gelu> here;

} // namespace
} // namespace tests
