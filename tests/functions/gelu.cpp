#include "gate.hpp"

namespace tests {
namespace {

using std::erfc;

struct gelu : describes {
    static constexpr const char* name = "gelu";
    template <class T>
    static constexpr T deepest = sizeof(T) == 4 ? T(-14.8) : T(-38.7); // f is 0 beyond
    static constexpr facts fact = {.loses_denormals = true};
    static constexpr readme_text readme = {.f = "x (1 + erf(x / sqrt(2))) / 2",
                                           .derivative = "(1 + erf(x / sqrt(2))) / 2 + x e^(-x^2/2) / sqrt(2 pi)",
                                           .source = "Hendrycks, Gimpel 2016"};
    static constexpr tests::reach reach = {.near = -2, .middle = -12, .far = -38, .farthest = -40};
    static constexpr int digits_lost = 4; // erfc is off by some ULP, and f' is a difference of two
    static std::vector<std::string> elsewhere() { return {"onnx Gelu", "pytorch GELU", "pytorch gelu", "keras gelu"}; }

    static constexpr constant root = {
        {0x1.6a09e667f3bcc90p-1L, 0x1.165f626cdd52afap-62L, 0x1.f1d6f60ba893ba8p-124L}}; // 1 / sqrt(2)
    static constexpr constant height = {
        {0x1.9884533d436508dp-2L, 0x1.f9678a017571c5fp-67L, 0x1.d3829f30512706dp-128L}}; // 1 / sqrt(2 pi)

    template <class R>
    static R bell(const R& x) {
        return height.of<R>().high * exp(product_of(R(-0.5) * x, x));
    }
    /// The normal distribution.
    template <class R>
    static R phi(const R& x) {
        const twofold<R> z = root.of<R>() * -x;
        if constexpr (std::floating_point<R>)
            if (!std::isfinite(z.high))
                return x < 0 ? R(0) : R(1);
        return R(0.5) * erfc(z.high) - root.of<R>().high * bell(x) * 2 * z.low;
    }
    template <class R>
    static R f(R x, const R*) {
        const R p = phi(x);
        return p > 0 ? x * p : -R(0);
    }
    template <class R>
    static R derivative(R x, const R*) {
        const R p = phi(x), b = bell(x);
        return b > 0 ? p + x * b : x < 0 ? -R(0) : R(1);
    }
    template <class T>
    static bool crossing(T x, const T*) {
        return std::fabs(x + T(0.7517915246935645)) < T(0.25);
    }

    template <class T>
    static bounds bound(const T*) {
        bounds of = bounds_with_crossing<T>(3.25, 3, 8, 6);
        of.derivative_absolute *= sizeof(T) == 4 ? 1 : 2;
        return of;
    }
    template <class T>
    static std::vector<T> hardest() {
        return {T(-0x1.55c34ap+0), T(-0x1.e530a6p-1), T(-0x1.01c472p+0), T(-0x1.0214f2p+0)};
    }
    template <class T>
    static std::vector<T> breakpoints() {
        return breakpoints_of_gelu<T>({deepest<T>, T(-0.75), T(-0.7517915246935645), T(-1.41421356)});
    }

    template <class T>
    static std::vector<row<T>> values(const T* p) {
        return values_of_gate<gelu, T>(p);
    }
};

const described<gelu> here;

} // namespace
} // namespace tests
