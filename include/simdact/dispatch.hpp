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

#include <tuple>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace dispatch {
namespace detail {

using namespace simdact::detail;

/// The functions that tables hold, in their order.
using functions = std::tuple<relu, leaky_relu, elu, sigmoid, tanh>;
static_assert(std::tuple_size_v<functions> == dispatched::functions);

template <class F, class... Fs>
constexpr std::size_t index_in(const std::tuple<Fs...>*) noexcept {
    std::size_t i = 0;
    static_cast<void>(((std::same_as<F, Fs> || (++i, false)) || ...));
    return i;
}
template <class F>
inline constexpr std::size_t index_of = detail::index_in<F>(static_cast<const functions*>(nullptr));

/// A function's parameter as a number, and back.
template <class F>
SIMDACT_INLINE constexpr double parameter_of(const F& f) noexcept {
    if constexpr (std::is_empty_v<F>) {
        return 0;
    } else {
        const auto& [parameter] = f;
        return parameter;
    }
}
template <class F>
SIMDACT_INLINE constexpr F with_parameter([[SIMDACT_DETAIL_MAYBE_UNUSED]] double parameter) noexcept {
    if constexpr (std::is_empty_v<F>)
        return F{};
    else
        return F{parameter};
}

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

} // namespace detail

/// relu, leaky_relu, elu, sigmoid and tanh: built once per instruction set by simdact_add_dispatch().
template <class F>
concept dispatchable = detail::index_of<F> < dispatched::functions;

/// prelu, with its slopes in an array: one for each channel, or one for all.
template <class F>
concept dispatchable_with_slopes = std::same_as<F, prelu>;

/// The instruction set chosen: "baseline", "x86-64-v2", ...
inline const char* isa() { return detail::chosen().isa; }

/// As simdact::streaming_threshold(), for the kernels here.
inline std::size_t streaming_threshold() { return detail::chosen().streaming_threshold(); }
inline void streaming_threshold(std::size_t bytes) { detail::chosen().set_streaming_threshold(bytes); }

/// y = f(x). y may be x.
template <dispatchable F, input_array X, output_for<X> Y>
void forward(const F& f, const X& x, Y&& y) {
    detail::check_unary("dispatch::forward", detail::describe("x", x), detail::describe("y", y));
    detail::kernels<array_value_t<X>>().forward[detail::index_of<F>](
        detail::parameter_of(f), detail::size_of(x), detail::input_pointer(x), detail::output_pointer(y));
}

/// x = f(x), in place.
template <dispatchable F, output_array X>
void forward(const F& f, X&& x) {
    detail::check_dense("dispatch::forward", detail::describe("x", x));
    detail::kernels<array_value_t<X>>().forward[detail::index_of<F>](
        detail::parameter_of(f), detail::size_of(x), detail::output_pointer(x), detail::output_pointer(x));
}

/// d = f'(x). d may be x.
template <dispatchable F, input_array X, output_for<X> D>
void derivative(const F& f, const X& x, D&& d) {
    detail::check_unary("dispatch::derivative", detail::describe("x", x), detail::describe("d", d));
    detail::kernels<array_value_t<X>>().derivative[detail::index_of<F>](
        detail::parameter_of(f), detail::size_of(x), detail::input_pointer(x), detail::output_pointer(d));
}

/// dx = dy * f'(x). dx may be dy or x.
template <dispatchable F, input_array X, input_beside<X> DY, output_for<X, DY> DX>
void backward(const F& f, const X& x, const DY& dy, DX&& dx) {
    detail::check_binary("dispatch::backward", detail::describe("x", x), detail::describe("dy", dy),
                         detail::describe("dx", dx));
    detail::kernels<array_value_t<X>>().backward[detail::index_of<F>](
        detail::parameter_of(f), detail::size_of(x), detail::input_pointer(x), detail::input_pointer(dy),
        detail::output_pointer(dx));
}

