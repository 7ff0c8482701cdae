/// Kernels built with -ffast-math keep their bounds for finite arguments, measured by code that is not. Linked with it,
/// the program may also take denormals for zero.

#include "fast_math.hpp"

#include "../bounds.hpp"
#include "../definition.hpp"
#include "../inputs.hpp"
#include "../masks.hpp"
#include "../reference/prelu.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

using namespace tests;

namespace {

constexpr simdact::channel_shape shapes[] = {{3, 2, 1000}, {3, 400, 5}, {2000, 3, 1}};

/// Normal numbers, from the least to 1000, and zeros: sums and products are finite. Outputs are not beyond their range,
/// and where f has a limit x may be anything finite.
template <class T>
std::vector<T> values(const kernel<T>& k, double parameter, std::size_t count) {
    const description& d = description_of(k.function);
    const long double p = static_cast<T>(parameter);
    constexpr T least = std::numeric_limits<T>::min();
    std::vector<T> x;
    append_log_spaced<T>(x, -least, T(-1000), count / 4);
    append_log_spaced<T>(x, least, T(1000), count / 4);
    append_evenly_spaced<T>(x, sizeof(T) == 4 ? T(-90) : T(-710), T(-0.01), count / 4);
    append_evenly_spaced<T>(x, T(-4), T(-0.01), count - x.size());
    if (d.facts.highest == 1 && std::string_view(k.name) == "backward_from_output")
        for (T& v : x)
            v = std::fabs(v) < 1000 * least ? v : v / 1000;
    x[count / 3] = T(0);
    x[count / 2] = T(-0.0);
    using limits = std::numeric_limits<T>;
    if (!k.uses.dy && std::fabs(d.truth.f(limits::lowest(), &p)) <= std::fabs(p) + 1) {
        x[count / 5] = limits::lowest();
        x[count / 7] = limits::max();
    }
    return x;
}

/// Whether the processor takes denormals for zero, as linking may have asked it to.
template <class T>
bool denormals_are_zero() {
    static const bool flushed = [] {
        const volatile T least = std::numeric_limits<T>::min();
        const volatile T half = least / 2;
        return half == 0;
    }();
    return flushed;
}

/// Where it does, what is below twice the smallest normal number may be zero: factors of it are denormal.
template <class T>
bool holds(const definition& d, T got) {
    constexpr long double least = std::numeric_limits<T>::min();
    return d.holds_for(got) || (denormals_are_zero<T>() && std::fabs(d.value) < 2 * least && std::fabs(got) <= least);
}

/// There, without FMA, an f' that may vanish adds a product that may be denormal by itself: it may be off by the
/// smallest normal number, and dx by dy times it.
template <class T>
bool vanishing_derivative_holds(const kernel<T>& k, double parameter, const definition& d, T got, T dy, T x) {
    constexpr long double least = std::numeric_limits<T>::min();
    const std::string_view name = k.name;
    const long double factor = name == "derivative" ? 1
                               : name == "backward" ? std::fabs(static_cast<long double>(dy))
                                                    : 0;
    return denormals_are_zero<T>() && !simdact::simd::fused &&
           derivative_of(k.function, static_cast<T>(parameter), x).zero_if_denormal && factor > 0 &&
           std::fabs(got - d.value) <= least * std::max(1.0L, factor);
}

template <class T>
definition wanted(const kernel<T>& k, const arguments<T>& a, const std::vector<T>& x, std::size_t i) {
    const std::string_view function = k.function, name = k.name;
    const T parameter = k.uses.shape ? a.slopes[i / a.shape.inner % a.shape.channels] : static_cast<T>(a.parameter);
    if (name.starts_with("forward"))
        return forward_of(function, parameter, x[i]);
    if (name == "derivative")
        return derivative_of(function, parameter, x[i]);
    if (name == "backward_from_output")
        return backward_from_output_of(function, parameter, x[i], a.dy[i]);
    return backward_of(function, parameter, x[i], a.dy[i]);
}

/// f' may be such a zero, and dx with it.
template <class T>
bool derivative_may_vanish(const kernel<T>& k, const arguments<T>& a, T x) {
    constexpr long double least = std::numeric_limits<T>::min();
    const definition d = derivative_of(k.function, static_cast<T>(a.parameter), x);
    return k.uses.dy && (d.zero_if_denormal || (d.bound > 0 && denormals_are_zero<T>())) &&
           std::fabs(d.value) < 2 * least;
}

/// Whether dslopes are within their bound, after zeros.
template <class T>
bool sums_right(const kernel<T>& k, const arguments<T>& a) {
    const auto [outer, channels, inner] = a.shape;
    const auto copy = [](std::span<const T> values) { return std::vector<T>(values.begin(), values.end()); };
    const reference::channelwise_prelu truth(outer, channels, inner, copy(a.x), copy(a.slopes), copy(a.dy));
    std::ranges::fill(a.dslopes, T(0));
    k.run(a);
    for (std::size_t c = 0; c < channels; ++c)
        if (!(std::fabs(a.dslopes[c] - truth.dslopes[c]) <= slope_gradient_tolerance<T>(truth.dslope_sizes[c])))
            return false;
    return true;
}

/// Sums that lose a thousand ones each, unless what they round is kept.
template <class T>
int failures_of_sums() {
    int count = 0;
    for (const kernel<T>& k : fast_kernels(T())) {
        if (!k.uses.dslopes)
            continue;
        std::vector<T> x(66000, T(-1)), slope(1, T(0.25)), dy(x.size(), T(1)), out(x.size()), dslopes(1);
        std::fill_n(x.begin(), 64, T(-0x1p53));
        if (!sums_right<T>(k, {1, {1, 1, x.size()}, x, dy, slope, out, dslopes, {}})) {
            std::printf("%s of %s: a sum is beyond its bound\n", k.text().c_str(), sizeof(T) == 4 ? "float" : "double");
            ++count;
        }
    }
    return count;
}

template <class T>
int failures(const kernel<T>& k, double parameter, const simdact::channel_shape& shape) {
    const std::vector<T> x = values(k, parameter, shape.size()), dy = ordinary_values<T>(shape.size(), 111),
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
        for (const T got : {out[i], k.scalar_at(a, i)}) {
            const definition d = wanted(k, a, x, i);
            if (!holds(d, got) && !vanishing_derivative_holds(k, parameter, d, got, dy[i], x[i]) &&
                !(got == 0 && derivative_may_vanish(k, a, x[i])))
                report("x = " + show(x[i]) + ", dy = " + show(dy[i]) + " gives " + show(got));
        }
    if (k.uses.dslopes && !sums_right(k, a))
        report("dslopes");
    if (mask != mask_of<T>(x))
        report("the mask");
    return count;
}

template <class T>
int failures() {
    int count = 0;
    for (const kernel<T>& k : fast_kernels(T()))
        for (const simdact::channel_shape& shape : shapes)
            for (const double parameter : {1.0, 0.01, 0.7, 1.67, 1e-30, 1e30, 0.0, -0.7})
                if (parameter >= 0 || !k.uses.limited_parameter) // or else it is refused
                    count += failures(k, parameter, shape);
    return count + failures_of_sums<T>();
}

} // namespace

int main() {
    const int count = failures<float>() + failures<double>();
    std::printf("%zu kernels with -ffast-math: %d results beyond their bounds\n",
                fast_kernels(float()).size() + fast_kernels(double()).size(), count);
    return count == 0 ? 0 : 1;
}
