// A multilayer perceptron: Eigen for the matrices, simdact for the activations.
#pragma once

#include "activations.hpp"
#include "measure.hpp"
#include "random_numbers.hpp"

#include <simdact/simdact.hpp>

#include <Eigen/Core>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <variant>
#include <vector>

/// What a layer learns.
template <class T>
struct layer {
    Eigen::MatrixX<T> weights; // one row a unit
    Eigen::VectorX<T> bias;
    Eigen::VectorX<T> slopes; // of a channelwise activation, one a unit; else empty
};

/// fn(the weights of each of the layers), then the same for bias and slopes.
template <class Fn, class... Layers>
void for_each_part(Fn fn, Layers&... layers) {
    fn(layers.weights...);
    fn(layers.bias...);
    fn(layers.slopes...);
}

/// The elements of a matrix as the kernels take them.
template <class M>
auto flat(M& matrix) {
    return std::span(matrix.data(), static_cast<std::size_t>(matrix.size()));
}

/// Whether the gradient needs the input of f. Where the output tells it, f works in place.
template <class F, class T>
inline constexpr bool keeps_input = !simdact::output_differentiable<F, T>;

/// z = z + bias, where it is kept, and y = f(z + bias) in one pass, with both in registers. A column is a sample; y may
/// be z.
template <class T, class F>
void add_bias_and_activate(const F& f, const layer<T>& l, Eigen::MatrixX<T>& z, Eigen::MatrixX<T>& y) {
    using V = simdact::simd::batch<T>;
    constexpr auto lanes = static_cast<Eigen::Index>(simdact::simd::lanes<V>);
    y.resize(z.rows(), z.cols()); // keeps what is there if the size is right
    const auto rows = z.rows();
    const auto step = [&](auto value, Eigen::Index unit, T* at_z, T* at_y) {
        namespace simd = simdact::simd;
        using W = decltype(value);
        const W sum = simd::load<W>(at_z) + simd::load<W>(l.bias.data() + unit);
        if constexpr (keeps_input<F, T>)
            simd::store(at_z, sum);
        if constexpr (is_channelwise<F>)
            simd::store(at_y, f(sum, simd::load<W>(l.slopes.data() + unit)));
        else
            simd::store(at_y, f(sum));
    };
    for (Eigen::Index sample = 0; sample < z.cols(); ++sample) {
        T *const column_z = z.col(sample).data(), *const column_y = y.col(sample).data();
        Eigen::Index unit = 0;
        for (; unit + lanes <= rows; unit += lanes)
            step(V(), unit, column_z + unit, column_y + unit);
        for (; unit < rows; ++unit) // a float gives the same bits as a batch
            step(T(), unit, column_z + unit, column_y + unit);
    }
}

/// Layers of weights, the activation after each but the last, and softmax cross entropy.
template <class T>
class network {
public:
    using matrix = Eigen::MatrixX<T>; // a column is a sample

    std::vector<layer<T>> layers, gradient;
    double forward_seconds = 0, backward_seconds = 0; // spent in activations

    /// units: inputs, those of each hidden layer, classes. Weights are normal with variance 2 / inputs of the layer
    /// (He), from the seed alone; biases are 0. With `fused`, the bias is added in the activation's pass.
    network(const std::vector<Eigen::Index>& units, const activation& f, std::uint64_t seed, bool fused = false)
        : f_(f), fused_(fused), inputs_(units.size() - 2), outputs_(units.size() - 1) {
        random_numbers random(seed);
        for (std::size_t l = 0; l + 1 < units.size(); ++l) {
            const double deviation = std::sqrt(2.0 / static_cast<double>(units[l]));
            layer<T> next;
            next.weights = matrix::NullaryExpr(units[l + 1], units[l],
                                               [&] { return static_cast<T>(deviation * random.normal()); });
            next.bias.setZero(units[l + 1]);
            if (const auto slope = initial_slope(f); slope && l < hidden_layers())
                next.slopes.setConstant(units[l + 1], static_cast<T>(*slope));
            layers.push_back(next);
        }
        gradient = layers; // for the sizes
    }

    std::size_t hidden_layers() const { return inputs_.size(); }

