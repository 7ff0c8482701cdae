#ifndef SIMDACT_DISPATCH_BY_NAME_HPP
#define SIMDACT_DISPATCH_BY_NAME_HPP

/// Functions whose names are known when a program runs, for the kernels of dispatch.hpp: none is compiled in the file
/// that calls them.

#include <simdact/by_name.hpp>
#include <simdact/dispatch/lists.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace dispatch {

namespace detail {

inline constexpr unsigned for_any_elements = dispatched::for_float | dispatched::for_double;

} // namespace detail

/// A function of a list with its parameters, as find() gives it: a small value, to be copied. Kernels take it in the
/// place of a functor; they refuse parameters that are outside of their ranges, and a function that has no such kernel,
/// too.
class function {
public:
    /// For find().
    function(const dispatched::table& t, std::size_t place, const detail::known_function& known,
             const detail::given_values& values) noexcept
        : table_(&t), place_(place), known_(&known), values_(values), valid_(t.checks[place].valid(values.at)) {}

    /// Its name, and its parameters in the order of the functor's.
    const char* name() const noexcept { return known_->name; }
    std::size_t parameters() const noexcept { return known_->count; }
    struct parameter_value {
        const char* name;
        double value;
    };
    parameter_value parameter(std::size_t i) const noexcept { return {known_->parameters[i].name, values_.at[i]}; }

    /// For kernels.
    template <class T>
    SIMDACT_INLINE const dispatched::elementwise<T>& elementwise() const noexcept {
        return detail::kernels_of<T>(*table_).elementwise[place_];
    }
    template <class T>
    SIMDACT_INLINE const dispatched::channelwise<T>& channelwise() const noexcept {
        return detail::kernels_of<T>(*table_).channelwise[place_];
    }
    /// The parameters, if they are right for elements of type T, and the kernel is there.
    template <class T, bool FromOutput = false, class Kernel>
    SIMDACT_INLINE const double* checked_for(const char* kernel, Kernel* pointer) const {
        constexpr unsigned use = (std::same_as<T, float> ? dispatched::for_float : dispatched::for_double)
                                 << (FromOutput ? 2 : 0);
        if (!pointer) [[SIMDACT_DETAIL_UNLIKELY]]
            refuse_kernel<T>(kernel);
        refuse_unless_valid(kernel, use);
        return values_.at;
    }
    /// Refuses parameters that are right for none of these uses.
    SIMDACT_INLINE void refuse_unless_valid(const char* caller, unsigned uses) const {
        if ((valid_ & uses) == 0) [[SIMDACT_DETAIL_UNLIKELY]]
            table_->checks[place_].refuse(caller, values_.at, uses);
    }

private:
    template <class T>
    [[SIMDACT_DETAIL_NORETURN]] SIMDACT_DETAIL_COLD void refuse_kernel(const char* kernel) const {
        detail::long_text text;
        text.add("simdact::").add(kernel).add(": ").add(name()).add(" has no such kernel");
        const char* between = "; it has ";
        const auto add = [&](const char* which, bool is_there) {
            if (is_there) {
                text.add(between).add(which);
                between = ", ";
            }
        };
        const auto add_all = [&](const auto& row) {
            add("forward", row.forward);
            add("derivative", row.derivative);
            add("backward", row.backward);
            if constexpr (requires { row.backward_from_output; })
                add("backward_from_output", row.backward_from_output);
            add("forward_with_mask", row.forward_with_mask);
            add("backward_from_mask", row.backward_from_mask);
        };
        add_all(elementwise<T>());
        if (channelwise<T>().forward)
            between = "; with a shape and slopes it has ";
        add_all(channelwise<T>());
        detail::refuse(text.text());
    }

    const dispatched::table* table_;
    std::size_t place_;
    const detail::known_function* known_;
    detail::given_values values_;
    unsigned valid_;
};

namespace detail {

/// It brings its tables with it.
template <>
struct list_for<function, any_list> : std::type_identity<functions> {};

template <class List>
function find_named(any_naming by, std::string_view name, named_parameters parameters) {
    const char* const caller = "dispatch::find";
    const found_function found = detail::look_up<List>(caller, by, name, parameters);
    const function f(detail::chosen<List>(), found.place, known_functions<typename List::list>::all[found.place],
                     found.values);
    f.refuse_unless_valid(caller, for_any_elements);
    return f;
}

template <class List>
bool knows_named(any_naming by, std::string_view name, named_parameters parameters) {
    const found_function found = detail::look_up<List>(nullptr, by, name, parameters);
    return found.place < List::size &&
           (parameters.empty() ||
            (detail::chosen<List>().checks[found.place].valid(found.values.at) & for_any_elements) != 0);
}

} // namespace detail

/// The function of that name, such as "elu", with these parameters, such as {{"alpha", 0.5}}; for those that are not
/// given the defaults, which are the function's, or what the naming says: the slope of a LeakyRelu of ONNX is 0.01,
/// that of a LeakyReLU of Keras 0.3. An unknown name, of a function or of a parameter, a parameter that is given twice,
/// and values that are right neither for floats nor for doubles are refused with std::invalid_argument, whose text
/// names what there is.
template <class List = functions>
function find(std::string_view name, named_parameters parameters = {}) {
    return detail::find_named<List>({}, name, parameters);
}
template <class List = functions>
function find(naming by, std::string_view name, named_parameters parameters = {}) {
    return detail::find_named<List>(by, name, parameters);
}

/// Whether find() would find it; without parameters, whether there is one of that name: some have to be given.
template <class List = functions>
bool knows(std::string_view name, named_parameters parameters = {}) {
    return detail::knows_named<List>({}, name, parameters);
}
template <class List = functions>
bool knows(naming by, std::string_view name, named_parameters parameters = {}) {
    return detail::knows_named<List>(by, name, parameters);
}

} // namespace dispatch
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