/// dx = dy * f'(x), computed from y = f(x). dx may be dy or y.
template <dispatchable F, input_array Y, input_beside<Y> DY, output_for<Y, DY> DX>
void backward_from_output(const F& f, const Y& y, const DY& dy, DX&& dx) {
    const char* const kernel = "dispatch::backward_from_output";
    detail::check_output_limit<array_value_t<Y>>(kernel, f);
    detail::check_binary(kernel, detail::describe("y", y), detail::describe("dy", dy), detail::describe("dx", dx));
    detail::kernels<array_value_t<Y>>().backward_from_output[detail::index_of<F>](
        detail::parameter_of(f), detail::size_of(y), detail::input_pointer(y), detail::input_pointer(dy),
        detail::output_pointer(dx));
}

/// y = f(x), and mask = x > 0. y may be x.
template <dispatchable F, input_array X, output_for<X> Y>
requires mask_differentiable<F, array_value_t<X>>
void forward_with_mask(const F& f, const X& x, Y&& y, mask_output mask) {
    const char* const kernel = "dispatch::forward_with_mask";
    const detail::argument in = detail::describe("x", x), out = detail::describe("y", y);
    detail::check_unary_with_mask(kernel, in, out, detail::describe("mask", mask));
    detail::kernels<array_value_t<X>>().forward_with_mask[detail::index_of<F>](
        detail::parameter_of(f), in.size, detail::input_pointer(x), detail::output_pointer(y), mask.data());
}

/// dx = dy * f'(x), from mask = x > 0. dx may be dy.
template <dispatchable F, input_array DY, output_for<DY> DX>
requires mask_differentiable<F, array_value_t<DY>>
void backward_from_mask(const F& f, mask_input mask, const DY& dy, DX&& dx) {
    const char* const kernel = "dispatch::backward_from_mask";
    const detail::argument gradient = detail::describe("dy", dy), out = detail::describe("dx", dx);
    detail::check_unary_with_mask(kernel, gradient, out, detail::describe("mask", mask));
    detail::kernels<array_value_t<DY>>().backward_from_mask[detail::index_of<F>](
        detail::parameter_of(f), gradient.size, mask.data(), detail::input_pointer(dy), detail::output_pointer(dx));
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

template <class X, class S, class DY, class DX, class DW>
SIMDACT_INLINE void backward_with_slopes(const channel_shape& shape, const X& x, const S& slopes, const DY& dy, DX& dx,
                                         DW& dslopes, bool add) {
    detail::check_channelwise("dispatch::backward", shape, detail::describe("x", x), detail::describe("slopes", slopes),
                              detail::describe("dy", dy), detail::describe("dx", dx),
                              detail::describe("dslopes", dslopes));
    detail::kernels<array_value_t<X>>().prelu_backward(
        detail::plain_shape(shape, slopes).numbers, detail::input_pointer(x), detail::input_pointer(slopes),
        detail::input_pointer(dy), detail::output_pointer(dx), detail::output_pointer(dslopes), add);
}

} // namespace detail

/// y = prelu(x, slope of the channel). y may be x.
template <dispatchable_with_slopes F, input_array X, input_beside<X> S, output_for<X> Y>
void forward(const F&, const channel_shape& shape, const X& x, const S& slopes, Y&& y) {
    detail::check_channelwise("dispatch::forward", shape, detail::describe("x", x), detail::describe("slopes", slopes),
                              detail::describe("y", y));
    detail::kernels<array_value_t<X>>().prelu_forward(detail::plain_shape(shape, slopes).numbers,
                                                      detail::input_pointer(x), detail::input_pointer(slopes),
                                                      detail::output_pointer(y));
}

/// d = dprelu/dx (x, slope of the channel). d may be x.
template <dispatchable_with_slopes F, input_array X, input_beside<X> S, output_for<X> D>
void derivative(const F&, const channel_shape& shape, const X& x, const S& slopes, D&& d) {
    detail::check_channelwise("dispatch::derivative", shape, detail::describe("x", x),
                              detail::describe("slopes", slopes), detail::describe("d", d));
    detail::kernels<array_value_t<X>>().prelu_derivative(detail::plain_shape(shape, slopes).numbers,
                                                         detail::input_pointer(x), detail::input_pointer(slopes),
                                                         detail::output_pointer(d));
}

