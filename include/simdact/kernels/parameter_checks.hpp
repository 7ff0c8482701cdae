#ifndef SIMDACT_KERNELS_PARAMETER_CHECKS_HPP
#define SIMDACT_KERNELS_PARAMETER_CHECKS_HPP

/// What kernels refuse about the parameters of a function.

#include <simdact/kernels/refusals.hpp>
#include <simdact/parameters.hpp>

#include <utility>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

/// The numbers that a refusal names: with as many digits as tell them apart.
struct number_texts {
    char value[40], rounded[40], limit[40];

    number_texts(double of_value, double of_rounded, double of_limit) noexcept {
        std::snprintf(value, sizeof value, "%g", of_value);
        std::snprintf(rounded, sizeof rounded, "%g", of_rounded);
        std::snprintf(limit, sizeof limit, "%g", of_limit);
        if (!detail::same_text(value, limit))
            return;
        std::snprintf(value, sizeof value, "%.17g", of_value);
        std::snprintf(rounded, sizeof rounded, "%.17g", of_rounded);
        std::snprintf(limit, sizeof limit, "%.17g", of_limit);
    }
};

template <class T>
[[SIMDACT_DETAIL_NORETURN]] SIMDACT_DETAIL_COLD void
refuse_parameter(const char* kernel, const char* name, double value, const range& r, double low, double high) {
    const bool too_low = r.low.exists && (detail::is_nan(value) || detail::below<T>(r.low, low, value));
    const range_end& end = too_low ? r.low : r.high;
    const number_texts numbers(value, static_cast<double>(simd::rounded<T>(value)), too_low ? low : high);
    char as_rounded[60] = "", limit[140] = "a number";
    if (!detail::same_text(numbers.value, numbers.rounded))
        std::snprintf(as_rounded, sizeof as_rounded, ", as %s %s", sizeof(T) == 4 ? "float" : "double",
                      numbers.rounded);
    const char* const relation = too_low ? (end.open ? "more than" : "at least") : (end.open ? "less than" : "at most");
    if (end.parameter)
        std::snprintf(limit, sizeof limit, "%s %.40s, which is %s", relation, end.parameter, numbers.limit);
    else if (end.exists)
        std::snprintf(limit, sizeof limit, "%s %s", relation, numbers.limit);
    refusal_text text;
    std::snprintf(text.data, sizeof text.data, "simdact::%s: %.40s is %s%s, but must be %s", kernel, name,
                  numbers.value, as_rounded, limit);
    detail::refuse(text.data);
}

/// Whether a parameter of F lies in its range; refuses it for a kernel, if one is named, where it does not.
template <class T, class F, std::size_t Index, bool FromOutput>
SIMDACT_INLINE bool check_parameter(const char* kernel, const parameter_values<F>& of) {
    constexpr const range& r = FromOutput ? F::parameters[Index].from_output : F::parameters[Index].valid;
    if constexpr (r.low.exists || r.high.exists || !r.nan) {
        const double value = of.values[Index];
        const double low = detail::number_at<T>(r.low, of), high = detail::number_at<T>(r.high, of);
        if (detail::is_nan(value) ? !r.nan
                                  : detail::below<T>(r.low, low, value) || detail::above<T>(r.high, high, value))
            [[SIMDACT_DETAIL_UNLIKELY]] {
            if (kernel)
                detail::refuse_parameter<T>(kernel, F::parameters[Index].name, value, r, low, high);
            return false;
        }
    }
    return true;
}

template <class T, bool FromOutput, class F, std::size_t... Is>
SIMDACT_INLINE bool check_each_parameter([[SIMDACT_DETAIL_MAYBE_UNUSED]] const char* kernel,
                                         [[SIMDACT_DETAIL_MAYBE_UNUSED]] const parameter_values<F>& of,
                                         std::index_sequence<Is...>) {
    return (detail::check_parameter<T, F, Is, FromOutput>(kernel, of) && ...);
}

/// Whether all parameters of F lie in their ranges for elements of type T; and in those for the derivative from the
/// output.
template <class T, bool FromOutput, class F>
SIMDACT_INLINE bool are_valid(const parameter_values<F>& of) noexcept {
    constexpr std::make_index_sequence<detail::parameters_of<F>()> all;
    return detail::check_each_parameter<T, false>(nullptr, of, all) &&
           (!FromOutput || detail::check_each_parameter<T, true>(nullptr, of, all));
}

/// All parameters of f lie in their ranges for elements of type T; and in those for the derivative from the output.
template <class T, bool FromOutput = false, class F>
SIMDACT_INLINE void check_parameters([[SIMDACT_DETAIL_MAYBE_UNUSED]] const char* kernel,
                                     [[SIMDACT_DETAIL_MAYBE_UNUSED]] const F& f) {
    if constexpr (requires { F::parts_have_parameters; })
        f.for_each_part([&](const auto& part) SIMDACT_INLINE_LAMBDA { detail::check_parameters<T>(kernel, part); });
    if constexpr (detail::parameters_of<F>() > 0) {
        const parameter_values<F> of = detail::values_of(f);
        constexpr std::make_index_sequence<detail::parameters_of<F>()> all;
        detail::check_each_parameter<T, false>(kernel, of, all);
        if constexpr (FromOutput)
            detail::check_each_parameter<T, true>(kernel, of, all);
    }
}

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
