#ifndef SIMDACT_KERNELS_CHANNELWISE_HPP
#define SIMDACT_KERNELS_CHANNELWISE_HPP

/// Kernels for functions with a parameter for each channel: the slope of PReLU, a bias, the share of a blend, one of a
/// user's own function. `shape` says how x lies around the channel axis, slopes (the parameters, whatever they are) has
/// one element a channel, or one for all, and dslopes as many as slopes. An output may be the
/// same buffer as x or dy, but slopes and dslopes may overlap nothing. A shape, a size or an overlap that does not fit
/// is refused with std::invalid_argument before anything is written. Results have the same bits on every instruction
/// set: for the gradient of the slopes the order of summation depends on the shape alone.

#include <simdact/concepts.hpp>
#include <simdact/kernels/accumulate.hpp>
#include <simdact/kernels/channelwise_loop.hpp>
#include <simdact/kernels/parameter_checks.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {

namespace detail {

/// What refusals call the parameters of the channels, and their gradients.
template <class F>
constexpr const char* parameters_name() noexcept {
    return slope_differentiable<F, float> ? "slopes" : "parameters";
}
template <class F>
constexpr const char* gradients_name() noexcept {
    return slope_differentiable<F, float> ? "dslopes" : "dparameters";
}

/// What all channelwise kernels check; those that have no dy give x.
SIMDACT_INLINE void check_each_channelwise(const char* kernel, const channel_shape& shape, const argument& x,
                                           const argument& slopes, const argument& dy, const argument& out) {
    detail::check_dense(kernel, dy);
    detail::check_dense(kernel, x, slopes, out);
    detail::check_shape(kernel, shape, x);
    detail::check_channels(kernel, slopes, shape);
    detail::check_size(kernel, out, x);
    detail::check_same_or_apart(kernel, out, x);
    detail::check_apart(kernel, slopes, x);
    detail::check_apart(kernel, slopes, out);
    detail::check_size(kernel, dy, x);
    detail::check_inner_size(kernel, out, dy);
    detail::check_same_or_apart(kernel, out, dy);
    detail::check_apart(kernel, slopes, dy);
}

[[SIMDACT_DETAIL_NORETURN]] SIMDACT_DETAIL_COLD inline void
refuse_channelwise(const char* kernel, std::size_t outer, std::size_t channels, std::size_t inner,
                   std::size_t element_size, const char* x_name, const void* x, std::size_t x_size,
                   const char* slopes_name, const void* slopes, std::size_t slopes_size, const char* dy_name,
                   const void* dy, std::size_t dy_size, const char* out_name, const void* out, std::size_t out_size) {
    detail::check_each_channelwise(kernel, {outer, channels, inner}, plain_argument{x_name, x, x_size, element_size},
                                   plain_argument{slopes_name, slopes, slopes_size, element_size},
                                   plain_argument{dy_name, dy, dy_size, element_size},
                                   plain_argument{out_name, out, out_size, element_size});
    detail::refuse(kernel); // not reached
}

template <class X, class Slopes, class DY, class Out>
SIMDACT_INLINE void check_channelwise(const char* kernel, const channel_shape& shape, const X& x, const Slopes& slopes,
                                      const DY& dy, const Out& out) {
    if constexpr (!plain<X, Slopes, DY, Out>)
        detail::check_each_channelwise(kernel, shape, x, slopes, dy, out);
    else if (!shape.countable() || shape.size() != x.size || dy.size != x.size || out.size != x.size ||
             (slopes.size != shape.channels && slopes.size != 1) || !detail::same_or_apart(out, x) ||
             !detail::same_or_apart(out, dy) || !detail::apart(slopes, x) || !detail::apart(slopes, dy) ||
             !detail::apart(slopes, out)) [[SIMDACT_DETAIL_UNLIKELY]]
        detail::refuse_channelwise(kernel, shape.outer, shape.channels, shape.inner, x.element_size, x.name, x.data,
                                   x.size, slopes.name, slopes.data, slopes.size, dy.name, dy.data, dy.size, out.name,
                                   out.data, out.size);
}

/// The same for kernels without dy.
template <class X, class Slopes, class Out>
SIMDACT_INLINE void check_channelwise(const char* kernel, const channel_shape& shape, const X& x, const Slopes& slopes,
                                      const Out& out) {
    detail::check_channelwise(kernel, shape, x, slopes, x, out);
}

/// The same for kernels that write dslopes.
template <class X, class Slopes, class DY, class DX>
SIMDACT_INLINE void check_channelwise(const char* kernel, const channel_shape& shape, const X& x, const Slopes& slopes,
                                      const DY& dy, const DX& dx, const argument& dslopes) {
    detail::check_dense(kernel, dslopes);
    detail::check_channelwise(kernel, shape, x, slopes, dy, dx);
    detail::check_size(kernel, dslopes, slopes);
    detail::check_apart(kernel, dslopes, x);
    detail::check_apart(kernel, dslopes, slopes);
    detail::check_apart(kernel, dslopes, dy);
    detail::check_apart(kernel, dslopes, dx);
}

/// The shape by which slopes are taken: with one slope for all there is one channel, whatever the shape says.
template <class S>
SIMDACT_INLINE channel_shape shape_of_slopes(const channel_shape& shape, const S& slopes) noexcept {
    return detail::size_of(slopes) == 1 ? channel_shape{1, 1, shape.size()} : shape;
}

template <class F>
struct channelwise_forward_of {
    static constexpr bool light = simdact::light<F>;
    template <class R>
    using with = channelwise_forward_of<R>;
    template <class R, class V>
    static constexpr bool serves = channelwise_activation<R, V>;
    held<F> f;
    template <value V>
    SIMDACT_INLINE V operator()(V slope, V x) const noexcept {
        return f.forward(x, slope);
    }
};

template <class F>
struct channelwise_derivative_of {
    static constexpr bool light = simdact::light<F>;
    template <class R>
    using with = channelwise_derivative_of<R>;
    template <class R, class V>
    static constexpr bool serves = channelwise_differentiable<R, V>;
    held<F> f;
    template <value V>
    SIMDACT_INLINE V operator()(V slope, V x) const noexcept {
        return f.derivative(x, slope);
    }
};

template <class F>
struct channelwise_backward_of {
    static constexpr bool light = simdact::light<F>;
    template <class R>
    using with = channelwise_backward_of<R>;
    template <class R, class V>
    static constexpr bool serves = channelwise_trainable<R, V>;
    held<F> f;
    template <value V>
    SIMDACT_INLINE V operator()(V slope, V x, V dy) const noexcept {
        return f.backward(x, slope, dy);
    }
};

} // namespace detail

