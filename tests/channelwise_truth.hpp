#pragma once

#include "description.hpp"
#include "tables/table.hpp"

#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

/// What kernels with a parameter for each channel compute, by the description of the function.
namespace tests {

/// A sum in long double that carries what each addition rounds off (Neumaier 1974): its error does not grow with the
/// number of terms.
class exact_sum {
    long double sum = 0, rest = 0;

public:
    void add(long double term) {
        const long double next = sum + term;
        rest += std::fabs(sum) >= std::fabs(term) ? (sum - next) + term : (term - next) + sum;
        sum = next;
    }
    long double value() const { return std::isfinite(sum) ? sum + rest : sum; }
};

/// Three plain loops over outer x channels x inner elements. dslope_sizes are the sums of the sizes of the terms that
/// the error of dslopes is measured against.
struct channelwise_truth {
    std::vector<long double> y, d, dx, dslopes, dslope_sizes;

    template <class T>
    channelwise_truth(const description& of, const call_shape& s, std::span<const T> x, std::span<const T> slopes,
                      std::span<const T> dy)
        : y(x.size()), d(x.size()), dx(x.size()), dslopes(s.channels), dslope_sizes(s.channels) {
        std::vector<exact_sum> sums(s.channels), sizes(s.channels);
        for (std::size_t o = 0; o < s.outer; ++o)
            for (std::size_t c = 0; c < s.channels; ++c)
                for (std::size_t i = 0; i < s.inner; ++i) {
                    const std::size_t at = (o * s.channels + c) * s.inner + i;
                    const long double x_at = x[at], dy_at = dy[at], slope = slopes[c];
                    y[at] = of.truth.f(x_at, &slope);
                    d[at] = std::isnan(x_at) ? x_at : of.truth.derivative(x_at, &slope);
                    dx[at] = std::isnan(x_at) ? x_at : of.facts.keeps_x_above_zero && x_at > 0 ? dy_at : dy_at * d[at];
                    const long double by_slope = of.truth.by_slope(x_at, &slope);
                    const long double term = by_slope == 0 && x_at > 0 ? 0 : dy_at * by_slope;
                    sums[c].add(term);
                    sizes[c].add(std::fabs(term));
                }
        for (std::size_t c = 0; c < s.channels; ++c) {
            dslopes[c] = sums[c].value();
            dslope_sizes[c] = sizes[c].value();
        }
    }
};

/// dslopes: the error divided by the sum of the sizes of its terms, |dy * x| for prelu.
template <class T>
inline constexpr double slope_gradient_bound = sizeof(T) == 4 ? 2.5e-7 : 1e-15;

/// The error that dslopes may have for such a sum of so many terms. Half a denormal is what rounding the result may
/// cost, and each product too, where it is below the smallest normal number.
template <class T>
constexpr long double slope_gradient_tolerance(long double sum, std::size_t terms = 0) {
    const long double denormal = std::numeric_limits<T>::denorm_min();
    const std::size_t roundings = 1 + terms;
    return static_cast<long double>(slope_gradient_bound<T>) * sum + denormal / 2 * static_cast<long double>(roundings);
}

} // namespace tests
