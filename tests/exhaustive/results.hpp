#pragma once

#include <cstdint>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

/// results/NAME.txt: what was found of a function with its own parameters, a line for each quantity of each run. There
/// are four runs: on either type, with FMA and without.
namespace exhaustive {

inline constexpr const char* types[] = {"float", "double"};
inline constexpr const char* arithmetics[] = {"fma", "no-fma"};
inline constexpr const char* quantities[] = {"f", "derivative", "from_output"};

struct result {
    std::string type, arithmetic, quantity;
    std::string parameters; ///< "-" if there are none
    std::uint64_t arguments = 0;
    std::string error;   ///< the largest, in ULP; "rounded" where each result is the correctly rounded one
    std::string at;      ///< the argument of that
    std::string inexact; ///< how many results are not correctly rounded; "-" if the error is in ULP of something else
    std::string headers; ///< the hash of those it was measured with: headers.cmake

    bool on_all_arguments() const { return arguments == (type == "float" ? 4294967296 : 1000000000); }
    bool of_run(const std::string& on, const std::string& with) const { return type == on && arithmetic == with; }
};

inline std::string text_of(const result& r) {
    char text[200];
    std::snprintf(text, sizeof text, "%-6s  %-10s  %-11s  %-10s  %10llu  %-7s  %-23s  %-9s  %s", r.type.c_str(),
                  r.arithmetic.c_str(), r.quantity.c_str(), r.parameters.c_str(),
                  static_cast<unsigned long long>(r.arguments), r.error.c_str(), r.at.c_str(), r.inexact.c_str(),
                  r.headers.c_str());
    return text;
}

inline std::string file_of(const std::string& folder, const std::string& function) {
    return folder + "/" + function + ".txt";
}

/// None where there is no file.
inline std::vector<result> read_results(const std::string& folder, const std::string& function) {
    std::ifstream in(file_of(folder, function));
    std::vector<result> results;
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("#"))
            continue;
        std::istringstream words(line);
        result r;
        if (!(words >> r.type >> r.arithmetic >> r.quantity >> r.parameters >> r.arguments >> r.error >> r.at >>
              r.inexact >> r.headers))
            throw std::runtime_error(file_of(folder, function) + " has a line that is no result: " + line);
        results.push_back(r);
    }
    return results;
}

/// Null if there is none.
inline const result* find_result(const std::vector<result>& results, const std::string& type,
                                 const std::string& arithmetic, const std::string& quantity) {
    for (const result& r : results)
        if (r.of_run(type, arithmetic) && r.quantity == quantity)
            return &r;
    return nullptr;
}

/// Puts those of one run in the place of earlier ones.
inline void write_results(const std::string& folder, const std::string& function, const std::vector<result>& of_run) {
    std::vector<result> all = read_results(folder, function);
    std::erase_if(all, [&](const result& r) { return r.of_run(of_run.front().type, of_run.front().arithmetic); });
    all.insert(all.end(), of_run.begin(), of_run.end());

    std::ofstream out(file_of(folder, function));
    out << "# " << function << ", written by simdact_exhaustive --write: tests/README.md says what is what.\n"
        << "# type  arithmetic  quantity     parameters   arguments  error    at                       inexact    "
           "headers\n";
    for (const char* type : types)
        for (const char* arithmetic : arithmetics)
            for (const char* quantity : quantities)
                if (const result* r = find_result(all, type, arithmetic, quantity))
                    out << text_of(*r) << '\n';
    if (!out.flush())
        throw std::runtime_error("cannot write " + file_of(folder, function));
}

} // namespace exhaustive
