#ifndef SIMDACT_DISPATCH_HPP
#define SIMDACT_DISPATCH_HPP

/// The kernels with the instructions of the CPU that the program happens to run on. simdact_add_dispatch(my_program) in
/// CMake builds them once per instruction set; the functions here check and refuse as those of kernels.hpp do, and call
/// the best of them: chosen at the first call, or by the environment variable SIMDACT_DISPATCH_ISA, whose value is one
/// of the names that simdact_add_dispatch() was given; another one, or one that this CPU lacks, is refused with
/// std::invalid_argument. The calling code may be built for any CPU.
///
/// Functions cross from one instruction set to another by their place in a list, and their parameters, which they have
/// to name (parameters.hpp), as numbers. simdact_add_dispatch(my_program) builds the list `functions`, which has all of
/// simdact's; simdact_add_dispatch(my_program FUNCTIONS my_functions.hpp) builds one of your own instead, my_functions:
///
///     #include <simdact/dispatch.hpp>
///     inline namespace SIMDACT_ISA {
///     struct my_swish { ... };
///     using my_functions = simdact::function_list<my_swish, simdact::elu>;
///     }
///     template <simdact::listed_in<my_functions> F>
///     struct simdact::dispatch::list_of<F> : std::type_identity<my_functions> {};
///
/// All that is compiled into code has to be inside SIMDACT_ISA, or files for different CPUs would share it: a functor
/// that is outside is refused. The list is given as in dispatch::forward<my_functions>(f, x, y), or found: the last two
/// lines make it known to the files that include them. A functor that no list has does not compile, and one that two
/// lists have is ambiguous, unless its list is given. A program may have several lists, and several versions of
/// simdact.

#include <simdact/dispatch/by_name.hpp>
#include <simdact/dispatch/lists.hpp>
#include <simdact/kernels.hpp>

#include <concepts>
#include <type_traits>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace dispatch {
namespace detail {

/// What the kernels ask of a function they ask of its batches. One that find() has given says when it is called.
template <class X>
using batch_for = simd::batch<array_value_t<X>>;
template <class F>
concept is_found = std::same_as<F, function>;

/// Whether the numbers that F names are all it holds.
template <class F>
inline constexpr bool is_its_parameters = detail::parameters_of<F>() == 0
                                              ? std::is_empty_v<F>
                                              : sizeof(F) == detail::parameters_of<F>() * sizeof(double);

/// A functor of a list, called as a function that find() has given.
template <class List, class F>
struct functor {
    static_assert(is_its_parameters<F>,
                  "F::parameters has to name the members of F, which are doubles: only they cross "
                  "to code that is built for another CPU");
    const F& f;

    template <class T>
    SIMDACT_INLINE const dispatched::elementwise<T>& elementwise() const {
        return detail::kernels_of<T>(detail::chosen<List>()).elementwise[List::template place_of<F>];
    }
    template <class T>
    SIMDACT_INLINE const dispatched::channelwise<T>& channelwise() const {
        return detail::kernels_of<T>(detail::chosen<List>()).channelwise[List::template place_of<F>];
    }
    template <class T, bool FromOutput = false, class Kernel>
    SIMDACT_INLINE parameter_values<F> checked_for(const char* kernel, Kernel*) const {
        detail::check_parameters<T, FromOutput>(kernel, f);
        return detail::values_of(f);
    }
};

template <class List, class F>
SIMDACT_INLINE functor<List, F> called(const F& f) noexcept {
    return {f};
}
template <class List>
SIMDACT_INLINE const function& called(const function& f) noexcept {
    return f;
}

/// The parameters as the tables take them.
SIMDACT_INLINE const double* numbers(const double* parameters) noexcept { return parameters; }
template <class F>
SIMDACT_INLINE const double* numbers(const parameter_values<F>& parameters) noexcept {
    return parameters.values;
}

/// The list given has F, or one that is known.
template <class F, class List>
concept in_list = listed_in<F, typename list_for<F, List>::type>;

} // namespace detail

/// A function of one argument that a list has: the one given, or one that is known to the file; or what find() has
/// given.
template <class F, class List = any_list>
concept dispatchable = detail::is_found<F> ||
    (detail::in_list<F, List> && (activation<F, simd::batch<float>> || activation<F, simd::batch<double>>));

/// One with its slopes in an array: one for each channel, or one for all.
template <class F, class List = any_list>
concept dispatchable_with_slopes = detail::is_found<F> ||
    (detail::in_list<F, List> &&
     (channelwise_activation<F, simd::batch<float>> || channelwise_activation<F, simd::batch<double>>));

/// The instruction set chosen: "baseline", "x86-64-v2", ...
template <class List = functions>
const char* isa() {
    return detail::chosen<List>().isa;
}

