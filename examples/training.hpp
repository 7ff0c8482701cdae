// Trains one network and takes down, epoch by epoch, what becomes of it.
#pragma once

#include "dataset.hpp"
#include "measure.hpp"
#include "network.hpp"
#include "random_numbers.hpp"
#include "train_options.hpp"

#include <Eigen/Core>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

/// What a network is like at the end of an epoch. Shares are from 0 to 1; `zeros`, `dead` and `never_positive` concern
/// the hidden units, `zeros` one number a layer.
struct epoch {
    double loss = 0, train_accuracy = 0, test_accuracy = 0;
    std::vector<double> zeros;
    double dead = 0, never_positive = 0;
    std::vector<double> gradients; // the norm for each layer of weights, averaged over the epoch's batches

    /// Of all hidden layers: they are equally wide.
    double all_zeros() const {
        return std::accumulate(zeros.begin(), zeros.end(), 0.0) / static_cast<double>(zeros.size());
    }
};

/// The training of one network. epochs[0] is the state before the first step.
struct training {
    std::string name;
    std::uint64_t seed = 0;
    std::vector<epoch> epochs;
    std::vector<Eigen::VectorXf> slopes; // of a channelwise activation: of a layer each, at the last of the epochs
    double seconds = 0, forward_seconds = 0, backward_seconds = 0; // in all steps; in activations

    bool diverged() const { return !std::isfinite(epochs.back().loss); }
};

/// Columns of s.x and their labels.
struct batch {
    Eigen::MatrixXf x;
    std::vector<int> labels;

    void take(const samples& s, std::span<const Eigen::Index> columns) {
        x.resize(s.x.rows(), static_cast<Eigen::Index>(columns.size()));
        labels.clear();
        for (const Eigen::Index column : columns) {
            x.col(static_cast<Eigen::Index>(labels.size())) = s.x.col(column);
            labels.push_back(s.labels[static_cast<std::size_t>(column)]);
        }
    }
};

namespace detail {

/// The loss and the accuracy on s. seen(network) is called with each part of it in the network.
template <class Seen>
std::pair<double, double> evaluate(network<float>& net, const samples& s, Seen seen) {
    constexpr Eigen::Index part = 1000; // keeps the matrices small
    double loss = 0;
    int right = 0;
    for (Eigen::Index first = 0; first < s.x.cols(); first += part) {
        const Eigen::Index count = std::min(part, s.x.cols() - first);
        const auto begin = s.labels.begin() + first;
        const std::vector<int> labels(begin, begin + count);
        const Eigen::MatrixXf& logits = net.forward(s.x.middleCols(first, count));
        Eigen::MatrixXf ignored;
        loss += net.cross_entropy(logits, labels, ignored) * static_cast<double>(count);
        for (Eigen::Index i = 0; i < count; ++i) {
            Eigen::Index best = 0;
            logits.col(i).maxCoeff(&best);
            right += best == labels[static_cast<std::size_t>(i)];
        }
        seen(net);
    }
    const auto all = static_cast<double>(s.x.cols());
    return {loss / all, right / all};
}

/// Everything of an epoch but the gradients.
inline epoch measure(network<float>& net, const dataset& data) {
    epoch e;
    e.test_accuracy = evaluate(net, data.test, [](const auto&) {}).second;

    const auto hidden = net.hidden_layers();
    const Eigen::Index width = net.output(0).rows();
    using flags = Eigen::ArrayXX<bool>; // for each unit and layer
    flags alive = flags::Constant(width, static_cast<Eigen::Index>(hidden), false), positive = alive;
    std::vector<double> zeros(hidden);
    std::tie(e.loss, e.train_accuracy) = evaluate(net, data.train, [&](const network<float>& seen) {
        for (std::size_t l = 0; l < hidden; ++l) {
            const flags zero = seen.output(l).array() == 0.0F;
            zeros[l] += static_cast<double>(zero.count());
            const auto column = static_cast<Eigen::Index>(l);
            alive.col(column) = alive.col(column) || !zero.rowwise().all();
            positive.col(column) = positive.col(column) || seen.positive(l).rowwise().any();
        }
    });
    for (const double count : zeros)
        e.zeros.push_back(count / static_cast<double>(width * data.train.x.cols()));
    const auto share_without = [](const flags& f) {
        return 1 - static_cast<double>(f.count()) / static_cast<double>(f.size());
    };
    e.dead = share_without(alive);
    e.never_positive = share_without(positive);
    return e;
}

} // namespace detail

/// The biases of the last hidden layer with which --provoke-dying starts.
inline constexpr float dying_bias = -3;

/// Trains a network with the activation f from r.seed and fills in the rest of r. on_batch() is called after each batch
/// and may throw; on_epoch() after each epoch, when r.epochs has it.
template <class OnBatch, class OnEpoch>
void train(const dataset& data, const train_options& o, const activation& f, training& r, OnBatch on_batch,
           OnEpoch on_epoch) {
    std::vector<Eigen::Index> units(static_cast<std::size_t>(o.layers), o.width);
    units.insert(units.begin(), data.train.x.rows());
    units.push_back(data.classes);
    network<float> net(units, f, r.seed, o.fused);
    if (o.provoke_dying)
        net.layers[net.hidden_layers() - 1].bias.setConstant(dying_bias);
    std::vector<layer<float>> velocity = net.layers;
    for (auto& v : velocity)
        for_each_part([](auto& part) { part.setZero(); }, v);
    const auto step = [&] {
        const auto rate = static_cast<float>(o.rate), momentum = static_cast<float>(o.momentum);
        for (std::size_t l = 0; l < net.layers.size(); ++l)
            for_each_part(
                [&](auto& parameter, auto& v, const auto& gradient) {
                    v = momentum * v - rate * gradient;
                    parameter += v;
                },
                net.layers[l], velocity[l], net.gradient[l]);
    };

    random_numbers random(~r.seed); // other numbers than those of the weights
    std::vector<Eigen::Index> order(data.train.labels.size());
    std::iota(order.begin(), order.end(), 0);
    const auto size = static_cast<std::size_t>(o.batch);
    batch b;
    for (int e = 0; e <= o.epochs; ++e) {
        std::vector<double> norms(net.layers.size());
        double seconds = 0, batches = 0;
        net.forward_seconds = net.backward_seconds = 0;
        if (e > 0)
            random.shuffle(order);
        for (std::size_t first = 0; first < order.size(); first += size, ++batches) {
            b.take(data.train, std::span(order).subspan(first, std::min(size, order.size() - first)));
            {
                const stopwatch time(seconds);
                net.backward(b.x, b.labels);
                if (e > 0)
                    step();
            }
            for (std::size_t l = 0; l < norms.size(); ++l) // in double: the squares of small gradients are 0 in float
                norms[l] += net.gradient[l].weights.template cast<double>().norm();
            on_batch();
        }
        if (e > 0) {
            r.seconds += seconds;
            r.forward_seconds += net.forward_seconds;
            r.backward_seconds += net.backward_seconds;
        }
        r.epochs.push_back(detail::measure(net, data));
        for (const double norm : norms)
            r.epochs.back().gradients.push_back(norm / batches);
        r.slopes.clear();
        for (std::size_t l = 0; l < net.hidden_layers(); ++l)
            r.slopes.push_back(net.layers[l].slopes);
        on_epoch();
        if (r.diverged())
            break;
    }
}
