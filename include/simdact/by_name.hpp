#ifndef SIMDACT_BY_NAME_HPP
#define SIMDACT_BY_NAME_HPP

/// Functions whose names are known when a program runs: what it reads a model for. The names are the library's, or
/// those of a naming that is said (naming.hpp): with_function(naming::onnx, "LeakyRelu", visitor). Every kernel that
/// the visitor calls is compiled once for each function of the list; dispatch::find() needs none of that
/// (dispatch.hpp).

#include <simdact/functions.hpp>
#include <simdact/kernels/parameter_checks.hpp>

#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

namespace simdact {
inline namespace SIMDACT_ISA {

/// A parameter by its name.
struct named_parameter {
    std::string_view name;
    double value;
};

/// Any number of them: a list such as {{"alpha", 0.5}}, or what a span can be made of. For arguments: it owns nothing.
class named_parameters : public std::span<const named_parameter> {
public:
    using std::span<const named_parameter>::span;
    named_parameters() noexcept = default;
    named_parameters(std::initializer_list<named_parameter> list) noexcept : span(list.begin(), list.size()) {}
};

namespace detail {

/// What is known of a function by its name.
struct known_parameter {
    const char* name;
    double fallback;
};
struct known_function {
    const char* name; ///< null if F says none: it cannot be found
    const known_parameter* parameters;
    std::size_t count; ///< of them
    const name_elsewhere* elsewhere;
    std::size_t names; ///< elsewhere
};

template <class F>
struct known {
    static constexpr std::size_t count = detail::parameters_of<F>();
    static constexpr auto parameters = [] {
        struct {
            known_parameter at[count + 1];
        } all{};
        if constexpr (count > 0)
            for (std::size_t i = 0; i < count; ++i)
                all.at[i] = {F::parameters[i].name, F::parameters[i].fallback};
        return all;
    }();
    static constexpr const char* name = [] {
        if constexpr (requires { F::name; })
            return F::name;
        else
            return static_cast<const char*>(nullptr);
    }();
    static constexpr known_function function = [] {
        known_function f = {name, parameters.at, count, nullptr, 0};
        if constexpr (requires { F::elsewhere; }) {
            f.elsewhere = F::elsewhere;
            f.names = std::size(F::elsewhere);
        }
        return f;
    }();
};

template <class List>
struct known_functions;
template <class... Fs>
struct known_functions<function_list<Fs...>> {
    static constexpr known_function all[] = {known<Fs>::function...};
};

/// The values of a function's parameters: four at most.
struct given_values {
    double at[5] = {};
};

/// A text that grows to the end of its room.
class long_text {
    static constexpr std::size_t room = 2000;
    char data_[room] = {};
    std::size_t size_ = 0;

public:
    long_text& add(std::string_view text) noexcept {
        for (const char c : text)
            if (size_ + 1 < room)
                data_[size_++] = c;
        return *this;
    }
    /// What somebody wrote, and not more of it than is read.
    long_text& quote(std::string_view text) noexcept { return add("\"").add(text.substr(0, 60)).add("\""); }
    const char* text() const noexcept { return data_; }
};

/// A naming, or nothing for the library's own.
using any_naming = std::optional<naming>;

/// Behind a name that is refused.
constexpr std::string_view text_of(any_naming by) noexcept {
    return !by ? "" : *by == naming::onnx ? " of ONNX" : *by == naming::pytorch ? " of PyTorch" : " of Keras";
}

/// What a name stands for, with the names and the defaults that its parameters have beside it.
struct named_function {
    std::size_t place; ///< of the function; their number, if there is none
    known_parameter parameters[4];
    std::size_t count; ///< of the parameters
};

/// call(name, function, parameters elsewhere, which are null for own names) for every name, until it returns true.
template <class Call>
bool for_each_name(any_naming by, const known_function* functions, std::size_t count, Call call) {
    for (std::size_t place = 0; place < count; ++place) {
        const known_function& f = functions[place];
        if (!by) {
            if (f.name && call(std::string_view(f.name), place, static_cast<const name_elsewhere*>(nullptr)))
                return true;
            continue;
        }
        for (const name_elsewhere* e = f.elsewhere; e != f.elsewhere + f.names; ++e)
            for (std::string_view left = e->by == *by ? e->names : ""; !left.empty();) {
                const std::size_t length = left.find(' ');
                if (call(left.substr(0, length), place, e))
                    return true;
                left.remove_prefix(length < left.size() ? length + 1 : left.size());
            }
    }
    return false;
}

inline named_function find_name(any_naming by, std::string_view name, const known_function* functions,
                                std::size_t count) {
    named_function named{.place = count, .parameters = {}, .count = 0};
    detail::for_each_name(
        by, functions, count, [&](std::string_view candidate, std::size_t place, const name_elsewhere* elsewhere) {
            if (candidate != name)
                return false;
            const known_function& f = functions[place];
            named.place = place;
            named.count = f.count;
            for (std::size_t i = 0; i < f.count; ++i)
                named.parameters[i] =
                    elsewhere && elsewhere->parameters[i].name
                        ? known_parameter{elsewhere->parameters[i].name, elsewhere->parameters[i].fallback}
                        : f.parameters[i];
            return true;
        });
    return named;
}

[[SIMDACT_DETAIL_NORETURN]] SIMDACT_DETAIL_COLD inline void refuse_name(const char* caller, any_naming by,
                                                                        std::string_view name,
                                                                        const known_function* functions,
                                                                        std::size_t count) {
    long_text text;
    text.add("simdact::")
        .add(caller)
        .add(": there is no function ")
        .quote(name)
        .add(detail::text_of(by))
        .add(" among ");
    const char* between = "";
    detail::for_each_name(by, functions, count, [&](std::string_view candidate, std::size_t, const auto*) {
        text.add(between).add(candidate);
        between = ", ";
        return false;
    });
    detail::refuse(text.text());
}

[[SIMDACT_DETAIL_NORETURN]] SIMDACT_DETAIL_COLD inline void
refuse_parameter_name(const char* caller, std::string_view function, const named_function& f, std::string_view name) {
    long_text text;
    text.add("simdact::").add(caller).add(": ").add(function).add(" has no parameter ").quote(name);
    if (f.count == 0)
        text.add(", and no other");
    for (std::size_t i = 0; i < f.count; ++i)
        text.add(i == 0 ? ", but " : ", ").add(f.parameters[i].name);
    detail::refuse(text.text());
}

[[SIMDACT_DETAIL_NORETURN]] SIMDACT_DETAIL_COLD inline void refuse_second(const char* caller, std::string_view function,
                                                                          std::string_view parameter) {
    long_text text;
    text.add("simdact::").add(caller).add(": ").add(parameter).add(" of ").add(function);
    detail::refuse(text.add(" is given twice").text());
}

/// Puts the parameters in the function's order, with the defaults for those that are not given. Returns false, or
/// refuses for the caller if there is one, where a name is unknown or given twice.
inline bool put_in_order(const char* caller, std::string_view name, const named_function& f, named_parameters given,
                         given_values& values) {
    for (std::size_t i = 0; i < f.count; ++i)
        values.at[i] = f.parameters[i].fallback;
    for (std::size_t g = 0; g < given.size(); ++g) {
        std::size_t i = 0;
        while (i < f.count && given[g].name != f.parameters[i].name)
            ++i;
        bool second = false;
        for (std::size_t before = 0; before < g; ++before)
            second = second || given[before].name == given[g].name;
        if (i < f.count && !second) {
            values.at[i] = given[g].value;
            continue;
        }
        if (!caller)
            return false;
        if (i == f.count)
            detail::refuse_parameter_name(caller, name, f, given[g].name);
        detail::refuse_second(caller, name, f.parameters[i].name);
    }
    return true;
}

/// What a name and parameters stand for in a list.
struct found_function {
    std::size_t place; ///< the size of the list: none
    given_values values;
};

/// Refuses for the caller, if there is one.
template <class List>
found_function look_up(const char* caller, any_naming by, std::string_view name, named_parameters parameters) {
    constexpr const known_function* all = known_functions<typename List::list>::all;
    const named_function named = detail::find_name(by, name, all, List::size);
    found_function found{.place = named.place, .values = {}};
    if (found.place == List::size) {
        if (caller)
            detail::refuse_name(caller, by, name, all, List::size);
    } else if (!detail::put_in_order(caller, name, named, parameters, found.values)) {
        found.place = List::size;
    }
    return found;
}

template <class Visitor, class F, class... Fs>
decltype(auto) visit_at(std::size_t place, const given_values& values, Visitor&& visitor, function_list<F, Fs...>) {
    if constexpr (sizeof...(Fs) > 0)
        if (place != 0)
            return detail::visit_at(place - 1, values, std::forward<Visitor>(visitor), function_list<Fs...>{});
    const F f = detail::with_values<F>(values.at);
    detail::check_parameters<double>("with_function", f);
    return std::forward<Visitor>(visitor)(f);
}

/// Whether the function at that place takes these values for doubles.
template <class... Fs>
bool takes_at(std::size_t place, const given_values& values, function_list<Fs...>) noexcept {
    std::size_t i = 0;
    return ((i++ == place && detail::are_valid<double, false>(detail::values_of(detail::with_values<Fs>(values.at)))) ||
            ...);
}

template <class List, class Visitor>
decltype(auto) visit_named(any_naming by, std::string_view name, named_parameters parameters, Visitor&& visitor) {
    const found_function found = detail::look_up<List>("with_function", by, name, parameters);
    return detail::visit_at(found.place, found.values, std::forward<Visitor>(visitor), typename List::list{});
}

template <class List>
bool knows_named(any_naming by, std::string_view name, named_parameters parameters) {
    const found_function found = detail::look_up<List>(nullptr, by, name, parameters);
    return parameters.empty() ? found.place < List::size
                              : detail::takes_at(found.place, found.values, typename List::list{});
}

} // namespace detail

/// visitor(f) for every function of the list, with its default parameters. f.name, f.parameters and what f can do are
/// known when the visitor is compiled, for each f once.
template <class List = functions, class Visitor>
void for_each_function(Visitor visitor) {
    List::for_each([&]<class F>(std::type_identity<F>) { visitor(F{}); });
}

/// visitor(f) with the function of that name, such as "elu", and these parameters, such as {{"alpha", 0.5}}; for those
/// that are not given the defaults, which are the function's, or what the naming says: the slope of a LeakyRelu of ONNX
/// is 0.01, that of a LeakyReLU of Keras 0.3. Returns what the visitor returns, which is of one type for all functions.
/// An unknown name, of a function or of a parameter, a parameter that is given twice, and a value outside its range are
/// refused with std::invalid_argument, whose text names what there is.
template <class List = functions, class Visitor>
decltype(auto) with_function(std::string_view name, named_parameters parameters, Visitor&& visitor) {
    return detail::visit_named<List>({}, name, parameters, std::forward<Visitor>(visitor));
}
template <class List = functions, class Visitor>
decltype(auto) with_function(std::string_view name, Visitor&& visitor) {
    return detail::visit_named<List>({}, name, {}, std::forward<Visitor>(visitor));
}
template <class List = functions, class Visitor>
decltype(auto) with_function(naming by, std::string_view name, named_parameters parameters, Visitor&& visitor) {
    return detail::visit_named<List>(by, name, parameters, std::forward<Visitor>(visitor));
}
template <class List = functions, class Visitor>
decltype(auto) with_function(naming by, std::string_view name, Visitor&& visitor) {
    return detail::visit_named<List>(by, name, {}, std::forward<Visitor>(visitor));
}

/// Whether with_function() would take it; without parameters, whether there is one of that name: some have to be given.
template <class List = functions>
bool knows(std::string_view name, named_parameters parameters = {}) {
    return detail::knows_named<List>({}, name, parameters);
}
template <class List = functions>
bool knows(naming by, std::string_view name, named_parameters parameters = {}) {
    return detail::knows_named<List>(by, name, parameters);
}

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