/// As simdact::streaming_threshold(), for the kernels here.
template <class List = functions>
std::size_t streaming_threshold() {
    return detail::chosen<List>().streaming_threshold();
}
template <class List = functions>
void streaming_threshold(std::size_t bytes) {
    detail::chosen<List>().set_streaming_threshold(bytes);
}

/// y = f(x). y may be x.
template <class List = any_list, dispatchable<List> F, input_array X, output_for<X> Y,
          class In = typename detail::list_for<F, List>::type>
requires detail::is_found<F> || activation<F, detail::batch_for<X>>
void forward(const F& f, const X& x, Y&& y) {
    const auto& g = detail::called<In>(f);
    const auto run = g.template elementwise<array_value_t<X>>().forward;
    const auto parameters = g.template checked_for<array_value_t<X>>("dispatch::forward", run);
    detail::check_unary("dispatch::forward", detail::describe("x", x), detail::describe("y", y));
    run(detail::numbers(parameters), detail::size_of(x), detail::input_pointer(x), detail::output_pointer(y));
}

/// x = f(x), in place.
template <class List = any_list, dispatchable<List> F, output_array X,
          class In = typename detail::list_for<F, List>::type>
requires detail::is_found<F> || activation<F, detail::batch_for<X>>
void forward(const F& f, X&& x) {
    const auto& g = detail::called<In>(f);
    const auto run = g.template elementwise<array_value_t<X>>().forward;
    const auto parameters = g.template checked_for<array_value_t<X>>("dispatch::forward", run);
    detail::check_dense("dispatch::forward", detail::describe("x", x));
    run(detail::numbers(parameters), detail::size_of(x), detail::output_pointer(x), detail::output_pointer(x));
}

/// d = f'(x). d may be x.
template <class List = any_list, dispatchable<List> F, input_array X, output_for<X> D,
          class In = typename detail::list_for<F, List>::type>
requires detail::is_found<F> || differentiable<F, detail::batch_for<X>>
void derivative(const F& f, const X& x, D&& d) {
    const auto& g = detail::called<In>(f);
    const auto run = g.template elementwise<array_value_t<X>>().derivative;
    const auto parameters = g.template checked_for<array_value_t<X>>("dispatch::derivative", run);
    detail::check_unary("dispatch::derivative", detail::describe("x", x), detail::describe("d", d));
    run(detail::numbers(parameters), detail::size_of(x), detail::input_pointer(x), detail::output_pointer(d));
}

/// dx = dy * f'(x). dx may be dy or x.
template <class List = any_list, dispatchable<List> F, input_array X, input_beside<X> DY, output_for<X, DY> DX,
          class In = typename detail::list_for<F, List>::type>
requires detail::is_found<F> || differentiable<F, detail::batch_for<X>> || backpropagates<F, detail::batch_for<X>>
void backward(const F& f, const X& x, const DY& dy, DX&& dx) {
    const auto& g = detail::called<In>(f);
    const auto run = g.template elementwise<array_value_t<X>>().backward;
    const auto parameters = g.template checked_for<array_value_t<X>>("dispatch::backward", run);
    detail::check_binary("dispatch::backward", detail::describe("x", x), detail::describe("dy", dy),
                         detail::describe("dx", dx));
    run(detail::numbers(parameters), detail::size_of(x), detail::input_pointer(x), detail::input_pointer(dy),
        detail::output_pointer(dx));
}

/// dx = dy * f'(x), computed from y = f(x). dx may be dy or y.
template <class List = any_list, dispatchable<List> F, input_array Y, input_beside<Y> DY, output_for<Y, DY> DX,
          class In = typename detail::list_for<F, List>::type>
requires detail::is_found<F> || output_differentiable<F, detail::batch_for<Y>> ||
    backpropagates_from_output<F, detail::batch_for<Y>>
void backward_from_output(const F& f, const Y& y, const DY& dy, DX&& dx) {
    const char* const kernel = "dispatch::backward_from_output";
    const auto& g = detail::called<In>(f);
    const auto run = g.template elementwise<array_value_t<Y>>().backward_from_output;
    const auto parameters = g.template checked_for<array_value_t<Y>, true>(kernel, run);
    detail::check_binary(kernel, detail::describe("y", y), detail::describe("dy", dy), detail::describe("dx", dx));
    run(detail::numbers(parameters), detail::size_of(y), detail::input_pointer(y), detail::input_pointer(dy),
        detail::output_pointer(dx));
}

/// y = f(x), and mask = f.mask(x), or x > 0. y may be x.
template <class List = any_list, dispatchable<List> F, input_array X, output_for<X> Y,
          class In = typename detail::list_for<F, List>::type>
