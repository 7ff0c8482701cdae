#ifndef SIMDACT_SIMD_VALUE_HPP
#define SIMDACT_SIMD_VALUE_HPP

/// What functions compute with: a value is a float, a double, or an xsimd::batch of either.

#include <simdact/simd/compiler.hpp>
#include <simdact/simd/operators.hpp>

#include <xsimd/xsimd.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace simd {

#if defined(XSIMD_NO_SUPPORTED_ARCHITECTURE)
/// Stands for xsimd::default_arch where xsimd knows no instruction set of this CPU: a "batch" is then the scalar.
struct default_arch {};
template <class T, class Arch = default_arch>
using batch = T;
#else
using default_arch = xsimd::default_arch;
/// Not for double on 32-bit ARM, where xsimd 8 has a register of another size.
template <class T, class Arch>
concept has_register = xsimd::types::has_simd_register<T, Arch>::value &&
                       sizeof(typename xsimd::types::simd_register<T, Arch>::register_type) > sizeof(T);
/// The batch that kernels of this architecture use, and a user's own kernel may be written against; T itself where it
/// has no registers for several.
template <class T, class Arch = default_arch>
using batch = std::conditional_t<has_register<T, Arch>, xsimd::batch<T, Arch>, T>;
#endif

/// What a value is made of: element (float or double), mask (the result of <), bits (an unsigned integer, or a batch
/// of them, of the same width) and the number of lanes.
template <class V>
struct traits {};

template <>
struct traits<float> {
    using element = float;
    using mask = bool;
    using bits = std::uint32_t;
    static constexpr std::size_t lanes = 1;
};

template <>
struct traits<double> {
    using element = double;
    using mask = bool;
    using bits = std::uint64_t;
    static constexpr std::size_t lanes = 1;
};

#if !defined(XSIMD_NO_SUPPORTED_ARCHITECTURE)
template <class T, class Arch>
requires std::same_as<T, float> || std::same_as<T, double>
struct traits<xsimd::batch<T, Arch>> {
    using element = T;
    using mask = xsimd::batch_bool<T, Arch>;
    using bits = xsimd::batch<typename traits<T>::bits, Arch>;
    static constexpr std::size_t lanes = xsimd::batch<T, Arch>::size;
};
#endif

template <class V>
using element_t = typename traits<V>::element;
template <class V>
using mask_t = typename traits<V>::mask;
template <class V>
using bits_t = typename traits<V>::bits;
template <class V>
inline constexpr std::size_t lanes = traits<V>::lanes;

} // namespace simd

/// A float, a double, or an xsimd::batch of either.
template <class V>
concept value = requires {
    typename simd::traits<V>::element;
};

namespace simd {

/// A batch that has an array of scalars for a register.
template <class V>
concept emulated = requires {
    typename V::register_type;
}
&&__is_class(typename V::register_type);

/// A parameter rounded to the element type: infinite beyond its range, a denormal or zero below it.
template <class T>
SIMDACT_INLINE constexpr T rounded(double parameter) noexcept {
    if (std::same_as<T, double> || !simd::in_constant_expression())
        return static_cast<T>(parameter);
    // A cast from beyond float's range is not a constant expression.
    constexpr double largest = 0x1.fffffep127, halfway = 0x1.ffffffp127;
    constexpr T infinity = static_cast<T>(__builtin_bit_cast(float, 0x7f800000u));
    if (parameter > largest)
        return parameter >= halfway ? infinity : static_cast<T>(largest);
    if (parameter < -largest)
        return parameter <= -halfway ? -infinity : -static_cast<T>(largest);
    return static_cast<T>(parameter);
}

/// The parameter, rounded to the element type, in every lane.
template <value V>
SIMDACT_INLINE constexpr V splat(double parameter) noexcept {
    return V(simd::rounded<element_t<V>>(parameter));
}

} // namespace simd
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
