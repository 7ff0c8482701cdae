/// An xsimd that says it is 10.0.0, whatever it has: between two releases it has functions of the later one.

#include <simdact/simdact.hpp>

#include <cstdint>
#include <cstdio>
#include <vector>

static_assert(XSIMD_VERSION_MAJOR == 10 && XSIMD_VERSION_MINOR == 0);

int main() {
    const std::vector<float> x(100, -1.0F);
    std::vector<float> y(100), z(100);
    std::vector<std::uint8_t> mask(13, 0xff);
    simdact::forward(simdact::elu{}, x, y);
    simdact::forward_with_mask(simdact::leaky_relu{.negative_slope = 0.5}, x, z, mask);
    std::printf("%a %a %d\n", double(y[99]), double(z[99]), mask[5]);
    return y[99] == simdact::elu{}(-1.0F) && y[0] > -0.6322F && y[0] < -0.6321F && z[99] == -0.5F && mask[5] == 0 ? 0
                                                                                                                  : 1;
}
