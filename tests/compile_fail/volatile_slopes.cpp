// refused: not_volatile
#include <simdact/simdact.hpp>

#include <vector>

int main() {
    const std::vector<float> x(4);
    std::vector<float> dx(4), dslopes(2);
#ifdef WORKS
    float slopes[2] = {};
#else
    volatile float slopes[2] = {};
#endif
    simdact::backward(simdact::prelu{}, {.channels = 2, .inner = 2}, x, slopes, x, dx, dslopes);
}
