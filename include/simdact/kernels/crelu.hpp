#ifndef SIMDACT_KERNELS_CRELU_HPP
#define SIMDACT_KERNELS_CRELU_HPP

/// Kernels for crelu (functions/crelu.hpp): one array in, two out, or for channels one of twice the size, which has for
/// each `outer` all positives, channels * inner of them, and then all negatives. A size, a shape or an overlap that
/// does not fit is refused with std::invalid_argument before anything is written.

#include <simdact/functions/crelu.hpp>
#include <simdact/kernels/mask.hpp>
#include <simdact/kernels/own_kernels.hpp>
#include <simdact/kernels/pair_loop.hpp>

#include <cstring>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

struct crelu_forward {
    static constexpr bool light = true;
    template <value V>
    SIMDACT_INLINE two_results<V> operator()(V x) const noexcept {
        return {crelu::positive(x), crelu::negative(x)};
    }
};

/// One of the outputs, and its bit.
struct crelu_positive {
    template <value V>
    SIMDACT_INLINE V operator()(V x) const noexcept {
        return crelu::positive(x);
    }
    template <value V>
    SIMDACT_INLINE simd::mask_t<V> mask(V x) const noexcept {
        return x > V(0);
    }
};
struct crelu_negative {
    template <value V>
    SIMDACT_INLINE V operator()(V x) const noexcept {
        return crelu::negative(x);
    }
    template <value V>
    SIMDACT_INLINE simd::mask_t<V> mask(V x) const noexcept {
        return x < V(0);
    }
};

struct crelu_backward {
    static constexpr bool light = true;
    template <value V>
    SIMDACT_INLINE V operator()(V x, V dpositive, V dnegative) const noexcept {
        return simd::unless_nan(x, crelu::dx(x > V(0), x < V(0), dpositive, dnegative));
    }
};

struct crelu_backward_from_output {
    static constexpr bool light = true;
    template <value V>
    SIMDACT_INLINE V operator()(V positive, V negative, V dpositive, V dnegative) const noexcept {
        return simd::unless_nan(positive, crelu::dx(positive > V(0), negative > V(0), dpositive, dnegative));
    }
};

struct crelu_backward_from_mask {
    static constexpr bool light = true;
    template <value V>
    SIMDACT_INLINE V operator()(simd::mask_t<V> above, simd::mask_t<V> below, V dpositive, V dnegative) const noexcept {
        return crelu::dx(above, below, dpositive, dnegative);
    }
};

/// dx = op(in...), or added to it.
template <value V, bool Add, class Op, class T, class... In>
SIMDACT_INLINE void crelu_gradient(std::size_t n, Op op, T* dx, In... in) noexcept {
    if constexpr (Add)
        detail::apply<V>(n, added<Op>(op), dx, in..., static_cast<const T*>(dx));
    else
        detail::apply<V>(n, op, dx, in...);
}

/// The outputs of x, or what is like them: as large as x, each where an input is or apart from it, and apart from one
/// another.
SIMDACT_INLINE void check_two_outputs(const char* kernel, const argument& x, const argument& positive,
                                      const argument& negative) {
    detail::check_dense(kernel, x, positive, negative);
    detail::check_size(kernel, positive, x);
    detail::check_size(kernel, negative, x);
    detail::check_same_or_apart(kernel, positive, x);
    detail::check_same_or_apart(kernel, negative, x);
    detail::check_apart(kernel, negative, positive);
}

/// dx, and the inputs it may be.
template <class How, class... Others>
SIMDACT_INLINE void check_gradient(const char* kernel, const argument& dx, const argument& first,
                                   const Others&... others) {
    detail::check_dense(kernel, first, others..., dx);
    (detail::check_size(kernel, others, first), ...);
    detail::check_size(kernel, dx, first);
    detail::check_same_or_apart(kernel, dx, first);
    (detail::check_same_or_apart(kernel, dx, others), ...);
    detail::check_written<How>(kernel, dx, first, others...);
}

