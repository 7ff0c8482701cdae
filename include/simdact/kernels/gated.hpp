#ifndef SIMDACT_KERNELS_GATED_HPP
#define SIMDACT_KERNELS_GATED_HPP

/// Kernels for gated linear units (functions/gated.hpp), y = f(gate) * value: over two arrays, or over one in which the
/// gates are packed with the values, as a gated_shape says. With F's parameter outside its range, a size, a shape or an
/// overlap that does not fit they refuse the call with std::invalid_argument before anything is written.

#include <simdact/functions/gated.hpp>
#include <simdact/kernels/elementwise.hpp>
#include <simdact/kernels/interleaved.hpp>
#include <simdact/kernels/own_kernels.hpp>
#include <simdact/kernels/pair_loop.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

template <class F>
struct gated_forward_of {
    static constexpr bool light = simdact::light<F>;
    template <class R>
    using with = gated_forward_of<R>;
    template <class R, class V>
    static constexpr bool serves = activation<R, V>;
    held<F> f;
    template <value V>
    SIMDACT_INLINE V operator()(V gate, V of_gate) const noexcept {
        return f.forward(gate) * of_gate;
    }
};

/// f has what backward() asks of it.
template <class F, class V>
concept gates = activation<F, V> &&(differentiable<F, V> || backpropagates<F, V>);

template <class F>
struct gated_backward_of {
    static constexpr bool light = simdact::light<F>;
    template <class R>
    using with = gated_backward_of<R>;
    template <class R, class V>
    static constexpr bool serves = activation<R, V> &&
                                   (backpropagates<R, V> || (differentiable<R, V> && !backpropagates<F, V>));
    held<F> f;

    /// dgate and dvalue.
    template <value V>
    SIMDACT_INLINE two_results<V> operator()(V gate, V of_gate, V dy) const noexcept {
        return {detail::dx_by(f, gate, simd::product(dy, of_gate)), dy * f.forward(gate)};
    }
    /// The same, added to what is there.
    template <value V>
    SIMDACT_INLINE two_results<V> operator()(V gate, V of_gate, V dy, V dgate, V dvalue) const noexcept {
        const two_results<V> more = (*this)(gate, of_gate, dy);
        return {dgate + simd::settled(more.first), dvalue + simd::settled(more.second)};
    }
};

/// Where the gates and the values of a row are.
struct packed_places {
    std::size_t gate, of_gate;

    SIMDACT_INLINE explicit packed_places(const gated_shape& shape) noexcept
        : gate(shape.gate == gate_at::second_half ? shape.width : 0),
          of_gate(shape.gate == gate_at::second_half ? 0 : shape.width) {}
};

/// So many pairs that alternate are taken apart at a time.
inline constexpr std::size_t pairs_at_once = 256;

/// body(offset, count) for so many of n at a time.
template <class Body>
SIMDACT_INLINE void by_parts(std::size_t n, Body body) noexcept {
    for (std::size_t i = 0; i < n; i += pairs_at_once)
        body(i, n - i < pairs_at_once ? n - i : pairs_at_once);
}

/// y = op(gate, value) for packed x.
template <value V, class Op, class T>
void gate_packed(const gated_shape shape, Op op, T* y, const T* x) noexcept {
    const std::size_t d = shape.width;
    if (shape.gate == gate_at::alternating)
        return detail::by_parts(shape.rows * d, [&](std::size_t i, std::size_t count) SIMDACT_INLINE_LAMBDA {
            T gates[pairs_at_once], values[pairs_at_once];
            detail::take_apart(count, x + 2 * i, gates, values);
            detail::apply<V>(count, op, y + i, static_cast<const T*>(gates), static_cast<const T*>(values));
        });
    const packed_places at(shape);
    for (std::size_t row = 0; row < shape.rows; ++row) {
        const T* const from = x + row * 2 * d;
        detail::apply<V>(d, op, y + row * d, from + at.gate, from + at.of_gate);
    }
}

