// Learns y = elu(w x + b) from samples. The activation overwrites its input, and its output is all that backward needs,
// so one buffer serves the layer and one the gradients. Prints:
//
//   step   0: w = 0.50, b =  0.00
//   step  25: w = 1.39, b = -0.37
//   step  50: w = 1.47, b = -0.46
//   step  75: w = 1.49, b = -0.49
//   step 100: w = 1.50, b = -0.50
#include <simdact/simdact.hpp>

#include <cstdio>
#include <vector>

int main() {
    const simdact::elu f{.alpha = 1.0};
    std::vector<float> x(101), target(101), layer(101), gradient(101);
    for (std::size_t i = 0; i < x.size(); ++i) {
        x[i] = -2.0f + 0.04f * static_cast<float>(i);
        target[i] = f(1.5f * x[i] - 0.5f);
    }
    float w = 0.5f, b = 0.0f;
    for (int step = 0; step <= 100; ++step) {
        for (std::size_t i = 0; i < x.size(); ++i)
            layer[i] = w * x[i] + b;
        simdact::forward(f, layer); // in place

        for (std::size_t i = 0; i < x.size(); ++i)
            gradient[i] = (layer[i] - target[i]) / 101.0f; // of half the mean of the squared errors
        simdact::backward_from_output(f, layer, gradient, gradient);
        if (step % 25 == 0)
            std::printf("step %3d: w = %.2f, b = %5.2f\n", step, w, b);
        for (std::size_t i = 0; i < x.size(); ++i) {
            w -= 0.5f * gradient[i] * x[i];
            b -= 0.5f * gradient[i];
        }
    }
}
