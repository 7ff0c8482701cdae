// Writes what plot draws of the functions themselves, as tables for gnuplot whose first line names the columns.
//
//   curves functions   x, and each function and its derivative there
//   curves errors      the largest error in ULP of e^x - 1 around -x, by three ways to compute it

#include "../../tests/ulp.hpp"
#include "../random_numbers.hpp"

#include <simdact/simdact.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string_view>
#include <vector>

namespace {

template <class F>
void print_value_and_derivative(const F& f, double x) {
    std::printf(" %.5g %.5g", f.forward(x), f.derivative(x));
}

void print_functions() {
    std::printf("x relu relu' leaky_relu leaky_relu' prelu prelu' elu elu' sigmoid sigmoid' tanh tanh'\n");
    std::vector<double> places = {1e-9}; // derivatives jump after 0
    for (int i = -25; i <= 25; ++i)
        places.push_back(i / 5.0);
    std::ranges::sort(places);
    for (const double x : places) {
        std::printf("%.2g", x);
        print_value_and_derivative(simdact::relu{}, x);
        print_value_and_derivative(simdact::leaky_relu{.negative_slope = 0.1}, x);
        const simdact::prelu prelu;
        std::printf(" %.5g %.5g", prelu.forward(x, prelu.initial_slope), prelu.derivative(x, prelu.initial_slope));
        print_value_and_derivative(simdact::elu{}, x);
        print_value_and_derivative(simdact::sigmoid{}, x);
        print_value_and_derivative(simdact::tanh{}, x);
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
    if (what == "functions")
        print_functions();
    else if (what == "errors")
        print_errors();
    else
        std::fprintf(stderr, "usage: curves functions | errors\n");
    return what == "functions" || what == "errors" ? 0 : 2;
}
