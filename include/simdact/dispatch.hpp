#ifndef SIMDACT_DISPATCH_HPP
#define SIMDACT_DISPATCH_HPP

/// The kernels with the instructions of the CPU that the program happens to run on. simdact_add_dispatch(my_program) in
/// CMake builds them once per instruction set; the functions here check and refuse as those of kernels.hpp do, and call
/// the best of them: chosen at the first call, or by the environment variable SIMDACT_DISPATCH_ISA, whose value is one
/// of the names that simdact_add_dispatch() was given; another one, or one that this CPU lacks, is refused with
/// std::invalid_argument. The calling code may be built for any CPU. A function of your own is in one instruction set,
/// that of the file it is compiled in: it cannot be dispatched, and does not compile here.

#include <simdact/dispatch/table.hpp>
#include <simdact/functions.hpp>
#include <simdact/kernels.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace dispatch {
namespace detail {

using namespace simdact::detail;

SIMDACT_INLINE const dispatched::table& chosen() {
    const dispatched::table* const known = dispatched::chosen.load(std::memory_order_acquire);
    return known ? *known : dispatched::choose();
}

template <class T>
SIMDACT_INLINE const dispatched::kernels<T>& kernels() {
    if constexpr (std::same_as<T, float>)
        return detail::chosen().of_float;
    else
        return detail::chosen().of_double;
}

/// The kernels of F for elements of type T.
template <class F, class T>
SIMDACT_INLINE const auto& kernels_of() {
    if constexpr (elementwise_functions::has<F>)
        return detail::kernels<T>().elementwise[elementwise_functions::place_of<F>];
    else
        return detail::kernels<T>().channelwise[channelwise_functions::place_of<F>];
}

} // namespace detail

/// The functions of one argument that simdact_add_dispatch() builds once per instruction set: all of simdact's.
template <class F>
concept dispatchable = elementwise_functions::has<F>;

/// Those with their slopes in an array: one for each channel, or one for all.
template <class F>
concept dispatchable_with_slopes = channelwise_functions::has<F>;

/// The instruction set chosen: "baseline", "x86-64-v2", ...
inline const char* isa() { return detail::chosen().isa; }

/// As simdact::streaming_threshold(), for the kernels here.
inline std::size_t streaming_threshold() { return detail::chosen().streaming_threshold(); }
inline void streaming_threshold(std::size_t bytes) { detail::chosen().set_streaming_threshold(bytes); }

/// y = f(x). y may be x.
template <dispatchable F, input_array X, output_for<X> Y>
void forward(const F& f, const X& x, Y&& y) {
    detail::check_parameters<array_value_t<X>>("dispatch::forward", f);
    detail::check_unary("dispatch::forward", detail::describe("x", x), detail::describe("y", y));
    detail::kernels_of<F, array_value_t<X>>().forward(detail::values_of(f).values, detail::size_of(x),
                                                      detail::input_pointer(x), detail::output_pointer(y));
}

/// x = f(x), in place.
template <dispatchable F, output_array X>
void forward(const F& f, X&& x) {
    detail::check_parameters<array_value_t<X>>("dispatch::forward", f);
    detail::check_dense("dispatch::forward", detail::describe("x", x));
    detail::kernels_of<F, array_value_t<X>>().forward(detail::values_of(f).values, detail::size_of(x),
                                                      detail::output_pointer(x), detail::output_pointer(x));
}

/// d = f'(x). d may be x.
template <dispatchable F, input_array X, output_for<X> D>
requires differentiable<F, array_value_t<X>>
void derivative(const F& f, const X& x, D&& d) {
    detail::check_parameters<array_value_t<X>>("dispatch::derivative", f);
    detail::check_unary("dispatch::derivative", detail::describe("x", x), detail::describe("d", d));
    detail::kernels_of<F, array_value_t<X>>().derivative(detail::values_of(f).values, detail::size_of(x),
                                                         detail::input_pointer(x), detail::output_pointer(d));
}

/// dx = dy * f'(x). dx may be dy or x.
template <dispatchable F, input_array X, input_beside<X> DY, output_for<X, DY> DX>
requires differentiable<F, array_value_t<X>> || backpropagates<F, array_value_t<X>>
void backward(const F& f, const X& x, const DY& dy, DX&& dx) {
    detail::check_parameters<array_value_t<X>>("dispatch::backward", f);
    detail::check_binary("dispatch::backward", detail::describe("x", x), detail::describe("dy", dy),
                         detail::describe("dx", dx));
    detail::kernels_of<F, array_value_t<X>>().backward(detail::values_of(f).values, detail::size_of(x),
                                                       detail::input_pointer(x), detail::input_pointer(dy),
                                                       detail::output_pointer(dx));
}

