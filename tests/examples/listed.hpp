#pragma once

/// What the library's lists say, for the texts that the examples make of them.

#include <simdact/functions.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <type_traits>
#include <vector>

/// The names of the functions F of both lists for which wanted(std::type_identity<F>{}).
template <class Wanted>
std::vector<std::string> listed(Wanted wanted) {
    std::vector<std::string> names;
    const auto add = [&]<class F>(std::type_identity<F> f) {
        if (wanted(f))
            names.emplace_back(F::name);
    };
    simdact::elementwise_functions::for_each(add);
    simdact::channelwise_functions::for_each(add);
    return names;
}

inline std::vector<std::string> all_listed() {
    return listed([](auto) { return true; });
}

inline std::vector<std::string> listed_with(const std::string& parameter) {
    return listed([&]<class F>(std::type_identity<F>) {
        if constexpr (requires { F::parameters; })
            for (const simdact::parameter& p : F::parameters)
                if (p.name == parameter)
                    return true;
        return false;
    });
}

inline std::vector<std::string> listed_with_slopes() {
    return listed([]<class F>(std::type_identity<F>) { return simdact::channelwise_functions::has<F>; });
}

/// A name in the first column of a table, which is as wide as the longest.
inline std::string column(std::string name) {
    std::size_t width = 0;
    for (const std::string& other : all_listed())
        width = std::max(width, other.size());
    name.resize(width + 1, ' ');
    return name;
}

/// "relu, elu or tanh".
inline std::string alternatives(const std::vector<std::string>& names) {
    std::string text = names.at(0);
    for (std::size_t i = 1; i < names.size(); ++i)
        text += (i + 1 < names.size() ? ", " : " or ") + names[i];
    return text;
}
