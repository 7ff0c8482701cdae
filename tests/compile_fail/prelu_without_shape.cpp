// refused: activation
#include <simdact/simdact.hpp>

#include <vector>

int main() {
    const std::vector<float> x(4);
    std::vector<float> y(4);
    const std::vector<float> slopes{0.25F};
#ifdef WORKS
    simdact::forward(simdact::prelu{}, {.inner = 4}, x, slopes, y);
#else
    simdact::forward(simdact::prelu{}, x, y);
#endif
}
