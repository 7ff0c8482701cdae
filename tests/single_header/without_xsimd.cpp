/// The single header on top of the user's xsimd: its functors take the user's batches.

#include <xsimd/xsimd.hpp>
// the order does not matter
#include <simdact.hpp>

#include <array>
#include <vector>

int main() {
#if !defined(XSIMD_NO_SUPPORTED_ARCHITECTURE)
    using batch = xsimd::batch<float>;
    std::array<float, batch::size> values{};
    simdact::elu{}(batch(-1.0F)).store_unaligned(values.data());
    if (values[0] != simdact::elu{}(-1.0F))
        return 1;
#endif
    const std::vector<double> x = {-1, 0, 1};
    std::vector<double> y(3);
    simdact::forward(simdact::leaky_relu{.negative_slope = 0.5}, x, y);
    return y == std::vector<double>{-0.5, 0, 1} ? 0 : 1;
}
