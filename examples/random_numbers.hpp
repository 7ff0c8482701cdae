// Random numbers that are the same with every standard library, whose distributions and shuffles are not.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <random>
#include <utility>
#include <vector>

class random_numbers {
public:
    explicit random_numbers(std::uint64_t seed) : bits_(seed) {}

    /// Evenly spread over (0, 1].
    double uniform() { return (static_cast<double>(bits_() >> 11) + 1) * 0x1p-53; }

    /// Mean 0, deviation 1 (Box and Muller).
    double normal() { return std::sqrt(-2 * std::log(uniform())) * std::cos(2 * std::numbers::pi * uniform()); }

    template <class V>
    void shuffle(std::vector<V>& values) {
        for (std::size_t i = values.size(); i > 1; --i)
            std::swap(values[i - 1], values[static_cast<std::size_t>(bits_() % i)]);
    }

private:
    std::mt19937_64 bits_;
};