/// dx = op(gate, value, dy), packed like x, or added to it if Add. dx may be x.
template <value V, bool Add, class Op, class T>
void backward_packed(const gated_shape shape, Op op, T* dx, const T* x, const T* dy) noexcept {
    const std::size_t d = shape.width;
    const auto pairs = [&](std::size_t count, T* dgates, T* dvalues, const T* gates, const T* values,
                           const T* from) SIMDACT_INLINE_LAMBDA {
        if constexpr (Add)
            detail::apply_pairs<V>(count, op, dgates, dvalues, gates, values, from, static_cast<const T*>(dgates),
                                   static_cast<const T*>(dvalues));
        else
            detail::apply_pairs<V>(count, op, dgates, dvalues, gates, values, from);
    };
    if (shape.gate == gate_at::alternating)
        return detail::by_parts(shape.rows * d, [&](std::size_t i, std::size_t count) SIMDACT_INLINE_LAMBDA {
            T gates[pairs_at_once], values[pairs_at_once], dgates[pairs_at_once], dvalues[pairs_at_once];
            detail::take_apart(count, x + 2 * i, gates, values);
            if constexpr (Add)
                detail::take_apart(count, static_cast<const T*>(dx + 2 * i), dgates, dvalues);
            pairs(count, dgates, dvalues, gates, values, dy + i);
            detail::put_together(count, dgates, dvalues, dx + 2 * i);
        });
    const packed_places at(shape);
    for (std::size_t row = 0; row < shape.rows; ++row) {
        const T* const from = x + row * 2 * d;
        T* const to = dx + row * 2 * d;
        pairs(d, to + at.gate, to + at.of_gate, from + at.gate, from + at.of_gate, dy + row * d);
    }
}

/// Rows of n elements, if a is a matrix.
SIMDACT_INLINE void check_width(const char* kernel, const argument& a, std::size_t n) {
    if (a.inner_size != n && a.inner_size != 0) [[SIMDACT_DETAIL_UNLIKELY]]
        detail::refuse_inner_size(kernel, a.name, a.inner_size, "a row of the shape", n, a.row_major);
}

/// x is as large as the shape says, and y half as large.
SIMDACT_INLINE void check_packed(const char* kernel, const gated_shape& shape, const argument& x, const argument& y) {
    if (shape.gate == gate_at::nowhere || shape.gate > gate_at::alternating) [[SIMDACT_DETAIL_UNLIKELY]] {
        refusal_text text;
        std::snprintf(text.data, sizeof text.data,
                      "simdact::%s: the gate of shape is %s (%u), but must be first_half (1), second_half (2) or "
                      "alternating (3)",
                      kernel, shape.gate == gate_at::nowhere ? "nowhere" : "none of gate_at",
                      static_cast<unsigned>(shape.gate));
        detail::refuse(text.data);
    }
    detail::check_dense(kernel, x, y);
    detail::check_shape(kernel, {shape.rows, 2, shape.width}, x);
    detail::check_shape(kernel, {shape.rows, 1, shape.width}, y);
    detail::check_width(kernel, x, 2 * shape.width);
    detail::check_width(kernel, y, shape.width);
}

template <class F>
struct own_kernels<simdact::gated<F>> {
    using function = simdact::gated<F>;
    using braced = gated_shape;

    /// forward(gated<F>{}, gate, value, y): y = f(gate) * value. y may be gate or value.
    template <class Arch, input_array G, input_beside<G> U, output_for<G, U> Y>
    requires activation<F, batch_of<G, Arch>> SIMDACT_INLINE static void forward(const function& f, const G& gate,
                                                                                 const U& of_gate, Y&& y) {
        detail::check_parameters<array_value_t<G>>("forward", f.activation);
        detail::check_binary("forward", detail::describe("gate", gate), detail::describe("value", of_gate),
                             detail::describe("y", y));
        detail::apply_to<batch_of<G, Arch>, G, U, Y>(detail::size_of(gate), gated_forward_of<F>{f.activation},
                                                     detail::output_pointer(y), detail::input_pointer(gate),
                                                     detail::input_pointer(of_gate));
    }