/// y = f(x, slope of the channel). y may be x.
template <class Arch = simd::default_arch, class F, input_array X, input_beside<X> S, output_for<X> Y>
requires channelwise_activation<F, simd::batch<array_value_t<X>, Arch>> SIMDACT_INLINE void
forward(const F& f, const channel_shape& shape, const X& x, const S& slopes, Y&& y) {
    detail::check_parameters<array_value_t<X>>("forward", f);
    detail::check_channelwise("forward", shape, detail::describe("x", x),
                              detail::describe(detail::parameters_name<F>(), slopes), detail::describe("y", y));
    using V = detail::group_batch<simd::batch<array_value_t<X>, Arch>>;
    detail::apply_channelwise_to<V, S, X, Y>(detail::shape_of_slopes(shape, slopes), detail::input_pointer(slopes),
                                             detail::channelwise_forward_of<F>{f}, detail::output_pointer(y),
                                             detail::input_pointer(x));
}

/// d = df/dx (x, slope of the channel). d may be x.
template <class Arch = simd::default_arch, class F, input_array X, input_beside<X> S, output_for<X> D>
requires channelwise_differentiable<F, simd::batch<array_value_t<X>, Arch>> SIMDACT_INLINE void
derivative(const F& f, const channel_shape& shape, const X& x, const S& slopes, D&& d) {
    detail::check_parameters<array_value_t<X>>("derivative", f);
    detail::check_channelwise("derivative", shape, detail::describe("x", x),
                              detail::describe(detail::parameters_name<F>(), slopes), detail::describe("d", d));
    using V = detail::group_batch<simd::batch<array_value_t<X>, Arch>>;
    detail::apply_channelwise_to<V, S, X, D>(detail::shape_of_slopes(shape, slopes), detail::input_pointer(slopes),
                                             detail::channelwise_derivative_of<F>{f}, detail::output_pointer(d),
                                             detail::input_pointer(x));
}

