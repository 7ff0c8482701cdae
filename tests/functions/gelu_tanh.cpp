#include "gate.hpp"

namespace tests {
namespace {

struct gelu_tanh : describes {
    static constexpr const char* name = "gelu_tanh";
    template <class T>
    static constexpr T deepest = sizeof(T) == 4 ? T(-11) : T(-21.7); // f is 0 beyond
    static constexpr facts fact = {.loses_denormals = true};
    static constexpr readme_text readme = {.f = "x (1 + tanh(u)) / 2; u = sqrt(2/pi) (x + 0.044715 x^3)",
                                           .derivative = "s(2 u) (1 + 2 x u' s(-2 u))",
                                           .source = "Hendrycks, Gimpel 2016"};
    static constexpr tests::reach reach = {.near = -2, .middle = -12, .far = -28, .farthest = -30};

    static constexpr int digits_lost = 3; // f' is a difference

    static constexpr constant k1 = {{0x1.9884533d436508dp0L, 0x1.f9678a017571c5fp-65L,
                                     0x1.d3829f30512706dp-126L}}; // 2 sqrt(2 / pi), and 0.044715 times that
    static constexpr constant k3 = {{0x1.2444f2a4d8b4af4p-4L, 0x1.37bc5d62e38f869p-65L, 0x1.2d08605e0e37863p-126L}};

    template <class R>
    static twofold<R> v(const R& x) {
        return (k1.of<R>() + k3.of<R>() * product_of(x, x)) * x;
    }
    template <class R>
    static R f(R x, const R*) {
        return gated_by(x, v(x));
    }
    template <class R>
    static R derivative(R x, const R*) {
        return slope_of_gated_by(v(x), x * (k1.of<R>().high + 3 * k3.of<R>().high * x * x));
    }
    template <class T>
    static bool crossing(T x, const T*) {
        return std::fabs(x + T(0.7524614220710163)) < T(0.25);
    }

    template <class T>
    static bounds bound(const T*) {
        return bounds_with_crossing<T>(3, 3.5, 6, 4);
    }
    template <class T>
    static std::vector<T> hardest() {
        return {T(-0x1.3e62f6p+1), T(-0x1.5ab9aep+0), T(-0x1.927734p+0), T(-0x1.a88136p+0)};
    }
    template <class T>
    static std::vector<T> breakpoints() {
        return breakpoints_of_gelu<T>({deepest<T>, T(-0.7524614220710163), T(-1.4185)});
    }

    template <class T>
    static std::vector<row<T>> values(const T* p) {
        return values_of_gate<gelu_tanh, T>(p);
    }
};

const described<gelu_tanh> here;

} // namespace
} // namespace tests
