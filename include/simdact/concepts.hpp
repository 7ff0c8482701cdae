#pragma once

/// What a function must offer for the kernels to take it, and what an array must be. A struct of your own that models
/// `activation` (and `differentiable`) works in every elementwise kernel.

#include <simdact/simd.hpp>

#include <concepts>
#include <memory>
#include <span> // and with it std::ranges::begin, size and the range concepts
#include <type_traits>

namespace simdact {
inline namespace SIMDACT_ISA {

/// A bound that a parameter must keep: value >= minimum, after rounding to the element type.
struct parameter_limit {
    const char* name;
    double value;
    double minimum;
};

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

/// d = f.derivative_from_output(y): f' is known from y = f(x). With a member output_limit() that returns a
/// parameter_limit, kernels refuse a parameter for which it is not.
template <class F, class V>
concept output_differentiable = value<V> && requires(const F& f, V y) {
    { f.derivative_from_output(y) } -> std::same_as<V>;
};

/// dx = f.backward_from_output(y, dy). Optional: else dy * f.derivative_from_output(y).
template <class F, class V>
concept backpropagates_from_output = value<V> && requires(const F& f, V y) {
    { f.backward_from_output(y, y) } -> std::same_as<V>;
};

/// dx = f.backward_from_mask(x > 0, dy): f'(x) is known from one bit.
template <class F, class V>
concept mask_differentiable = value<V> && requires(const F& f, simd::mask_t<V> positive, V dy) {
    { f.backward_from_mask(positive, dy) } -> std::same_as<V>;
};

/// y = f.forward(x, slope), where each channel has a slope of its own, like prelu.
template <class F, class V>
concept channelwise_activation = value<V> && requires(const F& f, V x) {
    { f.forward(x, x) } -> std::same_as<V>;
};

/// d = f.derivative(x, slope).
template <class F, class V>
concept channelwise_differentiable = value<V> && requires(const F& f, V x) {
    { f.derivative(x, x) } -> std::same_as<V>;
};

/// dx = f.backward(x, slope, dy), and df/dslope = f.slope_derivative(x), which is 0 for x > 0.
template <class F, class V>
concept channelwise_trainable = value<V> && requires(const F& f, V x) {
    { f.backward(x, x, x) } -> std::same_as<V>;
    { f.slope_derivative(x) } -> std::same_as<V>;
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
        constexpr std::size_t most = static_cast<std::size_t>(-1);
        return outer == 0 || channels == 0 || inner == 0 ||
               (channels <= most / outer && inner <= most / (outer * channels));
    }

    constexpr std::size_t size() const noexcept { return outer * channels * inner; }
};

/// f says `static constexpr bool light = true;`: it is so short that kernels had better take several batches at a time.
/// Only for a function without products that are added to something: compilers contract those into FMAs as they find
/// them, and copies of f in a loop may then differ in bits.
template <class F>
concept light = bool(F::light);

/// The same for the derivative from the output alone: `static constexpr bool light_from_output = true;`.
template <class F>
concept light_from_output = light<F> || bool(F::light_from_output);

// bool(...) around a concept of the standard library: the compiler then says which of ours is not met, in few lines,
// and not how the standard one is built.

/// The elements of R may be read and written in any order, and several at once.
template <class R>
concept not_volatile = !std::is_volatile_v<std::remove_reference_t<std::ranges::range_reference_t<R>>>;

namespace detail {
/// There are other types of these sizes.
template <class T>
concept float_or_double = bool(std::same_as<T, float>) || bool(std::same_as<T, double>);

/// What arrays that are read and arrays that are written share.
template <class R>
concept array = bool(std::ranges::contiguous_range<R>) && bool(std::ranges::sized_range<R>) &&
                std::floating_point<std::ranges::range_value_t<R>>&& float_or_double<
                    std::ranges::range_value_t<R>>&& not_volatile<R>;

/// A range's size may be signed.
template <array R>
SIMDACT_INLINE std::size_t size_of(R& r) noexcept {
    return static_cast<std::size_t>(std::ranges::size(r));
}

/// Where the elements of a range begin. Not data(), from which a view of an xtensor leaves its offset out; and nothing
/// is asked of an empty range, whose begin() need not be dereferenceable.
template <class R>
SIMDACT_INLINE auto* first_element(R& r) noexcept {
    return std::ranges::size(r) == 0 ? nullptr : std::to_address(std::ranges::begin(r));
}
} // namespace detail

/// A contiguous range of known size of float or double, to be read: a vector, an array, a std::span over pointer and
/// count, ...
template <class R>
concept input_array = detail::array<R> && detail::array<const R>;

template <class R>
using array_value_t = std::ranges::range_value_t<R>;

namespace detail {
/// Where the elements of an array are, to be read.
template <input_array R>
SIMDACT_INLINE const array_value_t<R>* input_pointer(const R& r) noexcept {
    return detail::first_element(r);
}
} // namespace detail

/// The elements of R can be written.
template <class R>
concept writable = !std::is_const_v<std::remove_reference_t<std::ranges::range_reference_t<R>>>;

/// An array that is written: its elements are not const, and it is a variable or a view, not a temporary container.
template <class R>
concept output_array = detail::array<R> && bool(std::ranges::borrowed_range<R>) && writable<R>;

namespace detail {
/// Where the elements of an array are, to be written.
template <class R>
SIMDACT_INLINE array_value_t<R>* output_pointer(R& r) noexcept {
    return detail::first_element(r);
}
} // namespace detail

/// Two arrays have the same element type.
template <class R, class Other>
concept same_value = bool(std::same_as<array_value_t<R>, array_value_t<Other>>);

/// An array to write what was computed from X.
template <class R, class X>
concept output_for = output_array<R> && same_value<R, X>;

/// A further input beside X.
template <class R, class X>
concept input_beside = input_array<R> && same_value<R, X>;

/// The bytes of a mask: made from all that a std::span is made from, but it begins where the range does and not at its
/// data().
template <class Byte>
struct mask_span : std::span<Byte> {
    template <class R>
    requires std::convertible_to<R, std::span<Byte>> mask_span(R&& r)
    noexcept : std::span<Byte>(elements_of(r)) {}

    template <std::contiguous_iterator First>
    mask_span(First first, std::size_t size) noexcept : std::span<Byte>(first, size) {}

    template <std::contiguous_iterator First, std::sized_sentinel_for<First> Last>
    mask_span(First first, Last last) noexcept : std::span<Byte>(first, last) {}

private:
    template <class R>
    static std::span<Byte> elements_of(R& r) noexcept {
        if constexpr (std::ranges::contiguous_range<R&>)
            return {detail::first_element(r), static_cast<std::size_t>(std::ranges::size(r))};
        else
            return r;
    }
};
using mask_output = mask_span<std::uint8_t>;
using mask_input = mask_span<const std::uint8_t>;

} // namespace SIMDACT_ISA
} // namespace simdact
