/// Containers whose iterators stop the program where they are used as they must not be.
#define _GLIBCXX_DEBUG
#include <simdact/simdact.hpp>

#include <array>
#include <cstdint>
#include <vector>

int main() {
    std::vector<float> none, x(20, -1.0f), slopes(2, 0.5f);
    std::vector<std::uint8_t> no_mask, mask(3);
    std::array<float, 0> nothing{};
    simdact::forward(simdact::relu{}, none);
    simdact::forward(simdact::relu{}, nothing, none);
    simdact::forward_with_mask(simdact::relu{}, none, none, no_mask);
    simdact::backward(simdact::prelu{}, {0, 0, 1}, none, none, none, none, nothing);
    simdact::forward_with_mask(simdact::prelu{}, {1, 2, 10}, x, slopes, x, mask);
    return x.back() == -0.5f ? 0 : 1;
}
