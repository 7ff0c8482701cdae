// What the command lines and reports of the examples have in common. Whatever is wrong is thrown as one line of text.
#pragma once

#include "npy.hpp"

#include <getopt.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <stdexcept>
#include <string>

[[noreturn]] inline void reject(const std::string& what) { throw std::invalid_argument(npy::one_line(what)); }

inline double number(const std::string& option, const std::string& text) {
    char* end = nullptr;
    const double value = std::strtod(text.c_str(), &end);
    if (text.empty() || *end != '\0' || !std::isfinite(value))
        reject(option + " is '" + text + "', expected a finite number");
    return value;
}

inline std::string short_text(double value) {
    char text[40];
    std::snprintf(text, sizeof text, "%g", value);
    return text;
}

/// The values of long options that have no short form begin here.
inline constexpr int long_only = 256;

/// What was given of the known options (-h, and long ones from long_only on), with its value. optind is then that of
/// the first word that is no option.
inline std::map<int, std::string> given_options(int argc, char** argv, const option* known) {
    std::map<int, std::string> given;
    opterr = 0;
    for (int o = 0; (o = getopt_long(argc, argv, ":h", known, nullptr)) != -1;) {
        const bool is_short = optopt > 0 && optopt < long_only && optopt != 'h';
        const std::string text = is_short ? std::string("-") + static_cast<char>(optopt) : argv[optind - 1];
        if (o == ':')
            reject("option " + text + " lacks its value, expected as in --help");
        if (o == '?')
            reject("unknown option " + text + ", expected one of those in --help");
        given[o] = optarg ? optarg : "";
    }
    return given;
}

inline void flush_report() {
    if (std::fflush(stdout) != 0 || std::ferror(stdout))
        reject("the report cannot be written, expected a standard output that takes it");
}
