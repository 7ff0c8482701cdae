/// The functions of simdact/math.hpp beside the C library's in more digits: how far they are off, their special values,
/// and that scalars, batches and activations of the same formula give the same bits.
///
///   simdact_math [--stride N] [--doubles N] [--finite] [--readme README.md --headers include/simdact/math] [NAME...]
///
/// Every N-th float, and so many doubles; with --finite no NaN and no infinity, for a build with -ffast-math. README.md
/// shows what was found on all floats and 10^8 doubles, with FMA and without, and is compared with what is found now.

#include "../ulp.hpp"
#include "functions.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <random>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace tests {
namespace {

constexpr std::size_t block = 4096;
bool finite_alone = false;
int failures = 0;

template <class... Words>
void fail(const Words&... words) {
    std::ostringstream text;
    (text << ... << words);
    if (++failures <= 20)
        std::fprintf(stderr, "%s\n", text.str().c_str());
}

/// What is known of a function, independently of the library.
struct known {
    std::string name;
    double bound_of_float, bound_of_double;
    long double (*truth)(long double);
    double (*truth_for_floats)(double);                 ///< the same in double, which is enough
    std::vector<std::pair<double, double>> (*values)(); ///< x, f(x), for float and double alike
    double low, high;                                   ///< where most happens
    double hard_low, hard_high;                         ///< where the bound is nearest
};

constexpr double inf = std::numeric_limits<double>::infinity(), nan = std::numeric_limits<double>::quiet_NaN();

using values = std::vector<std::pair<double, double>>;
const std::vector<known> all_known = {
    {"exp", 1.1, 1.25, [](long double x) { return std::exp(x); }, [](double x) { return std::exp(x); },
     [] {
         return values{{-inf, 0}, {-0.0, 1}, {0, 1}, {inf, inf}, {710, inf}, {-750, 0}};
     },
     -746, 710, -1, 1},
    {"expm1", 1, 1.25, [](long double x) { return std::expm1(x); }, [](double x) { return std::expm1(x); },
     [] {
         return values{{-inf, -1}, {-0.0, -0.0}, {0, 0}, {inf, inf}, {710, inf}, {-750, -1}};
     },
     -40, 710, 0.3, 1.2},
    {"log1p", 1.5, 2, [](long double x) { return std::log1p(x); }, [](double x) { return std::log1p(x); },
     [] {
         return values{{-inf, nan}, {-2, nan}, {-1, -inf}, {-0.0, -0.0}, {0, 0}, {inf, inf}};
     },
     -1, 4, 0.41, 0.5},
    {"logistic", 1.75, 2, [](long double x) { return 1 / (1 + std::exp(-x)); },
     [](double x) { return 1 / (1 + std::exp(-x)); },
     [] {
         return values{{-inf, 0}, {-0.0, 0.5}, {0, 0.5}, {inf, 1}, {-750, 0}, {750, 1}};
     },
     -746, 40, -2, 0},
    {"tanh", 2.05, 2.5, [](long double x) { return std::tanh(x); }, [](double x) { return std::tanh(x); },
     [] {
         return values{{-inf, -1}, {-0.0, -0.0}, {0, 0}, {inf, 1}, {-750, -1}, {750, 1}};
     },
     -20, 20, 0.2, 0.3},
};

template <class T>
double bound(const known& k) {
    return sizeof(T) == 4 ? k.bound_of_float : k.bound_of_double;
}

template <class T>
struct worst {
    long double error = 0;
    T at = 0;
};

/// f on the block x in every way: the largest error.
template <class T>
void examine(const known& k, const math_function& f, const std::array<T, block>& x, worst<T>& w) {
    const auto ways = f.of<T>();
    std::array<T, block> first, y;
    ways[0].run(x.data(), first.data(), block);
    for (const math_way<T>& way : ways.subspan(1)) {
        way.run(x.data(), y.data(), block);
        for (std::size_t i = 0; i < block; ++i)
            if (bits(y[i]) != bits(first[i]) && !(is_nan(y[i]) && is_nan(first[i]) && !is_nan(x[i])) &&
                !differ_by_denormals<T>(y[i], first[i])) {
                fail(k.name, " of ", show(x[i]), " is ", show(y[i]), " by ", way.name, ", but ", show(first[i]), " by ",
                     ways[0].name);
                break;
            }
    }
    for (std::size_t i = 0; i < block; ++i) {
        if (is_nan(x[i])) {
            if (bits(first[i]) != bits(x[i]))
                fail(k.name, " of the NaN ", show(x[i]), " is ", show(first[i]));
            continue;
        }
        const long double truth = sizeof(T) == 4
                                      ? static_cast<long double>(k.truth_for_floats(static_cast<double>(x[i])))
                                      : k.truth(static_cast<long double>(x[i]));
        const long double error = ulp_error(first[i], truth);
        if (!(error <= w.error))
            w = {error, x[i]};
    }
}

bool usable(double x) { return !finite_alone || std::fabs(x) < 0x1p120; }

worst<float> examine_floats(const known& k, const math_function& f, std::uint64_t stride) {
    worst<float> w;
    std::array<float, block> x;
    for (std::uint64_t i = 0, end = std::uint64_t(1) << 32; i < end;) {
        for (float& v : x) {
            v = from_bits<float>(static_cast<std::uint32_t>(std::min(i, end - 1)));
            if (!usable(static_cast<double>(v)))
                v = 1;
            i += stride;
        }
        examine(k, f, x, w);
    }
    return w;
}

worst<double> examine_doubles(const known& k, const math_function& f, std::uint64_t count) {
    worst<double> w;
    if (std::numeric_limits<long double>::digits < 64)
        return w; // there is no truth
    std::mt19937_64 random(1);
    const auto uniform = [&](double low, double high) {
        return low + (high - low) * (static_cast<double>(random() >> 11) * 0x1p-53);
    };
    std::array<double, block> x;
    for (std::uint64_t i = 0; i < count; i += block) {
        for (std::size_t j = 0; j < block; ++j) {
            if (j % 4 == 0) {
                x[j] = uniform(k.low, k.high);
            } else if (j % 4 == 1) {
                x[j] = uniform(k.hard_low, k.hard_high);
            } else if (j % 4 == 2) {
                const double digits = uniform(-1, 1);
                x[j] = std::ldexp(digits, static_cast<int>(uniform(-60, 12)));
            } else {
                x[j] = from_bits<double>(random());
            }
            if (!usable(x[j]))
                x[j] = 1;
        }
        examine(k, f, x, w);
    }
    return w;
}

template <class T>
void examine_values(const known& k, const math_function& f) {
    for (const auto& [number, wanted] : k.values()) {
        if (!usable(number) || !usable(wanted))
            continue;
        std::array<T, block> x, y;
        x.fill(static_cast<T>(number));
        for (const math_way<T>& way : f.of<T>()) {
            way.run(x.data(), y.data(), block);
            const T want = static_cast<T>(wanted);
            for (const T got : y)
                if (is_nan(want) ? !is_nan(got) : bits(got) != bits(want)) {
                    fail(k.name, " of ", show(x[0]), " is ", show(got), " by ", way.name, ", not ", show(want));
                    break;
                }
        }
    }
}

std::string number(double x) {
    std::ostringstream text;
    text << x;
    return text.str();
}

std::string text_of(const std::string& path) {
    std::ifstream file(path);
    if (!file)
        fail("cannot read ", path);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// README's row is "| `exp` | 1.1 | found in float | 1.25 | found in double |", and the header says both bounds too.
void compare(const known& k, const std::string& readme, const std::string& headers, const worst<float>& f,
             const worst<double>& d) {
    const std::string says = "Error: float " + number(k.bound_of_float) + " ULP, double " + number(k.bound_of_double);
    if (text_of(headers + "/" + k.name + ".hpp").find(says) == std::string::npos)
        fail(headers, "/", k.name, ".hpp does not say \"", says, "\"");
    const std::string text = text_of(readme), start = "| `" + k.name + "` | ";
    std::istringstream row(text.substr(std::min(text.find(start), text.size() - 1)));
    std::string cell, bar;
    double shown[4] = {};
    row >> bar >> cell;
    for (double& n : shown)
        row >> bar >> n;
    if (!row || shown[0] != k.bound_of_float || shown[2] != k.bound_of_double)
        fail("README.md has no row \"", start, k.bound_of_float, " | ... | ", k.bound_of_double, " | ... |\"");
    else if (static_cast<double>(f.error) > shown[1] || static_cast<double>(d.error) > shown[3])
        fail("README.md shows errors of ", shown[1], " and ", shown[3], " for ", k.name, ", but there are ",
             static_cast<double>(f.error), " and ", static_cast<double>(d.error));
}

} // namespace
} // namespace tests

