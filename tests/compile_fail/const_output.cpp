// refused: writable
#include <simdact/simdact.hpp>

#include <vector>

int main() {
    const std::vector<float> x(4);
#ifdef WORKS
    std::vector<float> y(4);
    simdact::forward(simdact::relu{}, x, y);
#else
    const std::vector<float> y(4);
    simdact::forward(simdact::relu{}, x, y);
#endif
}