    /// The logits of each sample.
    const matrix& forward(const matrix& x) {
        const matrix* in = &x;
        for (std::size_t l = 0; l < layers.size(); ++l) {
            matrix& z = keeps_inputs() && l < hidden_layers() ? inputs_[l] : outputs_[l];
            z.noalias() = layers[l].weights * *in;
            if (l == hidden_layers())
                z.colwise() += layers[l].bias;
            else
                std::visit([&](const auto& f) { activate(f, layers[l], z, outputs_[l]); }, f_);
            in = &outputs_[l];
        }
        return outputs_.back();
    }

    /// The mean cross entropy of forward(x), and its gradient. One label a sample.
    double backward(const matrix& x, const std::vector<int>& labels) {
        matrix delta;
        const double loss = cross_entropy(forward(x), labels, delta);
        for (std::size_t l = layers.size(); l-- > 0;) {
            const matrix& in = l ? outputs_[l - 1] : x;
            gradient[l].weights.noalias() = delta * in.transpose();
            gradient[l].bias = delta.rowwise().sum();
            if (l == 0)
                break;
            matrix previous(in.rows(), in.cols());
            previous.noalias() = layers[l].weights.transpose() * delta;
            std::visit([&](const auto& f) { activate_backward(f, l - 1, previous); }, f_);
            delta.swap(previous);
        }
        return loss;
    }

    /// The mean of -log(softmax) at the labels, and its derivative by the logits.
    static double cross_entropy(const matrix& logits, const std::vector<int>& labels, matrix& delta) {
        delta = logits.rowwise() - logits.colwise().maxCoeff();
        const auto samples = static_cast<T>(logits.cols());
        double sum = 0;
        for (Eigen::Index i = 0; i < delta.cols(); ++i) {
            const int label = labels[static_cast<std::size_t>(i)];
            const T at_label = delta(label, i);
            delta.col(i) = delta.col(i).array().exp();
            const T total = delta.col(i).sum();
            sum += static_cast<double>(std::log(total) - at_label);
            delta.col(i) /= total * samples;
            delta(label, i) -= 1 / samples;
        }
        return sum / static_cast<double>(logits.cols());
    }

    /// What the hidden layers gave in the last forward().
    const matrix& output(std::size_t l) const { return outputs_[l]; }

    /// Where the input of the activation was above 0, or above what is flat around it.
    Eigen::ArrayXX<bool> positive(std::size_t l) const {
        return std::visit(
            [&]<class F>(const F& f) -> Eigen::ArrayXX<bool> {
                if constexpr (keeps_input<F, T>)
                    return inputs_[l].array() > T(0);
                else
                    return outputs_[l].array() > f(T(0)); // a function whose output tells f' grows, or is flat
            },
            f_);
    }

private:
    bool keeps_inputs() const {
        return std::visit([]<class F>(const F&) { return keeps_input<F, T>; }, f_);
    }

    static simdact::channel_shape shape_of(const matrix& m) {
        return {.outer = static_cast<std::size_t>(m.cols()), .channels = static_cast<std::size_t>(m.rows())};
    }

    template <class F>
    void activate(const F& f, const layer<T>& l, matrix& z, matrix& y) {
        if (fused_) {
            const stopwatch time(forward_seconds);
            return add_bias_and_activate(f, l, z, y);
        }
        z.colwise() += l.bias;
        y.resize(z.rows(), z.cols());
        const stopwatch time(forward_seconds);
        if constexpr (is_channelwise<F>)
            simdact::forward(f, shape_of(z), flat(z), flat(l.slopes), flat(y));
        else
            simdact::forward(f, flat(z), flat(y)); // y is z where that is not kept
    }

    /// dx = dy * f'(x), in place.
    template <class F>
    void activate_backward(const F& f, std::size_t l, matrix& d) {
        const stopwatch time(backward_seconds);
        if constexpr (is_channelwise<F>)
            simdact::backward(f, shape_of(d), flat(inputs_[l]), flat(layers[l].slopes), flat(d), flat(d),
                              flat(gradient[l].slopes));
        else if constexpr (keeps_input<F, T>)
            simdact::backward(f, flat(inputs_[l]), flat(d), flat(d));
        else
            simdact::backward_from_output(f, flat(outputs_[l]), flat(d), flat(d));
    }

    activation f_;
    bool fused_;
    std::vector<matrix> inputs_, outputs_; // of the hidden layers' activations; the last output is the logits
};