namespace detail {

/// dx alone, written in this way.
template <class Arch, class How, class F, class X, class S, class DY, class DX>
SIMDACT_INLINE void backward_to_dx(const F& f, const channel_shape& shape, const X& x, const S& slopes, const DY& dy,
                                   DX& dx) {
    detail::check_parameters<array_value_t<X>>("backward", f);
    const auto in = detail::describe("x", x);
    const auto gradient = detail::describe("dy", dy);
    const auto out = detail::describe("dx", dx);
    detail::check_channelwise("backward", shape, in, detail::describe(detail::parameters_name<F>(), slopes), gradient,
                              out);
    detail::check_written<How>("backward", out, in, gradient);
    using V = group_batch<simd::batch<array_value_t<X>, Arch>>;
    array_value_t<X>* const to = detail::output_pointer(dx);
    detail::written<How>(channelwise_backward_of<F>{f}, to, [&](auto op, auto... old) SIMDACT_INLINE_LAMBDA {
        detail::apply_channelwise_to<V, S, X, DY, DX>(detail::shape_of_slopes(shape, slopes),
                                                      detail::input_pointer(slopes), op, to, detail::input_pointer(x),
                                                      detail::input_pointer(dy), old...);
    });
}

/// An array for the gradients of slopes S, or accumulate_all.
template <class W, class X, class S>
concept dslopes_or_all = adds_to_all<std::remove_cvref_t<W>> || output_for<W, X, S>;

} // namespace detail

/// dx = dy * df/dx, for slopes that are not learned. dx may be dy or x.
template <class Arch = simd::default_arch, class F, input_array X, input_beside<X> S, input_beside<X> DY,
          output_for<X, DY> DX>
requires channelwise_trainable<F, simd::batch<array_value_t<X>, Arch>> SIMDACT_INLINE void
backward(const F& f, const channel_shape& shape, const X& x, const S& slopes, const DY& dy, DX&& dx) {
    detail::backward_to_dx<Arch, detail::overwrite_t>(f, shape, x, slopes, dy, dx);
}

/// dx = dy * df/dx, and dslopes = the sum over each channel of dy * df/dp (for PReLU of x > 0 ? 0 : dy * x, for a
/// bias of dx as it is written), in one pass. One slope for all has one sum, over all. dx may be dy or x; dslopes may
/// overlap nothing. The sum, not the mean; off by 2.5e-7 of the sum of |terms| at most for float, by 1e-15 for double,
/// beside the errors of the terms and what rounding costs below the smallest normal number: each product, and the
/// result. Where that sum reaches half the largest number, infinities and NaN are allowed. With `accumulate` dslopes =
/// dslopes + the sum: what would have been written without is added, rounded once. With `accumulate_all` so is dx,
/// which may be neither dy nor x then. With `accumulate_all` in the place of dslopes there is but dx, which is
/// added to.
template <class Arch = simd::default_arch, class F, input_array X, input_beside<X> S, input_beside<X> DY,
          output_for<X, DY> DX, detail::dslopes_or_all<X, S> DW, detail::way_to_write_both How = detail::overwrite_t>
requires channelwise_trainable<F, simd::batch<array_value_t<X>, Arch>>
void backward(const F& f, const channel_shape& shape, const X& x, const S& slopes, const DY& dy, DX&& dx, DW&& dslopes,
              How = {}) {
    if constexpr (detail::adds_to_all<std::remove_cvref_t<DW>>) {
        detail::backward_to_dx<Arch, accumulate_all_t>(f, shape, x, slopes, dy, dx);
    } else {
        detail::check_parameters<array_value_t<X>>("backward", f);
        const auto in = detail::describe("x", x);
        const auto gradient = detail::describe("dy", dy);
        const auto out = detail::describe("dx", dx);
        detail::check_channelwise("backward", shape, in, detail::describe(detail::parameters_name<F>(), slopes),
                                  gradient, out, detail::describe(detail::gradients_name<F>(), dslopes));
        detail::check_written<How>("backward", out, in, gradient);
        using T = array_value_t<X>;
        using V = detail::group_batch<simd::batch<T, Arch>>;
        constexpr bool all = detail::adds_to_all<How>, add = all || std::same_as<How, accumulate_t>;
        detail::apply_with_gradient<V>(detail::shape_of_slopes(shape, slopes), detail::input_pointer(slopes),
                                       detail::channelwise_backward_of<F>{f},
                                       detail::slope_gradient<F, T>{f, detail::output_pointer(dslopes), add}, all,
                                       detail::output_pointer(dx), detail::input_pointer(x), detail::input_pointer(dy));
    }
}

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
