#pragma once

#include "bits.hpp"

#include <cmath>
#include <cstddef>
#include <limits>
#include <random>
#include <vector>

/// Arguments to test with. Every sequence is the same in every run and with every standard library.
namespace tests {

/// Between 0 and 1, 1 excluded. std::uniform_real_distribution differs between standard libraries.
inline double fraction(std::mt19937_64& random) { return std::ldexp(static_cast<double>(random() >> 11), -53); }

/// `count` values from `from` up to `to`, both of one sign: evenly spaced in their bits, so in their logarithms,
/// through the denormals.
template <class T>
void append_log_spaced(std::vector<T>& values, T from, T to, std::size_t count) {
    const std::uint64_t first = bits(from), distance = bits(to) - bits(from), gaps = count - 1;
    for (std::uint64_t i = 0; i < count; ++i)
        values.push_back(
            from_bits<T>(static_cast<bits_of<T>>(first + distance / gaps * i + distance % gaps * i / gaps)));
}

template <class T>
void append_evenly_spaced(std::vector<T>& values, T from, T to, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i)
        values.push_back(
            static_cast<T>(from + (static_cast<double>(to) - from) * static_cast<double>(i) / double(count - 1)));
}

template <class T>
void append_random_bits(std::vector<T>& values, bits_of<T> set, std::size_t count, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    while (count > 0) {
        const T x = from_bits<T>(static_cast<bits_of<T>>(random() >> (64 - 8 * sizeof(T))) | set);
        const bool is_denormal = x != 0 && x < denormal<T> && x > -denormal<T>;
        if (!is_nan(x) && !is_denormal) {
            values.push_back(x);
            --count;
        }
    }
}

/// Each of some values, none of them 0, with the thousand next to it on either side: where one of a thousand errors is
/// near a bound, a fault is seen at one of its neighbours.
template <class T>
std::vector<T> with_neighbours(const std::vector<T>& middles) {
    constexpr bits_of<T> reach = 1000;
    std::vector<T> values;
    for (const T middle : middles)
        for (bits_of<T> i = 0; i <= 2 * reach; ++i)
            values.push_back(from_bits<T>(static_cast<bits_of<T>>(bits(middle) - reach + i)));
    return values;
}

/// The whole negative range four times over: log-spaced, random bits, evenly down to `deepest`, beyond which nothing
/// happens, and evenly where f bends.
template <class T>
std::vector<T> negative_values(std::size_t count, T deepest) {
    std::vector<T> values;
    values.reserve(count);
    append_log_spaced(values, -denormal<T>, std::numeric_limits<T>::lowest(), count / 4);
    append_random_bits(values, sign_bit<T>, count / 4, 42);
    append_evenly_spaced(values, deepest, T(0), count / 4);
    append_evenly_spaced(values, T(-4), T(0), count / 4);
    return values;
}

/// Everything for which "x is not less than zero" holds: both zeros, the positive range, infinity, NaN of every kind.
template <class T>
std::vector<T> not_negative_values(std::size_t count) {
    std::vector<T> values = {T(0), T(-0.0), infinity<T>, payload_nan<T>, negative_payload_nan<T>, signalling_nan<T>};
    append_log_spaced(values, denormal<T>, std::numeric_limits<T>::max(), count / 2);
    append_random_bits(values, 0, count / 2, 43);
    for (T& x : values)
        if (x < 0)
            x = -x;
    return values;
}

/// Numbers of both signs from about 2^-10 to 2^10, with no special values among them.
template <class T>
std::vector<T> ordinary_values(std::size_t count, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    std::vector<T> values(count);
    for (T& x : values) {
        const double mantissa = 1 + fraction(random); // first: the order of arguments is the compiler's
        const double magnitude = std::ldexp(mantissa, static_cast<int>(random() % 20) - 10);
        x = static_cast<T>(random() % 2 ? magnitude : -magnitude);
    }
    return values;
}

/// Ordinary values with a special one in every third place.
template <class T>
std::vector<T> mixed_values(std::size_t count, std::uint64_t seed) {
    std::vector<T> values = ordinary_values<T>(count, seed);
    std::mt19937_64 random(seed + 1);
    for (std::size_t i = 0; i < count; i += 3)
        values[i] = special_values<T>()[static_cast<std::size_t>(random() % special_values<T>().size())];
    return values;
}

} // namespace tests
