#ifndef SIMDACT_SIMD_SELECT_HPP
#define SIMDACT_SIMD_SELECT_HPP

/// One or another, lane by lane and without branches.

#include <simdact/simd/opaque.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace simd {

/// Whether x is not NaN, in every lane; the error that -Wfloat-equal warns of is not made here.
#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"
#endif
template <value V>
SIMDACT_INLINE constexpr mask_t<V> is_number(const V& x) noexcept {
    return x == x;
}
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

/// Where both are true, without a branch.
SIMDACT_INLINE constexpr bool both(bool a, bool b) noexcept { return (int(a) & int(b)) != 0; }

/// The bits of a where the mask is true, those of b elsewhere, without a branch.
template <std::floating_point T>
SIMDACT_INLINE constexpr T select(bool mask, T a, T b) noexcept {
    const bits_t<T> bits_of_a = __builtin_bit_cast(bits_t<T>, a), bits_of_b = __builtin_bit_cast(bits_t<T>, b);
    const bits_t<T> all = mask ? static_cast<bits_t<T>>(-1) : 0;
    return __builtin_bit_cast(T, (bits_of_a & all) | (bits_of_b & ~all));
}

/// The same where a is still to be computed. In a constant expression that is done only where it is wanted: compilers
/// refuse a product that overflows or makes a NaN there, asked for or not.
template <std::floating_point T, std::invocable A>
SIMDACT_INLINE constexpr T select(bool mask, A a, T b) noexcept {
    if (simd::in_constant_expression())
        return mask ? a() : b;
    return simd::select(mask, simd::opaque(a()), b);
}

/// The same where b is.
template <std::floating_point T, std::invocable B>
SIMDACT_INLINE constexpr T select(bool mask, T a, B b) noexcept {
    return simd::select(!mask, b, a);
}

/// x where the mask is true, +0 elsewhere.
template <std::floating_point T>
SIMDACT_INLINE constexpr T keep(bool mask, T x) noexcept {
    return mask ? x : T(0);
}

/// The same where x is still to be computed; in a constant expression that is done only where it is wanted.
template <std::invocable X>
SIMDACT_INLINE constexpr auto keep(bool mask, X x) noexcept {
    if (simd::in_constant_expression())
        return mask ? x() : decltype(x())(0);
    return simd::keep(mask, x());
}

/// +0 where the mask is true, x elsewhere.
template <std::floating_point T>
SIMDACT_INLINE constexpr T drop(bool mask, T x) noexcept {
    return mask ? simd::opaque(T(0)) : x;
}

/// The bits of both: with keep() and drop() a selection that asks less of the CPU than select() does.
template <std::floating_point T>
SIMDACT_INLINE constexpr T either(T a, T b) noexcept {
    return __builtin_bit_cast(T, __builtin_bit_cast(bits_t<T>, a) | __builtin_bit_cast(bits_t<T>, b));
}

/// The smaller of the two; some value for a NaN. By select(): g++ makes a branch of x < high ? x : high where it could
/// compute what comes of high beforehand.
template <std::floating_point T>
SIMDACT_INLINE constexpr T at_most(T x, T high) noexcept {
    return simd::select(x < high, x, high);
}

/// The larger of the two; some value for a NaN.
template <std::floating_point T>
SIMDACT_INLINE constexpr T at_least(T x, T low) noexcept {
    return simd::select(x > low, x, low);
}

/// x kept within [low, high], low <= high; some value for a NaN.
template <std::floating_point T>
SIMDACT_INLINE constexpr T clamp(T x, T low, T high) noexcept {
    return simd::at_most(simd::at_least(x, low), high);
}

/// Whether there is a NaN among the lanes of a, b, c and d.
template <std::floating_point T>
SIMDACT_INLINE bool any_nan(T a, T b, T c, T d) noexcept {
    return !(simd::is_number(a) && simd::is_number(b) && simd::is_number(c) && simd::is_number(d));
}

#if !defined(XSIMD_NO_SUPPORTED_ARCHITECTURE)

template <class T, class Arch>
SIMDACT_INLINE xsimd::batch_bool<T, Arch> both(const xsimd::batch_bool<T, Arch>& a,
                                               const xsimd::batch_bool<T, Arch>& b) noexcept {
    return a & b;
}

template <class T, class Arch>
SIMDACT_INLINE xsimd::batch<T, Arch> select(const xsimd::batch_bool<T, Arch>& mask, const xsimd::batch<T, Arch>& a,
                                            const xsimd::batch<T, Arch>& b) noexcept {
    using own = native<xsimd::batch<T, Arch>>;
    if constexpr (requires { own::select(mask, a, b); })
        return own::select(mask, a, b);
    else
        return xsimd::select(mask, a, b);
}

template <class T, class Arch, std::invocable A>
SIMDACT_INLINE xsimd::batch<T, Arch> select(const xsimd::batch_bool<T, Arch>& mask, A a,
                                            const xsimd::batch<T, Arch>& b) noexcept {
    return simd::select(mask, simd::opaque(a()), b);
}

template <class T, class Arch, std::invocable B>
SIMDACT_INLINE xsimd::batch<T, Arch> select(const xsimd::batch_bool<T, Arch>& mask, const xsimd::batch<T, Arch>& a,
                                            B b) noexcept {
    return simd::select(mask, a, simd::opaque(b()));
}

