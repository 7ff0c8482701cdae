// refused: output_differentiable
#include <simdact/simdact.hpp>

#include <vector>

int main() {
    const std::vector<float> y(4);
    const std::vector<float> dy(4);
    std::vector<float> dx(4);
#ifdef WORKS
    simdact::backward_from_output(simdact::elu{}, y, dy, dx);
#else
    simdact::backward_from_output(simdact::prelu{}, y, dy, dx);
#endif
}
