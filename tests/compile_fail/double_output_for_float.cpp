// refused: same_value
#include <simdact/simdact.hpp>

#include <vector>

int main() {
    const std::vector<float> x(4);
#ifdef WORKS
    std::vector<float> y(4);
    simdact::forward(simdact::relu{}, x, y);
#else
    std::vector<double> y(4);
    simdact::forward(simdact::relu{}, x, y);
#endif
}
