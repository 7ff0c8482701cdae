/// Built with -fno-exceptions: calls that are right work, and one that is wrong ends the program with its text.

#include <simdact/simdact.hpp>

#include <cstdio>
#include <vector>

int main() {
    const std::vector<float> x = {-1, 2, -3, 4}, slopes = {0.5F};
    std::vector<float> y(4), three(3);
    simdact::forward(simdact::relu{}, x, y);
    simdact::forward(simdact::prelu{}, {.inner = 4}, x, slopes, y);
    std::printf("%g %g %g %g\n", y[0], y[1], y[2], y[3]);
    std::fflush(stdout);
    simdact::forward(simdact::relu{}, x, three);
    std::printf("not refused\n");
}
