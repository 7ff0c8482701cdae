// refused: writable
#include <simdact/simdact.hpp>

#include <vector>

int main() {
#ifdef WORKS
    std::vector<float> x(4);
    simdact::forward(simdact::elu{}, x);
#else
    const std::vector<float> x(4);
    simdact::forward(simdact::elu{}, x);
#endif
}