requires detail::is_found<F> || mask_differentiable<F, detail::batch_for<X>>
void forward_with_mask(const F& f, const X& x, Y&& y, mask_output mask) {
    const char* const kernel = "dispatch::forward_with_mask";
    const auto& g = detail::called<In>(f);
    const auto run = g.template elementwise<array_value_t<X>>().forward_with_mask;
    const auto parameters = g.template checked_for<array_value_t<X>>(kernel, run);
    const auto in = detail::describe("x", x);
    const auto out = detail::describe("y", y);
    detail::check_unary_with_mask(kernel, in, out, detail::describe("mask", mask));
    run(detail::numbers(parameters), in.size, detail::input_pointer(x), detail::output_pointer(y), mask.data());
}

/// dx = dy * f'(x), from the mask of x. dx may be dy.
template <class List = any_list, dispatchable<List> F, input_array DY, output_for<DY> DX,
          class In = typename detail::list_for<F, List>::type>
requires detail::is_found<F> || mask_differentiable<F, detail::batch_for<DY>>
void backward_from_mask(const F& f, mask_input mask, const DY& dy, DX&& dx) {
    const char* const kernel = "dispatch::backward_from_mask";
    const auto& g = detail::called<In>(f);
    const auto run = g.template elementwise<array_value_t<DY>>().backward_from_mask;
    const auto parameters = g.template checked_for<array_value_t<DY>>(kernel, run);
    const auto gradient = detail::describe("dy", dy);
    const auto out = detail::describe("dx", dx);
    detail::check_unary_with_mask(kernel, gradient, out, detail::describe("mask", mask));
    run(detail::numbers(parameters), gradient.size, mask.data(), detail::input_pointer(dy), detail::output_pointer(dx));
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

template <class In, class F, class X, class S, class DY, class DX, class DW>
SIMDACT_INLINE void backward_with_slopes(const F& f, const channel_shape& shape, const X& x, const S& slopes,
                                         const DY& dy, DX& dx, DW& dslopes, bool add) {
    const auto& g = detail::called<In>(f);
    const auto run = g.template channelwise<array_value_t<X>>().backward;
    const auto parameters = g.template checked_for<array_value_t<X>>("dispatch::backward", run);
    detail::check_channelwise("dispatch::backward", shape, detail::describe("x", x), detail::describe("slopes", slopes),
                              detail::describe("dy", dy), detail::describe("dx", dx),
                              detail::describe("dslopes", dslopes));
    run(detail::numbers(parameters), detail::plain_shape(shape, slopes).numbers, detail::input_pointer(x),
        detail::input_pointer(slopes), detail::input_pointer(dy), detail::output_pointer(dx),
        detail::output_pointer(dslopes), add);
}

} // namespace detail

/// y = f(x, slope of the channel). y may be x.
template <class List = any_list, dispatchable_with_slopes<List> F, input_array X, input_beside<X> S, output_for<X> Y,
          class In = typename detail::list_for<F, List>::type>
requires detail::is_found<F> || channelwise_activation<F, detail::batch_for<X>>
void forward(const F& f, const channel_shape& shape, const X& x, const S& slopes, Y&& y) {
    const auto& g = detail::called<In>(f);
    const auto run = g.template channelwise<array_value_t<X>>().forward;
    const auto parameters = g.template checked_for<array_value_t<X>>("dispatch::forward", run);
    detail::check_channelwise("dispatch::forward", shape, detail::describe("x", x), detail::describe("slopes", slopes),
                              detail::describe("y", y));
    run(detail::numbers(parameters), detail::plain_shape(shape, slopes).numbers, detail::input_pointer(x),
        detail::input_pointer(slopes), detail::output_pointer(y));
}

/// d = df/dx (x, slope of the channel). d may be x.
template <class List = any_list, dispatchable_with_slopes<List> F, input_array X, input_beside<X> S, output_for<X> D,
          class In = typename detail::list_for<F, List>::type>
requires detail::is_found<F> || channelwise_differentiable<F, detail::batch_for<X>>
void derivative(const F& f, const channel_shape& shape, const X& x, const S& slopes, D&& d) {
    const auto& g = detail::called<In>(f);
    const auto run = g.template channelwise<array_value_t<X>>().derivative;
    const auto parameters = g.template checked_for<array_value_t<X>>("dispatch::derivative", run);
    detail::check_channelwise("dispatch::derivative", shape, detail::describe("x", x),
                              detail::describe("slopes", slopes), detail::describe("d", d));
    run(detail::numbers(parameters), detail::plain_shape(shape, slopes).numbers, detail::input_pointer(x),
        detail::input_pointer(slopes), detail::output_pointer(d));
}

/// dx = dy * df/dx, for slopes that are not learned. dx may be dy or x.
template <class List = any_list, dispatchable_with_slopes<List> F, input_array X, input_beside<X> S, input_beside<X> DY,
          output_for<X, DY> DX, class In = typename detail::list_for<F, List>::type>
