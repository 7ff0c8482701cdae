#pragma once

#include "bits.hpp"

#include <algorithm>
#include <cfloat>
#include <cmath>
#include <limits>

namespace tests {

/// The distance between the values of T around `truth`; that of the denormals below the smallest normal.
template <class T>
long double ulp(long double truth) {
    using limits = std::numeric_limits<T>;
    truth = std::min(std::fabs(truth), static_cast<long double>(limits::max()));
    const int exponent = truth < limits::min() ? limits::min_exponent - 1 : std::ilogb(truth);
    return std::ldexp(1.0L, exponent - (limits::digits - 1));
}

/// |got - truth| in ULP of T at the truth. Beyond the range of T the truth counts as the value after the largest,
/// which is what infinity stands for: infinity is then right and the largest value 1 ULP wrong.
/// A NaN is right where the truth is NaN and infinitely wrong elsewhere.
template <class T>
long double ulp_error(T got, long double truth) {
    if (std::isnan(truth) || is_nan(got))
        return std::isnan(truth) && is_nan(got) ? 0 : std::numeric_limits<long double>::infinity();
    if (got == truth) // infinities too, which stay infinite below where long double is double
        return 0;
    if (differ_by_denormals<T>(got, static_cast<double>(truth)))
        return 0;
    using limits = std::numeric_limits<T>;
    const long double beyond = std::ldexp(1.0L, limits::max_exponent);
    const auto clamped = [&](long double x) { return std::clamp(x, -beyond, beyond); };
    return std::fabs(clamped(got) - clamped(truth)) / ulp<T>(truth);
}

/// Of long double. Where that is a pair of doubles, as on some PowerPC, its own is that of 1 and a denormal.
inline constexpr long double long_double_epsilon = std::max(std::numeric_limits<long double>::epsilon(), 0x1p-104L);

/// How wrong the reference itself may be, in ULP of T, by its own rounding: 2^-10 in double where long double has 64
/// bits, next to nothing in float.
template <class T>
inline constexpr long double reference_error = 2 * long_double_epsilon /
                                               static_cast<long double>(std::numeric_limits<T>::epsilon());

/// How wrong a central difference in long double may be, by its rounding and by its finite step, relative to values and
/// slopes around 1.
inline constexpr long double difference_tolerance = 1e7L * long_double_epsilon;

/// How many values of T lie between a and b; the two zeros are one value.
template <class T>
bits_of<T> steps_between(T a, T b) {
    const auto place = [](T x) { // order-preserving
        return bits(x) & sign_bit<T> ? sign_bit<T> - (bits(x) & ~sign_bit<T>) : sign_bit<T> + bits(x);
    };
    return place(a) > place(b) ? bits_of<T>(place(a) - place(b)) : bits_of<T>(place(b) - place(a));
}

} // namespace tests
