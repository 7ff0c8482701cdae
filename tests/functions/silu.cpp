#include "gate.hpp"

namespace tests {
namespace {

struct silu : describes_gate {
    static constexpr const char* name = "silu";
    template <class T>
    static constexpr T deepest = sizeof(T) == 4 ? T(-125) : T(-770); // f is 0 beyond
    static constexpr readme_text readme = {
        .f = "x / (1 + e^-x)", .derivative = "s(x) (1 + x s(-x))", .source = "Elfwing, Uchibe, Doya 2017"};
    static std::vector<double> constants() { return {1.0}; } // beta
    static std::vector<std::string> elsewhere() {
        return {"pytorch SiLU", "pytorch silu", "keras silu", "keras swish"};
    }

    template <class T>
    static std::vector<T> hardest() {
        return {T(-0x1.9ad81ep+1), T(-0x1.9a474ap+1), T(-0x1.1763eap-1)};
    }
    template <class T>
    static std::vector<T> breakpoints() {
        return breakpoints_of_gate(T(1));
    }

    template <class T>
    static std::vector<row<T>> values(const T* p) {
        return values_of_gate<silu, T>(p);
    }
};

const described<silu> here;

} // namespace
} // namespace tests
