#ifndef SIMDACT_FUNCTIONS_HARD_SIGMOID_AFFINE_HPP
#define SIMDACT_FUNCTIONS_HARD_SIGMOID_AFFINE_HPP

#include <simdact/functions/by_bit.hpp>

#include <limits>

namespace simdact {
inline namespace SIMDACT_ISA {

/// Hard sigmoid with a slope and an offset, ONNX's operator: f(x) = alpha * x + beta limited to [0, 1].
/// f'(x) = alpha where 0 < f(x) < 1, 0 elsewhere.  f(-inf) = +0, f(+inf) = 1; a NaN x comes back bit for bit from every
/// function here. One bit tells f': 0 < f(x) < 1.  f' from the output y: alpha for 0 < y < 1, 0 elsewhere.
/// Errors: f 0.5 ULP of alpha * x + beta, with FMA and without, where the product or beta is at least 2^-100; f' exact.
/// The same bits on every instruction set. alpha and beta are rounded to the element type first; alpha > 0, both
/// finite: kernels refuse others, which give some value here. Not constexpr.  Courbariaux, Bengio, David 2015.
struct hard_sigmoid_affine final {
    static constexpr const char* name = "hard_sigmoid_affine";
    static constexpr parameter parameters[] = {
        {.name = "alpha", .fallback = 0.2, .valid = finite_above(0.0)},
        {.name = "beta", .fallback = 0.5, .valid = any_finite},
    };
    static constexpr name_elsewhere elsewhere[] = {{naming::onnx, "HardSigmoid", {{"alpha", 0.2}, {"beta", 0.5}}}};
    static constexpr bool two_slopes = true;
    double alpha = 0.2, beta = 0.5;

    template <value V>
    SIMDACT_INLINE V forward(V x) const noexcept {
        return simd::unless_nan(x, forward_of_number(x));
    }
    template <value V>
    SIMDACT_INLINE V forward_of_number(V x) const noexcept {
        return simd::clamp(line(x), V(0), V(1));
    }

    template <value V>
    SIMDACT_INLINE simd::mask_t<V> mask(V x) const noexcept {
        return mask_of_output(line(x));
    }
    template <value V>
    SIMDACT_INLINE simd::mask_t<V> mask_of_output(V y) const noexcept {
        return simd::both(y > V(0), y < V(1));
    }

    /// dx = dy * alpha where 0 < f(x) < 1, +0 elsewhere whatever dy is.
    template <value V>
    SIMDACT_INLINE V backward_from_mask(simd::mask_t<V> inside, V dy) const noexcept {
        return simd::keep(inside, simd::scaled(dy, simd::splat<V>(alpha)));
    }

    SIMDACT_INLINE auto operator()(value auto x) const noexcept { return forward(x); }
    SIMDACT_INLINE auto derivative(value auto x) const noexcept { return backward(x, decltype(x)(1)); }
    SIMDACT_INLINE auto backward(value auto x, auto dy) const noexcept { return detail::dx_of(*this, x, dy); }
    SIMDACT_INLINE auto derivative_from_output(value auto y) const noexcept {
        return backward_from_output(y, decltype(y)(1));
    }
    SIMDACT_INLINE auto backward_from_output(value auto y, auto dy) const noexcept {
        return simd::unless_nan(y, backward_from_mask(mask_of_output(y), dy));
    }

private:
    template <value V>
    SIMDACT_INLINE V line(V x) const noexcept {
        using T = simd::element_t<V>;
        const T a = simd::rounded<T>(alpha);
        const V b = simd::splat<V>(beta);
        if constexpr (simd::fused) {
            return simd::fma(V(a), x, b);
        } else {
            // The power of two goes to x, of which halves are denormal otherwise.
            constexpr T least = (std::numeric_limits<T>::min)(), infinity = std::numeric_limits<T>::infinity();
            const T power = a < least ? T(1) : simd::from_bits<T>(simd::to_bits(a) & simd::to_bits(infinity));
            return sum_of_parts(V(a / power), x * V(power), b);
        }
    }

    /// fma(a, x, b) without FMA (after Boldo, Melquiond 2008): the product in two parts (Dekker), the sum in two
    /// (Knuth), and what is lost of both, rounded to odd so that the last sum rounds as the exact one. Parts that may
    /// overflow or be denormal are left out.
    template <value V>
    SIMDACT_INLINE static V sum_of_parts(V a, V x, V b) noexcept {
        using T = simd::element_t<V>;
        constexpr bool is_float = sizeof(T) == 4;
        const V ah = simd::first_half(a), al = simd::opaque(a - ah), xh = simd::first_half(x),
                xl = simd::opaque(x - xh);
        const V product = simd::product(a, x), size = (simd::abs)(product);
        V lost = simd::opaque(simd::product(ah, xh) - product);
        lost = simd::opaque(lost + simd::product(ah, xl));
        lost = simd::opaque(lost + simd::product(al, xh));
        const V most_of_xl = is_float ? xl : simd::first_half(xl); // with 27 digits each the product would not be exact
        lost = simd::opaque(lost + simd::product(al, most_of_xl));
        if constexpr (!is_float)
            lost = simd::opaque(lost + simd::product(al, simd::opaque(xl - most_of_xl)));
        const V least(T(is_float ? 0x1p-100 : 0x1p-960)), most(T(is_float ? 0x1p125 : 0x1p1020));
        const auto [sum, rest] = in_two(product, b);
        const V rounded = rounded_to_odd(rest, simd::keep(size > least, lost));
        return sum + simd::opaque(simd::keep(size < most, rounded));
    }

    template <value V>
    struct parts {
        V sum, rest;
    };
    template <value V>
    SIMDACT_INLINE static parts<V> in_two(V a, V b) noexcept {
        const V sum = simd::opaque(a + b), added = simd::opaque(sum - a);
        return {sum, simd::opaque(simd::opaque(a - simd::opaque(sum - added)) + simd::opaque(b - added))};
    }

    /// a + b; where that is not exact, the neighbour of it that has its last bit set.
    template <value V>
    SIMDACT_INLINE static V rounded_to_odd(V a, V b) noexcept {
        using B = simd::bits_t<V>;
        using one = simd::bits_t<simd::element_t<V>>;
        const auto [sum, rest] = in_two(a, b);
        const V size = (simd::abs)(sum), outward = simd::select(sum < V(0), simd::negated(rest), rest);
        const V last = simd::from_bits<V>(B(one(1))), below = simd::select(outward < V(0), size, V(1));
        const V inner = simd::from_bits<V>(simd::to_bits(below) - B(one(1)));
        const V odd = simd::either(simd::select(outward < V(0), inner, size), last);
        return simd::either(simd::select((simd::abs)(rest) > V(0), odd, size), simd::sign_of(sum));
    }
};

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
