// refused: floating_point
#include <simdact/simdact.hpp>

#include <vector>

int main() {
#ifdef WORKS
    const std::vector<float> x(4);
    std::vector<float> y(4);
#else
    const std::vector<int> x(4);
    std::vector<int> y(4);
#endif
    simdact::forward(simdact::relu{}, x, y);
}