/// dx = dy * dprelu/dx, for slopes that are not learned. dx may be dy or x.
template <dispatchable_with_slopes F, input_array X, input_beside<X> S, input_beside<X> DY, output_for<X, DY> DX>
void backward(const F&, const channel_shape& shape, const X& x, const S& slopes, const DY& dy, DX&& dx) {
    detail::check_channelwise("dispatch::backward", shape, detail::describe("x", x), detail::describe("slopes", slopes),
                              detail::describe("dy", dy), detail::describe("dx", dx));
    detail::kernels<array_value_t<X>>().prelu_backward(
        detail::plain_shape(shape, slopes).numbers, detail::input_pointer(x), detail::input_pointer(slopes),
        detail::input_pointer(dy), detail::output_pointer(dx), nullptr, false);
}

/// dx = dy * dprelu/dx, and dslopes = the sum over each channel, as simdact::backward() has it.
template <dispatchable_with_slopes F, input_array X, input_beside<X> S, input_beside<X> DY, output_for<X, DY> DX,
          output_for<X, S> DW>
void backward(const F&, const channel_shape& shape, const X& x, const S& slopes, const DY& dy, DX&& dx, DW&& dslopes) {
    detail::backward_with_slopes(shape, x, slopes, dy, dx, dslopes, false);
}

/// The same with dslopes = dslopes + the sum.
template <dispatchable_with_slopes F, input_array X, input_beside<X> S, input_beside<X> DY, output_for<X, DY> DX,
          output_for<X, S> DW>
void backward(const F&, const channel_shape& shape, const X& x, const S& slopes, const DY& dy, DX&& dx, DW&& dslopes,
              accumulate_t) {
    detail::backward_with_slopes(shape, x, slopes, dy, dx, dslopes, true);
}

/// y = prelu(x, slope of the channel), and mask = x > 0. y may be x.
template <dispatchable_with_slopes F, input_array X, input_beside<X> S, output_for<X> Y>
void forward_with_mask(const F&, const channel_shape& shape, const X& x, const S& slopes, Y&& y, mask_output mask) {
    const char* const kernel = "dispatch::forward_with_mask";
    const detail::argument in = detail::describe("x", x), w = detail::describe("slopes", slopes),
                           out = detail::describe("y", y);
    detail::check_channelwise(kernel, shape, in, w, out);
    detail::check_mask_of(kernel, detail::describe("mask", mask), in, w, out);
    detail::kernels<array_value_t<X>>().prelu_forward_with_mask(detail::plain_shape(shape, slopes).numbers,
                                                                detail::input_pointer(x), detail::input_pointer(slopes),
                                                                detail::output_pointer(y), mask.data());
}

/// dx = dy * dprelu/dx, from mask = x > 0. dx may be dy.
template <dispatchable_with_slopes F, input_array DY, input_beside<DY> S, output_for<DY> DX>
void backward_from_mask(const F&, const channel_shape& shape, mask_input mask, const S& slopes, const DY& dy, DX&& dx) {
    const char* const kernel = "dispatch::backward_from_mask";
    const detail::argument gradient = detail::describe("dy", dy), w = detail::describe("slopes", slopes),
                           out = detail::describe("dx", dx);
    detail::check_channelwise(kernel, shape, gradient, w, out);
    detail::check_mask_of(kernel, detail::describe("mask", mask), gradient, w, out);
    detail::kernels<array_value_t<DY>>().prelu_backward_from_mask(
        detail::plain_shape(shape, slopes).numbers, mask.data(), detail::input_pointer(slopes),
        detail::input_pointer(dy), detail::output_pointer(dx));
}

} // namespace dispatch
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
