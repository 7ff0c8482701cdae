#pragma once

#include "../bits.hpp"
#include "../catch.hpp"
#include "../ulp.hpp"
#include "ways.hpp"

#include <cmath>
#include <string>
#include <vector>

/// Errors against the reference, in every way to evaluate.
namespace tests {

/// The largest error over the arguments, with the argument it was found at.
template <class T>
struct largest_error {
    long double error = 0;
    T at = 0, got = 0;

    void take(long double e, T x, T result) {
        if (!(e <= error) && !std::isnan(error)) { // a NaN stays
            error = e;
            at = x;
            got = result;
        }
    }
};

/// Checks that everywhere measure(result, truth) is at most `bound`; and that the ways that share their bits do.
/// The values that are checked are shown by the test program's option -s.
template <class F, class T, class Measure>
void check_error(const F& f, const char* name, typename way<F, T>::unary way<F, T>::*quantity, const std::vector<T>& x,
                 const std::vector<long double>& truth, double bound, const Measure& measure) {
    std::vector<T> scalar, result(x.size());
    for (const way<F, T>& way : every_way<F, T>()) {
        if (!(way.*quantity))
            continue;
        (way.*quantity)(f, x, result);
        if (scalar.empty())
            scalar = result;
        largest_error<T> worst;
        std::size_t other_bits = 0;
        T first_other = 0;
        for (std::size_t i = 0; i < x.size(); ++i) {
            worst.take(measure(result[i], truth[i]), x[i], result[i]);
            if (way.same_as_scalar && !same_result(result[i], scalar[i], x[i]) && other_bits++ == 0)
                first_other = x[i];
        }
        INFO(name << " by " << way.name << ": worst at " << show(worst.at) << " with the result " << show(worst.got));
        CHECK(worst.error <= static_cast<long double>(bound) + reference_error<T>);
        INFO("first other bits than the scalar call's at " << show(first_other));
        CHECK(other_bits == 0);
    }
}

/// Checks dx against the reference's for x, or for y where `quantity` is backward_from_output, in ULP.
template <class F, class T, class Reference>
void check_backward_error(const F& f, typename way<F, T>::binary way<F, T>::*quantity, const std::vector<T>& x,
                          const std::vector<T>& dy, const Reference& truth, double bound) {
    std::vector<T> dx(x.size());
    for (const way<F, T>& way : every_way<F, T>()) {
        (way.*quantity)(f, x, dy, dx);
        largest_error<T> worst;
        for (std::size_t i = 0; i < x.size(); ++i)
            worst.take(ulp_error(dx[i], truth(x[i], dy[i])), x[i], dx[i]);
        INFO("dx by " << way.name << ": worst at " << show(worst.at) << " with the result " << show(worst.got));
        CHECK(worst.error <= static_cast<long double>(bound) + reference_error<T>);
    }
}

/// In ULP of the true result.
struct in_ulp {
    template <class T>
    long double operator()(T got, long double truth) const {
        return ulp_error(got, truth);
    }
};

/// The same, but 0 is right where the true result is below the smallest normal number.
struct in_ulp_or_flushed_denormal {
    template <class T>
    long double operator()(T got, long double truth) const {
        return got == 0 && std::fabs(truth) < std::numeric_limits<T>::min() ? 0 : ulp_error(got, truth);
    }
};

/// Absolute, in ULP of one value, such as a parameter.
template <class T>
struct in_ulp_of {
    long double unit;
    explicit in_ulp_of(T value) : unit(ulp<T>(value)) {}
    long double operator()(T got, long double truth) const {
        if (!std::isfinite(got))
            return std::numeric_limits<long double>::infinity();
        return differ_by_denormals<T>(got, static_cast<double>(truth)) ? 0 : std::fabs(got - truth) / unit;
    }
};

template <class T, class Function>
std::vector<long double> truths(const std::vector<T>& x, const Function& function) {
    std::vector<long double> results;
    results.reserve(x.size());
    for (const T v : x)
        results.push_back(function(v));
    return results;
}

} // namespace tests
