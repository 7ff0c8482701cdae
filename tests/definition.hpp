#pragma once

#include "description.hpp"
#include "masks.hpp"
#include "tables/table.hpp"
#include "ulp.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

/// What each function is by its description, for tests that go through its kernels.
namespace tests {

/// What a result must be, and by how many ULP it may be off.
struct definition {
    long double value;
    double bound;
    bool zero_if_denormal = false;

    template <class T>
    bool holds_for(T got) const {
        return ulp_error(got, value) <= static_cast<long double>(bound) + reference_error<T> ||
               (zero_if_denormal && got == 0 && std::fabs(value) < std::numeric_limits<T>::min());
    }
};

/// Every set of parameters that a function is described with, but for those that are refused.
inline std::vector<parameter_set> parameters_of(std::string_view function) {
    const description& d = description_of(function);
    std::vector<parameter_set> all = d.usual;
    for (const std::vector<parameter_set>* more : {&d.edge, &d.special})
        all.insert(all.end(), more->begin(), more->end());
    return all;
}

/// The same for kernels, which take the slopes by themselves.
inline std::vector<parameter_set> own_parameters_of(std::string_view function) {
    const std::vector<parameter_set> all = parameters_of(function);
    return description_of(function).parameters.empty() ? std::vector<parameter_set>(1, all.front()) : all;
}

/// A product, correctly rounded.
inline constexpr double one_rounding = 0.5;

/// Parameters as they are rounded to T, the slope of a channel behind those of the function.
template <class T>
struct rounded_parameters {
    std::vector<T> as_T;
    std::vector<long double> real;

    explicit rounded_parameters(std::span<const double> parameters) {
        for (const double value : parameters)
            add(static_cast<T>(value));
    }
    /// Those of an element in a call.
    rounded_parameters(const kernel<T>& k, const arguments<T>& a, std::size_t i) {
        const description& d = description_of(k.function);
        for (std::size_t p = 0; p < d.parameters.size(); ++p)
            add(static_cast<T>(a.parameters[p]));
        if (k.uses.shape)
            add(a.slope_of(i));
        for (const double value : d.constants)
            add(static_cast<T>(value));
    }
    bool all_finite() const {
        return std::all_of(as_T.begin(), as_T.end(), [](T value) { return std::isfinite(value); });
    }

private:
    void add(T value) {
        as_T.push_back(value);
        real.push_back(value);
    }
};

/// dx where that is selected, by an x that is a number, and not computed: dy where f' is the constant 1, +0 where it is
/// the constant 0. Or by an output, with f' from that.
template <class T>
std::optional<T> selected_dx(const description& d, const T* parameters, T x, T dy, bool from_output = false) {
    if (d.facts.keeps_x_above_zero && x > 0)
        return dy;
    if (d.facts.flat_below_zero && x <= 0)
        return T(0);
    const described_for<T>& of_T = d.of<T>();
    if (from_output ? of_T.is_straight_at_output(x, parameters) : of_T.is_straight(x, parameters)) {
        const formulas<T>& of = of_T.formula;
        return (from_output ? of.from_output : of.derivative)(x, parameters) == 0 ? T(0) : dy;
    }
    return std::nullopt;
}

/// The argument whose NaN comes back as it is from a kernel.
template <class T>
T kept_at(const kernel<T>& k, const arguments<T>& a, std::size_t i) {
    if (!k.uses.x)
        return T(0);
    if (k.uses.dy && !is_nan(a.x[i])) {
        const rounded_parameters<T> p(k, a, i);
        if (selected_dx(description_of(k.function), p.as_T.data(), a.x[i], a.dy[i], k.name == "backward_from_output"))
            return a.dy[i];
    }
    return a.x[i];
}

/// Arguments for a kernel: x, but where it takes outputs and is described for those alone, the outputs of f there.
template <class T>
std::vector<T> arguments_for(const kernel<T>& k, const rounded_parameters<T>& p, std::vector<T> x) {
    const description& d = description_of(k.function);
    const bool any_number = d.facts.rounds_output_once || d.of<T>().bound(p.as_T.data()).derivative == 0;
    if (k.name == "backward_from_output" && !any_number)
        for (T& v : x)
            v = static_cast<T>(d.truth.f(v, p.real.data()));
    return x;
}

/// What a kernel of masks writes or reads beside x. Functions with a slope for each channel have a bit that does not
/// depend on it.
template <class T>
std::vector<std::uint8_t> mask_of(const kernel<T>& k, const double* parameters, std::span<const T> x) {
    const description& d = description_of(k.function);
    const rounded_parameters<T> p(std::span(parameters, d.parameters.size()));
    return mask_of(x, [&](T v) { return d.of<T>().bit_of(v, p.as_T.data()); });
}

template <class T>
definition forward_of(std::string_view function, const rounded_parameters<T>& p, T x) {
    const description& d = description_of(function);
    return {is_nan(x) ? static_cast<long double>(x) : d.truth.f(x, p.real.data()),
            d.of<T>().is_straight(x, p.as_T.data()) ? one_rounding : d.of<T>().bound(p.as_T.data()).f};
}

/// f'(x) of a number.
template <class T>
long double true_derivative(const description& d, const rounded_parameters<T>& p, T x) {
    const auto rounded = d.of<T>().rounded_derivative;
    return rounded ? rounded(x, p.as_T.data()) : d.truth.derivative(x, p.real.data());
}

template <class T>
definition derivative_of(std::string_view function, const rounded_parameters<T>& p, T x) {
    const description& d = description_of(function);
    if (is_nan(x))
        return {x, 0};
    const bounds bound = d.of<T>().bound(p.as_T.data());
    const long double value = true_derivative(d, p, x);
    return {value,
            d.of<T>().is_straight(x, p.as_T.data())
                ? 0
                : bound.of_derivative<T>(value, d.of<T>().crosses_zero(x, p.as_T.data())),
            bound.derivative_may_vanish};
}

/// dx: the error of f' times dy, and one rounding.
template <class T>
definition backward_of(std::string_view function, const rounded_parameters<T>& p, T x, T dy) {
    const definition d = derivative_of(function, p, x);
    if (const std::optional<T> selected = selected_dx(description_of(function), p.as_T.data(), x, dy))
        return {*selected, 0};
    if (std::isinf(d.bound)) // there is none
        return {dy * d.value, d.bound};
    const long double dx = dy * d.value, error = std::fabs(dy) * ulp<T>(d.value) * static_cast<long double>(d.bound);
    return {dx, static_cast<double>(error / ulp<T>(dx)) + one_rounding};
}

/// The same from an output: f' is a formula of y, of which the bound is in ULP of a unit, or correctly rounded.
template <class T>
definition backward_from_output_of(std::string_view function, const rounded_parameters<T>& p, T y, T dy) {
    const description& d = description_of(function);
    if (is_nan(y))
        return {y, 0};
    if (const std::optional<T> selected = selected_dx(d, p.as_T.data(), y, dy, true))
        return {*selected, 0};
    const long double slope = d.truth.from_output(y, p.real.data()), dx = dy * slope;
    const bounds bound = d.of<T>().bound(p.as_T.data());
    if (bound.derivative == 0 && bound.from_output_absolute == 0)
        return {dx, one_rounding};
    if (d.facts.rounds_output_once) // a rounding of f' may be two of a product that lies lower in its power of two
        return {dx, 3 * one_rounding};
    return {dx, static_cast<double>(std::fabs(dy) * ulp<T>(bound.unit > 0 ? bound.unit : slope) *
                                    static_cast<long double>(bound.from_output) / ulp<T>(dx)) +
                    one_rounding};
}

} // namespace tests
