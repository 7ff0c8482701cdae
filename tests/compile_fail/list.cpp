// refused: contiguous_range
#include <simdact/simdact.hpp>

#include <list>
#include <vector>

int main() {
#ifdef WORKS
    const std::vector<float> x(4);
#else
    const std::list<float> x(4);
#endif
    std::vector<float> y(4);
    simdact::forward(simdact::relu{}, x, y);
}
