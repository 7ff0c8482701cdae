// refused: not_volatile
#include <simdact/simdact.hpp>

#include <span>
#include <vector>

int main() {
    std::vector<float> x(4), y(4);
#ifdef WORKS
    const std::span<float> device(x);
#else
    const std::span<volatile float> device(x);
#endif
    simdact::forward(simdact::relu{}, device, y);
}
