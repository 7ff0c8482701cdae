#ifndef SIMDACT_CONCEPTS_HPP
#define SIMDACT_CONCEPTS_HPP

/// What a function must offer for the kernels to take it; what it may say about its parameters is in parameters.hpp,
/// what an array must be in arrays.hpp. A struct of your own
/// that models `activation` (and `differentiable`) works in every elementwise kernel.

#include <simdact/arrays.hpp>
#include <simdact/naming.hpp>
#include <simdact/parameters.hpp>
#include <simdact/simd.hpp>

#include <concepts>
#include <cstddef>

namespace simdact {
inline namespace SIMDACT_ISA {

/// A function may have `prepared<T>()`, for T float or double: something that depends on f's parameters alone and has
/// some of the members below. Kernels take it once, before they loop, and call these members of it in the place of f's,
/// which are to give the same bits; what it lacks they call of f. What says how a function may be called (two_slopes,
/// light) it says itself.

/// y = f.forward(x) for values V, in kernels a simdact::simd::batch.
template <class F, class V>
concept activation = value<V> && requires(const F& f, V x) {
    { f.forward(x) } -> std::same_as<V>;
};

/// d = f.derivative(x).
template <class F, class V>
concept differentiable = value<V> && requires(const F& f, V x) {
    { f.derivative(x) } -> std::same_as<V>;
};

/// dx = f.backward(x, dy). Optional: where a function lacks it, kernels take dy * f.derivative(x).
template <class F, class V>
concept backpropagates = value<V> && requires(const F& f, V x) {
    { f.backward(x, x) } -> std::same_as<V>;
};

/// d = f.derivative_from_output(y): f' is known from y = f(x). Kernels refuse a parameter outside its `from_output`,
/// for which it is not.
template <class F, class V>
concept output_differentiable = value<V> && requires(const F& f, V y) {
    { f.derivative_from_output(y) } -> std::same_as<V>;
};

/// dx = f.backward_from_output(y, dy). Optional: else dy * f.derivative_from_output(y).
template <class F, class V>
concept backpropagates_from_output = value<V> && requires(const F& f, V y) {
    { f.backward_from_output(y, y) } -> std::same_as<V>;
};

/// dx = f.backward_from_mask(bit, dy): f'(x) is known from one bit, which is f.mask(x), or x > 0 where f has no mask().
template <class F, class V>
concept mask_differentiable = value<V> && requires(const F& f, simd::mask_t<V> positive, V dy) {
    { f.backward_from_mask(positive, dy) } -> std::same_as<V>;
};

namespace detail {

/// dx = f.backward(x, dy), or dy * f'(x).
template <class F, value V>
SIMDACT_INLINE constexpr V dx_by(const F& f, V x, V dy) noexcept {
    if constexpr (backpropagates<F, V>)
        return f.backward(x, dy);
    else
        return dy * f.derivative(x);
}

/// f says what its bit means.
template <class F, class V>
concept tells_mask = requires(const F& f, V x) {
    f.mask(x);
};

/// What the bit of x means for f.
template <class F, value V>
SIMDACT_INLINE constexpr simd::mask_t<V> mask_for([[SIMDACT_DETAIL_MAYBE_UNUSED]] const F& f, V x) noexcept {
    if constexpr (tells_mask<F, V>)
        return f.mask(x);
    else
        return x > V(0);
}

/// The same for an x that is not NaN.
template <class F, value V>
SIMDACT_INLINE constexpr simd::mask_t<V> mask_for_number(const F& f, V x) noexcept {
    if constexpr (tells_mask<F, V>)
        return f.mask(x);
    else
        return simd::above_zero(x);
}

/// f says what that of its output is, where it is not the same of y.
template <class F, class V>
concept tells_output_mask = requires(const F& f, V y) {
    f.mask_of_output(y);
};

/// The bit of x from y = f(x), for a y that is not NaN.
template <class F, value V>
SIMDACT_INLINE constexpr simd::mask_t<V> mask_for_output(const F& f, V y) noexcept {
    if constexpr (tells_output_mask<F, V>)
        return f.mask_of_output(y);
    else
        return detail::mask_for_number(f, y);
}

} // namespace detail

/// y = f.forward(x, p), where each channel has a parameter of its own, like the slope of prelu.
template <class F, class V>
concept channelwise_activation = value<V> && requires(const F& f, V x) {
    { f.forward(x, x) } -> std::same_as<V>;
};

/// d = f.derivative(x, p).
template <class F, class V>
concept channelwise_differentiable = value<V> && requires(const F& f, V x) {
    { f.derivative(x, x) } -> std::same_as<V>;
};

namespace detail {

/// df/dslope = f.slope_derivative(x), which is 0 for x > 0 and does not depend on the slope.
template <class F, class V>
concept slope_differentiable = requires(const F& f, V x) {
    { f.slope_derivative(x) } -> std::same_as<V>;
};

/// df/dp = f.parameter_derivative(x, p).
template <class F, class V>
concept parameter_differentiable = requires(const F& f, V x) {
    { f.parameter_derivative(x, x) } -> std::same_as<V>;
};

/// The parameter is added to x: its gradient is the sum of dx.
template <class F>
concept adds_parameter = bool(F::adds_parameter);

} // namespace detail

/// dx = f.backward(x, p, dy), and what the gradient of the parameter p takes: df/dp = f.parameter_derivative(x, p), or
/// f says `static constexpr bool adds_parameter = true;` if p is added to x, so that its gradient is the sum of dx, or
/// df/dp = f.slope_derivative(x) that is 0 for x > 0 and does not depend on p.
template <class F, class V>
concept channelwise_trainable = value<V> && requires(const F& f, V x) {
    { f.backward(x, x, x) } -> std::same_as<V>;
    requires detail::slope_differentiable<F, V> || detail::parameter_differentiable<F, V> || detail::adds_parameter<F>;
};

/// dx = f.backward_from_mask(x > 0, slope, dy).
template <class F, class V>
concept channelwise_mask_differentiable = value<V> && requires(const F& f, simd::mask_t<V> positive, V v) {
    { f.backward_from_mask(positive, v, v) } -> std::same_as<V>;
};

/// How a tensor lies in memory around its channel axis: `outer` times, one after the other, `channels` runs of `inner`
/// elements. NCHW: {N, C, H * W}. NHWC: {N * H * W, C, 1}. A slope for each element of a row: {rows, columns, 1}.
/// One slope for everything: any shape.
struct channel_shape {
    std::size_t outer = 1;
    std::size_t channels = 1;
    std::size_t inner = 1;

    /// Whether the number of elements fits a std::size_t.
    constexpr bool countable() const noexcept {
        if (outer == 0 || channels == 0 || inner == 0)
            return true;
#if defined(__GNUC__)
        std::size_t row = 0, all = 0; // divisions take longer than all else that a call checks
        return !__builtin_mul_overflow(channels, inner, &row) && !__builtin_mul_overflow(outer, row, &all);
#else
        constexpr std::size_t most = static_cast<std::size_t>(-1);
        return channels <= most / outer && inner <= most / (outer * channels);
#endif
    }

    constexpr std::size_t size() const noexcept { return outer * channels * inner; }
};

/// f says `static constexpr bool two_slopes = true;`: f' is one constant where the bit of x is set and another
/// elsewhere, and by the bit of y as well, or by f.mask_of_output(y), where f' is known from y. For what is not NaN,
/// kernels then take f.backward_from_mask(bit, dy) for backward() and backward_from_output(), and with 1 for dy for
/// derivative(): those must give the same bits.
template <class F>
concept two_slopes = bool(F::two_slopes);

/// f says `static constexpr bool light = true;`: it is so short that kernels had better take several batches at a time.
/// Only for a function without products that are added to something: compilers contract those into FMAs as they find
/// them, and copies of f in a loop may then differ in bits.
template <class F>
concept light = two_slopes<F> || bool(F::light);

/// The same for the derivative from the output alone: `static constexpr bool light_from_output = true;`.
template <class F>
concept light_from_output = light<F> || bool(F::light_from_output);

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