/// Both outputs, and the masks of both.
template <value V, class T>
void crelu_with_masks(std::size_t n, T* positive, T* negative, std::uint8_t* above, std::uint8_t* below,
                      const T* x) noexcept {
    constexpr std::size_t part = 512; // whole bytes of a mask
    for (std::size_t i = 0; i < n; i += part) {
        const std::size_t count = n - i < part ? n - i : part;
        T of_part[part]; // x may be where either output goes
        detail::apply_with_mask<V>(count, crelu_negative{}, of_part, below + i / 8, x + i);
        detail::apply_with_mask<V>(count, crelu_positive{}, positive + i, above + i / 8, x + i);
        std::memcpy(negative + i, of_part, count * sizeof(T));
    }
}

/// y has two elements for each of x.
SIMDACT_INLINE void check_twice(const char* kernel, const channel_shape& shape, const argument& x, const argument& y) {
    detail::check_dense(kernel, x, y);
    detail::check_shape(kernel, shape, x);
    const std::size_t most = static_cast<std::size_t>(-1) / 2;
    if (x.size > most || y.size != 2 * x.size) [[SIMDACT_DETAIL_UNLIKELY]]
        detail::refuse_size(kernel, y.name, y.size, "twice x", x.size > most ? most : 2 * x.size);
}

template <>
struct own_kernels<crelu> {
    using braced = channel_shape;

    /// forward(crelu{}, x, positive, negative). Each output may be x, but not the other one.
    template <class Arch, input_array X, output_for<X> P, output_for<X, P> N>
    static void forward(const crelu&, const X& x, P&& positive, N&& negative) {
        detail::check_two_outputs("forward", detail::describe("x", x), detail::describe("positive", positive),
                                  detail::describe("negative", negative));
        detail::apply_pairs<batch_of<X, Arch>>(detail::size_of(x), crelu_forward{}, detail::output_pointer(positive),
                                               detail::output_pointer(negative), detail::input_pointer(x));
    }

    /// forward(crelu{}, shape, x, y): y = the positives and the negatives of each outer * channels * inner x. y may
    /// overlap nothing.
    template <class Arch, input_array X, output_for<X> Y>
    static void forward(const crelu&, const channel_shape& shape, const X& x, Y&& y) {
        const argument in = detail::describe("x", x), out = detail::describe("y", y);
        detail::check_twice("forward", shape, in, out);
        detail::check_apart("forward", out, in);
        const std::size_t n = shape.channels * shape.inner;
        for (std::size_t o = 0; n > 0 && o < shape.outer; ++o) {
            array_value_t<X>* const to = detail::output_pointer(y) + 2 * o * n;
            detail::apply_pairs<batch_of<X, Arch>>(n, crelu_forward{}, to, to + n, detail::input_pointer(x) + o * n);
        }
    }

    /// backward(crelu{}, x, dpositive, dnegative, dx). dx may be any of the others, but with accumulate_all as the last
    /// argument, which adds to it, none.
    template <class Arch, input_array X, input_beside<X> DP, input_beside<X> DN, output_for<X, DP> DX,
              way_to_write How = overwrite_t>
    static void backward(const crelu&, const X& x, const DP& dpositive, const DN& dnegative, DX&& dx, How = {}) {
        const argument out = detail::describe("dx", dx);
        detail::check_gradient<How>("backward", out, argument(detail::describe("x", x)),
                                    argument(detail::describe("dpositive", dpositive)),
                                    argument(detail::describe("dnegative", dnegative)));
        detail::crelu_gradient<batch_of<X, Arch>, adds_to_all<How>>(
            out.size, crelu_backward{}, detail::output_pointer(dx), detail::input_pointer(x),
            detail::input_pointer(dpositive), detail::input_pointer(dnegative));
    }

