// Writes what plot draws of the functions themselves, as tables for gnuplot whose first line names the columns.
//
//   curves names               all functions; the place of one here is that of its colour
//   curves functions           x, and each function that leaves the frame of the bounded ones, with its derivative
//   curves functions-bounded   the same for the others
//   curves errors              the largest error in ULP of e^x - 1 around -x, by three ways to compute it

#include "../../tests/ulp.hpp"
#include "../activations.hpp"
#include "../random_numbers.hpp"

#include <simdact/simdact.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <functional>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace {

/// Channelwise functions first: the lists grow at the end, that of the others more often.
void print_names() {
    for (const bool channelwise : {true, false})
        for (const auto& [name, f] : known_activations())
            if (initial_slope(f).has_value() == channelwise)
                std::printf("%s ", name.c_str());
    std::printf("\n");
}

/// From -5 to 5; derivatives jump after 0.
std::vector<double> places() {
    std::vector<double> x = {1e-9};
    for (int i = -25; i <= 25; ++i)
        x.push_back(i / 5.0);
    std::ranges::sort(x);
    return x;
}

struct curve {
    std::string title; // the name with the parameters in brackets
    std::vector<double> values, derivatives;

    bool bounded() const {
        return std::ranges::all_of(values, [](double y) { return std::abs(y) <= 1.1; });
    }
};

/// Of f with its default parameters, but those that would be too small to be seen.
curve curve_of(const std::string& name, const activation& f) {
    std::vector<double> parameters = default_parameters(f);
    for (double& p : parameters)
        p = p > 0 ? std::max(p, 0.1) : p;
    std::vector<double> shown = parameters;
    if (const auto slope = initial_slope(f))
        shown.push_back(*slope);
    curve of{.title = name, .values = {}, .derivatives = {}};
    for (std::size_t i = 0; i < shown.size(); ++i)
        of.title.append(i ? "," : "(").append(short_text(shown[i])).append(i + 1 < shown.size() ? "" : ")");
    const auto add = [&]<class F>(const F& chosen) {
        for (const double x : places()) {
            if constexpr (is_channelwise<F>) {
                of.values.push_back(chosen.forward(x, F::initial_slope));
                of.derivatives.push_back(chosen.derivative(x, F::initial_slope));
            } else {
                of.values.push_back(chosen.forward(x));
                of.derivatives.push_back(chosen.derivative(x));
            }
        }
    };
    std::visit(add, with_parameters(f, parameters));
    return of;
}

/// The highest first.
void print_functions(bool bounded) {
    std::vector<curve> curves;
    for (const auto& [name, f] : known_activations())
        if (curve of = curve_of(name, f); of.bounded() == bounded)
            curves.push_back(std::move(of));
    std::ranges::stable_sort(curves, std::greater(),
                             [](const curve& c) { return std::accumulate(c.values.begin(), c.values.end(), 0.0); });
    std::printf("x");
    for (const curve& c : curves)
        std::printf(" %s %s'", c.title.c_str(), c.title.c_str());
    std::printf("\n");
    const std::vector<double> x = places();
    for (std::size_t i = 0; i < x.size(); ++i) {
        std::printf("%.2g", x[i]);
        for (const curve& c : curves)
            std::printf(" %.5g %.5g", c.values[i], c.derivatives[i]);
        std::printf("\n");
    }
}

void print_errors() {
    std::printf("-x simdact::elu exp(x)-1 xsimd::expm1\n");
    random_numbers random(1);
    constexpr int steps = 20, tries = 4000; // steps a decade
    for (int step = -7 * steps; step < 2 * steps; ++step) {
        double elu = 0, exponential = 0, xsimd_expm1 = 0;
        for (int i = 0; i < tries; ++i) {
            const auto x = static_cast<float>(-std::pow(10, (step + random.uniform()) / steps));
            const auto truth = std::expm1(static_cast<long double>(x));
            const auto raise = [&](double& largest, float got) {
                largest = std::max(largest, static_cast<double>(tests::ulp_error(got, truth)));
            };
            raise(elu, simdact::elu{}(x));
            raise(exponential, std::exp(x) - 1);
            float first[64];
            simdact::simd::store(first, xsimd::expm1(simdact::simd::batch<float>(x)));
            raise(xsimd_expm1, first[0]);
        }
        std::printf("%.4g %.4g %.4g %.4g\n", std::pow(10, (step + 0.5) / steps), elu, exponential, xsimd_expm1);
    }
}

} // namespace

int main(int argc, char** argv) {
    const std::string_view what = argc == 2 ? argv[1] : "";
    if (what == "names")
        print_names();
    else if (what == "functions" || what == "functions-bounded")
        print_functions(what == "functions-bounded");
    else if (what == "errors")
        print_errors();
    else
        return std::fprintf(stderr, "usage: curves names | functions | functions-bounded | errors\n"), 2;
    return 0;
}
