#pragma once

#include <cmath>
#include <cstddef>
#include <vector>

namespace reference {

/// f(x) = x where x is not less than 0, slope * x elsewhere; the slope is learned, so it has a gradient too.
struct prelu {
    long double forward(long double x, long double slope) const { return x < 0 ? slope * x : x; }
    long double derivative(long double x, long double slope) const { return std::isnan(x) ? x : x > 0 ? 1 : slope; }
    long double backward(long double x, long double slope, long double dy) const {
        return std::isnan(x) ? x : x > 0 ? dy : dy * slope;
    }
    long double slope_derivative(long double x) const { return x > 0 ? 0 : x; }
};

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

/// PReLU of an array of outer x channels x inner elements, one slope per channel, by three plain loops. dslope_sizes
/// are the sums of |dy * x| that the error of dslopes is measured against.
struct channelwise_prelu {
    std::vector<long double> y, d, dx, dslopes, dslope_sizes;

    template <class T>
    channelwise_prelu(std::size_t outer, std::size_t channels, std::size_t inner, const std::vector<T>& x,
                      const std::vector<T>& slopes, const std::vector<T>& dy)
        : y(x.size()), d(x.size()), dx(x.size()), dslopes(channels), dslope_sizes(channels) {
        const prelu f;
        std::vector<exact_sum> sums(channels), sizes(channels);
        for (std::size_t o = 0; o < outer; ++o)
            for (std::size_t c = 0; c < channels; ++c)
                for (std::size_t i = 0; i < inner; ++i) {
                    const std::size_t at = (o * channels + c) * inner + i;
                    const long double x_at = x[at], dy_at = dy[at], slope = slopes[c];
                    y[at] = f.forward(x_at, slope);
                    d[at] = f.derivative(x_at, slope);
                    dx[at] = f.backward(x_at, slope, dy_at);
                    const long double term = x_at > 0 ? 0 : dy_at * x_at;
                    sums[c].add(term);
                    sizes[c].add(std::fabs(term));
                }
        for (std::size_t c = 0; c < channels; ++c) {
            dslopes[c] = sums[c].value();
            dslope_sizes[c] = sizes[c].value();
        }
    }
};

} // namespace reference
