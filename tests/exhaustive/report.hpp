#pragma once

#include "examination.hpp"
#include "results.hpp"

#include <simdact/simd.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

/// What was found, in words and as results.
namespace exhaustive {

inline std::string hexadecimal(double x) {
    char text[40];
    std::snprintf(text, sizeof text, "%a", x);
    return text;
}

/// Three digits after the point, rounded up, so that the error is not more than it says.
inline std::string ulps(double error) {
    char text[32];
    std::snprintf(text, sizeof text, "%.3f", std::ceil(error * 1000) / 1000);
    return error == 0 ? "0" : text;
}

/// The hash of the headers of that function, as they are compiled into this program.
std::string hash_of_headers(const std::string& function);

/// For each quantity the worst of its kernels.
template <class T>
std::vector<result> results_of(const subject<T>& s, const std::vector<finding<T>>& findings, std::uint64_t arguments) {
    std::vector<result> results;
    for (const quantity q : {quantity::f, quantity::derivative, quantity::from_output}) {
        finding<T> worst;
        bool any = false, in_unit = false, rounded = true;
        for (std::size_t i = 0; i < findings.size(); ++i)
            if (s.kernels[i].shown_as == q) {
                worst.take(findings[i].error, findings[i].at);
                worst.not_correctly_rounded = std::max(worst.not_correctly_rounded, findings[i].not_correctly_rounded);
                any = true;
                in_unit = s.kernels[i].unit > 0;
                rounded = rounded && s.kernels[i].bound == 0;
            }
        if (any)
            results.push_back({.type = types[sizeof(T) == 8],
                               .arithmetic = arithmetics[!simdact::simd::fused],
                               .quantity = quantities[static_cast<int>(q)],
                               .parameters = s.parameter.empty() ? "-" : s.parameter,
                               .arguments = arguments,
                               .error = rounded ? "rounded" : ulps(worst.error),
                               .at = rounded || worst.error == 0 ? "-" : hexadecimal(worst.at),
                               .inexact = in_unit ? "-" : std::to_string(worst.not_correctly_rounded),
                               .headers = hash_of_headers(s.name)});
    }
    return results;
}

/// Whether what is stored cannot be true beside what was measured. As many arguments must find the same error, part of
/// all that were measured no larger one; what was measured on a part itself tells nothing of others.
inline bool contradicts(const result& stored, const result& measured) {
    if (stored.arguments != measured.arguments)
        return stored.on_all_arguments() &&
               std::strtod(measured.error.c_str(), nullptr) > std::strtod(stored.error.c_str(), nullptr);
    return stored.error != measured.error || stored.at != measured.at || stored.inexact != measured.inexact;
}

/// Compares with what is stored, and prints what is wrong. Returns whether nothing is.
inline bool compare(const std::string& folder, const std::string& function, const std::vector<result>& measured) {
    const std::vector<result> all = read_results(folder, function);
    bool good = true;
    for (const result& r : measured) {
        const result* stored = find_result(all, r.type, r.arithmetic, r.quantity);
        if (stored && stored->parameters == r.parameters && !contradicts(*stored, r))
            continue;
        good = false;
        std::cout << file_of(folder, function)
                  << (stored ? " does not agree:\n  " : " lacks a line, which sh tests/run.sh --stale writes:\n  ");
        if (stored)
            std::cout << text_of(*stored) << "\nMeasured was\n  ";
        std::cout << text_of(r) << '\n';
    }
    return good;
}

} // namespace exhaustive
