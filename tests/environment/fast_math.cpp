/// Kernels built with -ffast-math keep their bounds for finite arguments, measured by code that is not. Linked with it,
/// the program may also take denormals for zero.

#include "fast_math.hpp"

#include "../definition.hpp"
#include "../inputs.hpp"
#include "../masks.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

using namespace tests;

namespace {

constexpr simdact::channel_shape shapes[] = {{3, 2, 1000}, {3, 400, 5}, {2000, 3, 1}};

/// Normal numbers, from the least to 1000: sums and products are finite.
template <class T>
std::vector<T> values(std::size_t count) {
    constexpr T least = std::numeric_limits<T>::min();
    std::vector<T> x;
    append_log_spaced<T>(x, -least, T(-1000), count / 4);
    append_log_spaced<T>(x, least, T(1000), count / 4);
    append_evenly_spaced<T>(x, sizeof(T) == 4 ? T(-90) : T(-710), T(-0.01), count / 4);
    append_evenly_spaced<T>(x, T(-4), T(-0.01), count - x.size());
    return x;
}

/// Where the processor takes denormals for zero, what is below twice the smallest normal number may be zero: factors of
/// it are denormal.
template <class T>
bool holds(const definition& d, T got) {
    constexpr long double least = std::numeric_limits<T>::min();
    return d.holds_for(got) || (std::fabs(d.value) < 2 * least && std::fabs(got) <= least);
}

template <class T>
definition wanted(const kernel<T>& k, const arguments<T>& a, const std::vector<T>& x, std::size_t i) {
    const std::string_view function = k.function, name = k.name;
    const T parameter = static_cast<T>(a.parameter),
            slope = k.uses.shape ? a.slopes[i / a.shape.inner % a.shape.channels] : parameter;
    if (name.starts_with("forward"))
        return forward_of(function, parameter, slope, x[i]);
    if (name == "derivative")
        return derivative_of(function, parameter, slope, x[i]);
    if (function == "elu" && name == "backward_from_output") // a sum, rounded, and a product, rounded
        return {reference::elu{parameter}.backward_from_output(x[i], a.dy[i]), x[i] > 0 ? 0 : 3 * product_bound};
    return backward_of(function, parameter, slope, x[i], a.dy[i]);
}

/// f' may be such a zero, and dx with it.
template <class T>
bool derivative_may_vanish(const kernel<T>& k, const arguments<T>& a, T x) {
    constexpr long double least = std::numeric_limits<T>::min();
    return k.uses.dy && std::string_view(k.function) == "elu" &&
           std::fabs(derivative_of("elu", static_cast<T>(a.parameter), T(0), x).value) < 2 * least;
}

template <class T>
int failures(const kernel<T>& k, double parameter, const simdact::channel_shape& shape) {
    const std::vector<T> x = values<T>(shape.size()), dy = ordinary_values<T>(shape.size(), 111),
                         slopes = ordinary_values<T>(shape.channels, 112);
    std::vector<T> out(x.size()), dslopes(shape.channels);
    std::vector<std::uint8_t> mask = mask_of<T>(x);
    const arguments<T> a{parameter, shape, x, dy, slopes, out, dslopes, mask};
    k.run(a);
    int count = 0;
    const auto report = [&](const std::string& what) {
        if (count++ == 0)
            std::printf("%s of %s, parameter %g: %s\n", k.text().c_str(), sizeof(T) == 4 ? "float" : "double",
                        parameter, what.c_str());
    };
    for (std::size_t i = 0; i < x.size(); ++i)
        if (!holds(wanted(k, a, x, i), out[i]) && !(out[i] == 0 && derivative_may_vanish(k, a, x[i])))
            report("x = " + show(x[i]) + " gives " + show(out[i]));
    if (k.uses.dslopes) {
        const reference::channelwise_prelu truth(shape.outer, shape.channels, shape.inner, x, slopes, dy);
        for (std::size_t c = 0; c < dslopes.size(); ++c)
            if (!(std::fabs(dslopes[c] - truth.dslopes[c]) <= slope_gradient_tolerance<T>(truth.dslope_sizes[c])))
                report("dslopes");
    }
    if (mask != mask_of<T>(x))
        report("the mask");
    return count;
}

template <class T>
int failures() {
    int count = 0;
    for (const kernel<T>& k : fast_kernels(T()))
        for (const simdact::channel_shape& shape : shapes)
            for (const double parameter : {1.0, 0.01, 0.7, 1.67, 1e-30})
                count += failures(k, parameter, shape);
    return count;
}

} // namespace

int main() {
    const int count = failures<float>() + failures<double>();
    std::printf("%zu kernels with -ffast-math: %d results beyond their bounds\n",
                fast_kernels(float()).size() + fast_kernels(double()).size(), count);
    return count == 0 ? 0 : 1;
}
