#ifndef SIMDACT_SIMD_LANE_BITS_HPP
#define SIMDACT_SIMD_LANE_BITS_HPP

/// The masks of some first lanes.

#include <simdact/simd/compiler.hpp>

#include <cstddef>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace simd {

/// From entry 16 - n on: n times all bits, then zeros.
template <class B>
struct lane_table {
    B bits[32];

    constexpr lane_table() noexcept : bits() {
        for (int i = 0; i < 16; ++i)
            bits[i] = static_cast<B>(-1);
    }
};
template <class B>
inline constexpr lane_table<B> lane_bits{};

} // namespace simd
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
