#ifndef SIMDACT_KERNELS_MASK_HPP
#define SIMDACT_KERNELS_MASK_HPP

/// Training with one bit per element kept instead of x: forward_with_mask() writes y and the bit, and
/// backward_from_mask() needs that and dy. For functions whose derivative depends on no more, as relu's, leaky_relu's
/// and prelu's dx do on x > 0, which the bit is unless f says something else: f.mask(x). A mask has (n + 7) / 8 bytes,
/// bit i % 8 of byte i / 8 belongs to element i, unused bits are 0, and a NaN counts as not positive. It may overlap
/// nothing. Another size is refused, as is all that the kernels without a mask refuse.

#include <simdact/kernels/channelwise.hpp>
#include <simdact/kernels/elementwise.hpp>

#include <cstdint>
#include <span>

namespace simdact {
inline namespace SIMDACT_ISA {

namespace detail {

/// The mask belongs to x and touches none of the arrays.
template <class... Arguments>
SIMDACT_INLINE void check_mask_of(const char* kernel, const plain_argument& mask, const plain_argument& x,
                                  const Arguments&... others) {
    detail::check_mask(kernel, mask, x);
    detail::check_apart(kernel, mask, x);
    (detail::check_apart(kernel, mask, others), ...);
}

/// Sizes come before overlaps.
SIMDACT_INLINE void check_each_unary_with_mask(const char* kernel, const argument& x, const argument& y,
                                               const plain_argument& mask) {
    detail::check_dense(kernel, x, y);
    detail::check_size(kernel, y, x);
    detail::check_mask_of(kernel, mask, x, y);
    detail::check_same_or_apart(kernel, y, x);
}

[[SIMDACT_DETAIL_NORETURN]] SIMDACT_DETAIL_COLD inline void
refuse_unary_with_mask(const char* kernel, const char* x_name, const void* x, std::size_t x_size, const char* y_name,
                       const void* y, std::size_t y_size, std::size_t element_size, const void* mask,
                       std::size_t mask_size) {
    detail::check_each_unary_with_mask(kernel, plain_argument{x_name, x, x_size, element_size},
                                       plain_argument{y_name, y, y_size, element_size},
                                       plain_argument{"mask", mask, mask_size, 1});
    detail::refuse(kernel); // not reached
}

template <class X, class Y>
SIMDACT_INLINE void check_unary_with_mask(const char* kernel, const X& x, const Y& y, const plain_argument& mask) {
    if constexpr (!plain<X, Y>)
        detail::check_each_unary_with_mask(kernel, x, y, mask);
    else if (x.size != y.size || mask.size != detail::mask_bytes(x.size) || !detail::apart(mask, x) ||
             !detail::apart(mask, y) || !detail::same_or_apart(y, x)) [[SIMDACT_DETAIL_UNLIKELY]]
        detail::refuse_unary_with_mask(kernel, x.name, x.data, x.size, y.name, y.data, y.size, x.element_size,
                                       mask.data, mask.size);
}

/// f.forward(), and its bit.
template <class F>
struct forward_with_mask_of {
    template <class R>
    using with = forward_with_mask_of<R>;
    template <class R, class V>
    static constexpr bool serves = activation<R, V> && (tells_mask<R, V> || !tells_mask<F, V>);
    held<F> f;
    template <value V>
    SIMDACT_INLINE V operator()(V x) const noexcept {
        return f.forward(x);
    }
    template <value V>
    SIMDACT_INLINE simd::mask_t<V> mask(V x) const noexcept {
        return detail::mask_for(f, x);
    }
};

template <class F>
struct backward_from_mask_of {
    static constexpr bool light = true; // one_by_one takes no masks
    template <class R>
    using with = backward_from_mask_of<R>;
    template <class R, class V>
    static constexpr bool serves = mask_differentiable<R, V>;
    held<F> f;
    template <value V>
    SIMDACT_INLINE V operator()(simd::mask_t<V> positive, V dy) const noexcept {
        return f.backward_from_mask(positive, dy);
    }
};

template <class F>
struct channelwise_backward_from_mask_of {
    static constexpr bool light = true; // one_by_one takes no masks
    template <class R>
    using with = channelwise_backward_from_mask_of<R>;
    template <class R, class V>
    static constexpr bool serves = channelwise_mask_differentiable<R, V>;
    held<F> f;
    template <value V>
    SIMDACT_INLINE V operator()(V slope, simd::mask_t<V> positive, V dy) const noexcept {
        return f.backward_from_mask(positive, slope, dy);
    }
};

/// y = op(x), and the mask op.mask(x).
template <value V, class Op, class T>
SIMDACT_INLINE void apply_ready_with_mask(std::size_t n, const Op& op, T* y, std::uint8_t* mask, const T* x) noexcept {
    constexpr std::size_t width = simd::lanes<V>;
    bit_writer bits(mask);
    std::size_t i = 0;
    for (; i + 32 <= n; i += 32) {
        std::uint32_t word = 0;
        detail::unrolled<32 / width>([&](auto j) SIMDACT_INLINE_LAMBDA {
            const V v = simd::load<V>(x + i + j * width);
            word |= simd::mask_to_bits<V>(op.mask(v)) << (j * width);
            simd::store(y + i + j * width, op(v));
        });
        bits.add(word, 32);
    }
    detail::apply_in_groups<V>(
        n - i,
        [&](auto, std::size_t some, V v) SIMDACT_INLINE_LAMBDA { // f may set the bit of the zeros behind the last
            bits.add(simd::mask_to_bits<V>(op.mask(v)) & (std::uint32_t(-1) >> (32 - some)), some);
        },
        op, y + i, x + i);
}

template <value V, class Op, class T>
void apply_with_mask(std::size_t n, Op op, T* y, std::uint8_t* mask, const T* x) noexcept;

/// The same past the caches: parts are computed in a buffer.
template <value V, class Op, class T>
SIMDACT_DETAIL_NOINLINE void apply_with_mask_streaming(std::size_t n, Op op, T* y, std::uint8_t* mask,
                                                       const T* x) noexcept {
    streamed<T> target(y);
    for (std::size_t i = 0; i < n;) {
        const std::size_t count = n - i < streamed<T>::size ? n - i : streamed<T>::size; // whole bytes of the mask
        detail::apply_with_mask<V>(count, op, target.room(), mask + i / 8, x + i);
        target.wrote(count);
        i += count;
    }
}

/// y = op(x), and the mask op.mask(x), whose unused bits are 0.
template <value V, class Op, class T>
void apply_with_mask(std::size_t n, Op op, T* y, std::uint8_t* mask, const T* x) noexcept {
    if (n % 8 != 0)
        mask[n / 8] = 0;
    if (detail::streams_to(n, y, x)) [[SIMDACT_DETAIL_UNLIKELY]]
        return detail::apply_with_mask_streaming<V>(n, op, y, mask, x);
    detail::with_prepared<V>(op, [&](const auto& ready)
                                     SIMDACT_INLINE_LAMBDA { detail::apply_ready_with_mask<V>(n, ready, y, mask, x); });
}

} // namespace detail

/// y = f(x), and mask = f.mask(x), or x > 0. y may be x.
template <class Arch = simd::default_arch, class F, input_array X, output_for<X> Y>
requires activation<F, detail::batch_of<X, Arch>> && mask_differentiable<F, detail::batch_of<X, Arch>>
void forward_with_mask(const F& f, const X& x, Y&& y, mask_output mask) {
    const char* const kernel = "forward_with_mask";
    detail::check_parameters<array_value_t<X>>(kernel, f);
    const auto in = detail::describe("x", x);
    const auto out = detail::describe("y", y);
    const auto bits = detail::describe("mask", mask);
    detail::check_unary_with_mask(kernel, in, out, bits);
    using V = detail::group_batch<detail::batch_of<X, Arch>>;
    detail::apply_with_mask<V>(in.size, detail::forward_with_mask_of<F>{f}, detail::output_pointer(y), mask.data(),
                               detail::input_pointer(x));
}

/// dx = dy * f'(x), from the mask of x. dx may be dy, but not with accumulate_all, which adds to it.
template <class Arch = simd::default_arch, class F, input_array DY, output_for<DY> DX,
          detail::way_to_write How = detail::overwrite_t>
requires mask_differentiable<F, detail::batch_of<DY, Arch>>
void backward_from_mask(const F& f, mask_input mask, const DY& dy, DX&& dx, How = {}) {
    const char* const kernel = "backward_from_mask";
    detail::check_parameters<array_value_t<DY>>(kernel, f);
    const auto gradient = detail::describe("dy", dy);
    const auto out = detail::describe("dx", dx);
    const auto bits = detail::describe("mask", mask);
    detail::check_unary_with_mask(kernel, gradient, out, bits);
    detail::check_written<How>(kernel, out, gradient);
    using V = detail::group_batch<detail::batch_of<DY, Arch>>; // bits are taken 32 at a time
    array_value_t<DY>* const to = detail::output_pointer(dx);
    detail::written<How>(detail::backward_from_mask_of<F>{f}, to, [&](auto op, auto... old) SIMDACT_INLINE_LAMBDA {
        detail::apply<V>(gradient.size, op, to, detail::bit_source{mask.data(), mask.size()}, detail::input_pointer(dy),
                         old...);
    });
}

/// y = f(x, slope of the channel), and mask = x > 0. y may be x.
template <class Arch = simd::default_arch, class F, input_array X, input_beside<X> S, output_for<X> Y>
requires channelwise_activation<F, detail::batch_of<X, Arch>> &&
    channelwise_mask_differentiable<F, detail::batch_of<X, Arch>>
void forward_with_mask(const F& f, const channel_shape& shape, const X& x, const S& slopes, Y&& y, mask_output mask) {
    const char* const kernel = "forward_with_mask";
    detail::check_parameters<array_value_t<X>>(kernel, f);
    const auto in = detail::describe("x", x);
    const auto w = detail::describe(detail::parameters_name<F>(), slopes);
    const auto out = detail::describe("y", y);
    const auto bits = detail::describe("mask", mask);
    detail::check_channelwise(kernel, shape, in, w, out);
    detail::check_mask_of(kernel, bits, in, w, out);
    if (in.size % 8 != 0)
        mask.back() = 0; // the bits that belong to no element
    using V = detail::group_batch<detail::batch_of<X, Arch>>;
    detail::apply_channelwise<V>(detail::shape_of_slopes(shape, slopes), detail::input_pointer(slopes),
                                 detail::channelwise_forward_of<F>{f}, detail::mask_of{mask.data()},
                                 detail::output_pointer(y), detail::input_pointer(x));
}

/// dx = dy * df/dx, from mask = x > 0. dx may be dy, but not with accumulate_all, which adds to it.
template <class Arch = simd::default_arch, class F, input_array DY, input_beside<DY> S, output_for<DY> DX,
          detail::way_to_write How = detail::overwrite_t>
requires channelwise_mask_differentiable<F, detail::batch_of<DY, Arch>>
void backward_from_mask(const F& f, const channel_shape& shape, mask_input mask, const S& slopes, const DY& dy, DX&& dx,
                        How = {}) {
    const char* const kernel = "backward_from_mask";
    detail::check_parameters<array_value_t<DY>>(kernel, f);
    const auto gradient = detail::describe("dy", dy);
    const auto w = detail::describe(detail::parameters_name<F>(), slopes);
    const auto out = detail::describe("dx", dx);
    const auto bits = detail::describe("mask", mask);
    detail::check_channelwise(kernel, shape, gradient, w, out);
    detail::check_mask_of(kernel, bits, gradient, w, out);
    detail::check_written<How>(kernel, out, gradient);
    using V = detail::group_batch<detail::batch_of<DY, Arch>>;
    array_value_t<DY>* const to = detail::output_pointer(dx);
    detail::written<How>(
        detail::channelwise_backward_from_mask_of<F>{f}, to, [&](auto op, auto... old) SIMDACT_INLINE_LAMBDA {
            detail::apply_channelwise<V>(detail::shape_of_slopes(shape, slopes), detail::input_pointer(slopes), op,
                                         detail::no_gradient{}, to, detail::bit_source{mask.data(), mask.size()},
                                         detail::input_pointer(dy), old...);
        });
}

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
