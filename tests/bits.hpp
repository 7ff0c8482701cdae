#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <string>
#include <type_traits>
#include <vector>

/// Values compared, made and shown by their bits: signed zeros and NaN payloads count.
namespace tests {

template <class T>
using bits_of = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;

template <class T>
constexpr bits_of<T> bits(T x) {
    return std::bit_cast<bits_of<T>>(x);
}

template <class T>
constexpr T from_bits(bits_of<T> x) {
    return std::bit_cast<T>(x);
}

template <class T>
inline constexpr bits_of<T> sign_bit = bits_of<T>(1) << (8 * sizeof(T) - 1);

/// Lanes take denormals for zero, and scalars do not: floats on 32-bit ARM.
template <class T>
inline constexpr bool flushed_by_lanes = false;
#if defined(__ARM_NEON) && !defined(__aarch64__) && !defined(TESTS_SAME_ARGUMENTS_EVERYWHERE)
template <>
inline constexpr bool flushed_by_lanes<float> = true;
#endif

/// Two numbers that differ by no more than denormals times a dy of these tests: where lanes flush those, no more is
/// known of a sum. Zeros still have signs.
template <class T>
constexpr bool differ_by_denormals(double a, double b) {
    if constexpr (flushed_by_lanes<T>)
        return a != b && (a < b ? b - a : a - b) <= 0x1p11 * double(std::numeric_limits<T>::min());
    else
        return false;
}

template <class T>
constexpr bool same_bits(T a, T b) {
    return bits(a) == bits(b) || differ_by_denormals<T>(a, b);
}

template <class T>
inline constexpr T infinity = std::numeric_limits<T>::infinity();

/// The smallest number above zero that lanes know.
template <class T>
inline constexpr T denormal = flushed_by_lanes<T> ? std::numeric_limits<T>::min()
                                                  : std::numeric_limits<T>::denorm_min();

/// A parameter that is a denormal of float, where lanes know those.
inline constexpr double denormal_parameter = flushed_by_lanes<float> ? 1.2e-38 : 1e-42;

/// A quiet NaN with a payload that no arithmetic makes.
template <class T>
inline constexpr T payload_nan = from_bits<T>(bits(std::numeric_limits<T>::quiet_NaN()) | 0x1234);

template <class T>
inline constexpr T negative_payload_nan = from_bits<T>(bits(payload_nan<T>) | sign_bit<T>);

/// By the bits, so that no compiler setting makes it false.
template <class T>
constexpr bool is_nan(T x) {
    return (bits(x) & ~sign_bit<T>) > bits(infinity<T>);
}

/// The same bits; a NaN made by arithmetic, which has no promised bits, equals any other NaN.
/// `kept` is the argument whose NaN is to be returned as it is.
template <class T>
constexpr bool same_result(T got, T wanted, T kept) {
    return same_bits(got, wanted) || (is_nan(got) && is_nan(wanted) && !is_nan(kept));
}

/// A signalling NaN. Only where it is copied and never computed with: that may quieten it.
template <class T>
inline constexpr T signalling_nan = from_bits<T>(bits(infinity<T>) | 0x4321);

/// e^-x is a denormal there, or where lanes flush those, a small number.
template <class T>
inline constexpr T large = flushed_by_lanes<T> ? T(80) : T(100);

/// The arguments at which activations go wrong.
template <class T>
const std::vector<T>& special_values() {
    using limits = std::numeric_limits<T>;
    static const std::vector<T> values = {
        -infinity<T>,   limits::lowest(), -large<T>,      T(-1),
        -limits::min(), -denormal<T>,     T(-0.0),        T(0),
        denormal<T>,    limits::min(),    T(1),           large<T>,
        limits::max(),  infinity<T>,      payload_nan<T>, negative_payload_nan<T>,
    };
    return values;
}

template <class T>
std::string show(T x) {
    char text[64];
    std::snprintf(text, sizeof text, "%.17g (0x%0*llx)", double(x), int(2 * sizeof(T)),
                  static_cast<unsigned long long>(bits(x)));
    return text;
}

} // namespace tests
