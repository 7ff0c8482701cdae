// An activation of your own, cubed ReLU, in the kernels of the library. Prints:
//
//       x  f(x) f'(x)    dx in place
//   -2.00  0.00  0.00  0.00     0.00
//   -0.50  0.00  0.00  0.00     0.00
//    0.00  0.00  0.00  0.00     0.00
//    0.50  0.12  0.75  7.50     0.12
//    3.00 27.00 27.00 270.00    27.00
#include <simdact/simdact.hpp>

#include <cstdio>
#include <vector>

// V is a float, a double or an xsimd::batch of them, so nothing here can be an `if`.
struct cubed_relu {
    template <simdact::value V>
    V forward(V x) const {
        return simdact::simd::select(x > V(0), x * x * x, V(0));
    }
    template <simdact::value V>
    V derivative(V x) const {
        return simdact::simd::select(x > V(0), V(3) * x * x, V(0));
    }
};

int main() {
    const cubed_relu f;
    const std::vector<float> x = {-2.0f, -0.5f, 0.0f, 0.5f, 3.0f}, dy(5, 10.0f);
    std::vector<float> y(5), d(5), dx(5), in_place = x;
    simdact::forward(f, x, y);
    simdact::derivative(f, x, d);
    simdact::backward(f, x, dy, dx); // f.backward(x, dy) if there is one, else dy * f.derivative(x)
    simdact::forward(f, in_place);

    std::printf("    x  f(x) f'(x)    dx in place\n");
    for (std::size_t i = 0; i < x.size(); ++i)
        std::printf("%5.2f %5.2f %5.2f %5.2f %8.2f\n", x[i], y[i], d[i], dx[i], in_place[i]);
}
