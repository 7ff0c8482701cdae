#ifndef SIMDACT_SIMD_ARITHMETIC_HPP
#define SIMDACT_SIMD_ARITHMETIC_HPP

/// Products, quotients, sums and signs.

#include <simdact/simd/bits.hpp>
#include <simdact/simd/opaque.hpp>

#if defined(_MSC_VER) && !defined(__clang__)
#include <cmath>
#endif

namespace simdact {
inline namespace SIMDACT_ISA {
namespace simd {

/// The product a * b to select from beside a. Of a scalar the sign of a is taken out and put back: compilers turn
/// x < 0 ? x * s : x into x * (x < 0 ? s : 1), which computes with the x that should come back as it is.
template <std::floating_point T>
SIMDACT_INLINE constexpr T scaled(T a, T b) noexcept {
    constexpr bits_t<T> sign = __builtin_bit_cast(bits_t<T>, T(-0.0));
    const bits_t<T> bits = __builtin_bit_cast(bits_t<T>, a);
    const T size = __builtin_bit_cast(T, bits & ~sign) * b;
    return __builtin_bit_cast(T, __builtin_bit_cast(bits_t<T>, size) ^ (bits & sign));
}

/// x without its sign.
template <std::floating_point T>
SIMDACT_INLINE constexpr T(abs)(T x) noexcept {
    return __builtin_bit_cast(T, __builtin_bit_cast(bits_t<T>, x) & ~__builtin_bit_cast(bits_t<T>, T(-0.0)));
}

/// The sign of x alone: +0 or -0.
template <std::floating_point T>
SIMDACT_INLINE constexpr T sign_of(T x) noexcept {
    return __builtin_bit_cast(T, __builtin_bit_cast(bits_t<T>, x) & __builtin_bit_cast(bits_t<T>, T(-0.0)));
}

/// x with the other sign.
template <std::floating_point T>
SIMDACT_INLINE constexpr T negated(T x) noexcept {
    return -x;
}

/// a / b, rounded once. With -ffast-math b is made to depend on a, or else compilers multiply by 1 / b where they know
/// it or can compute it before a loop.
template <std::floating_point T>
SIMDACT_INLINE constexpr T divide(T a, T b) noexcept {
#if SIMDACT_DETAIL_FAST_MATH && defined(__GNUC__)
    if (!simd::in_constant_expression())
        __asm__("" : SIMDACT_DETAIL_SCALAR(a), SIMDACT_DETAIL_SCALAR(b));
#endif
    return a / b;
}

/// Whether fma() rounds once.
inline constexpr bool fused = SIMDACT_DETAIL_FMA;

/// a * b + c: with one rounding where the unit's instruction set has FMA, with two elsewhere, whatever the compiler may
/// contract or reassociate.
template <std::floating_point T>
SIMDACT_INLINE T fma(T a, T b, T c) noexcept {
#if !SIMDACT_DETAIL_FMA
    return simd::product(a, b) + c;
#elif defined(_MSC_VER) && !defined(__clang__)
    return std::fma(a, b, c);
#else
    if constexpr (std::same_as<T, float>)
        return __builtin_fmaf(a, b, c);
    else
        return __builtin_fma(a, b, c);
#endif
}

#if !defined(XSIMD_NO_SUPPORTED_ARCHITECTURE)

template <class T, class Arch>
SIMDACT_INLINE xsimd::batch<T, Arch> scaled(const xsimd::batch<T, Arch>& a, const xsimd::batch<T, Arch>& b) noexcept {
    return a * b;
}

#if SIMDACT_DETAIL_FAST_MATH

/// The sign of every lane, as bits: of the numbers -0.0 and 0.0 g++ makes one constant, since their signs do not count.
template <class B>
SIMDACT_INLINE bits_t<B> sign_bits() noexcept {
    return bits_t<B>(__builtin_bit_cast(bits_t<element_t<B>>, element_t<B>(-0.0)));
}

template <class T, class Arch>
SIMDACT_INLINE xsimd::batch<T, Arch>(abs)(const xsimd::batch<T, Arch>& x) noexcept {
    using B = xsimd::batch<T, Arch>;
    return simd::from_bits<B>(simd::to_bits(x) & ~simd::sign_bits<B>());
}

template <class T, class Arch>
SIMDACT_INLINE xsimd::batch<T, Arch> sign_of(const xsimd::batch<T, Arch>& x) noexcept {
    using B = xsimd::batch<T, Arch>;
    return simd::from_bits<B>(simd::to_bits(x) & simd::sign_bits<B>());
}

template <class T, class Arch>
SIMDACT_INLINE xsimd::batch<T, Arch> negated(const xsimd::batch<T, Arch>& x) noexcept {
    using B = xsimd::batch<T, Arch>;
    return simd::from_bits<B>(simd::to_bits(x) ^ simd::sign_bits<B>());
}

#else

template <class T, class Arch>
SIMDACT_INLINE xsimd::batch<T, Arch>(abs)(const xsimd::batch<T, Arch>& x) noexcept {
    return (xsimd::abs)(x);
}

template <class T, class Arch>
SIMDACT_INLINE xsimd::batch<T, Arch> sign_of(const xsimd::batch<T, Arch>& x) noexcept {
    return x & xsimd::batch<T, Arch>(T(-0.0));
}

template <class T, class Arch>
SIMDACT_INLINE xsimd::batch<T, Arch> negated(const xsimd::batch<T, Arch>& x) noexcept {
    using own = native<xsimd::batch<T, Arch>>;
    if constexpr (requires { own::negated(x); })
        return own::negated(x);
    else
        return -x;
}

#endif

template <class T, class Arch>
SIMDACT_INLINE xsimd::batch<T, Arch> divide(const xsimd::batch<T, Arch>& a, const xsimd::batch<T, Arch>& b) noexcept {
    using B = xsimd::batch<T, Arch>;
    if constexpr (requires { native<B>::divide(a, b); }) {
        return native<B>::divide(a, b);
    } else {
#if SIMDACT_DETAIL_FAST_MATH && defined(__GNUC__)
        auto dividend = static_cast<typename B::register_type>(a);
        auto divisor = static_cast<typename B::register_type>(b);
        if constexpr (emulated<B>)
            __asm__("" : "+m"(dividend), "+m"(divisor));
        else
            __asm__("" : SIMDACT_DETAIL_BATCH(dividend), SIMDACT_DETAIL_BATCH(divisor));
        return B(dividend) / B(divisor);
#else
        return a / b;
#endif
    }
}

template <class T, class Arch>
SIMDACT_INLINE xsimd::batch<T, Arch> fma(const xsimd::batch<T, Arch>& a, const xsimd::batch<T, Arch>& b,
                                         const xsimd::batch<T, Arch>& c) noexcept {
    // xsimd's own rounds twice for some instruction sets: 8.1 with AVX-512, 12 to 14.2 with AVX-VNNI, emulated ones.
    using B = xsimd::batch<T, Arch>;
    if constexpr (!fused) {
        return simd::product(a, b) + c;
    } else if constexpr (requires { native<B>::fma(a, b, c); }) {
        return native<B>::fma(a, b, c);
    } else if constexpr (emulated<B>) {
        T x[lanes<B>], y[lanes<B>], z[lanes<B>];
        a.store_unaligned(x);
        b.store_unaligned(y);
        c.store_unaligned(z);
        for (std::size_t i = 0; i < lanes<B>; ++i)
            z[i] = simd::fma(x[i], y[i], z[i]);
        return B::load_unaligned(z);
    } else {
        return xsimd::fma(a, b, c);
    }
}

#endif

/// x / 6, rounded once, for an |x| from 2^-100 up, or +0. With FMA by 1/6 in two parts, which takes a quarter of the
/// time of a quotient: no x / 6 is nearer than a sixth of a digit to where the rounding changes.
template <value V>
SIMDACT_INLINE constexpr V sixth_of(const V& x) noexcept {
    using T = element_t<V>;
    if constexpr (fused) {
        if (!simd::in_constant_expression()) {
            constexpr T sixth = T(1) / T(6), lost = T(sizeof(T) == 4 ? -0x1.555556p-28 : 0x1.5555555555555p-57);
            return simd::fma(x, V(sixth), simd::product(x, V(lost)));
        }
    }
    return simd::divide(x, V(6));
}

} // namespace simd
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