    /// forward(gated<F>{}, gated_shape{...}, x, y): the same for gates and values that are packed in x. y, half as
    /// large, may overlap nothing.
    template <class Arch, input_array X, output_for<X> Y>
    requires activation<F, batch_of<X, Arch>>
    static void forward(const function& f, const gated_shape& shape, const X& x, Y&& y) {
        detail::check_parameters<array_value_t<X>>("forward", f.activation);
        const argument in = detail::describe("x", x), out = detail::describe("y", y);
        detail::check_packed("forward", shape, in, out);
        detail::check_apart("forward", out, in);
        detail::gate_packed<batch_of<X, Arch>>(shape, gated_forward_of<F>{f.activation}, detail::output_pointer(y),
                                               detail::input_pointer(x));
    }

    /// backward(gated<F>{}, gate, value, dy, dgate, dvalue): both gradients in one pass. Each may be gate, value or dy,
    /// but not the other one; with accumulate_all as the last argument, which adds to them, none of these.
    template <class Arch, input_array G, input_beside<G> U, input_beside<G> DY, output_for<G, U> DG,
              output_for<G, DY> DU, way_to_write How = overwrite_t>
    requires gates<F, batch_of<G, Arch>>
    static void backward(const function& f, const G& gate, const U& of_gate, const DY& dy, DG&& dgate, DU&& dvalue,
                         How = {}) {
        const char* const kernel = "backward";
        using T = array_value_t<G>;
        detail::check_parameters<T>(kernel, f.activation);
        const argument in[] = {detail::describe("gate", gate), detail::describe("value", of_gate),
                               detail::describe("dy", dy)};
        const argument out[] = {detail::describe("dgate", dgate), detail::describe("dvalue", dvalue)};
        detail::check_each_binary(kernel, in[0], in[1], out[0]);
        detail::check_each_binary(kernel, in[0], in[2], out[1]);
        detail::check_same_or_apart(kernel, out[0], in[2]);
        detail::check_same_or_apart(kernel, out[1], in[1]);
        detail::check_apart(kernel, out[1], out[0]);
        for (const argument& to : out)
            detail::check_written<How>(kernel, to, in[0], in[1], in[2]);
        using V = batch_of<G, Arch>;
        const gated_backward_of<F> op{f.activation};
        T *const a = detail::output_pointer(dgate), *const b = detail::output_pointer(dvalue);
        if constexpr (adds_to_all<How>)
            detail::apply_pairs<V>(in[0].size, op, a, b, detail::input_pointer(gate), detail::input_pointer(of_gate),
                                   detail::input_pointer(dy), static_cast<const T*>(a), static_cast<const T*>(b));
        else
            detail::apply_pairs<V>(in[0].size, op, a, b, detail::input_pointer(gate), detail::input_pointer(of_gate),
                                   detail::input_pointer(dy));
    }

    /// backward(gated<F>{}, gated_shape{...}, x, dy, dx): the same for what is packed in x, and dx like it. dx may be
    /// x, but not with accumulate_all as the last argument, which adds to it.
    template <class Arch, input_array X, input_beside<X> DY, output_for<X, DY> DX, way_to_write How = overwrite_t>
    requires gates<F, batch_of<X, Arch>>
    static void backward(const function& f, const gated_shape& shape, const X& x, const DY& dy, DX&& dx, How = {}) {
        const char* const kernel = "backward";
        detail::check_parameters<array_value_t<X>>(kernel, f.activation);
        const argument in = detail::describe("x", x), gradient = detail::describe("dy", dy),
                       out = detail::describe("dx", dx);
        detail::check_packed(kernel, shape, in, gradient);
        detail::check_dense(kernel, out);
        detail::check_size(kernel, out, in);
        detail::check_same_or_apart(kernel, out, in);
        detail::check_apart(kernel, out, gradient);
        detail::check_written<How>(kernel, out, in);
        detail::backward_packed<batch_of<X, Arch>, adds_to_all<How>>(
            shape, gated_backward_of<F>{f.activation}, detail::output_pointer(dx), detail::input_pointer(x),
            detail::input_pointer(dy));
    }
};

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
