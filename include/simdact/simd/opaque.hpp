#ifndef SIMDACT_SIMD_OPAQUE_HPP
#define SIMDACT_SIMD_OPAQUE_HPP

/// What keeps compilers from computing something else than they are told, or somewhere else.

#include <simdact/simd/native.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace simd {

/// The same value, of which the compiler knows nothing any more: it cannot be contracted into an FMA, reassociated or
/// folded with what comes next. Costs no instruction where content stays in its register. A scalar is left to the
/// compiler where that follows the rules anyway: no loop with an asm statement becomes one of batches.
template <std::floating_point T>
SIMDACT_INLINE constexpr T opaque(T x) noexcept {
#if SIMDACT_DETAIL_FREE_SCALARS && defined(__GNUC__)
    if (!simd::in_constant_expression())
        __asm__("" : SIMDACT_DETAIL_SCALAR(x));
#endif
    return x;
}

/// The same value, for `x is NaN ? x : x * y`, of which clang makes `x * (x is NaN ? 1 : y)`: a signalling NaN would
/// not come back.
template <std::floating_point T>
SIMDACT_INLINE constexpr T unfolded(T x) noexcept {
#if defined(__clang__)
    if (!simd::in_constant_expression())
        __asm__("" : SIMDACT_DETAIL_SCALAR(x));
#endif
    return x;
}

/// What comes next is done where the program comes to it, and not ahead of the condition before it, where it might
/// raise floating-point flags.
template <class V>
SIMDACT_INLINE void not_ahead() noexcept {
#if defined(__GNUC__)
    if constexpr (lanes<V> == 1)
        __asm__ volatile("");
#endif
}

/// The same pointer, of which the compiler knows no longer to which array it points: where that is a small one, g++
/// warns of what would be beyond its end, in branches that are not taken.
template <class T>
SIMDACT_INLINE T* of_any_array(T* p) noexcept {
#if defined(__GNUC__) && !defined(__clang__)
    __asm__("" : "+r"(p));
#endif
    return p;
}

template <std::floating_point T>
SIMDACT_INLINE constexpr T read_once(T x) noexcept {
    return x;
}

/// x as it is rounded: if it is a product, it is not contracted into an FMA with what comes next.
template <std::floating_point T>
SIMDACT_INLINE constexpr T settled(T x) noexcept {
#if (SIMDACT_DETAIL_CONTRACTS || SIMDACT_DETAIL_FREE_SCALARS) && defined(__GNUC__)
    if (!simd::in_constant_expression())
        __asm__("" : SIMDACT_DETAIL_SCALAR(x));
#endif
    return x;
}

/// a * b, rounded.
template <std::floating_point T>
SIMDACT_INLINE constexpr T product(T a, T b) noexcept {
    return simd::settled(a * b);
}

#if !defined(XSIMD_NO_SUPPORTED_ARCHITECTURE)

template <class T, class Arch>
SIMDACT_INLINE xsimd::batch<T, Arch> opaque(const xsimd::batch<T, Arch>& x) noexcept {
#if defined(__GNUC__)
    using register_type = typename xsimd::batch<T, Arch>::register_type;
    auto content = static_cast<register_type>(x);
    if constexpr (emulated<xsimd::batch<T, Arch>>)
        __asm__("" : "+m"(content));
    else
        __asm__("" : SIMDACT_DETAIL_BATCH(content));
    return xsimd::batch<T, Arch>(content);
#else
    return x;
#endif
}

template <class T, class Arch>
SIMDACT_INLINE xsimd::batch<T, Arch> unfolded(const xsimd::batch<T, Arch>& x) noexcept {
    return simd::opaque(x);
}

/// x, which is used more than once: g++ would read it from memory each time.
template <class T, class Arch>
SIMDACT_INLINE xsimd::batch<T, Arch> read_once(const xsimd::batch<T, Arch>& x) noexcept {
#if defined(__GNUC__) && !defined(__clang__)
    return simd::opaque(x);
#else
    return x;
#endif
}

template <class T, class Arch>
SIMDACT_INLINE xsimd::batch<T, Arch> settled(const xsimd::batch<T, Arch>& x) noexcept {
    return simd::opaque(x);
}

template <class T, class Arch>
SIMDACT_INLINE xsimd::batch<T, Arch> product(const xsimd::batch<T, Arch>& a, const xsimd::batch<T, Arch>& b) noexcept {
    return simd::opaque(a * b);
}

#endif

} // namespace simd
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
