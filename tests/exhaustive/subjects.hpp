#pragma once

#include "../description.hpp"
#include "../tables/table.hpp"
#include "truth.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

/// The functions of the library, each with all its kernels and what their results must be by its description.
namespace exhaustive {

inline std::string number(double x) {
    char text[32];
    std::snprintf(text, sizeof text, "%g", x);
    return text;
}

enum class quantity { f, derivative, from_output, other }; // of results.hpp, but the last

/// A kernel with dy = 1 and every other argument but x given. Where x is a negative number, or of both signs if the
/// truth says so, and f not straight, its results are within `bound` ULP of the truth; everywhere else, and without a
/// bound everywhere, they have the bits of the truth rounded to T.
template <class T>
struct kernel {
    std::string name;
    quantity shown_as; ///< in the results
    std::size_t truth; ///< of the subject's truths
    std::function<void(std::span<const T> x, std::span<T> results)> run;
    double bound = 0;
    T unit = 0;                       ///< the bound is in ULP of this, if it is not 0
    T absolute = 0;                   ///< an error of no more than this is none, but where f' crosses zero elsewhere
    double bound_where_large = 0;     ///< which holds where it allows for more than `absolute`, if it is not 0
    bool keeps_nan = true;            ///< a NaN x comes back bit for bit
    bool may_flush_denormals = false; ///< 0 is right where the truth is below the smallest normal number
    bool any_zero = false;            ///< 0 may have either sign
    bool or_nan = false;              ///< a NaN is right where x is a negative number
};

/// A function with its parameter, if it has one.
template <class T>
struct subject {
    std::string name, parameter; ///< with commas, if there are several
    bool is_default;             ///< the parameter
    std::vector<truth<T>> truths;
    std::vector<kernel<T>> kernels;
};

template <class T>
using in = std::span<const T>;
template <class T>
using out = std::span<T>;

/// x.size() times 1.
template <class T>
in<T> ones(in<T> x) {
    thread_local std::vector<T> values;
    values.resize(std::max(values.size(), x.size()), T(1));
    return in<T>(values).first(x.size());
}

/// A mask for x.
template <class T>
std::span<std::uint8_t> mask_for(in<T> x) {
    thread_local std::vector<std::uint8_t> bytes;
    bytes.assign((x.size() + 7) / 8, 0xff);
    return bytes;
}

/// The formulas of a description for numbers of any precision.
const tests::formulas<exact>& exact_formulas_of(const std::string& name);

/// A formula with its parameters. `slack` is 0 where the wider type computes it so that it rounds as the truth.
template <class T>
truth<T> truth_of(wide<T> (*approximately)(wide<T>, const wide<T>*), exact (*exactly)(exact, const exact*),
                  const std::vector<T>& parameters, wide<T> slack, bool both_signs) {
    const std::vector<wide<T>> p(parameters.begin(), parameters.end());
    const std::vector<exact> exact_p(parameters.begin(), parameters.end());
    truth<T> result;
    result.values = [=](in<T> x, std::span<wide<T>> values) {
        std::transform(x.begin(), x.end(), values.begin(),
                       [&](T v) { return tests::is_nan(v) ? wide<T>(v) : approximately(wide<T>(v), p.data()); });
    };
    result.slack = slack;
    result.exactly = [=](T x, real& value) { exactly(exact(x), exact_p.data()).put(value); };
    result.both_signs = both_signs;
    return result;
}

/// The same from a bit, which does not tell a NaN from `without_bit`.
template <class T>
truth<T> of_bit(const truth<T>& derivative, T without_bit) {
    truth<T> result = derivative;
    result.values = [of = derivative.values, without_bit](in<T> x, std::span<wide<T>> values) {
        thread_local std::vector<T> numbers;
        numbers.assign(x.begin(), x.end());
        for (T& v : numbers)
            v = tests::is_nan(v) ? without_bit : v;
        of(numbers, values);
    };
    return result;
}

template <class T>
const tests::formulas<wide<T>>& formulas_of(const tests::description& d) {
    if constexpr (sizeof(T) == 4)
        return d.of_double.formula;
    else
        return d.truth;
}

/// A function with one set of parameters: every kernel, and the formula of the derivative from the output on batches.
template <class T>
subject<T> subject_of(const tests::function_under_test& f, const tests::description& d,
                      const tests::parameter_set& parameters) {
    std::vector<T> p;
    for (const double value : parameters)
        p.push_back(static_cast<T>(value));
    const tests::bounds bound = d.of<T>().bound(p.data());
    const bool approximated = bound.f > 0.5;
    const bool finite = std::all_of(p.begin(), p.end(), [](T value) { return std::isfinite(value); });
    const bool any_zero = approximated && std::any_of(p.begin(), p.end(), [](T value) { return value == 0; });
    const bool both_signs = d.has_both_signs();
    const auto& formula = formulas_of<T>(d);
    const auto& exactly = exact_formulas_of(d.name);
    const auto slack_of = [&](double b) { return b > 0 ? std::ldexp(function_slack<T>, d.digits_lost) : wide<T>(0); };

    std::string joined;
    for (std::size_t i = 0; i + d.constants.size() < parameters.size(); ++i)
        joined += (joined.empty() ? std::string() : ",") + number(parameters[i]);
    subject<T> s{
        .name = d.name,
        .parameter = joined,
        .is_default = parameters == d.usual.front(),
        .truths = {truth_of<T>(formula.f, exactly.f, p, slack_of(bound.f), both_signs),
                   truth_of<T>(formula.derivative, exactly.derivative, p, slack_of(bound.derivative), both_signs)},
        .kernels = {}};
    if (approximated && !finite) // promised is no more than a NaN for x < 0
        s.truths[0].values = [of = s.truths[0].values](in<T> x, std::span<wide<T>> values) {
            of(x, values);
            for (std::size_t i = 0; i < x.size(); ++i)
                if (x[i] < 0)
                    values[i] = std::numeric_limits<wide<T>>::quiet_NaN();
        };
    if (const auto rounded_derivative = d.of<T>().rounded_derivative)
        s.truths[1].values = [=](in<T> x, std::span<wide<T>> values) {
            std::transform(x.begin(), x.end(), values.begin(),
                           [&](T v) { return tests::is_nan(v) ? v : rounded_derivative(v, p.data()); });
        };
    if (d.of<T>().straight)
        for (truth<T>& t : s.truths)
            t.straight = [p, straight = d.of<T>().straight](T x) { return straight(x, p.data()); };
    for (std::size_t i = 0; both_signs && i < 2; ++i) {
        const wide<T> at_zero =
            (i == 0 ? formula.f : formula.derivative)(0, std::vector<wide<T>>(p.begin(), p.end()).data());
        s.truths[i].rounded_at_zero = at_zero != static_cast<T>(at_zero);
    }
    if (d.of<T>().crossing)
        s.truths[1].crossing = [p, crossing = d.of<T>().crossing](T x) { return crossing(x, p.data()); };

    const auto add = [&](const char* name, quantity shown_as, std::size_t truth, double b, auto run) -> kernel<T>& {
        // Within half an ULP is correctly rounded.
        kernel<T> k{.name = name, .shown_as = shown_as, .truth = truth, .run = run, .bound = b > 0.5 ? b : 0};
        k.may_flush_denormals = truth == 1 && bound.derivative_may_vanish;
        k.unit = truth == 1 ? static_cast<T>(bound.derivative_unit) : T(0);
        if (truth == 1 && bound.derivative_absolute > 0) {
            k.absolute = static_cast<T>(bound.derivative_absolute);
            k.bound_where_large = bound.derivative;
            k.bound = bound.derivative_beyond;
        }
        k.any_zero = any_zero;
        k.or_nan = approximated && !finite;
        s.kernels.push_back(k);
        return s.kernels.back();
    };
    const auto of = [&](const char* name) {
        for (const tests::way_to_call<T>& way : f.ways<T>())
            if (way.name == name)
                return way;
        throw std::logic_error(std::string("there is no way ") + name);
    };
    const tests::way_to_call<T> way = of("kernel");
    const tests::parameter_set& v = parameters;
    add("forward", quantity::f, 0, bound.f, [=](in<T> x, out<T> y) { way.f(v.data(), x, y); });
    add("derivative", quantity::derivative, 1, bound.derivative,
        [=](in<T> x, out<T> y) { way.derivative(v.data(), x, y); });
    add("backward", quantity::derivative, 1, bound.derivative,
        [=](in<T> x, out<T> y) { way.backward(v.data(), x, ones(x), y); });
    if (way.backward_with_slopes) // the gradient is computed, but others check it
        add("backward with dslopes", quantity::derivative, 1, bound.derivative,
            [=](in<T> x, out<T> y) { way.backward_with_slopes(v.data(), x, ones(x), y); });
    if (way.with_mask) {
        add("forward_with_mask", quantity::f, 0, bound.f,
            [=](in<T> x, out<T> y) { way.with_mask(v.data(), x, y, mask_for(x)); });
        s.truths.push_back(of_bit(s.truths[1], d.of<T>().without_bit(p.data())));
        add("backward_from_mask", quantity::derivative, s.truths.size() - 1, bound.derivative, [=](in<T> x, out<T> dx) {
            const std::span<std::uint8_t> mask = mask_for(x);
            way.with_mask(v.data(), x, dx, mask);
            way.from_mask(v.data(), mask, ones(x), dx);
        }).keeps_nan = false;
    }
    if (!way.backward_from_output || !d.of<T>().output_tells(p.data()))
        return s;
    if (d.facts.rounds_output_once) { // of any number as output: the functor on batches, and the kernel
        s.truths.push_back(truth_of<T>(formula.from_output, exactly.from_output, p,
                                       slack_of(bound.derivative + bound.from_output_absolute),
                                       bound.from_output_absolute > 0));
        const std::size_t truth = s.truths.size() - 1;
        const quantity shown =
            bound.derivative == 0 ? quantity::from_output : quantity::other; // else y has an error, too
        const auto& ways = f.ways<T>();
        const auto batches =
            *std::find_if(ways.rbegin(), ways.rend(), [](const auto& w) { return w.from_output && w.same_as_scalar; });
        add("derivative_from_output", shown, truth, 0,
            [=](in<T> y, out<T> slope) { batches.from_output(v.data(), y, slope); });
        add("backward_from_output", shown, truth, 0,
            [=](in<T> y, out<T> dx) { way.backward_from_output(v.data(), y, ones(y), dx); });
        for (std::size_t i = s.kernels.size() - 2; i < s.kernels.size(); ++i)
            s.kernels[i].any_zero = s.kernels[i].or_nan = false;
    }
    if ((bound.derivative != 0 || bound.from_output_absolute != 0) && finite) { // or else y is NaN
        const bool overflows = bound.from_output_absolute != 0 && d.facts.rounds_output_once;
        kernel<T>& own = add("backward_from_output of forward", overflows ? quantity::other : quantity::from_output, 1,
                             bound.from_output, [=](in<T> x, out<T> dx) {
                                 way.f(v.data(), x, dx);
                                 thread_local std::vector<T> y;
                                 y.assign(dx.begin(), dx.end());
                                 way.backward_from_output(v.data(), dx, ones(x), dx);
                                 for (std::size_t i = 0; overflows && i < x.size(); ++i)
                                     if (std::isinf(y[i]) && std::isinf(dx[i])) // as f has overflown; f' may not
                                         way.derivative(v.data(), x.subspan(i, 1), dx.subspan(i, 1));
                             });
        own.unit = static_cast<T>(bound.unit);
        own.absolute = static_cast<T>(bound.from_output_absolute);
        if (own.absolute > 0)
            own.bound = std::max(own.bound, 0.5);
        own.may_flush_denormals = false;
    }
    return s;
}

/// The function of that name, with each of the parameters, or with its default if there are none.
template <class T>
std::vector<subject<T>> subjects(const std::string& name, const std::vector<double>& parameters) {
    const tests::description& d = tests::description_of(name);
    for (const tests::function_under_test* f : tests::under_test.functions) {
        if (f->name != name)
            continue;
        std::vector<subject<T>> result;
        if (parameters.empty() || d.usual.front().size() == d.constants.size())
            return {subject_of<T>(*f, d, d.usual.front())};
        for (const double p : parameters) {
            tests::parameter_set set = d.usual.front();
            set.front() = p;
            const std::vector<T> as_T(set.begin(), set.end());
            if (d.of<T>().valid(as_T.data())) // kernels refuse others
                result.push_back(subject_of<T>(*f, d, set));
        }
        if (result.empty())
            throw std::invalid_argument(name + " takes none of the parameters");
        return result;
    }
    throw std::invalid_argument("there is no function '" + name + "'");
}

inline std::vector<std::string> function_names() {
    std::vector<std::string> names;
    for (const tests::function_under_test* f : tests::under_test.functions)
        names.push_back(std::string(f->name));
    return names;
}

} // namespace exhaustive
