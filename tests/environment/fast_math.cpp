/// Kernels built with -ffast-math keep their bounds for finite arguments, measured by code that is not. Linked with it,
/// the program may also take denormals for zero.

#include "../channelwise_truth.hpp"
#include "../definition.hpp"
#include "../inputs.hpp"

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

constexpr call_shape shapes[] = {{3, 2, 1000}, {3, 400, 5}, {2000, 3, 1}};

/// The size of the largest parameter, 0 where there is none.
template <class T>
long double largest(const rounded_parameters<T>& p) {
    long double size = 0;
    for (const long double value : p.real)
        size = std::max(size, std::fabs(value));
    return size;
}

/// Normal numbers, from the least to 1000, and zeros: sums and products are finite. Where f has a limit x may be
/// anything finite.
template <class T>
std::vector<T> values(const kernel<T>& k, const parameter_set& parameters, std::size_t count) {
    const description& d = description_of(k.function);
    const rounded_parameters<T> p(parameters);
    constexpr T least = std::numeric_limits<T>::min();
    std::vector<T> x;
    append_log_spaced<T>(x, -least, T(-1000), count / 4);
    append_log_spaced<T>(x, least, T(1000), count / 4);
    append_evenly_spaced<T>(x, sizeof(T) == 4 ? T(-90) : T(-710), T(-0.01), count / 4);
    append_evenly_spaced<T>(x, T(-4), T(-0.01), count - x.size());
    x = arguments_for(k, p, x);
    for (T& v : x)
        v = std::fabs(v) < least ? T(0) : v;
    x[count / 3] = T(0);
    x[count / 2] = T(-0.0);
    using limits = std::numeric_limits<T>;
    if (!k.uses.dy && std::fabs(d.truth.f(limits::lowest(), p.real.data())) <= largest(p) + 1) {
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

/// There a sum may lose what is denormal of it: of functions that are described so, and without FMA of an f' that may
/// vanish. The result may be off by the smallest normal number, and dx by dy times it.
template <class T>
bool holds_without_denormals(const kernel<T>& k, const rounded_parameters<T>& p, const definition& d, T got, T dy,
                             T x) {
    constexpr long double least = std::numeric_limits<T>::min();
    const bool of_x = k.name == "derivative" || k.name == "backward";
    const bool vanishes = !under_test.fused() && of_x && derivative_of(k.function, p, x).zero_if_denormal;
    const long double factor = k.uses.dy ? std::fabs(static_cast<long double>(dy)) : 1;
    return denormals_are_zero<T>() && (vanishes || description_of(k.function).facts.loses_denormals) &&
           std::fabs(got - d.value) <= least * std::max(1.0L, factor);
}

template <class T>
definition wanted(const kernel<T>& k, const rounded_parameters<T>& p, T x, T dy) {
    if (k.name.starts_with("forward"))
        return forward_of(k.function, p, x);
    if (k.name == "derivative")
        return derivative_of(k.function, p, x);
    if (k.name == "backward_from_output")
        return backward_from_output_of(k.function, p, x, dy);
    return backward_of(k.function, p, x, dy);
}

/// f' may be such a zero, and dx with it.
template <class T>
bool derivative_may_vanish(const kernel<T>& k, const rounded_parameters<T>& p, T x) {
    constexpr long double least = std::numeric_limits<T>::min();
    const definition d = derivative_of(k.function, p, x);
    return k.uses.dy && (d.zero_if_denormal || (d.bound > 0 && denormals_are_zero<T>())) &&
           std::fabs(d.value) < 2 * least;
}

/// Whether dslopes are within their bound, after zeros.
template <class T>
bool sums_right(const kernel<T>& k, const arguments<T>& a) {
    const channelwise_truth truth(description_of(k.function), a.shape, a.x, a.slopes, a.dy);
    std::ranges::fill(a.dslopes, T(0));
    k.run(a);
    for (std::size_t c = 0; c < a.shape.channels; ++c)
        if (!(std::fabs(a.dslopes[c] - truth.dslopes[c]) <= slope_gradient_tolerance<T>(truth.dslope_sizes[c])))
            return false;
    return true;
}

/// Sums that lose a thousand ones each, unless what they round is kept.
template <class T>
int failures_of_sums() {
    int count = 0;
    for (const kernel<T>& k : every_kernel<T>()) {
        if (!k.uses.dslopes)
            continue;
        std::vector<T> x(66000, T(-1)), slope(1, T(0.25)), dy(x.size(), T(1)), out(x.size()), dslopes(1);
        std::fill_n(x.begin(), 64, T(-0x1p53));
        if (!sums_right<T>(k, {k.defaults, {1, 1, x.size()}, x, dy, slope, out, dslopes, {}})) {
            std::printf("%s of %s: a sum is beyond its bound\n", k.text().c_str(), sizeof(T) == 4 ? "float" : "double");
            ++count;
        }
    }
    return count;
}

template <class T>
int failures(const kernel<T>& k, const parameter_set& parameters, const call_shape& shape) {
    const std::vector<T> x = values(k, parameters, shape.size()), dy = ordinary_values<T>(shape.size(), 111),
                         slopes = ordinary_values<T>(shape.channels, 112);
    std::vector<T> out(x.size()), dslopes(shape.channels);
    const std::vector<std::uint8_t> wanted_mask = mask_of<T>(k, parameters.data(), x);
    std::vector<std::uint8_t> mask = wanted_mask;
    const arguments<T> a{parameters.data(), shape, x, dy, slopes, out, dslopes, mask};
    k.run(a);
    int count = 0;
    const auto report = [&](const std::string& what) {
        if (count++ == 0)
            std::printf("%s of %s%s: %s\n", k.text().c_str(), sizeof(T) == 4 ? "float" : "double",
                        text_of(parameters).c_str(), what.c_str());
    };
    for (std::size_t i = 0; i < x.size(); ++i)
        for (const T got : {out[i], k.scalar_at(a, i)}) {
            const rounded_parameters<T> p(k, a, i);
            const definition d = wanted(k, p, x[i], dy[i]);
            if (!holds(d, got) && !holds_without_denormals(k, p, d, got, dy[i], x[i]) &&
                !(got == 0 && derivative_may_vanish(k, p, x[i])))
                report("x = " + show(x[i]) + ", dy = " + show(dy[i]) + " gives " + show(got));
        }
    if (k.uses.dslopes && !sums_right(k, a))
        report("dslopes");
    if (mask != wanted_mask)
        report("the mask");
    return count;
}

/// Those for which sums and products are finite.
template <class T>
bool takes(const kernel<T>& k, const parameter_set& parameters) {
    const described_for<T>& d = description_of(k.function).template of<T>();
    const rounded_parameters<T> p(parameters);
    const auto is_usable = [](T value) { // far from denormals, which may be 0
        return value == 0 || (std::fabs(value) >= T(1e-31) && std::fabs(value) <= T(1e31));
    };
    return std::ranges::all_of(p.as_T, is_usable) && d.valid(p.as_T.data()) &&
           (k.name != "backward_from_output" || d.output_tells(p.as_T.data()));
}

template <class T>
int failures() {
    int count = 0;
    for (const kernel<T>& k : every_kernel<T>())
        for (const call_shape& shape : shapes)
            for (const parameter_set& parameters : own_parameters_of(k.function))
                if (takes(k, parameters))
                    count += failures(k, parameters, shape);
    return count + failures_of_sums<T>();
}

} // namespace

int main() {
    const int count = failures<float>() + failures<double>();
    std::printf("%zu kernels with -ffast-math: %d results beyond their bounds\n",
                every_kernel<float>().size() + every_kernel<double>().size(), count);
    return count == 0 ? 0 : 1;
}
