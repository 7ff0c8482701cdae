#pragma once

#include "../bits.hpp"
#include "../description.hpp"
#include "../inputs.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <vector>

/// The arguments, in blocks that are the same in every run. A block is a prime number of elements, so that results come
/// out of the kernels' tails too, and fits the first-level cache a few times over.
namespace exhaustive {

inline constexpr std::size_t block_size = 1021;

/// What is looked at most closely.
template <class T>
std::vector<T> breakpoints(const tests::description& d) {
    std::vector<T> values = tests::special_values<T>();
    const std::vector<T>& own = d.of<T>().breakpoints;
    values.insert(values.end(), own.begin(), own.end());
    return values;
}

/// Every stride-th bit pattern, with other low bits each time, and what surrounds the breakpoints.
class floats {
    std::uint64_t stride_, patterns_;
    std::vector<float> more_;

public:
    floats(const tests::description& d, std::uint64_t stride)
        : stride_(stride), patterns_(((std::uint64_t(1) << 32) + stride - 1) / stride) {
        if (stride > 1)
            for (const float b : breakpoints<float>(d))
                for (std::uint32_t i = 0; i < 64; ++i)
                    more_.push_back(tests::from_bits<float>(tests::bits(b) + i - 32));
    }
    std::uint64_t count() const { return patterns_ + more_.size(); }

    void fill(std::uint64_t block, std::span<float> x) const {
        for (std::size_t i = 0; i < x.size(); ++i) {
            const std::uint64_t at = block * block_size + i;
            const std::uint64_t any = at * 0x9e3779b97f4a7c15 >> 32;
            const std::uint64_t low_bits = std::has_single_bit(stride_) ? any & (stride_ - 1) : any % stride_;
            x[i] = at < patterns_ ? tests::from_bits<float>(static_cast<std::uint32_t>(at * stride_ + low_bits))
                                  : more_[at - patterns_];
        }
    }
};

/// Doubles, block by block of another kind.
class doubles {
    std::uint64_t count_;
    bool both_signs_;
    tests::reach reach_;
    std::vector<double> near_;

public:
    doubles(const tests::description& d, std::uint64_t count)
        : count_(count), both_signs_(d.has_both_signs()), reach_(d.reach), near_(breakpoints<double>(d)) {}
    std::uint64_t count() const { return count_; }

    /// Most of them are negative, or of either sign.
    void fill(std::uint64_t block, std::span<double> x) const {
        std::mt19937_64 random(block);
        const auto between = [&](double from, double to) { return from + (to - from) * tests::fraction(random); };
        for (std::size_t i = 0; i < x.size(); ++i) {
            double& v = x[i];
            switch (block % 8) {
            case 0: // spaced by their logarithms: all of double, and where f is neither x nor constant
                v = tests::from_bits<double>((block * block_size + i) * (~std::uint64_t(0) / count_));
                break;
            case 1: {
                const std::uint64_t from = tests::bits(-0x1p-60), to = tests::bits(reach_.farthest);
                v = tests::from_bits<double>(from + random() % (to - from));
                break;
            }
            case 2:
            case 3:
                v = between(reach_.middle, 0);
                break;
            case 4:
                v = between(reach_.far, 0);
                break;
            case 5:
                v = between(reach_.near, 0);
                break;
            default: { // around the breakpoints, most of them near
                const std::uint64_t centre = tests::bits(near_[random() % near_.size()]);
                const std::uint64_t distance = random() >> (12 + random() % 52);
                v = tests::from_bits<double>(random() % 2 ? centre + distance : centre - distance);
            }
            }
            if (both_signs_ && i % 2 == 1)
                v = -v;
        }
    }
};

} // namespace exhaustive
