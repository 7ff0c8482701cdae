#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace tests {

/// The mask of x, by its definition.
template <class T, class Bit>
std::vector<std::uint8_t> mask_of(std::span<const T> x, Bit bit) {
    std::vector<std::uint8_t> mask((x.size() + 7) / 8);
    for (std::size_t i = 0; i < x.size(); ++i)
        if (bit(x[i]))
            mask[i / 8] = static_cast<std::uint8_t>(mask[i / 8] | 1 << i % 8);
    return mask;
}
template <class T>
std::vector<std::uint8_t> mask_of(std::span<const T> x) {
    return mask_of(x, [](T v) { return v > 0; });
}

} // namespace tests
