// The end of a dense layer, ELU(x + bias), in one pass forward, and in one backward that gives the gradient of the
// bias, too; then a layer that learns how much of it is ReLU and how much tanh. Prints:
//
//   outputs of the first row: -0.432 1.500 -0.130
//   gradients of the biases: 0.409 4.000 1.359
//   share of relu in each channel after 200 steps: 0.900 0.100 0.500
#include <simdact/simdact.hpp>

#include <cmath>
#include <cstdio>
#include <vector>

int main() {
    constexpr std::size_t rows = 4, units = 3;
    const simdact::channel_shape shape{rows, units, 1};
    std::vector<float> x(rows * units), y(x.size()), dy(x.size(), 1.0f), dx(x.size());
    for (std::size_t i = 0; i < x.size(); ++i)
        x[i] = 0.25f * static_cast<float>(i % 4) - 0.5f * static_cast<float>(i % 3);

    const std::vector<float> bias{-2.0f, 1.75f, 0.2f};
    std::vector<float> dbias(units);
    const simdact::biased layer{simdact::elu{0.5}};
    simdact::forward(layer, shape, x, bias, y);
    simdact::backward(layer, shape, x, bias, dy, dx, dbias);
    std::printf("outputs of the first row: %.3f %.3f %.3f\n", y[0], y[1], y[2]);
    std::printf("gradients of the biases: %.3f %.3f %.3f\n", dbias[0], dbias[1], dbias[2]);

    // What made these outputs is 0.9, 0.1 and 0.5 of relu.
    const simdact::mixed<simdact::relu, simdact::tanh> blend;
    const std::vector<float> wanted_share{0.9f, 0.1f, 0.5f};
    std::vector<float> wanted(x.size()), share(units, 0.5f), dshare(units);
    for (std::size_t i = 0; i < x.size(); ++i)
        x[i] = 3 * std::sin(static_cast<float>(i));
    simdact::forward(blend, shape, x, wanted_share, wanted);
    for (int step = 0; step < 200; ++step) {
        simdact::forward(blend, shape, x, share, y);
        for (std::size_t i = 0; i < y.size(); ++i)
            dy[i] = y[i] - wanted[i];
        simdact::backward(blend, shape, x, share, dy, dx, dshare);
        for (std::size_t c = 0; c < units; ++c)
            share[c] -= 0.1f * dshare[c];
    }
    std::printf("share of relu in each channel after 200 steps: %.3f %.3f %.3f\n", share[0], share[1], share[2]);
}
