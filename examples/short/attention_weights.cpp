// The weights of attention: softmax of scores / sqrt(d), where some may not be looked at, and the gradient. Prints:
//
//   weights of 4 queries, which see no later key, and the last one none at all:
//     1.000 0.000 0.000 0.000
//     0.378 0.622 0.000 0.000
//     0.186 0.307 0.506 0.000
//     0.000 0.000 0.000 0.000
//   gradients of the scores of the third, for gradients 1, 2, 3, nan:
//     -0.123 -0.049 0.172 0.000
#include <simdact/simdact.hpp>

#include <cmath>
#include <cstdio>
#include <limits>
#include <vector>

int main() {
    constexpr std::size_t n = 4, d = 4;
    constexpr float masked = -std::numeric_limits<float>::infinity();
    std::vector<float> scores(n * n), weights(n * n);
    for (std::size_t q = 0; q < n; ++q)
        for (std::size_t k = 0; k < n; ++k)
            scores[q * n + k] = k <= q && q < 3 ? static_cast<float>(k) : masked;

    // The scale is part of the function: no product is rounded or stored.
    const simdact::softmax attention{.scale = 1 / std::sqrt(double(d)), .empty_rows_are_zero = true};
    simdact::forward(attention, {n, n, 1}, scores, weights);
    std::puts("weights of 4 queries, which see no later key, and the last one none at all:");
    for (std::size_t q = 0; q < n; ++q)
        std::printf("  %.3f %.3f %.3f %.3f\n", weights[q * n], weights[q * n + 1], weights[q * n + 2],
                    weights[q * n + 3]);

    // What belongs to a weight of 0 does not count, whatever it is.
    std::vector<float> gradient(n * n, 0.0f);
    for (std::size_t k = 0; k < n; ++k)
        gradient[2 * n + k] = k < 3 ? static_cast<float>(k + 1) : std::nanf("");
    simdact::backward_from_output(attention, {n, n, 1}, weights, gradient, gradient);
    std::puts("gradients of the scores of the third, for gradients 1, 2, 3, nan:");
    std::printf("  %.3f %.3f %.3f %.3f\n", gradient[8], gradient[9], gradient[10], gradient[11]);
}