/// dx = dy * f'(x), computed from y = f(x). dx may be dy or y.
template <dispatchable F, input_array Y, input_beside<Y> DY, output_for<Y, DY> DX>
requires output_differentiable<F, array_value_t<Y>> || backpropagates_from_output<F, array_value_t<Y>>
void backward_from_output(const F& f, const Y& y, const DY& dy, DX&& dx) {
    const char* const kernel = "dispatch::backward_from_output";
    detail::check_parameters<array_value_t<Y>, true>(kernel, f);
    detail::check_binary(kernel, detail::describe("y", y), detail::describe("dy", dy), detail::describe("dx", dx));
    detail::kernels_of<F, array_value_t<Y>>().backward_from_output(detail::values_of(f).values, detail::size_of(y),
                                                                   detail::input_pointer(y), detail::input_pointer(dy),
                                                                   detail::output_pointer(dx));
}

/// y = f(x), and mask = f.mask(x), or x > 0. y may be x.
template <dispatchable F, input_array X, output_for<X> Y>
requires mask_differentiable<F, array_value_t<X>>
void forward_with_mask(const F& f, const X& x, Y&& y, mask_output mask) {
    const char* const kernel = "dispatch::forward_with_mask";
    detail::check_parameters<array_value_t<X>>(kernel, f);
    const detail::argument in = detail::describe("x", x), out = detail::describe("y", y);
    detail::check_unary_with_mask(kernel, in, out, detail::describe("mask", mask));
    detail::kernels_of<F, array_value_t<X>>().forward_with_mask(
        detail::values_of(f).values, in.size, detail::input_pointer(x), detail::output_pointer(y), mask.data());
}

/// dx = dy * f'(x), from the mask of x. dx may be dy.
template <dispatchable F, input_array DY, output_for<DY> DX>
requires mask_differentiable<F, array_value_t<DY>>
void backward_from_mask(const F& f, mask_input mask, const DY& dy, DX&& dx) {
    const char* const kernel = "dispatch::backward_from_mask";
    detail::check_parameters<array_value_t<DY>>(kernel, f);
    const detail::argument gradient = detail::describe("dy", dy), out = detail::describe("dx", dx);
    detail::check_unary_with_mask(kernel, gradient, out, detail::describe("mask", mask));
    detail::kernels_of<F, array_value_t<DY>>().backward_from_mask(
        detail::values_of(f).values, gradient.size, mask.data(), detail::input_pointer(dy), detail::output_pointer(dx));
}

namespace detail {

/// A shape as tables take it, by which slopes are taken.
struct plain_shape {
    std::size_t numbers[3];

    template <class S>
    SIMDACT_INLINE plain_shape(const channel_shape& shape, const S& slopes) noexcept
        : plain_shape(detail::shape_of_slopes(shape, slopes)) {}
    SIMDACT_INLINE explicit plain_shape(const channel_shape& s) noexcept : numbers{s.outer, s.channels, s.inner} {}
};

template <class F, class X, class S, class DY, class DX, class DW>
SIMDACT_INLINE void backward_with_slopes(const F& f, const channel_shape& shape, const X& x, const S& slopes,
                                         const DY& dy, DX& dx, DW& dslopes, bool add) {
    detail::check_parameters<array_value_t<X>>("dispatch::backward", f);
    detail::check_channelwise("dispatch::backward", shape, detail::describe("x", x), detail::describe("slopes", slopes),
                              detail::describe("dy", dy), detail::describe("dx", dx),
                              detail::describe("dslopes", dslopes));
    detail::kernels_of<F, array_value_t<X>>().backward(
        detail::values_of(f).values, detail::plain_shape(shape, slopes).numbers, detail::input_pointer(x),
        detail::input_pointer(slopes), detail::input_pointer(dy), detail::output_pointer(dx),
        detail::output_pointer(dslopes), add);
}

} // namespace detail

/// y = prelu(x, slope of the channel). y may be x.
template <dispatchable_with_slopes F, input_array X, input_beside<X> S, output_for<X> Y>
void forward(const F& f, const channel_shape& shape, const X& x, const S& slopes, Y&& y) {
    detail::check_parameters<array_value_t<X>>("dispatch::forward", f);
    detail::check_channelwise("dispatch::forward", shape, detail::describe("x", x), detail::describe("slopes", slopes),
                              detail::describe("y", y));
    detail::kernels_of<F, array_value_t<X>>().forward(
        detail::values_of(f).values, detail::plain_shape(shape, slopes).numbers, detail::input_pointer(x),
        detail::input_pointer(slopes), detail::output_pointer(y));
}

