// A layer's bias and activation in one hand-written SIMD loop, without a second pass over memory. Prints:
//
//   from -0.632 to 3.000
//   0 of 1003 differ from those of two passes
#include <simdact/simdact.hpp>

#include <cstdio>
#include <span>
#include <vector>

namespace simd = simdact::simd;

// x = elu(x + bias)
void add_bias_and_elu(std::span<float> x, std::span<const float> bias) {
    using batch = simd::batch<float>; // the widest xsimd::batch, or a float where xsimd knows no SIMD
    const simdact::elu f{.alpha = 1.0};
    std::size_t i = 0;
    for (; i + simd::lanes<batch> <= x.size(); i += simd::lanes<batch>) {
        const batch sum = simd::load<batch>(&x[i]) + simd::load<batch>(&bias[i]); // stays in a register
        simd::store(&x[i], f(sum));
    }
    for (; i < x.size(); ++i) // what is left: a float gets the bits that it would get in a batch
        x[i] = f(x[i] + bias[i]);
}

int main() {
    std::vector<float> bias(1003), fused(1003, -1.5f), apart(1003);
    for (std::size_t i = 0; i < bias.size(); ++i) {
        bias[i] = 0.5f + static_cast<float>(i) / 250.5f;
        apart[i] = fused[i] + bias[i];
    }
    simdact::forward(simdact::elu{.alpha = 1.0}, apart);
    add_bias_and_elu(fused, bias);
    int different = 0;
    for (std::size_t i = 0; i < fused.size(); ++i)
        different += fused[i] != apart[i];
    std::printf("from %.3f to %.3f\n", fused[0], fused[1002]);
    std::printf("%d of 1003 differ from those of two passes\n", different);
}
