// What is elementwise in a step of an LSTM, three sigmoids and two tanhs, in one loop over batches, forward and
// backward: nothing goes to memory but what training keeps. Prints:
//
//   h: -0.2559 -0.0578 ... 0.1477
//   gradients, and by differences: input 0.005061 0.005061, forget 0.001742 0.001742,
//     output 0.007858 0.007858, candidate 0.003860 0.003860, cell before 0.018923 0.018923
#include <simdact/simdact.hpp>

#include <cmath>
#include <cstdio>
#include <vector>

namespace simd = simdact::simd;

struct gates {
    std::vector<double> input, forget, output, candidate;

    explicit gates(std::size_t n) : input(n), forget(n), output(n), candidate(n) {}
};

// body(value at i...) for all i, in batches and then one by one: a number gets the bits that it would get in a batch.
template <class Body>
void for_each_batch(std::size_t n, Body body) {
    using batch = simd::batch<double>;
    std::size_t i = 0;
    for (; i + simd::lanes<batch> <= n; i += simd::lanes<batch>)
        body(i, batch(0.0));
    for (; i < n; ++i)
        body(i, 0.0);
}

// c = sigmoid(forget) before + sigmoid(input) tanh(candidate), h = sigmoid(output) tanh(c). The gates become what they
// let through, which is all that backward() needs of them: f' is known from f.
void forward(gates& g, const std::vector<double>& before, std::vector<double>& c, std::vector<double>& h) {
    constexpr simdact::sigmoid sigmoid;
    constexpr simdact::tanh tanh;
    for_each_batch(c.size(), [&]<class V>(std::size_t k, V) {
        const V i = sigmoid(simd::load<V>(&g.input[k])), f = sigmoid(simd::load<V>(&g.forget[k])),
                o = sigmoid(simd::load<V>(&g.output[k])), z = tanh(simd::load<V>(&g.candidate[k]));
        const V cell = f * simd::load<V>(&before[k]) + i * z;
        simd::store(&g.input[k], i);
        simd::store(&g.forget[k], f);
        simd::store(&g.output[k], o);
        simd::store(&g.candidate[k], z);
        simd::store(&c[k], cell);
        simd::store(&h[k], o * tanh(cell));
    });
}

// The gates become the gradients of what they were made of, and dbefore is that of the cells before.
void backward(gates& g, const std::vector<double>& before, const std::vector<double>& c, const std::vector<double>& dh,
              std::vector<double>& dbefore) {
    constexpr simdact::sigmoid sigmoid;
    constexpr simdact::tanh tanh;
    for_each_batch(c.size(), [&]<class V>(std::size_t k, V) {
        const V i = simd::load<V>(&g.input[k]), f = simd::load<V>(&g.forget[k]), o = simd::load<V>(&g.output[k]),
                z = simd::load<V>(&g.candidate[k]), tanh_c = tanh(simd::load<V>(&c[k]));
        const V up = simd::load<V>(&dh[k]), dc = tanh.backward_from_output(tanh_c, up * o);
        simd::store(&g.output[k], sigmoid.backward_from_output(o, up * tanh_c));
        simd::store(&g.input[k], sigmoid.backward_from_output(i, dc * z));
        simd::store(&g.candidate[k], tanh.backward_from_output(z, dc * i));
        simd::store(&g.forget[k], sigmoid.backward_from_output(f, dc * simd::load<V>(&before[k])));
        simd::store(&dbefore[k], dc * f);
    });
}

int main() {
    constexpr std::size_t n = 7;
    std::vector<double> before(n), c(n), h(n), dh(n), dbefore(n);
    gates g(n);
    for (std::size_t k = 0; k < n; ++k) {
        const auto at = static_cast<double>(k);
        g.input[k] = std::sin(at), g.forget[k] = std::cos(at), g.output[k] = 1 - at / 3, g.candidate[k] = at / 5;
        before[k] = at / 7 - 0.5;
    }
    const auto loss = [&](gates of) { // half the sum of h^2
        forward(of, before, c, h);
        double sum = 0;
        for (const double v : h)
            sum += v * v / 2;
        return sum;
    };
    gates step = g;
    forward(step, before, c, h);
    std::printf("h: %.4f %.4f ... %.4f\n", h[0], h[1], h[n - 1]);
    dh = h;
    backward(step, before, c, dh, dbefore);

    const auto by_differences = [&](double& x) {
        const double at = x, step_size = 1e-5;
        x = at + step_size;
        const double above = loss(g);
        x = at - step_size;
        const double below = loss(g);
        x = at;
        return (above - below) / (2 * step_size);
    };
    std::printf("gradients, and by differences: input %.6f %.6f, forget %.6f %.6f,\n", step.input[5],
                by_differences(g.input[5]), step.forget[5], by_differences(g.forget[5]));
    std::printf("  output %.6f %.6f, candidate %.6f %.6f, cell before %.6f %.6f\n", step.output[5],
                by_differences(g.output[5]), step.candidate[5], by_differences(g.candidate[5]), dbefore[5],
                by_differences(before[5]));
}
