#pragma once

#include "examination.hpp"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

/// What was found, in words and as the table that README.md shows.
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

/// One row of the table: a function on one type.
struct row {
    std::string name, count;
    std::string cells[3];       ///< f, f', f' from the output
    bool must_be_shown = false; ///< there are errors, with the function's own parameter
};

inline constexpr const char* row_of_head = "| | arguments | f | f' | f' from the output |";

inline std::string text_of(const row& r) {
    return "| " + r.name + " | " + r.count + " | " + r.cells[0] + " | " + r.cells[1] + " | " + r.cells[2] + " |";
}

/// The worst of the kernels that share a column, "-" if there are none.
template <class T>
row row_for(const subject<T>& s, const std::vector<finding<T>>& findings, const std::string& count) {
    const bool approximated =
        std::any_of(s.kernels.begin(), s.kernels.end(), [](const auto& k) { return k.bound > 0; });
    row r{.name = s.name + (sizeof(T) == 4 ? ", float" : ", double"), .count = count, .cells = {"-", "-", "-"}};
    r.must_be_shown = s.is_default && approximated;
    if (!s.is_default)
        r.name += ", " + s.parameter;
    if (approximated && !simdact::simd::fused)
        r.name += ", without FMA";
    for (const quantity column : {quantity::f, quantity::derivative, quantity::from_output}) {
        finding<T> worst;
        bool any = false, in_unit = false;
        for (std::size_t i = 0; i < findings.size(); ++i)
            if (s.kernels[i].shown_as == column) {
                worst.take(findings[i].error, findings[i].at);
                worst.not_correctly_rounded = std::max(worst.not_correctly_rounded, findings[i].not_correctly_rounded);
                any = true;
                in_unit = s.kernels[i].unit > 0;
            }
        std::string& cell = r.cells[static_cast<int>(column)];
        if (any)
            cell = ulps(worst.error);
        if (worst.error > 0)
            cell += " at " + hexadecimal(worst.at);
        if (worst.not_correctly_rounded > 0 && !in_unit)
            cell += " (" + std::to_string(worst.not_correctly_rounded) + ")";
    }
    return r;
}

/// The rows of README.md's table by their names.
inline std::map<std::string, row> rows_of(const std::string& file) {
    std::ifstream in(file);
    std::map<std::string, row> rows;
    bool within = false;
    for (std::string line; std::getline(in, line);) {
        if (line == row_of_head) {
            within = true;
        } else if (within && line.starts_with("|")) {
            std::vector<std::string> words;
            for (std::size_t begin = 2, end; (end = line.find(" |", begin)) != std::string::npos; begin = end + 3)
                words.push_back(line.substr(begin, end - begin));
            if (words.size() == 5)
                rows[words[0]] = {.name = words[0], .count = words[1], .cells = {words[2], words[3], words[4]}};
        } else {
            within = false;
        }
    }
    if (rows.empty())
        throw std::runtime_error(file + " has no table with the head " + row_of_head);
    return rows;
}

/// What is wrong with a row of the file beside the one that was measured; nothing if all is well. Fewer arguments than
/// the file tells of must find no larger errors, as many of them the same.
inline std::string contradiction(const row& shown, const row& measured) {
    if (shown.count == measured.count)
        return text_of(shown) == text_of(measured) ? "" : "it shows\n" + text_of(shown);
    for (int i = 0; i < 3; ++i)
        if (std::strtod(measured.cells[i].c_str(), nullptr) > std::strtod(shown.cells[i].c_str(), nullptr))
            return "it shows smaller errors:\n" + text_of(shown);
    return "";
}

} // namespace exhaustive
