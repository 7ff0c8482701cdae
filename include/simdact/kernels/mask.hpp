#pragma once

/// Training with one bit per element kept instead of x: forward_with_mask() writes y and whether x > 0, and
/// backward_from_mask() needs that and dy. For functions whose derivative depends on no more: relu, leaky_relu, prelu's
/// dx. A mask has (n + 7) / 8 bytes, bit i % 8 of byte i / 8 belongs to element i, unused bits are 0, and a NaN counts
/// as not positive. It may overlap nothing. Another size is refused, as is all that the kernels without a mask refuse.

#include <simdact/kernels/channelwise.hpp>
#include <simdact/kernels/elementwise.hpp>

#include <cstdint>
#include <span>

namespace simdact {
inline namespace SIMDACT_ISA {

namespace detail {

/// Sets the first `count` bits, 16 at most, from bit `index` on.
SIMDACT_INLINE void put_bits(std::uint8_t* mask, std::size_t index, std::size_t count, std::uint32_t bits) noexcept {
    const std::size_t shift = index % 8;
    std::uint8_t* byte = mask + index / 8;
    std::uint32_t changed = ((std::uint32_t(1) << count) - 1) << shift;
    for (bits <<= shift; changed != 0; changed >>= 8, bits >>= 8, ++byte)
        *byte = static_cast<std::uint8_t>((*byte & ~changed) | (bits & changed));
}

/// What a channelwise loop gathers when it writes a mask: the bits of a group.
struct mask_of {
    std::uint8_t* bytes;
};

template <value V>
class run_sums<V, mask_of> {
public:
    static constexpr std::size_t panel = 256;

    SIMDACT_INLINE explicit run_sums(mask_of mask) noexcept : mask_(mask) {}

    template <std::size_t J>
    SIMDACT_INLINE void add(V x) noexcept {
        bits_ |= simd::mask_to_bits<V>(x > V(0)) << (J * simd::lanes<V>);
    }
    /// A group in two channels is seen twice.
    template <std::size_t J, bool Kept>
    SIMDACT_INLINE void add(simd::mask_t<V>, V x) noexcept {
        if constexpr (Kept)
            add<J>(x);
    }
    SIMDACT_INLINE void next(std::size_t index, std::size_t count) noexcept {
        put_bits(mask_.bytes, index, count, bits_);
        bits_ = 0;
    }
    SIMDACT_INLINE void close(std::size_t) noexcept {}
    SIMDACT_INLINE void write(std::size_t, std::size_t) noexcept {}

private:
    mask_of mask_;
    std::uint32_t bits_ = 0;
};

template <value V>
class position_sums<V, mask_of> {
public:
    SIMDACT_INLINE position_sums(mask_of mask, std::size_t) noexcept : mask_(mask) {}
    SIMDACT_INLINE void add(std::size_t, V x) noexcept { bits_ = simd::mask_to_bits<V>(x > V(0)); }
    SIMDACT_INLINE void next(std::size_t index, std::size_t count) noexcept {
        put_bits(mask_.bytes, index, count, bits_);
    }
    SIMDACT_INLINE void write(std::size_t, std::size_t, std::size_t, std::size_t) noexcept {}

private:
    mask_of mask_;
    std::uint32_t bits_ = 0;
};

template <class F>
struct backward_from_mask_of {
    F f;
    template <value V>
    SIMDACT_INLINE V operator()(simd::mask_t<V> positive, V dy) const noexcept {
        return f.backward_from_mask(positive, dy);
    }
};

template <class F>
struct channelwise_backward_from_mask_of {
    F f;
    template <value V>
    SIMDACT_INLINE V operator()(V slope, simd::mask_t<V> positive, V dy) const noexcept {
        return f.backward_from_mask(positive, slope, dy);
    }
};

/// y = op(x), and the mask of x: whole bytes at a time, the last ones through buffers.
template <value V, bool Stream, class Op>
void apply_with_mask(std::size_t n, Op op, simd::element_t<V>* y, std::uint8_t* mask,
                     const simd::element_t<V>* x) noexcept {
    constexpr std::size_t width = simd::lanes<V>, step = width < 8 ? 8 : width;
    const auto some = [op](simd::element_t<V>* out, const simd::element_t<V>* in) SIMDACT_INLINE_LAMBDA {
        std::uint32_t bits = 0;
        unrolled<step / width>([&](auto j) SIMDACT_INLINE_LAMBDA {
            const V v = simd::load<V>(in + j * width);
            bits |= simd::mask_to_bits<V>(v > V(0)) << (j * width);
            put<Stream>(out + j * width, op(v));
        });
        return bits;
    };
    std::size_t i = 0;
    for (; i + step <= n; i += step) {
        const std::uint32_t bits = some(y + i, x + i);
        for (std::size_t byte = 0; byte < step / 8; ++byte)
            mask[i / 8 + byte] = static_cast<std::uint8_t>(bits >> (8 * byte));
    }
    if constexpr (Stream)
        simd::stream_end();
    if (i < n) {
        simd::element_t<V> in[step] = {}, out[step];
        for (std::size_t k = 0; k < n - i; ++k)
            in[k] = x[i + k];
        const std::uint32_t bits = some(out, in);
        for (std::size_t k = 0; k < n - i; ++k)
            y[i + k] = out[k];
        for (std::size_t byte = 0; byte < mask_bytes(n - i); ++byte)
            mask[i / 8 + byte] = static_cast<std::uint8_t>(bits >> (8 * byte));
    }
}

} // namespace detail

/// y = f(x), and mask = x > 0. y may be x.
template <class Arch = simd::default_arch, class F, input_array X, output_for<X> Y>
requires activation<F, detail::batch_of<X, Arch>> && mask_differentiable<F, detail::batch_of<X, Arch>>
void forward_with_mask(const F& f, const X& x, Y&& y, std::span<std::uint8_t> mask) {
    const char* const kernel = "forward_with_mask";
    const detail::argument in = detail::describe("x", x), out = detail::describe("y", y),
                           bits = detail::describe("mask", mask);
    detail::check_size(kernel, out, in);
    detail::check_mask(kernel, bits, in);
    detail::check_same_or_apart(kernel, out, in);
    detail::check_apart(kernel, bits, in);
    detail::check_apart(kernel, bits, out);
    using V = detail::batch_of<X, Arch>;
    const auto* const from = detail::input_pointer(x);
    auto* const to = std::ranges::data(y);
    if (detail::streams_to(in.size, to, from))
        detail::apply_with_mask<V, true>(in.size, detail::forward_of<F>{f}, to, mask.data(), from);
    else
        detail::apply_with_mask<V, false>(in.size, detail::forward_of<F>{f}, to, mask.data(), from);
}

/// dx = dy * f'(x), from mask = x > 0. dx may be dy.
template <class Arch = simd::default_arch, class F, input_array DY, output_for<DY> DX>
requires mask_differentiable<F, detail::batch_of<DY, Arch>>
void backward_from_mask(const F& f, std::span<const std::uint8_t> mask, const DY& dy, DX&& dx) {
    const char* const kernel = "backward_from_mask";
    const detail::argument gradient = detail::describe("dy", dy), out = detail::describe("dx", dx),
                           bits = detail::describe("mask", mask);
    detail::check_mask(kernel, bits, gradient);
    detail::check_size(kernel, out, gradient);
    detail::check_same_or_apart(kernel, out, gradient);
    detail::check_apart(kernel, bits, gradient);
    detail::check_apart(kernel, bits, out);
    using V = detail::batch_of<DY, Arch>;
    detail::apply<V, detail::exact_scalar<F, V>>(gradient.size, detail::backward_from_mask_of<F>{f},
                                                 std::ranges::data(dx), detail::bit_source{mask.data(), mask.size()},
                                                 detail::input_pointer(dy));
}

/// y = f(x, slope of the channel), and mask = x > 0. y may be x.
template <class Arch = simd::default_arch, class F, input_array X, input_beside<X> S, output_for<X> Y>
requires channelwise_activation<F, detail::batch_of<X, Arch>> &&
    channelwise_mask_differentiable<F, detail::batch_of<X, Arch>>
void forward_with_mask(const F& f, const channel_shape& shape, const X& x, const S& slopes, Y&& y,
                       std::span<std::uint8_t> mask) {
    const char* const kernel = "forward_with_mask";
    const detail::argument in = detail::describe("x", x), w = detail::describe("slopes", slopes),
                           out = detail::describe("y", y), bits = detail::describe("mask", mask);
    detail::check_channelwise(kernel, shape, in, w, out);
    detail::check_mask(kernel, bits, in);
    detail::check_apart(kernel, bits, in);
    detail::check_apart(kernel, bits, w);
    detail::check_apart(kernel, bits, out);
    if (!mask.empty())
        mask.back() = 0; // the bits that belong to no element
    using V = detail::group_batch<detail::batch_of<X, Arch>>;
    detail::apply_channelwise<V>(shape, detail::input_pointer(slopes), detail::channelwise_forward_of<F>{f},
                                 detail::mask_of{mask.data()}, std::ranges::data(y), detail::input_pointer(x));
}

/// dx = dy * df/dx, from mask = x > 0. dx may be dy.
template <class Arch = simd::default_arch, class F, input_array DY, input_beside<DY> S, output_for<DY> DX>
requires channelwise_mask_differentiable<F, detail::batch_of<DY, Arch>>
void backward_from_mask(const F& f, const channel_shape& shape, std::span<const std::uint8_t> mask, const S& slopes,
                        const DY& dy, DX&& dx) {
    const char* const kernel = "backward_from_mask";
    const detail::argument gradient = detail::describe("dy", dy), w = detail::describe("slopes", slopes),
                           out = detail::describe("dx", dx), bits = detail::describe("mask", mask);
    detail::check_channelwise(kernel, shape, gradient, w, out);
    detail::check_mask(kernel, bits, gradient);
    detail::check_apart(kernel, bits, gradient);
    detail::check_apart(kernel, bits, w);
    detail::check_apart(kernel, bits, out);
    using V = detail::group_batch<detail::batch_of<DY, Arch>>;
    detail::apply_channelwise<V>(shape, detail::input_pointer(slopes), detail::channelwise_backward_from_mask_of<F>{f},
                                 detail::no_gradient{}, std::ranges::data(dx),
                                 detail::bit_source{mask.data(), mask.size()}, detail::input_pointer(dy));
}

} // namespace SIMDACT_ISA
} // namespace simdact
