// ELU on a vector, and the gradient of x from that of y. Prints:
//
//       x       y      dy      dx
//   -3.00  -0.950    1.00   0.050
//   -1.00  -0.632   -2.00  -0.736
//    0.00   0.000    0.50   0.500
//    0.50   0.500    0.50   0.500
//    2.00   2.000   -1.00  -1.000
#include <simdact/simdact.hpp>

#include <cstdio>
#include <vector>

int main() {
    const simdact::elu f{.alpha = 1.0};
    const std::vector<float> x = {-3.0f, -1.0f, 0.0f, 0.5f, 2.0f};
    const std::vector<float> dy = {1.0f, -2.0f, 0.5f, 0.5f, -1.0f};
    std::vector<float> y(x.size()), dx(x.size());

    simdact::forward(f, x, y);       // y = f(x)
    simdact::backward(f, x, dy, dx); // dx = dy * f'(x)

    std::printf("%5s %7s %7s %7s\n", "x", "y", "dy", "dx");
    for (std::size_t i = 0; i < x.size(); ++i)
        std::printf("%5.2f %7.3f %7.2f %7.3f\n", x[i], y[i], dy[i], dx[i]);
}
