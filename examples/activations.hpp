// The activation functions that the examples know: all in the library's lists, with what they say of themselves.
#pragma once

#include "command_line.hpp"

#include <simdact/simdact.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

template <class Elementwise, class Channelwise>
struct one_of;
template <class... Es, class... Cs>
struct one_of<simdact::function_list<Es...>, simdact::function_list<Cs...>> {
    using type = std::variant<Es..., Cs...>;
};
using activation = one_of<simdact::elementwise_functions, simdact::channelwise_functions>::type;

/// F has a slope for each channel, like prelu.
template <class F>
inline constexpr bool is_channelwise = simdact::channelwise_functions::has<F>;

/// What a function says of its parameters.
inline std::span<const simdact::parameter> parameters_of(const activation& f) {
    return std::visit(
        []<class F>(const F&) -> std::span<const simdact::parameter> {
            if constexpr (requires { F::parameters; })
                return F::parameters;
            else
                return {};
        },
        f);
}

/// The same function with these parameters, in its order. Those that are outside of their ranges are refused.
inline activation with_parameters(const activation& f, const std::vector<double>& values) {
    std::vector<simdact::named_parameter> parameters;
    for (const simdact::parameter& p : parameters_of(f))
        parameters.push_back({p.name, values[parameters.size()]});
    const char* const name = std::visit([](const auto& g) { return g.name; }, f);
    return simdact::with_function(name, parameters, [](const auto& g) { return activation(g); });
}

/// Its defaults, and 1/4 for those that have none.
inline std::vector<double> default_parameters(const activation& f) {
    std::vector<double> values;
    for (const simdact::parameter& p : parameters_of(f))
        values.push_back(std::isnan(p.fallback) ? 0.25 : p.fallback);
    return values;
}

/// All of them with their default parameters, in the order of the lists.
inline const std::vector<std::pair<std::string, activation>>& known_activations() {
    static const auto known = [] {
        std::vector<std::pair<std::string, activation>> all;
        const auto add = [&]<class F>(std::type_identity<F>) {
            all.emplace_back(F::name, with_parameters(F{}, default_parameters(F{})));
        };
        simdact::elementwise_functions::for_each(add);
        simdact::channelwise_functions::for_each(add);
        return all;
    }();
    return known;
}

/// The names of those for which wanted(f), as "relu, elu or tanh".
template <class Wanted>
std::string names_of(Wanted wanted) {
    std::vector<std::string> names;
    for (const auto& [name, f] : known_activations())
        if (wanted(f))
            names.push_back(name);
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i)
        text += (i == 0 ? "" : i + 1 < names.size() ? ", " : " or ") + names[i];
    return text;
}

/// The one of that name; `kind` is what the command line calls it.
inline std::pair<std::string, activation> activation_named(const std::string& name, const std::string& kind) {
    for (const auto& known : known_activations())
        if (known.first == name)
            return known;
    reject("unknown " + kind + " '" + name + "', expected " + names_of([](const activation&) { return true; }));
}

/// How wide a column of their names is.
inline int name_width() {
    std::size_t width = 0;
    for (const auto& known : known_activations())
        width = std::max(width, known.first.size());
    return static_cast<int>(width);
}

/// The slope from which a channelwise function learns; none for the others.
inline std::optional<double> initial_slope(const activation& f) {
    return std::visit(
        []<class F>(const F&) -> std::optional<double> {
            if constexpr (is_channelwise<F>)
                return F::initial_slope;
            else
                return std::nullopt;
        },
        f);
}

/// "alpha = 1": its parameters, which have these values.
inline std::string describe(const activation& f, const std::vector<double>& values) {
    std::string text;
    for (std::size_t i = 0; i < values.size(); ++i)
        text.append(i ? ", " : "").append(parameters_of(f)[i].name).append(" = ").append(short_text(values[i]));
    return text;
}