    /// backward(crelu{}, shape, x, dy, dx): the same for a dy like the y of the forward() with a shape. dx may be x,
    /// but not with accumulate_all as the last argument.
    template <class Arch, input_array X, input_beside<X> DY, output_for<X, DY> DX, way_to_write How = overwrite_t>
    static void backward(const crelu&, const channel_shape& shape, const X& x, const DY& dy, DX&& dx, How = {}) {
        const argument in = detail::describe("x", x), gradient = detail::describe("dy", dy),
                       out = detail::describe("dx", dx);
        detail::check_twice("backward", shape, in, gradient);
        detail::check_gradient<How>("backward", out, in);
        detail::check_apart("backward", out, gradient);
        const std::size_t n = shape.channels * shape.inner;
        for (std::size_t o = 0; n > 0 && o < shape.outer; ++o) {
            const array_value_t<X>* const from = detail::input_pointer(dy) + 2 * o * n;
            detail::crelu_gradient<batch_of<X, Arch>, adds_to_all<How>>(
                n, crelu_backward{}, detail::output_pointer(dx) + o * n, detail::input_pointer(x) + o * n, from,
                from + n);
        }
    }

    /// backward_from_output(crelu{}, positive, negative, dpositive, dnegative, dx), as backward() from x.
    template <class Arch, input_array P, input_beside<P> N, input_beside<P> DP, input_beside<P> DN,
              output_for<P, DP> DX, way_to_write How = overwrite_t>
    static void backward_from_output(const crelu&, const P& positive, const N& negative, const DP& dpositive,
                                     const DN& dnegative, DX&& dx, How = {}) {
        const argument out = detail::describe("dx", dx);
        detail::check_gradient<How>("backward_from_output", out, argument(detail::describe("positive", positive)),
                                    argument(detail::describe("negative", negative)),
                                    argument(detail::describe("dpositive", dpositive)),
                                    argument(detail::describe("dnegative", dnegative)));
        detail::crelu_gradient<batch_of<P, Arch>, adds_to_all<How>>(
            out.size, crelu_backward_from_output{}, detail::output_pointer(dx), detail::input_pointer(positive),
            detail::input_pointer(negative), detail::input_pointer(dpositive), detail::input_pointer(dnegative));
    }

    /// forward_with_mask(crelu{}, x, positive, negative, above, below): the masks x > 0 and x < 0, too.
    template <class Arch, input_array X, output_for<X> P, output_for<X, P> N>
    static void forward_with_mask(const crelu&, const X& x, P&& positive, N&& negative, mask_output above,
                                  mask_output below) {
        const char* const kernel = "forward_with_mask";
        const argument in = detail::describe("x", x), first = detail::describe("positive", positive),
                       second = detail::describe("negative", negative);
        const plain_argument bits[] = {detail::describe("above", above), detail::describe("below", below)};
        detail::check_two_outputs(kernel, in, first, second);
        detail::check_mask_of(kernel, bits[0], in, first, second);
        detail::check_mask_of(kernel, bits[1], in, first, second, bits[0]);
        detail::crelu_with_masks<group_batch<batch_of<X, Arch>>>(in.size, detail::output_pointer(positive),
                                                                 detail::output_pointer(negative), above.data(),
                                                                 below.data(), detail::input_pointer(x));
    }

    /// backward_from_mask(crelu{}, above, below, dpositive, dnegative, dx), as backward() from x.
    template <class Arch, input_array DP, input_beside<DP> DN, output_for<DP, DN> DX, way_to_write How = overwrite_t>
    static void backward_from_mask(const crelu&, mask_input above, mask_input below, const DP& dpositive,
                                   const DN& dnegative, DX&& dx, How = {}) {
        const char* const kernel = "backward_from_mask";
        const argument out = detail::describe("dx", dx), first = detail::describe("dpositive", dpositive),
                       second = detail::describe("dnegative", dnegative);
        const plain_argument bits[] = {detail::describe("above", above), detail::describe("below", below)};
        detail::check_gradient<How>(kernel, out, first, second);
        for (const plain_argument& mask : bits)
            detail::check_mask_of(kernel, mask, first, second, out);
        detail::crelu_gradient<group_batch<batch_of<DP, Arch>>, adds_to_all<How>>(
            out.size, crelu_backward_from_mask{}, detail::output_pointer(dx), bit_source{above.data(), above.size()},
            bit_source{below.data(), below.size()}, detail::input_pointer(dpositive), detail::input_pointer(dnegative));
    }
};

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
