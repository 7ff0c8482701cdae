// Leaky ReLU in place, keeping one bit for each element instead of x. Prints:
//
//   x      -3.0   1.0   2.0   0.0  -1.0   5.0  -2.0   4.0  -4.0   3.0
//   y      -0.3   1.0   2.0   0.0  -0.1   5.0  -0.2   4.0  -0.4   3.0
//   x > 0     0     1     1     0     0     1     0     1     0     1
//   dx      1.0  10.0  10.0   1.0   1.0  10.0   1.0  10.0   1.0  10.0
#include <simdact/simdact.hpp>

#include <cstdint>
#include <cstdio>
#include <vector>

void print(const char* name, const std::vector<float>& values) {
    std::printf("%-5s", name);
    for (const float value : values)
        std::printf(" %5.1f", value);
    std::printf("\n");
}

int main() {
    const simdact::leaky_relu f{.negative_slope = 0.1};
    std::vector<float> values = {-3.0f, 1.0f, 2.0f, 0.0f, -1.0f, 5.0f, -2.0f, 4.0f, -4.0f, 3.0f};
    std::vector<float> gradient(values.size(), 10.0f);
    std::vector<std::uint8_t> mask((values.size() + 7) / 8); // 32 times smaller than x

    print("x", values);
    simdact::forward_with_mask(f, values, values, mask); // y = f(x) over x, mask = x > 0
    print("y", values);
    std::printf("x > 0");
    for (std::size_t i = 0; i < values.size(); ++i)
        std::printf(" %5d", mask[i / 8] >> i % 8 & 1);
    std::printf("\n");
    simdact::backward_from_mask(f, mask, gradient, gradient); // dx = dy * f'(x) over dy
    print("dx", gradient);
}
