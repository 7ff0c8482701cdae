// The command line of train.
#pragma once

#include "activations.hpp"
#include "command_line.hpp"

#include <Eigen/Core>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

inline std::string train_help() {
    std::string activations;
    for (const auto& [name, f] : known_activations()) {
        const auto slope = initial_slope(f);
        std::string parameters = describe(f, default_parameters(f));
        if (slope)
            parameters += (parameters.empty() ? "" : ", ") + ("slopes, one a unit, from " + short_text(*slope));
        const auto gap = static_cast<std::size_t>(name_width()) + 2 - name.size();
        activations += "  " + name + (parameters.empty() ? "" : std::string(gap, ' ') + parameters) + '\n';
    }
    return R"(Trains the same multilayer perceptron once with each activation function, from the same initial weights
and with the same batches, and prints side by side what came of it.

  train [OPTION...]                 two intertwined spirals (made here: 1000 points to learn from, 1000 to test)
  train --data FOLDER [OPTION...]   the UCI handwritten digits (optdigits.tra and optdigits.tes), or MNIST
                                    (train-images-idx3-ubyte and the three files that belong to it, unpacked)

Options:
  --activation LIST  which of those below, with commas between them (default: all)
  --layers N         hidden layers (default 3)
  --width N          units of each (default 32)
  --epochs N         passes over the training data (default: spirals 300, UCI digits 30, MNIST 5)
  --rate R           learning rate (default 0.01)
  --momentum M       of the gradient descent (default 0.9)
  --batch N          samples for each step (default 32)
  --seeds LIST       one run each for every activation; the seed decides weights and batches (default 1,2,3)
  --target PERCENT   the test accuracy whose epoch is reported (default 95)
  --fused            bias and activation in one pass over the matrix, in registers: the same results, bit for bit
  --provoke-dying    the biases of the last hidden layer start at -3, where few of its units have a positive input
  --csv FILE         one row for each activation, seed and epoch, see below
  -h, --help         this text

Activations, and what their parameters are:
)" + activations +
           R"(
Weights start normal with variance 2 / inputs of the layer (He) for every activation, biases at 0. Pixels are scaled to
0 ... 1. Training is stochastic gradient descent with momentum on softmax cross entropy, in float. The results (not the
times) are the same each time on one machine. A run stops when its loss is no longer finite.

The table: means and ranges are over the seeds; 2/3 means that 2 of 3 reached the target. `zeros` is the share of
hidden outputs that are exactly 0 on the training data, `dead` the share of hidden units whose output is 0 on all of
them, and `never > 0` the share of units whose input is above 0 on none of them, at the start and at the end: where f
is flat below 0, as relu is, they are dead, elsewhere they can come back. `gradient 1st/last` is the norm of the loss's
gradient in the weights of the first layer over that of the last, each averaged over the batches of an epoch, then
geometrically over the seeds: before the first step, and in the last epoch. `activations` is the time of a run spent in
them (with --fused, forward includes adding the biases), and `share` their part of the time of all steps.

CSV: activation, seed, epoch (0 is before the first step), loss, train_accuracy, test_accuracy, zeros, dead,
never_positive (shares, as above), slope (the mean of the learned ones, if any), gradient_1 ... (the norm for each
layer of weights, from the first, as above), zeros_1 ... (the share for each hidden layer).

Ctrl-C ends the training, prints the table of what was done and leaves the rows so far: exit status 130. On any error:
one line on stderr, exit status 2.
)";
}

struct train_options {
    bool help = false, fused = false, provoke_dying = false;
    std::vector<std::pair<std::string, activation>> activations;
    std::vector<std::uint64_t> seeds;
    Eigen::Index layers = 3, width = 32, batch = 32;
    int epochs = 0; // 0: as it suits the data
    double rate = 0.01, momentum = 0.9, target = 0.95;
    std::optional<std::string> data, csv;
};

