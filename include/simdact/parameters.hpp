#ifndef SIMDACT_PARAMETERS_HPP
#define SIMDACT_PARAMETERS_HPP

/// What a function says about its parameters when it is compiled, in the order of its members:
///
///     static constexpr parameter parameters[] = {
///         {.name = "alpha", .fallback = 1.0, .from_output = at_least(0.0)},
///     };
///     double alpha = 1.0;
///
/// Kernels refuse a parameter outside its range before anything is written. Numbers are compared as rounded to the type
/// of the elements.

#include <simdact/simd.hpp>

#include <iterator>

namespace simdact {
inline namespace SIMDACT_ISA {

/// One end of a range: nothing, a number, which may be another one for float, or another parameter of the function.
struct range_end {
    bool exists = false;
    bool open = false; ///< the end itself is outside
    double number = 0, in_float = 0;
    const char* parameter = nullptr; ///< its name, or null
};

/// What a parameter may be.
struct range {
    range_end low, high;
    bool nan = false; ///< whether NaN may be one
};

/// Everything, NaN among it: it has some value as a result.
inline constexpr range anything{.low = {}, .high = {}, .nan = true};

/// Everything but NaN.
inline constexpr range any_number{.low = {}, .high = {}};

/// The default of a parameter that has none: it has to be given, or kernels refuse it.
inline constexpr double not_given = __builtin_bit_cast(double, 0x7ff8000000000000u);

/// number <= parameter.
constexpr range at_least(double number) noexcept {
    return {.low = {.exists = true, .number = number, .in_float = number}, .high = {}};
}
/// number < parameter.
constexpr range more_than(double number) noexcept {
    return {.low = {.exists = true, .open = true, .number = number, .in_float = number}, .high = {}};
}
/// low <= parameter <= high.
constexpr range between(double low, double high) noexcept {
    return {.low = {.exists = true, .number = low, .in_float = low},
            .high = {.exists = true, .number = high, .in_float = high}};
}
/// Everything but infinities and NaN.
inline constexpr range any_finite{
    .low = {.exists = true, .number = -0x1.fffffffffffffp1023, .in_float = -0x1.fffffep127},
    .high = {.exists = true, .number = 0x1.fffffffffffffp1023, .in_float = 0x1.fffffep127}};
/// number < parameter, which is not infinite.
constexpr range finite_above(double number) noexcept {
    return {.low = {.exists = true, .open = true, .number = number, .in_float = number}, .high = any_finite.high};
}
/// parameter <= the other one of that name.
constexpr range at_most_parameter(const char* name) noexcept {
    return {.low = {}, .high = {.exists = true, .parameter = name}};
}

/// A parameter: what it is called, what it is where nothing else is said (NaN, and not valid: it has to be), where it
/// may lie, and where it must lie for f' to be known from y = f(x), if that is less.
struct parameter {
    const char* name;
    double fallback;
    range valid = anything;
    range from_output = anything;
};

namespace detail {

/// How many parameters F says it has.
template <class F>
constexpr std::size_t parameters_of() noexcept {
    if constexpr (requires { F::parameters; })
        return std::size(F::parameters);
    else
        return 0;
}

/// The values of a function's parameters, in the order of its members. No array has no elements: one more than needed.
template <class F>
struct parameter_values {
    double values[detail::parameters_of<F>() + 1];
};

template <class F>
SIMDACT_INLINE constexpr parameter_values<F> values_of([[SIMDACT_DETAIL_MAYBE_UNUSED]] const F& f) noexcept {
    constexpr std::size_t n = detail::parameters_of<F>();
    static_assert(n <= 4, "a function has four parameters at most");
    if constexpr (n == 0) {
        return {{0}};
    } else if constexpr (n == 1) {
        const auto& [a] = f;
        return {{a, 0}};
    } else if constexpr (n == 2) {
        const auto& [a, b] = f;
        return {{a, b, 0}};
    } else if constexpr (n == 3) {
        const auto& [a, b, c] = f;
        return {{a, b, c, 0}};
    } else {
        const auto& [a, b, c, d] = f;
        return {{a, b, c, d, 0}};
    }
}

/// The function with these.
template <class F>
SIMDACT_INLINE constexpr F with_values([[SIMDACT_DETAIL_MAYBE_UNUSED]] const double* values) noexcept {
    constexpr std::size_t n = detail::parameters_of<F>();
    if constexpr (n == 0)
        return F{};
    else if constexpr (n == 1)
        return F{values[0]};
    else if constexpr (n == 2)
        return F{values[0], values[1]};
    else if constexpr (n == 3)
        return F{values[0], values[1], values[2]};
    else
        return F{values[0], values[1], values[2], values[3]};
}

/// By its bits: -ffast-math knows no NaN.
SIMDACT_INLINE constexpr bool is_nan(double x) noexcept { return simd::to_bits((simd::abs)(x)) > 0x7ff0000000000000u; }

/// F with its defaults, and some number for those that have none: for what goes over all functions.
template <class F>
constexpr F with_numbers() noexcept {
    parameter_values<F> of = detail::values_of(F{});
    for (double& value : of.values)
        if (detail::is_nan(value))
            value = 0.25;
    return detail::with_values<F>(of.values);
}

/// Whether two texts are the same.
constexpr bool same_text(const char* a, const char* b) noexcept {
    for (; *a == *b; ++a, ++b)
        if (*a == '\0')
            return true;
    return false;
}

/// Which of F's parameters has this name.
template <class F>
constexpr std::size_t parameter_named(const char* name) noexcept {
    std::size_t i = 0;
    while (!detail::same_text(F::parameters[i].name, name))
        ++i;
    return i;
}

/// What a range is for elements of type T and these parameters.
template <class T, class F>
SIMDACT_INLINE constexpr double number_at(const range_end& end, const parameter_values<F>& of) noexcept {
    return end.parameter ? of.values[detail::parameter_named<F>(end.parameter)]
                         : (sizeof(T) == 4 ? end.in_float : end.number);
}

/// Whether a number is outside an end of a range, as rounded to T.
template <class T>
SIMDACT_INLINE constexpr bool below(const range_end& low, double number, double parameter) noexcept {
    const T p = simd::rounded<T>(parameter), end = simd::rounded<T>(number);
    return low.exists && (low.open ? p <= end : p < end);
}
template <class T>
SIMDACT_INLINE constexpr bool above(const range_end& high, double number, double parameter) noexcept {
    const T p = simd::rounded<T>(parameter), end = simd::rounded<T>(number);
    return high.exists && (high.open ? p >= end : p > end);
}

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
