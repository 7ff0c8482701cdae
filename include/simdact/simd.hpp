#ifndef SIMDACT_SIMD_HPP
#define SIMDACT_SIMD_HPP

/// The seam between simdact and xsimd: the only file that knows xsimd's classes. What is above it is written once
/// for "a value", which is a float, a double, or an xsimd::batch of either, and uses the operators + - * < <= > of V
/// and the functions below. It needs only what xsimd spells the same way from 8.1 to 14.3. Scalars take the same
/// sequence of operations as the lanes of a batch, so they give the same bits.

#include <simdact/isa.hpp>

#include <xsimd/xsimd.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#if defined(_MSC_VER) && !defined(__clang__)
#include <cmath>
#define SIMDACT_INLINE __forceinline
#define SIMDACT_INLINE_LAMBDA
#define SIMDACT_DETAIL_NOINLINE __declspec(noinline)
#define SIMDACT_DETAIL_LIKELY likely
#define SIMDACT_DETAIL_UNLIKELY unlikely
#define SIMDACT_DETAIL_MAYBE_UNUSED maybe_unused
#define SIMDACT_DETAIL_NORETURN noreturn
#else // attributes by their reserved names: the others may be macros
#define SIMDACT_INLINE inline __attribute__((__always_inline__))
#define SIMDACT_INLINE_LAMBDA __attribute__((__always_inline__))
#if defined(__noinline__) // the whole of it, in CUDA's headers
#define SIMDACT_DETAIL_NOINLINE __noinline__
#else
#define SIMDACT_DETAIL_NOINLINE __attribute__((__noinline__))
#endif
#define SIMDACT_DETAIL_LIKELY __likely__
#define SIMDACT_DETAIL_UNLIKELY __unlikely__
#define SIMDACT_DETAIL_MAYBE_UNUSED __maybe_unused__
#define SIMDACT_DETAIL_NORETURN __noreturn__
#endif

// Whether this unit's instruction set has a fused multiply-add for lanes and scalars alike. 32-bit ARM is left out:
// its lanes flush denormals and its xsimd fma is not fused.
#if defined(__FMA__) || defined(__AVX512F__) || defined(__aarch64__) || defined(_M_ARM64) || defined(__riscv_flen) ||  \
    defined(__VSX__) || (defined(_MSC_VER) && defined(__AVX2__))
#define SIMDACT_DETAIL_FMA 1
#else
#define SIMDACT_DETAIL_FMA 0
#endif

// Where an asm statement finds the content of a scalar or of a batch: a floating-point register, or memory if nothing
// better is known.
#if defined(__SSE2__)
#define SIMDACT_DETAIL_SCALAR "+v"
#define SIMDACT_DETAIL_BATCH "+v"
#elif defined(__aarch64__) || defined(__ARM_NEON)
#define SIMDACT_DETAIL_SCALAR "+w"
#define SIMDACT_DETAIL_BATCH "+w"
#elif defined(__VSX__)
#define SIMDACT_DETAIL_SCALAR "+wa"
#define SIMDACT_DETAIL_BATCH "+wa"
#elif defined(__riscv_flen)
#define SIMDACT_DETAIL_SCALAR "+f"
#define SIMDACT_DETAIL_BATCH "+m"
#else
#define SIMDACT_DETAIL_SCALAR "+m"
#define SIMDACT_DETAIL_BATCH "+m"
#endif

// Whether compilers may change what is computed with scalars beyond what they are told: reorder sums, or keep more
// digits.
#if SIMDACT_DETAIL_FAST_MATH || (defined(__FLT_EVAL_METHOD__) && __FLT_EVAL_METHOD__ != 0)
#define SIMDACT_DETAIL_FREE_SCALARS 1
#else
#define SIMDACT_DETAIL_FREE_SCALARS 0
#endif

// Whether there are instructions into which compilers may contract a product and a sum of scalars.
#if (defined(__x86_64__) || defined(__i386__)) && !defined(__FMA__) && !defined(__FMA4__) &&                           \
    !SIMDACT_DETAIL_FREE_SCALARS
#define SIMDACT_DETAIL_CONTRACTS 0
#else
#define SIMDACT_DETAIL_CONTRACTS 1
#endif

// Whether there are stores that go past the caches.
#if defined(__SSE2__)
#define SIMDACT_DETAIL_STREAMS 1
#else
#define SIMDACT_DETAIL_STREAMS 0
#endif

