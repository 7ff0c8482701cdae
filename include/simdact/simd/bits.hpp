#ifndef SIMDACT_SIMD_BITS_HPP
#define SIMDACT_SIMD_BITS_HPP

/// Values as the bits they are made of.

#include <simdact/simd/native.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace simd {

template <std::floating_point T>
SIMDACT_INLINE constexpr bits_t<T> to_bits(T x) noexcept {
    return __builtin_bit_cast(bits_t<T>, x);
}

template <value V>
requires std::floating_point<V> SIMDACT_INLINE constexpr V from_bits(bits_t<V> bits) noexcept {
    return __builtin_bit_cast(V, bits);
}

/// The bits `Places` further up or down. Those that fall out are masked first, for sanitizers that do not let a number
/// lose some; it costs no instruction.
template <int Places, std::unsigned_integral B>
SIMDACT_INLINE constexpr B shifted_left(B bits) noexcept {
    return static_cast<B>((bits & static_cast<B>(-1) >> Places) << Places);
}
template <int Places, std::unsigned_integral B>
SIMDACT_INLINE constexpr B shifted_right(B bits) noexcept {
    return static_cast<B>(bits >> Places);
}

#if !defined(XSIMD_NO_SUPPORTED_ARCHITECTURE)

/// The bits of a batch as one of another element type: xsimd's function is told that type or, before 11, the batch's.
template <class To, class From>
SIMDACT_INLINE To cast_bits(const From& from) noexcept {
    if constexpr (std::same_as<decltype(xsimd::bitwise_cast<typename To::value_type>(from)), To>)
        return xsimd::bitwise_cast<typename To::value_type>(from);
    else
        return xsimd::bitwise_cast<To>(from);
}

template <class T, class Arch>
SIMDACT_INLINE bits_t<xsimd::batch<T, Arch>> to_bits(const xsimd::batch<T, Arch>& x) noexcept {
    return simd::cast_bits<bits_t<xsimd::batch<T, Arch>>>(x);
}

template <value V>
requires(!std::floating_point<V>) SIMDACT_INLINE V from_bits(const bits_t<V>& bits)
noexcept { return simd::cast_bits<V>(bits); }

template <int Places, class B, class Arch>
SIMDACT_INLINE xsimd::batch<B, Arch> shifted_left(const xsimd::batch<B, Arch>& bits) noexcept {
    using own = native<xsimd::batch<B, Arch>>;
    if constexpr (requires { own::template shifted_left<Places>(bits); })
        return own::template shifted_left<Places>(bits);
    else
        return bits << Places;
}

template <int Places, class B, class Arch>
SIMDACT_INLINE xsimd::batch<B, Arch> shifted_right(const xsimd::batch<B, Arch>& bits) noexcept {
    using own = native<xsimd::batch<B, Arch>>;
    if constexpr (requires { own::template shifted_right<Places>(bits); })
        return own::template shifted_right<Places>(bits);
    else
        return bits >> Places;
}

#endif

/// The first half of the digits of x: products of two such halves are exact.
template <value V>
SIMDACT_INLINE constexpr V first_half(const V& x) noexcept {
    using T = element_t<V>;
    constexpr auto rest = static_cast<bits_t<T>>((bits_t<T>(1) << (sizeof(T) == 4 ? 12 : 27)) - 1);
    return simd::from_bits<V>(simd::to_bits(x) & ~bits_t<V>(rest)); // ~rest is no number that batches are made of
}

} // namespace simd
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
