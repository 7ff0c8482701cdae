#pragma once

#include <simdact/simdact.hpp>

/// Found where the target's files look.
namespace helper {
inline namespace SIMDACT_ISA {

template <simdact::value V>
V number(double x) noexcept {
    return V(static_cast<simdact::simd::element_t<V>>(x));
}

template <simdact::value V>
V times(V x, double by) noexcept {
    return x * number<V>(by);
}

} // namespace SIMDACT_ISA
} // namespace helper
