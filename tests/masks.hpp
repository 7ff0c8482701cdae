#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace tests {

/// The mask of x, by its definition.
template <class T>
std::vector<std::uint8_t> mask_of(std::span<const T> x) {
    std::vector<std::uint8_t> mask((x.size() + 7) / 8);
    for (std::size_t i = 0; i < x.size(); ++i)
        if (x[i] > 0)
            mask[i / 8] = static_cast<std::uint8_t>(mask[i / 8] | 1 << i % 8);
    return mask;
}

} // namespace tests
