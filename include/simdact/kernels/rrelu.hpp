#ifndef SIMDACT_KERNELS_RRELU_HPP
#define SIMDACT_KERNELS_RRELU_HPP

/// The slopes of rrelu (functions/rrelu.hpp), drawn at random: which one an element gets depends on the seed and its
/// index alone, so that they need not be kept, and may be drawn in any parts and order.

#include <simdact/functions/rrelu.hpp>
#include <simdact/kernels/elementwise.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

/// Philox4x32-10 of some counters: the low word and the next of each are given, the others are 0.  Salmon, Moraes,
/// Dror, Shaw 2011.
template <std::size_t Counters>
struct philox {
    std::uint32_t words[4][Counters];

    SIMDACT_INLINE philox(std::uint64_t seed, std::uint64_t first) noexcept {
        for (std::size_t k = 0; k < Counters; ++k) {
            const std::uint64_t counter = first + k;
            words[0][k] = static_cast<std::uint32_t>(counter);
            words[1][k] = static_cast<std::uint32_t>(counter >> 32);
            words[2][k] = words[3][k] = 0;
        }
        auto key_0 = static_cast<std::uint32_t>(seed), key_1 = static_cast<std::uint32_t>(seed >> 32);
        for (int round = 0; round < 10; ++round) {
            for (std::size_t k = 0; k < Counters; ++k) {
                const std::uint64_t a = std::uint64_t(0xd2511f53) * words[0][k];
                const std::uint64_t b = std::uint64_t(0xcd9e8d57) * words[2][k];
                words[0][k] = static_cast<std::uint32_t>(b >> 32) ^ words[1][k] ^ key_0;
                words[1][k] = static_cast<std::uint32_t>(b);
                words[2][k] = static_cast<std::uint32_t>(a >> 32) ^ words[3][k] ^ key_1;
                words[3][k] = static_cast<std::uint32_t>(a);
            }
            key_0 = static_cast<std::uint32_t>(std::uint64_t(key_0) + 0x9e3779b9); // modulo 2^32
            key_1 = static_cast<std::uint32_t>(std::uint64_t(key_1) + 0xbb67ae85);
        }
    }
};

template <class T>
void draw_slopes(const rrelu f, std::uint64_t seed, std::uint64_t first, std::size_t n, T* slopes) noexcept {
    constexpr std::size_t counters = 8;
    const auto lower = static_cast<double>(simd::rounded<T>(f.lower));
    const double width = static_cast<double>(simd::rounded<T>(f.upper)) - lower;
    for (std::size_t i = 0; i < n;) {
        const std::uint64_t index = first + i; // indices go around where they are beyond 64 bits
        const philox<counters> drawn(seed, index / 4);
        for (std::size_t k = index % 4; k < 4 * counters && i < n; ++k, ++i) {
            const double u = static_cast<double>(drawn.words[k % 4][k / 4] >> 8) * 0x1p-24;
            slopes[i] = static_cast<T>(lower + simd::product(width, u));
        }
    }
}

} // namespace detail

/// slopes[i] = lower + (upper - lower) * u, computed in double and rounded to the element type, for the element of
/// index first + i, where u, a multiple of 2^-24 below 1, is the upper 24 bits of word index % 4 of Philox4x32-10 with
/// the seed for a key (its low word first) and index / 4 for a counter. The same bits on every machine. Refuses lower
/// and upper outside their ranges with std::invalid_argument before anything is written.
template <output_array S>
void draw_slopes(const rrelu& f, std::uint64_t seed, S&& slopes, std::uint64_t first = 0) {
    using T = array_value_t<S>;
    detail::check_parameters<T>("draw_slopes", f);
    const auto out = detail::describe("slopes", slopes);
    detail::check_dense("draw_slopes", out);
    detail::draw_slopes<T>(f, seed, first, out.size, detail::output_pointer(slopes));
}

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