/// d = dprelu/dx (x, slope of the channel). d may be x.
template <dispatchable_with_slopes F, input_array X, input_beside<X> S, output_for<X> D>
void derivative(const F& f, const channel_shape& shape, const X& x, const S& slopes, D&& d) {
    detail::check_parameters<array_value_t<X>>("dispatch::derivative", f);
    detail::check_channelwise("dispatch::derivative", shape, detail::describe("x", x),
                              detail::describe("slopes", slopes), detail::describe("d", d));
    detail::kernels_of<F, array_value_t<X>>().derivative(
        detail::values_of(f).values, detail::plain_shape(shape, slopes).numbers, detail::input_pointer(x),
        detail::input_pointer(slopes), detail::output_pointer(d));
}

/// dx = dy * dprelu/dx, for slopes that are not learned. dx may be dy or x.
template <dispatchable_with_slopes F, input_array X, input_beside<X> S, input_beside<X> DY, output_for<X, DY> DX>
void backward(const F& f, const channel_shape& shape, const X& x, const S& slopes, const DY& dy, DX&& dx) {
    detail::check_parameters<array_value_t<X>>("dispatch::backward", f);
    detail::check_channelwise("dispatch::backward", shape, detail::describe("x", x), detail::describe("slopes", slopes),
                              detail::describe("dy", dy), detail::describe("dx", dx));
    detail::kernels_of<F, array_value_t<X>>().backward(
        detail::values_of(f).values, detail::plain_shape(shape, slopes).numbers, detail::input_pointer(x),
        detail::input_pointer(slopes), detail::input_pointer(dy), detail::output_pointer(dx), nullptr, false);
}

/// dx = dy * dprelu/dx, and dslopes = the sum over each channel, as simdact::backward() has it.
template <dispatchable_with_slopes F, input_array X, input_beside<X> S, input_beside<X> DY, output_for<X, DY> DX,
          output_for<X, S> DW>
void backward(const F& f, const channel_shape& shape, const X& x, const S& slopes, const DY& dy, DX&& dx,
              DW&& dslopes) {
    detail::backward_with_slopes(f, shape, x, slopes, dy, dx, dslopes, false);
}

/// The same with dslopes = dslopes + the sum.
template <dispatchable_with_slopes F, input_array X, input_beside<X> S, input_beside<X> DY, output_for<X, DY> DX,
          output_for<X, S> DW>
void backward(const F& f, const channel_shape& shape, const X& x, const S& slopes, const DY& dy, DX&& dx, DW&& dslopes,
              accumulate_t) {
    detail::backward_with_slopes(f, shape, x, slopes, dy, dx, dslopes, true);
}

/// y = prelu(x, slope of the channel), and mask = x > 0. y may be x.
template <dispatchable_with_slopes F, input_array X, input_beside<X> S, output_for<X> Y>
void forward_with_mask(const F& f, const channel_shape& shape, const X& x, const S& slopes, Y&& y, mask_output mask) {
    const char* const kernel = "dispatch::forward_with_mask";
    detail::check_parameters<array_value_t<X>>(kernel, f);
    const detail::argument in = detail::describe("x", x), w = detail::describe("slopes", slopes),
                           out = detail::describe("y", y);
    detail::check_channelwise(kernel, shape, in, w, out);
    detail::check_mask_of(kernel, detail::describe("mask", mask), in, w, out);
    detail::kernels_of<F, array_value_t<X>>().forward_with_mask(
        detail::values_of(f).values, detail::plain_shape(shape, slopes).numbers, detail::input_pointer(x),
        detail::input_pointer(slopes), detail::output_pointer(y), mask.data());
}

/// dx = dy * dprelu/dx, from mask = x > 0. dx may be dy.
template <dispatchable_with_slopes F, input_array DY, input_beside<DY> S, output_for<DY> DX>
void backward_from_mask(const F& f, const channel_shape& shape, mask_input mask, const S& slopes, const DY& dy,
                        DX&& dx) {
    const char* const kernel = "dispatch::backward_from_mask";
    detail::check_parameters<array_value_t<DY>>(kernel, f);
    const detail::argument gradient = detail::describe("dy", dy), w = detail::describe("slopes", slopes),
                           out = detail::describe("dx", dx);
    detail::check_channelwise(kernel, shape, gradient, w, out);
    detail::check_mask_of(kernel, detail::describe("mask", mask), gradient, w, out);
    detail::kernels_of<F, array_value_t<DY>>().backward_from_mask(
        detail::values_of(f).values, detail::plain_shape(shape, slopes).numbers, mask.data(),
        detail::input_pointer(slopes), detail::input_pointer(dy), detail::output_pointer(dx));
}

} // namespace dispatch
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
