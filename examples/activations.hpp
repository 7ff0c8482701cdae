// The activation functions that the command lines of the examples know.
#pragma once

#include "command_line.hpp"

#include <simdact/simdact.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <variant>
#include <vector>

using activation =
    std::variant<simdact::relu, simdact::leaky_relu, simdact::prelu, simdact::elu, simdact::sigmoid, simdact::tanh>;

/// All of them with their default parameters, in the order of the tables.
inline const std::vector<std::pair<std::string, activation>>& known_activations() {
    static const std::vector<std::pair<std::string, activation>> known = {
        {"relu", simdact::relu{}}, {"leaky_relu", simdact::leaky_relu{}}, {"prelu", simdact::prelu{}},
        {"elu", simdact::elu{}},   {"sigmoid", simdact::sigmoid{}},       {"tanh", simdact::tanh{}}};
    return known;
}

/// The one of that name; `kind` is what the command line calls it.
inline const std::pair<std::string, activation>& activation_named(const std::string& name, const std::string& kind) {
    const auto& known = known_activations();
    const auto found = std::ranges::find(known, name, &std::pair<std::string, activation>::first);
    if (found == known.end())
        reject("unknown " + kind + " '" + name + "', expected relu, leaky_relu, prelu, elu, sigmoid or tanh");
    return *found;
}