/// The parts of a list with commas between them; none of them may be there twice.
inline std::vector<std::string> split(const std::string& option, const std::string& list) {
    std::vector<std::string> parts(1);
    for (const char c : list)
        if (c == ',')
            parts.emplace_back();
        else
            parts.back() += c;
    for (auto part = parts.begin(); part != parts.end(); ++part)
        if (part->empty() || std::find(parts.begin(), part, *part) != part)
            reject(option + " is '" + list + "', expected different words with commas between them");
    return parts;
}

inline train_options parse_train_options(int argc, char** argv) {
    enum { names = long_only, layers, width, epochs, rate, momentum, batch, seeds, target, fused, dying, data, csv };
    static const option known[] = {{"activation", required_argument, nullptr, names},
                                   {"layers", required_argument, nullptr, layers},
                                   {"width", required_argument, nullptr, width},
                                   {"epochs", required_argument, nullptr, epochs},
                                   {"rate", required_argument, nullptr, rate},
                                   {"momentum", required_argument, nullptr, momentum},
                                   {"batch", required_argument, nullptr, batch},
                                   {"seeds", required_argument, nullptr, seeds},
                                   {"target", required_argument, nullptr, target},
                                   {"fused", no_argument, nullptr, fused},
                                   {"provoke-dying", no_argument, nullptr, dying},
                                   {"data", required_argument, nullptr, data},
                                   {"csv", required_argument, nullptr, csv},
                                   {"help", no_argument, nullptr, 'h'},
                                   {nullptr, 0, nullptr, 0}};
    const auto given = given_options(argc, argv, known);
    train_options result;
    result.help = given.contains('h');
    if (result.help)
        return result;
    if (optind < argc)
        reject("'" + std::string(argv[optind]) + "' is not an option, expected those in --help only");

    const auto name_of = [&](int o) { return std::string("--") + known[o - long_only].name; };
    const auto number_of = [&](int o, double otherwise, double least, double most) {
        if (!given.contains(o))
            return otherwise;
        const double value = number(name_of(o), given.at(o));
        if (value < least || value > most)
            reject(name_of(o) + " is '" + given.at(o) + "', expected a number from " + short_text(least) + " to " +
                   short_text(most));
        return value;
    };
    const auto count_of = [&](int o, auto otherwise, double most) {
        const double value = number_of(o, static_cast<double>(otherwise), 1, most);
        if (value != std::floor(value))
            reject(name_of(o) + " is '" + given.at(o) + "', expected a whole number");
        return static_cast<decltype(otherwise)>(value);
    };
    const auto text_of = [&](int o) { return given.contains(o) ? std::optional(given.at(o)) : std::nullopt; };

    result.layers = count_of(layers, result.layers, 1000);
    result.width = count_of(width, result.width, 100'000);
    result.batch = count_of(batch, result.batch, 1'000'000);
    if (given.contains(epochs))
        result.epochs = count_of(epochs, 1, 1'000'000);
    result.rate = number_of(rate, result.rate, 0, 1000);
    result.momentum = number_of(momentum, result.momentum, 0, 1);
    result.target = number_of(target, 100 * result.target, 0, 100) / 100;
    result.fused = given.contains(fused);
    result.provoke_dying = given.contains(dying);
    result.data = text_of(data);
    result.csv = text_of(csv);
    for (const std::string& seed : split("--seeds", text_of(seeds).value_or("1,2,3"))) {
        const double value = number("--seeds", seed);
        if (value < 0 || value > 1e15 || value != std::floor(value))
            reject("--seeds has '" + seed + "', expected whole numbers from 0 to 1e+15");
        result.seeds.push_back(static_cast<std::uint64_t>(value));
    }
    if (!given.contains(names))
        result.activations = known_activations();
    else
        for (const std::string& name : split("--activation", given.at(names)))
            result.activations.push_back(activation_named(name, "activation"));
    return result;
}