int main(int argc, char** argv) {
    using namespace tests;
    std::uint64_t stride = 0, doubles = 0;
    std::string readme, headers;
    std::vector<std::string> names;
    for (int i = 1; i < argc; ++i) {
        const std::string argument = argv[i];
        if (argument == "--finite")
            finite_alone = true;
        else if (argument[0] != '-')
            names.push_back(argument);
        else if (i + 1 == argc)
            return std::fprintf(stderr, "simdact_math: %s what?\n", argv[i]), 2;
        else if (argument == "--stride")
            stride = std::strtoull(argv[++i], nullptr, 10);
        else if (argument == "--doubles")
            doubles = std::strtoull(argv[++i], nullptr, 10);
        else if (argument == "--readme")
            readme = argv[++i];
        else if (argument == "--headers")
            headers = argv[++i];
        else
            return std::fprintf(stderr, "simdact_math: there is no option %s\n", argv[i]), 2;
    }
    for (const math_function& f : math_functions) {
        if (!names.empty() && std::find(names.begin(), names.end(), f.name) == names.end())
            continue;
        const auto k =
            std::find_if(all_known.begin(), all_known.end(), [&](const known& of) { return of.name == f.name; });
        if (k == all_known.end()) {
            fail("nothing is known of ", f.name);
            continue;
        }
        examine_values<float>(*k, f);
        examine_values<double>(*k, f);
        worst<float> of_floats;
        if (stride > 0)
            of_floats = examine_floats(*k, f, stride);
        const worst<double> of_doubles = examine_doubles(*k, f, doubles);
        std::printf("%-8s  float %.4f at %a   double %.4f at %a\n", k->name.c_str(),
                    static_cast<double>(of_floats.error), static_cast<double>(of_floats.at),
                    static_cast<double>(of_doubles.error), of_doubles.at);
        const long double more = reference_error<double> * 4;
        if (of_floats.error > static_cast<long double>(k->bound_of_float))
            fail(k->name, " of the float ", show(of_floats.at), " is off by more than ", k->bound_of_float, " ULP");
        if (of_doubles.error > static_cast<long double>(k->bound_of_double) + more)
            fail(k->name, " of the double ", show(of_doubles.at), " is off by more than ", k->bound_of_double, " ULP");
        if (!readme.empty())
            compare(*k, readme, headers, of_floats, of_doubles);
    }
    if (failures > 20)
        std::fprintf(stderr, "... and %d more\n", failures - 20);
    return failures > 0;
}
