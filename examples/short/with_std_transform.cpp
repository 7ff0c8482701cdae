// The functions as function objects of the standard algorithms. Prints:
//
//       x   f(x)     dx
//   -3.00 -0.950  0.050
//   -1.00 -0.632  0.736
//    0.00  0.000  3.000
//    0.50  0.500  4.000
//    2.00  2.000  5.000
//   the same as the kernel's
//    -1.00 -0.25  1.00
#include <simdact/simdact.hpp>

#include <algorithm>
#include <cstdio>
#include <list>
#include <vector>

int main() {
    const simdact::elu f{.alpha = 1.0};
    const std::vector<double> x = {-3.0, -1.0, 0.0, 0.5, 2.0}, dy = {1.0, 2.0, 3.0, 4.0, 5.0};
    std::vector<double> y(x.size()), dx(x.size()), kernel(x.size());

    std::transform(x.begin(), x.end(), y.begin(), f);
    std::ranges::transform(x, dy, dx.begin(), [f](double xi, double dyi) { return f.backward(xi, dyi); });
    std::printf("    x   f(x)     dx\n");
    for (std::size_t i = 0; i < x.size(); ++i)
        std::printf("%5.2f %6.3f %6.3f\n", x[i], y[i], dx[i]);

    simdact::forward(f, x, kernel); // the same with SIMD, and the same bits
    std::printf("%s\n", y == kernel ? "the same as the kernel's" : "another result than the kernel's");

    std::list<float> list = {-2.0f, -0.5f, 1.0f}; // where the memory is not contiguous, there is no kernel
    std::ranges::transform(list, list.begin(), simdact::leaky_relu{.negative_slope = 0.5});
    for (const float value : list)
        std::printf("%6.2f", value);
    std::printf("\n");
}
