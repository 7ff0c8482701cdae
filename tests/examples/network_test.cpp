#include "../../examples/network.hpp"
#include "../../examples/train_options.hpp"
#include "../catch.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace {

/// Layers that are no multiple of a batch wide, with biases and slopes that differ from unit to unit.
template <class T>
network<T> tiny_network(const activation& f, bool fused = false) {
    network<T> net({3, 19, 5, 4}, f, 7, fused);
    random_numbers random(8);
    for (layer<T>& l : net.layers) {
        for (T& bias : l.bias)
            bias = static_cast<T>(0.3 * random.normal());
        for (T& slope : l.slopes)
            slope = static_cast<T>(0.5 * random.normal()); // some are negative
    }
    return net;
}

template <class T>
struct examples_of {
    Eigen::MatrixX<T> x;
    std::vector<int> labels;
};

template <class T>
examples_of<T> some_examples() {
    random_numbers random(9);
    return {Eigen::MatrixX<T>::NullaryExpr(3, 6, [&] { return static_cast<T>(random.normal()); }), {0, 1, 2, 3, 1, 0}};
}

} // namespace

TEST_CASE("network: the gradient in every parameter is that of central differences", "[train]") {
    for (const auto& [name, f] : known_activations())
        for (const bool fused : {false, true}) {
            CAPTURE(name, fused);
            network<double> net = tiny_network<double>(f, fused);
            const examples_of<double> some = some_examples<double>();
            net.backward(some.x, some.labels);
            const std::vector<layer<double>> gradient = net.gradient;
            const auto loss = [&] {
                Eigen::MatrixXd ignored;
                return net.cross_entropy(net.forward(some.x), some.labels, ignored);
            };
            std::size_t parameters = 0;
            double worst = 0, largest = 0;
            for (std::size_t l = 0; l < net.layers.size(); ++l)
                for_each_part(
                    [&](auto& part, const auto& of_part) {
                        REQUIRE(part.size() == of_part.size());
                        for (Eigen::Index i = 0; i < part.size(); ++i, ++parameters) {
                            const double h = 1e-5, before = part.data()[i];
                            part.data()[i] = before + h;
                            const double above = loss();
                            part.data()[i] = before - h;
                            const double below = loss();
                            part.data()[i] = before;
                            worst = std::max(worst, std::abs((above - below) / (2 * h) - of_part.data()[i]));
                            largest = std::max(largest, std::abs(of_part.data()[i]));
                        }
                    },
                    net.layers[l], gradient[l]);
            CHECK(parameters == 3 * 19 + 19 * 5 + 5 * 4 + 19 + 5 + 4 + (initial_slope(f) ? 19 + 5 : 0));
            // h^2 times third derivatives, and rounding of the loss over h; exponentials of exponentials have large
            // ones
            CHECK(worst < (largest < 1000 ? 1e-9 : 1e-6 * largest));
            CHECK(largest > 0.1);
        }
}

TEST_CASE("network: bias and activation in one pass give the same bits", "[train]") {
    for (const auto& [name, f] : known_activations()) {
        CAPTURE(name);
        network<float> apart = tiny_network<float>(f), fused = tiny_network<float>(f, true);
        const examples_of<float> some = some_examples<float>();
        CHECK(apart.backward(some.x, some.labels) == fused.backward(some.x, some.labels));
        for (std::size_t l = 0; l < apart.layers.size(); ++l)
            for_each_part([](const auto& a, const auto& b) { CHECK((a.array() == b.array()).all()); },
                          apart.gradient[l], fused.gradient[l]);
    }
}

TEST_CASE("network: initial weights depend on the seed, not on the activation", "[train]") {
    const network<float> relu({3, 4, 2}, simdact::relu{}, 1), elu({3, 4, 2}, simdact::elu{}, 1),
        other({3, 4, 2}, simdact::relu{}, 2);
    for (std::size_t l = 0; l < relu.layers.size(); ++l) {
        CHECK((relu.layers[l].weights == elu.layers[l].weights));
        CHECK((relu.layers[l].weights != other.layers[l].weights));
        CHECK(relu.layers[l].bias.isZero(0));
    }
}

TEST_CASE("network: a unit is positive where the input of its activation is", "[train]") {
    const Eigen::MatrixXf x{{-3, -0.5F, 0, 1.5F, 3}}; // beyond what is a threshold
    const Eigen::ArrayXX<bool> expected{{false, false, false, true, true}};
    for (const auto& [name, f] : known_activations()) {
        CAPTURE(name);
        network<float> net({1, 1, 2}, f, 1);
        net.layers[0].weights.setOnes();
        net.layers[0].slopes.setConstant(-1); // of those that have some: their output is positive everywhere
        net.forward(x);
        CHECK((net.positive(0) == expected).all());
    }
}
