// An activation of your own with a parameter that has a range, written with the mathematics of the library. Prints:
//
//         x       f(x)      f'(x)
//   -50.000 1.9618e-44 3.7835e-44
//    -1.000 6.3464e-02 1.1920e-01
//     0.000 3.4657e-01 5.0000e-01
//    50.000 5.0000e+01 1.0000e+00
//   simdact::forward: beta is 0, but must be more than 0
#include <simdact/simdact.hpp>

#include <cstdio>
#include <stdexcept>
#include <vector>

// log(1 + e^(beta x)) / beta. As it stands it would be infinite from beta x = 88.73 on, and 0 below -16.6; so e^-|beta
// x| is taken, of which log1p() keeps all digits, denormals too.
struct softplus {
    static constexpr const char* name = "softplus";
    static constexpr simdact::parameter parameters[] = {
        {.name = "beta", .fallback = 1.0, .valid = simdact::more_than(0.0)}};
    double beta = 1.0;

    template <simdact::value V>
    V forward(V x) const {
        const V b = simdact::simd::splat<V>(beta), size = (simdact::simd::abs)(x * b);
        const V above = simdact::simd::select(x < V(0), V(0), x); // a NaN stays
        return above + simdact::math::log1p(simdact::math::exp(V(0) - size)) / b;
    }
    template <simdact::value V>
    V derivative(V x) const {
        return simdact::math::logistic(x * simdact::simd::splat<V>(beta));
    }
};

int main() {
    const softplus f{.beta = 2.0};
    const std::vector<float> x = {-50.0f, -1.0f, 0.0f, 50.0f};
    std::vector<float> y(4), d(4);
    simdact::forward(f, x, y);
    simdact::derivative(f, x, d);
    std::printf("      x       f(x)      f'(x)\n");
    for (std::size_t i = 0; i < x.size(); ++i)
        std::printf("%7.3f %.4e %.4e\n", x[i], y[i], d[i]);
    try {
        simdact::forward(softplus{.beta = 0}, x, y);
    } catch (const std::invalid_argument& refused) {
        std::puts(refused.what());
    }
}
