/// compare <features>=<program> <features>:<isa>=<program> <name>=@<file> <name>:<exceptions>=@<file> ...
///
/// Runs the programs whose instruction set this CPU has ("avx2+fma=..." needs both, "own=..." is built as this one is)
/// and compares the bits they print.
/// The second form has a program with dispatch take that instruction set; the third reads what a program has printed
/// elsewhere. "denormals" excepts what the processor takes for zero, "nan" which NaN a NaN becomes in arithmetic.

#include "../ulp.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <limits>
#include <sstream>
#include <string>
#include <vector>

namespace {

bool has(const std::string& feature) {
    if (feature == "own")
        return true;
#if defined(__x86_64__)
    __builtin_cpu_init();
    return (feature == "sse2" && __builtin_cpu_supports("sse2")) ||
           (feature == "sse4.2" && __builtin_cpu_supports("sse4.2")) ||
           (feature == "avx" && __builtin_cpu_supports("avx")) ||
           (feature == "avx2" && __builtin_cpu_supports("avx2")) ||
           (feature == "fma" && __builtin_cpu_supports("fma")) ||
           (feature == "avx512f" && __builtin_cpu_supports("avx512f")) ||
           (feature == "avx512cd" && __builtin_cpu_supports("avx512cd")) ||
           (feature == "avx512dq" && __builtin_cpu_supports("avx512dq")) ||
           (feature == "avx512bw" && __builtin_cpu_supports("avx512bw")) ||
           (feature == "avx512vl" && __builtin_cpu_supports("avx512vl"));
#else
    return false;
#endif
}

bool has_all(const std::string& features) {
    std::istringstream names(features);
    for (std::string name; std::getline(names, name, '+');)
        if (!has(name))
            return false;
    return true;
}

struct result {
    std::string steps, name;
    bool may_have_denormals = false; ///< on the way
    std::vector<std::string> bits;
};

struct build {
    std::string features;
    bool fma = false;
    bool flushes_denormals = false, has_one_nan = false;
    std::vector<result> results;
};

std::string output_of(const std::string& program) {
    std::FILE* pipe = popen(("'" + program + "'").c_str(), "r");
    std::string output;
    char part[4096];
    while (const std::size_t n = std::fread(part, 1, sizeof part, pipe))
        output.append(part, n);
    if (pclose(pipe) != 0) {
        std::cerr << program << " failed\n";
        std::exit(2);
    }
    return output;
}

build parse(const std::string& name, std::istream& lines) {
    build b;
    b.features = name;
    const std::string exceptions = name.substr(std::min(name.find(':'), name.size()));
    b.flushes_denormals = exceptions.find("denormals") != std::string::npos;
    b.has_one_nan = exceptions.find("nan") != std::string::npos;
    std::string line;
    std::getline(lines, line);
    b.fma = line.starts_with("with FMA");
    while (std::getline(lines, line)) {
        std::istringstream words(line);
        result r;
        words >> r.steps >> r.name;
        r.may_have_denormals = r.steps.starts_with('~');
        r.steps.erase(0, r.may_have_denormals);
        for (std::string word; words >> word;)
            r.bits.push_back(word);
        b.results.push_back(r);
    }
    return b;
}

build run(const std::string& features, const std::string& program) {
    const std::size_t colon = features.find(':');
    setenv("SIMDACT_DISPATCH_ISA", colon == std::string::npos ? "" : features.substr(colon + 1).c_str(), 1);
    std::istringstream lines(output_of(program));
    return parse(features, lines);
}

template <class T>
std::uint64_t steps_apart(const std::string& a, const std::string& b) {
    const auto value = [](const std::string& hex) {
        return tests::from_bits<T>(static_cast<tests::bits_of<T>>(std::stoull(hex, nullptr, 16)));
    };
    return tests::steps_between(value(a), value(b));
}

/// Whether results that differ are those that one of the processors cannot have alike.
template <class T>
bool is_excepted(const build& one, const build& other, const std::string& a, const std::string& b) {
    const auto value = [](const std::string& hex) {
        return hex == "nan" ? std::numeric_limits<T>::quiet_NaN()
                            : tests::from_bits<T>(static_cast<tests::bits_of<T>>(std::stoull(hex, nullptr, 16)));
    };
    const T x = value(a), y = value(b);
    if (tests::is_nan(x) && tests::is_nan(y))
        return one.has_one_nan || other.has_one_nan;
    return (one.flushes_denormals || other.flushes_denormals) && std::abs(x) < std::numeric_limits<T>::min() &&
           std::abs(y) < std::numeric_limits<T>::min();
}

/// How many of the results are farther apart than promised.
std::size_t differences(const build& one, const build& other) {
    std::size_t count = 0;
    if (one.results.size() != other.results.size())
        return 1;
    for (std::size_t i = 0; i < one.results.size(); ++i) {
        const result &a = one.results[i], &b = other.results[i];
        if (a.name != b.name || a.bits.size() != b.bits.size())
            return 1;
        const bool flushes = one.flushes_denormals || other.flushes_denormals;
        const bool excepts = flushes || one.has_one_nan || other.has_one_nan;
        if (excepts && a.name.starts_with("hash-of-"))
            continue;
        if (flushes && a.may_have_denormals)
            continue;
        const bool same_bits = a.steps == "0" || one.fma == other.fma;
        if (!same_bits && a.steps == "fma")
            continue;
        for (std::size_t k = 0; k < a.bits.size(); ++k) {
            if (a.bits[k] == b.bits[k])
                continue;
            const bool numbers = a.bits[k] != "nan" && b.bits[k] != "nan";
            const std::uint64_t apart = !numbers                ? ~std::uint64_t(0)
                                        : a.bits[k].size() == 8 ? steps_apart<float>(a.bits[k], b.bits[k])
                                                                : steps_apart<double>(a.bits[k], b.bits[k]);
            if (!same_bits && apart <= std::stoull(a.steps))
                continue;
            if (excepts && (a.bits[k].size() == 8 || b.bits[k].size() == 8
                                ? is_excepted<float>(one, other, a.bits[k], b.bits[k])
                                : is_excepted<double>(one, other, a.bits[k], b.bits[k])))
                continue;
            if (count++ < 10)
                std::cout << a.name << " " << k << ": " << one.features << " gives " << a.bits[k] << ", "
                          << other.features << " gives " << b.bits[k] << "\n";
        }
    }
    return count;
}

} // namespace

int main(int count, char** arguments) {
    std::vector<build> builds;
    for (int i = 1; i < count; ++i) {
        const std::string argument = arguments[i], features = argument.substr(0, argument.find('='));
        const std::string from = argument.substr(features.size() + 1);
        if (from[0] == '@') {
            std::ifstream file(from.substr(1));
            builds.push_back(parse(features, file));
        } else if (has_all(features.substr(0, features.find(':'))))
            builds.push_back(run(features, from));
        else
            std::cout << "this CPU lacks " << features << "\n";
    }
    std::size_t different = builds.empty() || builds.front().results.empty() ? 1 : 0;
    for (std::size_t a = 0; a < builds.size(); ++a)
        for (std::size_t b = a + 1; b < builds.size(); ++b) {
            const std::size_t n = differences(builds[a], builds[b]);
            std::cout << builds[a].features << " and " << builds[b].features << ": " << n << " differences in "
                      << builds[a].results.size() << " results\n";
            different += n;
        }
    return different == 0 ? 0 : 1;
}
