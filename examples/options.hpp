// The command line of apply.
#pragma once

#include "activations.hpp"
#include "command_line.hpp"
#include "npy.hpp"

#include <simdact/simdact.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// What the command line calls a parameter.
inline std::string option_of(const simdact::parameter& p) {
    std::string text = p.name;
    std::ranges::replace(text, '_', '-');
    return text;
}

/// The parameters of all functions under these names, each once.
inline const std::vector<std::string>& parameter_options() {
    static const auto known = [] {
        std::vector<std::string> all;
        for (const auto& [name, f] : known_activations())
            for (const simdact::parameter& p : parameters_of(f))
                if (std::ranges::count(all, option_of(p)) == 0)
                    all.push_back(option_of(p));
        return all;
    }();
    return known;
}

/// "at least 0" and the like, or nothing: where a parameter may lie.
inline std::string limits_of(const simdact::parameter& p) {
    const auto limit = [](const simdact::range_end& end, const char* closed, const char* open) -> std::string {
        if (!end.exists)
            return "";
        return std::string(end.open ? open : closed) + ' ' + (end.parameter ? end.parameter : short_text(end.number));
    };
    const std::string low = limit(p.valid.low, "at least", "more than"),
                      high = limit(p.valid.high, "at most", "less than");
    return low + (low.empty() || high.empty() ? "" : " and ") + high;
}

inline std::string help_text() {
    const auto width = static_cast<std::size_t>(name_width());
    const auto padded = [](std::string text, std::size_t to) {
        text.resize(std::max(text.size() + 2, to), ' ');
        return text;
    };
    std::string functions;
    const auto line = [&](const std::string& name, const std::string& option, const std::string& meaning) {
        functions += padded(padded("  " + name, width + 4) + "--" + option, width + 29) + meaning + '\n';
    };
    for (const auto& [name, f] : known_activations()) {
        std::string first = name; // of its lines
        for (const simdact::parameter& p : parameters_of(f)) {
            const std::string limits = limits_of(p);
            line(std::exchange(first, ""), option_of(p) + " NUMBER",
                 (std::isnan(p.fallback) ? "has to be given" : "default " + short_text(p.fallback)) +
                     (limits.empty() ? "" : ", " + limits));
        }
        if (initial_slope(f)) {
            line(std::exchange(first, ""), "slopes w.npy", "one slope for all, or one per channel");
            line("", "slope-gradient dw.npy", "with --backward: writes the gradient of each slope");
        }
        if (!first.empty())
            functions += "  " + name + '\n';
    }
    return R"(Applies an activation function to a tensor in NumPy's .npy format (float32 or float64, C order).

  apply FUNCTION [OPTION...] x.npy y.npy                     writes y = f(x)
  apply FUNCTION --backward dy.npy [OPTION...] x.npy dx.npy  writes dx = dy * f'(x)
  apply --table                                              all functions on a built-in tensor, as one table

Functions and what they take:
)" + functions +
           R"(
Options:
  --layout nchw       the channel is axis 1 (default)
  --layout nhwc       the channel is the last axis
  --layout broadcast  the axes of w.npy are aligned with the last axes of x.npy, as NumPy and ONNX do
  -h, --help          this text

Prints shape and type; minimum, mean and maximum (of what is not NaN), the share of exact zeros and the number of NaN
before and after; the channels that are zero everywhere (dead units); and the time of one pass in memory, beside that of
copying as many bytes. An output may be an input: it is replaced when all else is done. On any error: one line on
stderr, exit status 2, nothing written.
)";
}

struct options {
    enum class job { files, table, help } task = job::files;
    std::string name; // of the function
    activation f;
    std::vector<double> parameters; // of f
    std::string layout = "nchw";
    std::optional<std::string> slopes, dy, dslopes; // files
    std::string in, out;
};

inline options parse_options(int argc, char** argv) {
    enum { slopes = long_only, slope_gradient, layout, backward, table, first_parameter };
    std::vector<option> known = {{"slopes", required_argument, nullptr, slopes},
                                 {"slope-gradient", required_argument, nullptr, slope_gradient},
                                 {"layout", required_argument, nullptr, layout},
                                 {"backward", required_argument, nullptr, backward},
                                 {"table", no_argument, nullptr, table}};
    const std::vector<std::string>& parameters = parameter_options();
    for (const std::string& name : parameters)
        known.push_back({name.c_str(), required_argument, nullptr, long_only + static_cast<int>(known.size())});
    known.push_back({"help", no_argument, nullptr, 'h'});
    known.push_back({nullptr, 0, nullptr, 0});
    std::map<int, std::string> given = given_options(argc, argv, known.data());
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
    result.f = activation_named(result.name, "function").second;
    for (const simdact::parameter& p : parameters_of(result.f)) {
        const auto place = std::ranges::find(parameters, option_of(p)) - parameters.begin();
        const auto found = given.find(first_parameter + static_cast<int>(place));
        if (found == given.end() && std::isnan(p.fallback))
            reject(result.name + " takes --" + option_of(p) + " NUMBER, which has to be given");
        result.parameters.push_back(found != given.end() ? number("--" + option_of(p), found->second) : p.fallback);
    }
    result.f = with_parameters(result.f, result.parameters);

    for (const auto& one : given) {
        const int o = one.first;
        const std::string name = known[static_cast<std::size_t>(o - long_only)].name;
        const auto takes = [&](const activation& f) {
            if (o == slopes || o == slope_gradient)
                return initial_slope(f).has_value();
            const auto is_this = [&](const simdact::parameter& p) { return option_of(p) == name; };
            return o < first_parameter || std::ranges::any_of(parameters_of(f), is_this);
        };
        if (!takes(result.f))
            reject("--" + name + " is not for " + result.name + ", expected with " + names_of(takes) + " only");
    }
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
    if (initial_slope(result.f) && !result.slopes)
        reject(result.name + " without slopes, expected --slopes w.npy");
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