requires detail::is_found<F> || channelwise_trainable<F, detail::batch_for<X>>
void backward(const F& f, const channel_shape& shape, const X& x, const S& slopes, const DY& dy, DX&& dx) {
    const auto& g = detail::called<In>(f);
    const auto run = g.template channelwise<array_value_t<X>>().backward;
    const auto parameters = g.template checked_for<array_value_t<X>>("dispatch::backward", run);
    detail::check_channelwise("dispatch::backward", shape, detail::describe("x", x), detail::describe("slopes", slopes),
                              detail::describe("dy", dy), detail::describe("dx", dx));
    run(detail::numbers(parameters), detail::plain_shape(shape, slopes).numbers, detail::input_pointer(x),
        detail::input_pointer(slopes), detail::input_pointer(dy), detail::output_pointer(dx), nullptr, false);
}

/// dx = dy * df/dx, and dslopes = the sum over each channel, as simdact::backward() has it.
template <class List = any_list, dispatchable_with_slopes<List> F, input_array X, input_beside<X> S, input_beside<X> DY,
          output_for<X, DY> DX, output_for<X, S> DW, class In = typename detail::list_for<F, List>::type>
requires detail::is_found<F> || channelwise_trainable<F, detail::batch_for<X>>
void backward(const F& f, const channel_shape& shape, const X& x, const S& slopes, const DY& dy, DX&& dx,
              DW&& dslopes) {
    detail::backward_with_slopes<In>(f, shape, x, slopes, dy, dx, dslopes, false);
}

/// The same with dslopes = dslopes + the sum.
template <class List = any_list, dispatchable_with_slopes<List> F, input_array X, input_beside<X> S, input_beside<X> DY,
          output_for<X, DY> DX, output_for<X, S> DW, class In = typename detail::list_for<F, List>::type>
requires detail::is_found<F> || channelwise_trainable<F, detail::batch_for<X>>
void backward(const F& f, const channel_shape& shape, const X& x, const S& slopes, const DY& dy, DX&& dx, DW&& dslopes,
              accumulate_t) {
    detail::backward_with_slopes<In>(f, shape, x, slopes, dy, dx, dslopes, true);
}

/// y = f(x, slope of the channel), and mask = x > 0. y may be x.
template <class List = any_list, dispatchable_with_slopes<List> F, input_array X, input_beside<X> S, output_for<X> Y,
          class In = typename detail::list_for<F, List>::type>
requires detail::is_found<F> ||
    (channelwise_activation<F, detail::batch_for<X>>&&
         channelwise_mask_differentiable<F, detail::batch_for<X>>)void forward_with_mask(const F& f,
                                                                                         const channel_shape& shape,
                                                                                         const X& x, const S& slopes,
                                                                                         Y&& y, mask_output mask) {
    const char* const kernel = "dispatch::forward_with_mask";
    const auto& g = detail::called<In>(f);
    const auto run = g.template channelwise<array_value_t<X>>().forward_with_mask;
    const auto parameters = g.template checked_for<array_value_t<X>>(kernel, run);
    const auto in = detail::describe("x", x);
    const auto w = detail::describe("slopes", slopes);
    const auto out = detail::describe("y", y);
    detail::check_channelwise(kernel, shape, in, w, out);
    detail::check_mask_of(kernel, detail::describe("mask", mask), in, w, out);
    run(detail::numbers(parameters), detail::plain_shape(shape, slopes).numbers, detail::input_pointer(x),
        detail::input_pointer(slopes), detail::output_pointer(y), mask.data());
}

/// dx = dy * df/dx, from mask = x > 0. dx may be dy.
template <class List = any_list, dispatchable_with_slopes<List> F, input_array DY, input_beside<DY> S,
          output_for<DY> DX, class In = typename detail::list_for<F, List>::type>
requires detail::is_found<F> || channelwise_mask_differentiable<F, detail::batch_for<DY>>
void backward_from_mask(const F& f, const channel_shape& shape, mask_input mask, const S& slopes, const DY& dy,
                        DX&& dx) {
    const char* const kernel = "dispatch::backward_from_mask";
    const auto& g = detail::called<In>(f);
    const auto run = g.template channelwise<array_value_t<DY>>().backward_from_mask;
    const auto parameters = g.template checked_for<array_value_t<DY>>(kernel, run);
    const auto gradient = detail::describe("dy", dy);
    const auto w = detail::describe("slopes", slopes);
    const auto out = detail::describe("dx", dx);
    detail::check_channelwise(kernel, shape, gradient, w, out);
    detail::check_mask_of(kernel, detail::describe("mask", mask), gradient, w, out);
    run(detail::numbers(parameters), detail::plain_shape(shape, slopes).numbers, mask.data(),
        detail::input_pointer(slopes), detail::input_pointer(dy), detail::output_pointer(dx));
}

} // namespace dispatch
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
