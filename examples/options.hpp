// The command line of apply.
#pragma once

#include "activations.hpp"
#include "command_line.hpp"
#include "npy.hpp"

#include <simdact/simdact.hpp>

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>

inline constexpr const char* help_text =
    R"(Applies an activation function to a tensor in NumPy's .npy format (float32 or float64, C order).

  apply FUNCTION [OPTION...] x.npy y.npy                     writes y = f(x)
  apply FUNCTION --backward dy.npy [OPTION...] x.npy dx.npy  writes dx = dy * f'(x)
  apply --table                                              all functions on a built-in tensor, as one table

Functions and what they take:
  relu
  leaky_relu  --negative-slope S     the slope where x < 0 (default 0.01)
  elu         --alpha A              f(-inf) = -A (default 1)
  prelu       --slopes w.npy         one slope for all, or one per channel
              --slope-gradient dw.npy  with --backward: writes the sum of dy * x where x <= 0, for each slope
  sigmoid, tanh

Options:
  --layout nchw       the channel is axis 1 (default)
  --layout nhwc       the channel is the last axis
  --layout broadcast  prelu: the axes of w.npy are aligned with the last axes of x.npy, as NumPy and ONNX do
  -h, --help          this text

Prints shape and type; minimum, mean and maximum (of what is not NaN), the share of exact zeros and the number of NaN
before and after; the channels that are zero everywhere (dead units); and the time of one pass in memory, beside that of
copying as many bytes. An output may be an input: it is replaced when all else is done. On any error: one line on
stderr, exit status 2, nothing written.
)";

struct options {
    enum class job { files, table, help } task = job::files;
    std::string name; // of the function
    activation f;
    std::string layout = "nchw";
    std::optional<std::string> slopes, dy, dslopes; // files
    std::string in, out;
};

inline options parse_options(int argc, char** argv) {
    enum { alpha = long_only, negative_slope, slopes, layout, backward, slope_gradient, table };
    static const option known[] = {{"alpha", required_argument, nullptr, alpha},
                                   {"negative-slope", required_argument, nullptr, negative_slope},
                                   {"slopes", required_argument, nullptr, slopes},
                                   {"layout", required_argument, nullptr, layout},
                                   {"backward", required_argument, nullptr, backward},
                                   {"slope-gradient", required_argument, nullptr, slope_gradient},
                                   {"table", no_argument, nullptr, table},
                                   {"help", no_argument, nullptr, 'h'},
                                   {nullptr, 0, nullptr, 0}};
    std::map<int, std::string> given = given_options(argc, argv, known);
    const int words = argc - optind;
    options result;
    if (given.contains('h')) {
        result.task = options::job::help;
        return result;
    }
    if (given.contains(table)) {
        if (words != 0 || given.size() != 1)
            reject("--table stands alone, expected nothing beside it");
        result.task = options::job::table;
        return result;
    }
    if (words == 0)
        reject("no function and no files, expected: apply FUNCTION [OPTION...] x.npy y.npy (more with --help)");

    result.name = argv[optind];
    const auto value_of = [&](int option, double otherwise) {
        return given.contains(option) ? number(std::string("--") + known[option - alpha].name, given[option])
                                      : otherwise;
    };
    result.f = activation_named(result.name, "function").second;
    if (auto* leaky = std::get_if<simdact::leaky_relu>(&result.f))
        leaky->negative_slope = value_of(negative_slope, leaky->negative_slope);
    else if (auto* elu = std::get_if<simdact::elu>(&result.f))
        elu->alpha = value_of(alpha, elu->alpha);

    const std::pair<int, const char*> owners[] = {
        {alpha, "elu"}, {negative_slope, "leaky_relu"}, {slopes, "prelu"}, {slope_gradient, "prelu"}};
    for (const auto& [option, owner] : owners)
        if (given.contains(option) && result.name != owner)
            reject(std::string("--") + known[option - alpha].name + " is not for " + result.name + ", expected with " +
                   owner + " only");
    if (words != 3)
        reject(std::to_string(words - 1) + " file names, expected two: input and output");
    result.in = argv[optind + 1];
    result.out = argv[optind + 2];

    const auto file_of = [&](int option) {
        return given.contains(option) ? std::optional(given[option]) : std::nullopt;
    };
    result.slopes = file_of(slopes);
    result.dy = file_of(backward);
    result.dslopes = file_of(slope_gradient);
    if (result.name == "prelu" && !result.slopes)
        reject("prelu without slopes, expected --slopes w.npy");
    if (result.dslopes && !result.dy)
        reject("--slope-gradient without a gradient to start from, expected --backward dy.npy");
    const auto place = [](const std::string& file) { return weakly_canonical(std::filesystem::absolute(file)); };
    if (result.dslopes && place(*result.dslopes) == place(result.out))
        reject(result.out + " is to hold both gradients, expected two files");

    if (given.contains(layout))
        result.layout = given[layout];
    if (result.layout != "nchw" && result.layout != "nhwc" && result.layout != "broadcast")
        reject("--layout is '" + result.layout + "', expected nchw, nhwc or broadcast");
    if (result.layout == "broadcast" && !result.slopes)
        reject("--layout broadcast is for slopes only, expected nchw or nhwc with " + result.name);
    return result;
}
