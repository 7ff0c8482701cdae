#pragma once

#include "../bits.hpp"
#include "../inputs.hpp"

#include <simdact/exponential.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>
#include <span>
#include <vector>

/// The arguments, in blocks that are the same in every run. A block is a prime number of elements, so that results come
/// out of the kernels' tails too, and fits the first-level cache a few times over.
namespace exhaustive {

inline constexpr std::size_t block_size = 1021;

/// Where formulas change or results leave a range: the places of overflow and underflow, the ends of the exponential's
/// polynomial and the numbers between two powers of two of e^x. Those of sigmoid and tanh, which have both signs, are
/// added to those of elu.
template <class T>
std::vector<T> breakpoints(bool both_signs) {
    using E = simdact::detail::exponential<T>;
    using limits = std::numeric_limits<T>;
    std::vector<T> values = tests::special_values<T>();
    values.insert(values.end(), {E::minus_one, E::zero, E::zero_of_huge, tests::signalling_nan<T>});
    const int powers = limits::max_exponent - limits::min_exponent + limits::digits;
    for (int n = 0; n <= powers; ++n) {
        values.push_back(static_cast<T>(-0.69314718055994531 * (n + 0.5)));
        values.push_back(static_cast<T>(-0.69314718055994531 * n));
        if (both_signs) // tanh takes e^(2 |x|)
            values.push_back(static_cast<T>(-0.69314718055994531 * (n + 0.5) / 2));
    }
    if (both_signs)
        values.insert(values.end(), {T(-0.3), E::minus_one / 2, E::vanishing, E::vanishing / 2});
    return values;
}

/// Every stride-th bit pattern, with other low bits each time, and what surrounds the breakpoints.
class floats {
    std::uint64_t stride_, patterns_;
    std::vector<float> more_;

public:
    explicit floats(std::uint64_t stride)
        : stride_(stride), patterns_(((std::uint64_t(1) << 32) + stride - 1) / stride) {
        if (stride > 1)
            for (const float b : breakpoints<float>(true))
                for (std::uint32_t i = 0; i < 64; ++i)
                    more_.push_back(tests::from_bits<float>(tests::bits(b) + i - 32));
    }
    std::uint64_t count() const { return patterns_ + more_.size(); }

    void fill(std::uint64_t block, std::span<float> x, bool) const {
        for (std::size_t i = 0; i < x.size(); ++i) {
            const std::uint64_t at = block * block_size + i;
            const std::uint64_t low_bits = (at * 0x9e3779b97f4a7c15 >> 32) % stride_;
            x[i] = at < patterns_ ? tests::from_bits<float>(static_cast<std::uint32_t>(at * stride_ + low_bits))
                                  : more_[at - patterns_];
        }
    }
};

/// Doubles, block by block of another kind.
class doubles {
    std::uint64_t count_;
    std::vector<double> of_elu_ = breakpoints<double>(false), of_both_signs_ = breakpoints<double>(true);

public:
    explicit doubles(std::uint64_t count) : count_(count) {}
    std::uint64_t count() const { return count_; }

    /// Most of them are negative, or of either sign.
    void fill(std::uint64_t block, std::span<double> x, bool both_signs) const {
        const std::vector<double>& near = both_signs ? of_both_signs_ : of_elu_;
        std::mt19937_64 random(block);
        const auto between = [&](double from, double to) { return from + (to - from) * tests::fraction(random); };
        for (std::size_t i = 0; i < x.size(); ++i) {
            double& v = x[i];
            switch (block % 8) {
            case 0: // spaced by their logarithms: all of double, and where f is neither x nor constant
                v = tests::from_bits<double>((block * block_size + i) * (~std::uint64_t(0) / count_));
                break;
            case 1: {
                const std::uint64_t from = tests::bits(-0x1p-60), to = tests::bits(-800.0);
                v = tests::from_bits<double>(from + random() % (to - from));
                break;
            }
            case 2:
            case 3:
                v = between(-40, 0);
                break;
            case 4:
                v = between(-760, 0);
                break;
            case 5:
                v = between(-2, 0);
                break;
            default: { // around the breakpoints, most of them near
                const std::uint64_t centre = tests::bits(near[random() % near.size()]);
                const std::uint64_t distance = random() >> (12 + random() % 52);
                v = tests::from_bits<double>(random() % 2 ? centre + distance : centre - distance);
            }
            }
            if (both_signs && i % 2 == 1)
                v = -v;
        }
    }
};

} // namespace exhaustive
