#ifndef SIMDACT_SIMD_ROOT_HPP
#define SIMDACT_SIMD_ROOT_HPP

/// The square root.

#include <simdact/simd/bits.hpp>
#include <simdact/simd/select.hpp>

#include <cmath>
#include <limits>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace simd {

/// The square root of a finite x, for constant expressions: bit by bit.
template <std::floating_point T>
constexpr T evaluated_root(T x) noexcept {
    if (!(x > T(0)))
        return x;
    T scale = 1; // a power of two; x comes to lie from 1 to 4
    for (; x >= T(4); x /= T(4))
        scale *= T(2);
    for (; x < T(1); x *= T(4))
        scale /= T(2);
    // The digits of the root, and one to round by: none lies halfway between two numbers.
    constexpr int digits = sizeof(T) == 4 ? 24 : 53;
    const std::uint64_t square = static_cast<std::uint64_t>(x * T(std::uint64_t(1) << (digits - 1)));
    std::uint64_t rest = 0, root = 0;
    for (int at = digits - 1; at >= -digits - 1; at -= 2) {
        const std::uint64_t two = at >= 0 ? square >> at & 3 : at == -1 ? square << 1 & 2 : 0, next = root * 4 + 1;
        rest = rest * 4 + two;
        root *= 2;
        if (rest >= next) {
            rest -= next;
            ++root;
        }
    }
    return static_cast<T>((root + 1) / 2) / T(std::uint64_t(1) << (digits - 1)) * scale;
}

/// The square root of x, rounded once; for x < 0 some value.
template <std::floating_point T>
SIMDACT_INLINE constexpr T sqrt(T x) noexcept {
    constexpr T most = (std::numeric_limits<T>::max)();
    if (simd::in_constant_expression())
        return x > most ? x : simd::evaluated_root(x);
    if constexpr (requires { native<T>::sqrt(x); })
        return native<T>::sqrt(x);
    else
        return std::sqrt(x);
}

#if !defined(XSIMD_NO_SUPPORTED_ARCHITECTURE)

template <class T, class Arch>
SIMDACT_INLINE xsimd::batch<T, Arch> sqrt(const xsimd::batch<T, Arch>& x) noexcept {
    using own = native<xsimd::batch<T, Arch>>;
    if constexpr (requires { own::sqrt(x); })
        return own::sqrt(x);
    else
        return xsimd::sqrt(x);
}

#endif

} // namespace simd
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
