#pragma once

#include <simdact/simd.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace strangers {

/// Numbers of all kinds, in no order; every fifth is one of the special values: zeros, infinities, denormals and NaN
/// with payloads, two of which signal.
template <class T>
std::vector<T> numbers(std::size_t count) {
    using limits = std::numeric_limits<T>;
    using bits = simdact::simd::bits_t<T>;
    const auto nan = [](T like, bits payload) {
        return __builtin_bit_cast(T, static_cast<bits>(__builtin_bit_cast(bits, like) | payload));
    };
    const T special[] = {T(0),
                         T(-0.0),
                         T(1),
                         T(-1),
                         limits::infinity(),
                         -limits::infinity(),
                         limits::max(),
                         limits::lowest(),
                         limits::min(),
                         -limits::min(),
                         limits::denorm_min(),
                         -limits::denorm_min(),
                         nan(limits::quiet_NaN(), 5),
                         nan(-limits::quiet_NaN(), 9),
                         nan(limits::infinity(), 3),
                         nan(-limits::infinity(), 7)};
    std::vector<T> x;
    std::uint32_t state = 1;
    for (std::size_t i = 0; i < count; ++i) {
        state = state * 1664525u + 1013904223u;
        const T sign = state >> 31 ? T(-1) : T(1);
        x.push_back(i % 5 == 0 ? special[i / 5 % 16] : sign * std::exp2(T(int(state >> 8 & 0x3fff)) / T(1000) - T(10)));
    }
    return x;
}

} // namespace strangers