namespace simdact {
inline namespace SIMDACT_ISA {

namespace detail {
struct nobody;
}

// Operators that nobody can call. Where there are some of a name, code here does not look for it in the global
// namespace, where a user's may be that take everything.
void operator+(detail::nobody&, detail::nobody&);
void operator-(detail::nobody&, detail::nobody&);
void operator*(detail::nobody&, detail::nobody&);
void operator/(detail::nobody&, detail::nobody&);
void operator%(detail::nobody&, detail::nobody&);
void operator&(detail::nobody&, detail::nobody&);
void operator|(detail::nobody&, detail::nobody&);
void operator^(detail::nobody&, detail::nobody&);
void operator<<(detail::nobody&, detail::nobody&);
void operator>>(detail::nobody&, detail::nobody&);
void operator<(detail::nobody&, detail::nobody&);
void operator<=(detail::nobody&, detail::nobody&);
void operator>(detail::nobody&, detail::nobody&);
void operator>=(detail::nobody&, detail::nobody&);
void operator==(detail::nobody&, detail::nobody&);
void operator!=(detail::nobody&, detail::nobody&);
void operator<=>(detail::nobody&, detail::nobody&);
void operator+=(detail::nobody&, detail::nobody&);
void operator-=(detail::nobody&, detail::nobody&);
void operator*=(detail::nobody&, detail::nobody&);
void operator/=(detail::nobody&, detail::nobody&);
void operator%=(detail::nobody&, detail::nobody&);
void operator&=(detail::nobody&, detail::nobody&);
void operator|=(detail::nobody&, detail::nobody&);
void operator^=(detail::nobody&, detail::nobody&);
void operator<<=(detail::nobody&, detail::nobody&);
void operator>>=(detail::nobody&, detail::nobody&);
void operator!(detail::nobody&);
void operator~(detail::nobody&);

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
    static constexpr bool fused = SIMDACT_DETAIL_FMA;
};

template <>
struct traits<double> {
    using element = double;
    using mask = bool;
    using bits = std::uint64_t;
    static constexpr std::size_t lanes = 1;
    static constexpr bool fused = SIMDACT_DETAIL_FMA;
};

#if !defined(XSIMD_NO_SUPPORTED_ARCHITECTURE)
template <class T, class Arch>
requires std::same_as<T, float> || std::same_as<T, double>
struct traits<xsimd::batch<T, Arch>> {
    using element = T;
    using mask = xsimd::batch_bool<T, Arch>;
    using bits = xsimd::batch<typename traits<T>::bits, Arch>;
    static constexpr std::size_t lanes = xsimd::batch<T, Arch>::size;
    static constexpr bool fused = SIMDACT_DETAIL_FMA;
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

#if !defined(XSIMD_NO_SUPPORTED_ARCHITECTURE)
// The bytes of a register of x86 that holds numbers; 0 for all else, such as the masks of AVX-512 and the arrays of
// emulated batches. Told by a pointer: as arguments of templates such types make compilers warn.
constexpr std::size_t bytes_of_register(const void*) noexcept { return 0; }
#if defined(__SSE2__)
constexpr std::size_t bytes_of_register(const __m128*) noexcept { return 16; }
constexpr std::size_t bytes_of_register(const __m128d*) noexcept { return 16; }
constexpr std::size_t bytes_of_register(const __m128i*) noexcept { return 16; }
#endif
#if defined(__AVX__)
constexpr std::size_t bytes_of_register(const __m256*) noexcept { return 32; }
constexpr std::size_t bytes_of_register(const __m256d*) noexcept { return 32; }
constexpr std::size_t bytes_of_register(const __m256i*) noexcept { return 32; }
#endif
#if defined(__AVX512F__)
constexpr std::size_t bytes_of_register(const __m512*) noexcept { return 64; }
constexpr std::size_t bytes_of_register(const __m512d*) noexcept { return 64; }
constexpr std::size_t bytes_of_register(const __m512i*) noexcept { return 64; }
#endif

/// The same for what a batch, or a mask of batches, is made of: what instructions there are for it says this, and not
/// its size or the instruction set of the unit.
template <class B>
inline constexpr std::size_t
    x86_register = simd::bytes_of_register(static_cast<const typename B::register_type*>(nullptr));
#endif

} // namespace simd

/// A float, a double, or an xsimd::batch of either.
template <class V>
concept value = requires {
    typename simd::traits<V>::element;
};

namespace simd {

/// std::is_constant_evaluated(), which clang 14 takes for true everywhere in C++23.
SIMDACT_INLINE constexpr bool in_constant_expression() noexcept { return __builtin_is_constant_evaluated(); }

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

/// What comes next is done where the program comes to it, and not ahead of the condition before it, where it might
/// raise floating-point flags.
template <class V>
SIMDACT_INLINE void not_ahead() noexcept {
#if defined(__GNUC__)
    if constexpr (lanes<V> == 1)
        __asm__ volatile("");
#endif
}

/// a * b, rounded: it is not contracted into an FMA with what comes next.
template <std::floating_point T>
SIMDACT_INLINE T product(T a, T b) noexcept {
    T ab = a * b;
#if SIMDACT_DETAIL_CONTRACTS && defined(__GNUC__)
    __asm__("" : SIMDACT_DETAIL_SCALAR(ab));
#endif
    return ab;
}

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

/// x where the mask is true, +0 elsewhere.
template <std::floating_point T>
SIMDACT_INLINE constexpr T keep(bool mask, T x) noexcept {
    return mask ? x : T(0);
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

/// The product a * b to select from beside a. Of a scalar the sign of a is taken out and put back: compilers turn
/// x < 0 ? x * s : x into x * (x < 0 ? s : 1), which computes with the x that should come back as it is.
template <std::floating_point T>
SIMDACT_INLINE constexpr T scaled(T a, T b) noexcept {
    constexpr bits_t<T> sign = __builtin_bit_cast(bits_t<T>, T(-0.0));
    const bits_t<T> bits = __builtin_bit_cast(bits_t<T>, a);
    const T size = __builtin_bit_cast(T, bits & ~sign) * b;
    return __builtin_bit_cast(T, __builtin_bit_cast(bits_t<T>, size) ^ (bits & sign));
}

/// The smaller of the two; some value for a NaN. By select(): g++ makes a branch of x < high ? x : high where it could
/// compute what comes of high beforehand.
template <std::floating_point T>
SIMDACT_INLINE constexpr T at_most(T x, T high) noexcept {
    return simd::select(x < high, x, high);
}

/// x kept within [low, high], low <= high; some value for a NaN.
template <std::floating_point T>
SIMDACT_INLINE constexpr T clamp(T x, T low, T high) noexcept {
    return simd::at_most(simd::select(x > low, x, low), high);
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

template <std::floating_point T>
SIMDACT_INLINE constexpr bits_t<T> to_bits(T x) noexcept {
    return __builtin_bit_cast(bits_t<T>, x);
}

template <value V>
requires std::floating_point<V> SIMDACT_INLINE constexpr V from_bits(bits_t<V> bits) noexcept {
    return __builtin_bit_cast(V, bits);
}

/// The next lanes<V> elements at p, which needs no alignment.
template <value V>
requires std::floating_point<V> SIMDACT_INLINE V load(const V* p)
noexcept { return *p; }

template <std::floating_point T>
SIMDACT_INLINE void store(T* p, T x) noexcept {
    *p = x;
}

#if !defined(XSIMD_NO_SUPPORTED_ARCHITECTURE)

template <class T, class Arch>
SIMDACT_INLINE xsimd::batch<T, Arch> opaque(const xsimd::batch<T, Arch>& x) noexcept {
#if defined(__GNUC__)
    using register_type = typename xsimd::batch<T, Arch>::register_type;
    auto content = static_cast<register_type>(x);
    if constexpr (__is_class(register_type)) // of an emulated batch
        __asm__("" : "+m"(content));
    else
        __asm__("" : SIMDACT_DETAIL_BATCH(content));
    return xsimd::batch<T, Arch>(content);
#else
    return x;
#endif
}

template <class T, class Arch>
SIMDACT_INLINE xsimd::batch<T, Arch> product(const xsimd::batch<T, Arch>& a, const xsimd::batch<T, Arch>& b) noexcept {
    return simd::opaque(a * b);
}

template <class T, class Arch>
SIMDACT_INLINE xsimd::batch<T, Arch> scaled(const xsimd::batch<T, Arch>& a, const xsimd::batch<T, Arch>& b) noexcept {
    return a * b;
}

template <class T, class Arch>
SIMDACT_INLINE xsimd::batch<T, Arch> select(const xsimd::batch_bool<T, Arch>& mask, const xsimd::batch<T, Arch>& a,
                                            const xsimd::batch<T, Arch>& b) noexcept {
#if defined(__AVX__) && !defined(__AVX2__) && defined(__GNUC__) && !defined(__clang__)
    // g++ takes the intrinsic for a comparison of integers, which AVX has not, and makes eight branches of it.
    if constexpr (simd::x86_register<xsimd::batch<T, Arch>> == 32) {
        using register_type = typename xsimd::batch<T, Arch>::register_type;
        const auto where = static_cast<typename xsimd::batch_bool<T, Arch>::register_type>(mask);
        const auto yes = static_cast<register_type>(a), no = static_cast<register_type>(b);
        register_type chosen;
        if constexpr (sizeof(T) == 4)
            __asm__("{vblendvps %3, %2, %1, %0|vblendvps %0, %1, %2, %3}"
                    : "=x"(chosen)
                    : "x"(no), "x"(yes), "x"(where));
        else
            __asm__("{vblendvpd %3, %2, %1, %0|vblendvpd %0, %1, %2, %3}"
                    : "=x"(chosen)
                    : "x"(no), "x"(yes), "x"(where));
        return xsimd::batch<T, Arch>(chosen);
    }
#endif
    return xsimd::select(mask, a, b);
}

template <class T, class Arch, std::invocable A>
SIMDACT_INLINE xsimd::batch<T, Arch> select(const xsimd::batch_bool<T, Arch>& mask, A a,
                                            const xsimd::batch<T, Arch>& b) noexcept {
    return simd::select(mask, simd::opaque(a()), b);
}

/// A mask that is a batch of ones and zeros, as those of SSE and AVX are: its type and the lanes it is for.
template <class T, class Arch>
inline constexpr bool mask_is_batch =
    simd::x86_register<xsimd::batch<T, Arch>> > 0 &&
    simd::x86_register<xsimd::batch_bool<T, Arch>> == simd::x86_register<xsimd::batch<T, Arch>>;

template <class T, class Arch>
SIMDACT_INLINE xsimd::batch<T, Arch> keep(const xsimd::batch_bool<T, Arch>& mask,
                                          const xsimd::batch<T, Arch>& x) noexcept {
    if constexpr (simd::mask_is_batch<T, Arch>)
        return xsimd::batch<T, Arch>(static_cast<typename xsimd::batch_bool<T, Arch>::register_type>(mask)) & x;
    else
        return simd::select(mask, x, xsimd::batch<T, Arch>(T(0)));
}

template <class T, class Arch>
SIMDACT_INLINE xsimd::batch<T, Arch> drop(const xsimd::batch_bool<T, Arch>& mask,
                                          const xsimd::batch<T, Arch>& x) noexcept {
#if defined(__SSE2__)
    if constexpr (simd::mask_is_batch<T, Arch>) { // xsimd's bitwise_andnot means one thing or the other
        using B = xsimd::batch<T, Arch>;
        using reg = typename B::register_type;
        const auto m = static_cast<reg>(simd::opaque(B(static_cast<typename mask_t<B>::register_type>(mask))));
#if defined(__AVX__)
        if constexpr (simd::x86_register<B> == 32)
            return B(__builtin_bit_cast(
                reg, _mm256_andnot_ps(__builtin_bit_cast(__m256, m), __builtin_bit_cast(__m256, static_cast<reg>(x)))));
        else
#endif
            return B(__builtin_bit_cast(
                reg, _mm_andnot_ps(__builtin_bit_cast(__m128, m), __builtin_bit_cast(__m128, static_cast<reg>(x)))));
    } else
#endif
        return simd::select(mask, simd::opaque(xsimd::batch<T, Arch>(T(0))), x);
}

template <class T, class Arch>
SIMDACT_INLINE xsimd::batch<T, Arch> either(const xsimd::batch<T, Arch>& a, const xsimd::batch<T, Arch>& b) noexcept {
    return a | b;
}

// Of 64 bytes by the intrinsics that set zeros where a mask is false: the others begin with a register of any content,
// and g++ 12 warns of that in the file of whoever includes this (its bug 105593). The instructions are the same.

template <class T, class Arch>
SIMDACT_INLINE xsimd::batch<T, Arch> at_least(const xsimd::batch<T, Arch>& x,
                                              const xsimd::batch<T, Arch>& low) noexcept {
#if defined(__AVX512F__)
    if constexpr (simd::x86_register<xsimd::batch<T, Arch>> == 64 && sizeof(T) == 4)
        return _mm512_maskz_max_ps(static_cast<__mmask16>(-1), x, low);
    else if constexpr (simd::x86_register<xsimd::batch<T, Arch>> == 64)
        return _mm512_maskz_max_pd(static_cast<__mmask8>(-1), x, low);
#endif
    return (xsimd::max)(x, low); // Windows has macros of these names
}

template <class T, class Arch>
SIMDACT_INLINE xsimd::batch<T, Arch> at_most(const xsimd::batch<T, Arch>& x,
                                             const xsimd::batch<T, Arch>& high) noexcept {
#if defined(__AVX512F__)
    if constexpr (simd::x86_register<xsimd::batch<T, Arch>> == 64 && sizeof(T) == 4)
        return _mm512_maskz_min_ps(static_cast<__mmask16>(-1), x, high);
    else if constexpr (simd::x86_register<xsimd::batch<T, Arch>> == 64)
        return _mm512_maskz_min_pd(static_cast<__mmask8>(-1), x, high);
#endif
    return (xsimd::min)(x, high);
}

template <class T, class Arch>
SIMDACT_INLINE xsimd::batch<T, Arch> clamp(const xsimd::batch<T, Arch>& x, const xsimd::batch<T, Arch>& low,
                                           const xsimd::batch<T, Arch>& high) noexcept {
    return simd::at_most(simd::at_least(x, low), high);
}

template <int Places, class B, class Arch>
SIMDACT_INLINE xsimd::batch<B, Arch> shifted_left(const xsimd::batch<B, Arch>& bits) noexcept {
#if defined(__AVX512F__)
    if constexpr (simd::x86_register<xsimd::batch<B, Arch>> == 64 && sizeof(B) == 4)
        return _mm512_maskz_slli_epi32(static_cast<__mmask16>(-1), bits, Places);
    else if constexpr (simd::x86_register<xsimd::batch<B, Arch>> == 64)
        return _mm512_maskz_slli_epi64(static_cast<__mmask8>(-1), bits, Places);
#endif
    return bits << Places;
}

template <int Places, class B, class Arch>
SIMDACT_INLINE xsimd::batch<B, Arch> shifted_right(const xsimd::batch<B, Arch>& bits) noexcept {
#if defined(__AVX512F__)
    if constexpr (simd::x86_register<xsimd::batch<B, Arch>> == 64 && sizeof(B) == 4)
        return _mm512_maskz_srli_epi32(static_cast<__mmask16>(-1), bits, Places);
    else if constexpr (simd::x86_register<xsimd::batch<B, Arch>> == 64)
        return _mm512_maskz_srli_epi64(static_cast<__mmask8>(-1), bits, Places);
#endif
    return bits >> Places;
}

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
    using B = xsimd::batch<T, Arch>;
    // As xsimd's own, which makes an int of 0x80000000: -fsanitize=integer reports that.
    if constexpr (simd::x86_register<B> == 16 || simd::x86_register<B> == 32)
        return x ^ B(T(-0.0));
    else
        return -x;
}

template <class T, class Arch>
SIMDACT_INLINE xsimd::batch<T, Arch> divide(const xsimd::batch<T, Arch>& a, const xsimd::batch<T, Arch>& b) noexcept {
#if SIMDACT_DETAIL_FAST_MATH && defined(__SSE2__) && defined(__GNUC__)
    // Or else compilers multiply by an approximation of 1 / b.
    using B = xsimd::batch<T, Arch>;
    if constexpr (sizeof(T) == 4 && simd::x86_register<B> != 0) {
        auto quotient = static_cast<typename B::register_type>(a);
        const auto divisor = static_cast<typename B::register_type>(b);
#if defined(__AVX__)
        __asm__("{vdivps %1, %0, %0|vdivps %0, %0, %1}" : "+v"(quotient) : "v"(divisor));
#else
        __asm__("{divps %1, %0|divps %0, %1}" : "+x"(quotient) : "x"(divisor));
#endif
        return xsimd::batch<T, Arch>(quotient);
    }
#elif defined(__aarch64__)
    using register_type = typename xsimd::batch<T, Arch>::register_type;
    if constexpr (std::same_as<register_type, float32x4_t>) // xsimd multiplies by an approximation of 1 / b
        return xsimd::batch<T, Arch>(vdivq_f32(a, b));
#elif defined(__ARM_NEON)
    if constexpr (std::same_as<T, float>) { // the same; there is no instruction
        T dividend[lanes<xsimd::batch<T, Arch>>], divisor[lanes<xsimd::batch<T, Arch>>];
        a.store_unaligned(dividend);
        b.store_unaligned(divisor);
        for (std::size_t i = 0; i < lanes<xsimd::batch<T, Arch>>; ++i)
            dividend[i] /= divisor[i];
        return xsimd::batch<T, Arch>::load_unaligned(dividend);
    }
#endif
#if SIMDACT_DETAIL_FAST_MATH && defined(__GNUC__)
    auto dividend = static_cast<typename xsimd::batch<T, Arch>::register_type>(a);
    auto divisor = static_cast<typename xsimd::batch<T, Arch>::register_type>(b);
    if constexpr (__is_class(typename xsimd::batch<T, Arch>::register_type))
        __asm__("" : "+m"(dividend), "+m"(divisor));
    else
        __asm__("" : SIMDACT_DETAIL_BATCH(dividend), SIMDACT_DETAIL_BATCH(divisor));
    return xsimd::batch<T, Arch>(dividend) / xsimd::batch<T, Arch>(divisor);
#else
    return a / b;
#endif
}

template <class T, class Arch>
SIMDACT_INLINE xsimd::batch<T, Arch> fma(const xsimd::batch<T, Arch>& a, const xsimd::batch<T, Arch>& b,
                                         const xsimd::batch<T, Arch>& c) noexcept {
    // xsimd's own rounds twice for some instruction sets: 8.1 with AVX-512, 12 to 14.2 with AVX-VNNI, emulated ones.
    using B = xsimd::batch<T, Arch>;
    if constexpr (!traits<B>::fused)
        return simd::product(a, b) + c;
#if defined(__AVX512F__)
    else if constexpr (simd::x86_register<B> == 64 && sizeof(T) == 4)
        return _mm512_fmadd_ps(a, b, c);
    else if constexpr (simd::x86_register<B> == 64)
        return _mm512_fmadd_pd(a, b, c);
#endif
#if defined(__FMA__)
    else if constexpr (simd::x86_register<B> == 32 && sizeof(T) == 4)
        return _mm256_fmadd_ps(a, b, c);
    else if constexpr (simd::x86_register<B> == 32)
        return _mm256_fmadd_pd(a, b, c);
    else if constexpr (simd::x86_register<B> == 16 && sizeof(T) == 4)
        return _mm_fmadd_ps(a, b, c);
    else if constexpr (simd::x86_register<B> == 16)
        return _mm_fmadd_pd(a, b, c);
#endif
    else if constexpr (__is_class(typename B::register_type)) {
        T x[lanes<B>], y[lanes<B>], z[lanes<B>];
        a.store_unaligned(x);
        b.store_unaligned(y);
        c.store_unaligned(z);
        for (std::size_t i = 0; i < lanes<B>; ++i)
            z[i] = simd::fma(x[i], y[i], z[i]);
        return B::load_unaligned(z);
    } else
        return xsimd::fma(a, b, c);
}

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

template <value V>
requires(!std::floating_point<V>) SIMDACT_INLINE V load(const element_t<V>* p)
noexcept { return V::load_unaligned(p); }

template <class T, class Arch>
SIMDACT_INLINE void store(T* p, const xsimd::batch<T, Arch>& x) noexcept {
    x.store_unaligned(p);
}

#endif

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

/// x itself where it is NaN, a elsewhere.
template <value V>
SIMDACT_INLINE constexpr V unless_nan(const V& x, const V& a) noexcept {
    return simd::select(simd::is_number(x), a, x);
}

/// Whether there is a NaN among the lanes of a, b, c and d.
template <value V>
SIMDACT_INLINE bool any_nan(const V& a, const V& b, const V& c, const V& d) noexcept {
    if constexpr (lanes<V> == 1) {
        return !(simd::is_number(a) && simd::is_number(b) && simd::is_number(c) && simd::is_number(d));
    } else {
#if !defined(XSIMD_NO_SUPPORTED_ARCHITECTURE)
#if defined(__AVX512F__)
        if constexpr (simd::x86_register<V> == 64 && sizeof(element_t<V>) == 4)
            return (_mm512_cmp_ps_mask(a, b, _CMP_UNORD_Q) | _mm512_cmp_ps_mask(c, d, _CMP_UNORD_Q)) != 0;
        else if constexpr (simd::x86_register<V> == 64)
            return (_mm512_cmp_pd_mask(a, b, _CMP_UNORD_Q) | _mm512_cmp_pd_mask(c, d, _CMP_UNORD_Q)) != 0;
#endif
#if defined(__AVX__)
        if constexpr (simd::x86_register<V> == 32 && sizeof(element_t<V>) == 4)
            return _mm256_movemask_ps(
                       _mm256_or_ps(_mm256_cmp_ps(a, b, _CMP_UNORD_Q), _mm256_cmp_ps(c, d, _CMP_UNORD_Q))) != 0;
        else if constexpr (simd::x86_register<V> == 32)
            return _mm256_movemask_pd(
                       _mm256_or_pd(_mm256_cmp_pd(a, b, _CMP_UNORD_Q), _mm256_cmp_pd(c, d, _CMP_UNORD_Q))) != 0;
#endif
#if defined(__SSE2__)
        if constexpr (simd::x86_register<V> == 16 && sizeof(element_t<V>) == 4)
            return _mm_movemask_ps(_mm_or_ps(_mm_cmpunord_ps(a, b), _mm_cmpunord_ps(c, d))) != 0;
        else if constexpr (simd::x86_register<V> == 16)
            return _mm_movemask_pd(_mm_or_pd(_mm_cmpunord_pd(a, b), _mm_cmpunord_pd(c, d))) != 0;
#endif
        return !xsimd::all(simd::is_number(a) & simd::is_number(b) & simd::is_number(c) & simd::is_number(d));
#else
        return false; // there are no such V
#endif
    }
}

/// The batch of doubles, or the double, of V's architecture.
template <value V>
struct widened {
    using type = double;
};

/// The next lanes<D> elements at p, converted to double.
template <value D>
requires std::same_as < element_t<D>,
double > SIMDACT_INLINE D load_wide(const double* p) noexcept { return simd::load<D>(p); }

template <std::same_as<double> D>
SIMDACT_INLINE D load_wide(const float* p) noexcept {
    return *p;
}

#if !defined(XSIMD_NO_SUPPORTED_ARCHITECTURE)

template <class T, class Arch>
struct widened<xsimd::batch<T, Arch>> {
    using type = simd::batch<double, Arch>;
};

template <value D>
requires(std::same_as<element_t<D>, double> && !std::floating_point<D>) SIMDACT_INLINE D load_wide(const float* p)
noexcept {
    // xsimd converts one by one: the instruction itself where there is one.
#if defined(__AVX512F__)
    if constexpr (simd::x86_register<D> == 64)
        return D(_mm512_maskz_cvtps_pd(static_cast<__mmask8>(-1), _mm256_loadu_ps(p)));
#endif
#if defined(__AVX__)
    if constexpr (simd::x86_register<D> == 32)
        return D(_mm256_cvtps_pd(_mm_loadu_ps(p)));
#endif
#if defined(__SSE2__)
    if constexpr (simd::x86_register<D> == 16)
        return D(
            _mm_cvtps_pd(_mm_castsi128_ps(_mm_loadl_epi64(static_cast<const __m128i*>(static_cast<const void*>(p))))));
#elif defined(__aarch64__)
    if constexpr (std::same_as<typename D::register_type, float64x2_t>)
        return D(vcvt_f64_f32(vld1_f32(p)));
#endif
    double wide[lanes<D>];
    for (std::size_t i = 0; i < lanes<D>; ++i)
        wide[i] = static_cast<double>(p[i]);
    return simd::load<D>(wide);
}

#endif

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

/// x in the first n lanes, n < lanes<V> <= 16, and zeros in the lanes after them.
template <value V>
SIMDACT_INLINE V first_lanes(V x, [[SIMDACT_DETAIL_MAYBE_UNUSED]] std::size_t n) noexcept {
    if constexpr (lanes<V> == 1) {
        return V(0); // n = 0
    } else {
        using B = bits_t<element_t<V>>;
        static_assert(lanes<V> <= 16);
        return simd::from_bits<V>(simd::to_bits(x) & bits_t<V>::load_unaligned(lane_bits<B>.bits + 16 - n));
    }
}

/// The first n elements at p, 0 < n < lanes<V>, and zeros in the lanes after them. Reads no others.
template <value V>
SIMDACT_INLINE V load_some(const element_t<V>* p, std::size_t n) noexcept {
    using T = element_t<V>;
    if constexpr (lanes < V >> 1) {
#if !defined(XSIMD_NO_SUPPORTED_ARCHITECTURE)
#if defined(__AVX512F__)
        if constexpr (simd::x86_register<V> == 64 && sizeof(T) == 4)
            return V(_mm512_maskz_loadu_ps(static_cast<__mmask16>((1u << n) - 1), p));
        else if constexpr (simd::x86_register<V> == 64)
            return V(_mm512_maskz_loadu_pd(static_cast<__mmask8>((1u << n) - 1), p));
#endif
#if defined(__AVX__)
        if constexpr (simd::x86_register<V> == 32) {
            const auto* const from = lane_bits<std::uint32_t>.bits + 16 - n * (sizeof(T) / 4);
            const __m256i wanted = _mm256_loadu_si256(static_cast<const __m256i*>(static_cast<const void*>(from)));
            if constexpr (sizeof(T) == 4)
                return V(_mm256_maskload_ps(p, wanted));
            else
                return V(_mm256_maskload_pd(p, wanted));
        }
#endif
#if defined(__SSE2__)
        if constexpr (simd::x86_register<V> == 16 && sizeof(T) == 8)
            return V(_mm_load_sd(p));
        else if constexpr (simd::x86_register<V> == 16) {
            if (n == 1)
                return V(_mm_load_ss(p));
            const __m128 pair =
                _mm_castsi128_ps(_mm_loadl_epi64(static_cast<const __m128i*>(static_cast<const void*>(p))));
            return V(n == 2 ? pair : _mm_movelh_ps(pair, _mm_load_ss(p + 2)));
        }
#endif
#endif
    }
    T elements[lanes<V>] = {};
    for (std::size_t i = 0; i < n; ++i)
        elements[i] = p[i];
    return simd::load<V>(elements);
}

/// Stores the first n lanes, 0 < n < lanes<V>. Writes nothing else.
template <value V>
SIMDACT_INLINE void store_some(element_t<V>* p, std::size_t n, V x) noexcept {
    using T = element_t<V>;
    if constexpr (lanes < V >> 1) {
#if !defined(XSIMD_NO_SUPPORTED_ARCHITECTURE)
        [[SIMDACT_DETAIL_MAYBE_UNUSED]] const typename V::register_type r = x;
#if defined(__AVX512F__)
        if constexpr (simd::x86_register<V> == 64 && sizeof(T) == 4)
            return _mm512_mask_storeu_ps(p, static_cast<__mmask16>((1u << n) - 1), r);
        else if constexpr (simd::x86_register<V> == 64)
            return _mm512_mask_storeu_pd(p, static_cast<__mmask8>((1u << n) - 1), r);
#endif
#if defined(__SSE2__)
        if constexpr (simd::x86_register<V> == 16 || simd::x86_register<V> == 32) {
            __m128 part;
#if defined(__AVX__)
            if constexpr (simd::x86_register<V> == 32) {
                const __m256 whole = __builtin_bit_cast(__m256, r);
                part = _mm256_castps256_ps128(whole);
                if (n * sizeof(T) >= 16) {
                    _mm_storeu_ps(static_cast<float*>(static_cast<void*>(p)), part);
                    part = _mm256_extractf128_ps(whole, 1);
                    p += 16 / sizeof(T);
                    n -= 16 / sizeof(T);
                }
            } else
#endif
                part = __builtin_bit_cast(__m128, r);
            if (n * sizeof(T) >= 8) {
                _mm_storel_pi(static_cast<__m64*>(static_cast<void*>(p)), part);
                part = _mm_movehl_ps(part, part);
                p += 8 / sizeof(T);
                n -= 8 / sizeof(T);
            }
            if constexpr (sizeof(T) == 4)
                if (n == 1)
                    _mm_store_ss(p, part);
            return;
        }
#endif
#endif
    }
    T elements[lanes<V>];
    simd::store(elements, x);
    for (std::size_t i = 0; i < n; ++i)
        p[i] = elements[i];
}

/// Like store() to a p that is aligned to the size of V, but past the caches where there are such stores. After the
/// last one comes stream_end().
template <value V>
SIMDACT_INLINE void stream(element_t<V>* p, V x) noexcept {
#if SIMDACT_DETAIL_STREAMS && !defined(XSIMD_NO_SUPPORTED_ARCHITECTURE)
    if constexpr (lanes < V >> 1) {
        [[SIMDACT_DETAIL_MAYBE_UNUSED]] float* const q =
            static_cast<float*>(static_cast<void*>(p)); // the bits are moved as they are
        const typename V::register_type r = x;
#if defined(__AVX512F__)
        if constexpr (simd::x86_register<V> == 64)
            return _mm512_stream_ps(q, __builtin_bit_cast(__m512, r));
#endif
#if defined(__AVX__)
        if constexpr (simd::x86_register<V> == 32)
            return _mm256_stream_ps(q, __builtin_bit_cast(__m256, r));
#endif
        if constexpr (simd::x86_register<V> == 16)
            return _mm_stream_ps(q, __builtin_bit_cast(__m128, r));
    }
#endif
    simd::store(p, x);
}

/// Makes what was streamed visible to other threads in the order of the program.
SIMDACT_INLINE void stream_end() noexcept {
#if SIMDACT_DETAIL_STREAMS
    _mm_sfence();
#endif
}

/// The mask as bits, lane i in bit i.
template <value V>
SIMDACT_INLINE std::uint32_t mask_to_bits(mask_t<V> mask) noexcept {
    constexpr std::size_t width = lanes<V>;
    static_assert(width <= 32);
    if constexpr (width == 1)
        return mask;
#if !defined(XSIMD_NO_SUPPORTED_ARCHITECTURE)
    else if constexpr (requires { mask.mask(); }) // not in 8.1
        return static_cast<std::uint32_t>(mask.mask());
#if defined(__AVX512F__)
    else if constexpr (simd::x86_register<V> == 64)
        return static_cast<std::uint32_t>(static_cast<typename mask_t<V>::register_type>(mask));
#endif
#if defined(__AVX__)
    else if constexpr (simd::x86_register<V> == 32 && sizeof(element_t<V>) == 4)
        return static_cast<std::uint32_t>(_mm256_movemask_ps(mask));
    else if constexpr (simd::x86_register<V> == 32)
        return static_cast<std::uint32_t>(_mm256_movemask_pd(mask));
#endif
#if defined(__SSE2__)
    else if constexpr (simd::x86_register<V> == 16 && sizeof(element_t<V>) == 4)
        return static_cast<std::uint32_t>(_mm_movemask_ps(mask));
    else if constexpr (simd::x86_register<V> == 16)
        return static_cast<std::uint32_t>(_mm_movemask_pd(mask));
#endif
    else {
        element_t<V> one[width];
        simd::store(one, simd::select(mask, V(1), V(0)));
        std::uint32_t bits = 0;
        for (std::size_t i = 0; i < width; ++i)
            bits |= static_cast<std::uint32_t>(one[i] > 0) << i;
        return bits;
    }
#endif
}

/// The inverse of mask_to_bits; further bits are ignored.
template <value V>
SIMDACT_INLINE mask_t<V> mask_from_bits(std::uint32_t bits) noexcept {
    if constexpr (lanes<V> == 1) {
        return bits & 1;
    } else { // each lane keeps its bit, put into the mantissa of 1
        using B = bits_t<element_t<V>>;
        B own[lanes<V>];
        for (std::size_t i = 0; i < lanes<V>; ++i)
            own[i] = B(1) << i;
        const bits_t<V> kept = bits_t<V>(static_cast<B>(bits)) & bits_t<V>::load_unaligned(own);
        return simd::from_bits<V>(kept | simd::to_bits(V(1))) > V(1);
    }
}

} // namespace simd
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
