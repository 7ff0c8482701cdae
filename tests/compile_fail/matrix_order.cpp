// refused: same_order
#include "../strangers/arrays/matrix.hpp"

#include <simdact/simdact.hpp>

#include <vector>

int main() {
    std::vector<float> memory(4), y(8);
    const tests::matrix<const float> x{memory.data(), 2, 2, 2};
#ifdef WORKS
    simdact::forward(simdact::relu{}, x, tests::matrix<float>{y.data(), 2, 2, 2});
#else
    simdact::forward(simdact::relu{}, x, tests::matrix<float, true>{y.data(), 2, 2, 2});
#endif
}
