// An activation of your own, with a parameter, in kernels that are built once for each instruction set: this file is
// for the oldest CPU, and calls the code for the one that it runs on. Prints:
//
//       x   f(x) f'(x)
//   -2.00  -0.50  0.25
//    0.50   0.25  1.00
//    3.00   9.00  6.00
//   simdact::dispatch::forward: slope is -1, but must be at least 0
#include "own_functions.hpp"

#include <cstdio>
#include <stdexcept>
#include <vector>

int main() {
    const std::vector<float> x = {-2.0f, 0.5f, 3.0f};
    std::vector<float> y(3), d(3);
    simdact::dispatch::forward(bent_square{.slope = 0.25}, x, y);
    simdact::dispatch::derivative(bent_square{.slope = 0.25}, x, d);

    std::printf("    x   f(x) f'(x)\n");
    for (std::size_t i = 0; i < x.size(); ++i)
        std::printf("%5.2f %6.2f %5.2f\n", x[i], y[i], d[i]);
    try {
        simdact::dispatch::forward(bent_square{.slope = -1}, x, y);
    } catch (const std::invalid_argument& refused) {
        std::puts(refused.what());
    }
}
