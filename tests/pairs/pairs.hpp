#pragma once

#include "../bits.hpp"

#include <simdact/kernels.hpp>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <random>
#include <vector>

namespace tests {

/// Numbers of all kinds, some of them special.
template <class T>
std::vector<T> some_numbers(std::size_t n, unsigned seed) {
    constexpr T inf = std::numeric_limits<T>::infinity(), tiny = std::numeric_limits<T>::denorm_min();
    constexpr T special[] = {0, T(-0.0), 1, -1, inf, -inf, std::numeric_limits<T>::quiet_NaN(), tiny, -tiny, T(1e30)};
    std::mt19937_64 random(seed);
    std::vector<T> numbers(n);
    for (T& x : numbers)
        if (const auto drawn = random(); drawn % 16 == 0)
            x = special[drawn / 16 % std::size(special)];
        else
            x = static_cast<T>((static_cast<double>(drawn >> 11) * 0x1p-53 - 0.5) * 12);
    return numbers;
}

/// a * b, rounded.
template <class T>
T rounded_product(T a, T b) {
    const volatile T ab = a * b;
    return ab;
}

/// The same bits, of whatever NaN.
template <class T>
bool same(const std::vector<T>& a, const std::vector<T>& b) {
    return std::ranges::equal(a, b, [](T p, T q) { return bits(p) == bits(q) || (p != p && q != q); });
}

/// old + more, each rounded.
template <class T>
std::vector<T> sums(const std::vector<T>& old, const std::vector<T>& more) {
    std::vector<T> all(old);
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i] += more[i];
    return all;
}

/// Calls write past the caches, or do not.
class streams {
    std::size_t before_ = simdact::streaming_threshold();

public:
    explicit streams(bool always) { simdact::streaming_threshold(always ? 1 : static_cast<std::size_t>(-1)); }
    ~streams() { simdact::streaming_threshold(before_); }
    streams(const streams&) = delete;
    streams& operator=(const streams&) = delete;
};

/// More than a call needs to write past the caches.
inline constexpr std::size_t many = 9001;

} // namespace tests