template <class T, class Arch>
SIMDACT_INLINE xsimd::batch<T, Arch> keep(const xsimd::batch_bool<T, Arch>& mask,
                                          const xsimd::batch<T, Arch>& x) noexcept {
    using own = native<xsimd::batch<T, Arch>>;
    if constexpr (requires { own::keep(mask, x); })
        return own::keep(mask, x);
    else
        return simd::select(mask, x, xsimd::batch<T, Arch>(T(0)));
}

template <class T, class Arch, std::invocable X>
SIMDACT_INLINE xsimd::batch<T, Arch> keep(const xsimd::batch_bool<T, Arch>& mask, X x) noexcept {
    return simd::keep(mask, x());
}

template <class T, class Arch>
SIMDACT_INLINE xsimd::batch<T, Arch> drop(const xsimd::batch_bool<T, Arch>& mask,
                                          const xsimd::batch<T, Arch>& x) noexcept {
    using B = xsimd::batch<T, Arch>;
    if constexpr (requires { native<B>::drop(mask, x); })
        return native<B>::drop(simd::opaque(B(static_cast<typename mask_t<B>::register_type>(mask))), x);
    else
        return simd::select(mask, simd::opaque(B(T(0))), x);
}

template <class T, class Arch>
SIMDACT_INLINE xsimd::batch<T, Arch> either(const xsimd::batch<T, Arch>& a, const xsimd::batch<T, Arch>& b) noexcept {
    return a | b;
}

template <class T, class Arch>
SIMDACT_INLINE xsimd::batch<T, Arch> at_least(const xsimd::batch<T, Arch>& x,
                                              const xsimd::batch<T, Arch>& low) noexcept {
    using own = native<xsimd::batch<T, Arch>>;
    if constexpr (requires { own::at_least(x, low); })
        return own::at_least(x, low);
    else
        return (xsimd::max)(x, low); // Windows has macros of these names
}

template <class T, class Arch>
SIMDACT_INLINE xsimd::batch<T, Arch> at_most(const xsimd::batch<T, Arch>& x,
                                             const xsimd::batch<T, Arch>& high) noexcept {
    using own = native<xsimd::batch<T, Arch>>;
    if constexpr (requires { own::at_most(x, high); })
        return own::at_most(x, high);
    else
        return (xsimd::min)(x, high);
}

template <class T, class Arch>
SIMDACT_INLINE xsimd::batch<T, Arch> clamp(const xsimd::batch<T, Arch>& x, const xsimd::batch<T, Arch>& low,
                                           const xsimd::batch<T, Arch>& high) noexcept {
    return simd::at_most(simd::at_least(x, low), high);
}

template <class T, class Arch>
SIMDACT_INLINE bool any_nan(const xsimd::batch<T, Arch>& a, const xsimd::batch<T, Arch>& b,
                            const xsimd::batch<T, Arch>& c, const xsimd::batch<T, Arch>& d) noexcept {
    using own = native<xsimd::batch<T, Arch>>;
    if constexpr (requires { own::any_nan(a, b, c, d); })
        return own::any_nan(a, b, c, d);
    else
        return !xsimd::all(simd::is_number(a) & simd::is_number(b) & simd::is_number(c) & simd::is_number(d));
}

#endif

/// x > 0, for an x that is not NaN.
template <value V>
SIMDACT_INLINE constexpr mask_t<V> above_zero(const V& number) noexcept {
    if constexpr (requires { native<V>::above_zero(number); })
        return mask_t<V>(native<V>::above_zero(number));
    else
        return number > V(0);
}

/// Whether there is one instruction each for maximum() and minimum().
template <class V>
inline constexpr bool has_maximum = requires(const V& v) {
    native<V>::maximum(v, v);
    native<V>::minimum(v, v);
};

/// The larger of the two; b where one is NaN or both are zeros.
template <value V>
requires has_maximum<V> SIMDACT_INLINE V maximum(const V& a, const V& b)
noexcept { return V(native<V>::maximum(a, b)); }

/// The smaller of the two; b where one is NaN or both are zeros.
template <value V>
requires has_maximum<V> SIMDACT_INLINE V minimum(const V& a, const V& b)
noexcept { return V(native<V>::minimum(a, b)); }

/// x itself where low <= x <= high or x is NaN, elsewhere the end that it is beyond. low <= high.
template <value V>
SIMDACT_INLINE constexpr V limited(const V& x, const V& low, const V& high) noexcept {
    if constexpr (has_maximum<V>)
        return simd::minimum(high, simd::maximum(low, x));
    else
        return simd::select(x < low, low, simd::select(x > high, high, x));
}

/// x itself where it is not less than 0 or is NaN, +0 elsewhere.
template <value V>
SIMDACT_INLINE constexpr V positive_part(const V& x) noexcept {
    if constexpr (has_maximum<V>)
        return simd::maximum(V(0), x);
    else
        return simd::drop(x < V(0), x);
}

/// x itself where it is NaN, a elsewhere.
template <value V>
SIMDACT_INLINE constexpr V unless_nan(const V& x, const V& a) noexcept {
    return simd::select(simd::is_number(x), a, x);
}

/// Whether x is a NaN in a constant expression: there is no computing with it.
template <value V>
SIMDACT_INLINE constexpr bool is_evaluated_nan([[SIMDACT_DETAIL_MAYBE_UNUSED]] const V& x) noexcept {
    if constexpr (std::floating_point<V>)
        return simd::in_constant_expression() && !simd::is_number(x);
    else
        return false;
}

} // namespace simd
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
