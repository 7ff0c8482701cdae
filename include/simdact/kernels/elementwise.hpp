#ifndef SIMDACT_KERNELS_ELEMENTWISE_HPP
#define SIMDACT_KERNELS_ELEMENTWISE_HPP

/// Kernels that apply one function to every element of arrays: any contiguous ranges of float or double, or matrices of
/// Eigen that have nothing between their elements, of any length and alignment. The result for an element has the same
/// bits wherever it lies. An output may be the same buffer as an input; one that overlaps it in part is refused, as is
/// one of another length, with std::invalid_argument before anything is written. Arch selects the batches and is best
/// left alone.
///
/// Where the type of one of the arrays tells their size (a C array, a std::array, a std::span<T, N>, a fixed matrix of
/// Eigen) and that is 64 at most, they are computed where the kernel is called, without a loop if f is light.
///
/// Every kernel refuses a parameter of f outside its range (parameters.hpp).

#include <simdact/concepts.hpp>
#include <simdact/kernels/accumulate.hpp>
#include <simdact/kernels/parameter_checks.hpp>
#include <simdact/kernels/refusals.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {

namespace detail {

/// The batch of architecture Arch that holds elements of the array X.
template <class X, class Arch>
using batch_of = simd::batch<array_value_t<X>, Arch>;

SIMDACT_INLINE void check_each_unary(const char* kernel, const argument& x, const argument& y) {
    detail::check_dense(kernel, x, y);
    detail::check_size(kernel, y, x);
    detail::check_same_or_apart(kernel, y, x);
}

SIMDACT_INLINE void check_each_binary(const char* kernel, const argument& x, const argument& dy, const argument& dx) {
    detail::check_dense(kernel, x, dy, dx);
    detail::check_size(kernel, dy, x);
    detail::check_size(kernel, dx, x);
    detail::check_inner_size(kernel, dx, dy);
    detail::check_same_or_apart(kernel, dx, x);
    detail::check_same_or_apart(kernel, dx, dy);
}

// Of arrays that are no matrices calls ask in few instructions whether all is well. Where it is not, they are checked
// one by one, out of line.

[[SIMDACT_DETAIL_NORETURN]] SIMDACT_DETAIL_COLD inline void refuse_unary(const char* kernel, const char* x_name,
                                                                         const void* x, std::size_t x_size,
                                                                         const char* y_name, const void* y,
                                                                         std::size_t y_size, std::size_t element_size) {
    detail::check_each_unary(kernel, plain_argument{x_name, x, x_size, element_size},
                             plain_argument{y_name, y, y_size, element_size});
    detail::refuse(kernel); // not reached
}

[[SIMDACT_DETAIL_NORETURN]] SIMDACT_DETAIL_COLD inline void
refuse_binary(const char* kernel, const char* x_name, const void* x, std::size_t x_size, const char* dy_name,
              const void* dy, std::size_t dy_size, const char* dx_name, const void* dx, std::size_t dx_size,
              std::size_t element_size) {
    detail::check_each_binary(kernel, plain_argument{x_name, x, x_size, element_size},
                              plain_argument{dy_name, dy, dy_size, element_size},
                              plain_argument{dx_name, dx, dx_size, element_size});
    detail::refuse(kernel); // not reached
}

template <class X, class Y>
SIMDACT_INLINE void check_unary(const char* kernel, const X& x, const Y& y) {
    if constexpr (!plain<X, Y>)
        detail::check_each_unary(kernel, x, y);
    else if (x.size != y.size || !detail::same_or_apart(y, x)) [[SIMDACT_DETAIL_UNLIKELY]]
        detail::refuse_unary(kernel, x.name, x.data, x.size, y.name, y.data, y.size, x.element_size);
}

template <class X, class DY, class DX>
SIMDACT_INLINE void check_binary(const char* kernel, const X& x, const DY& dy, const DX& dx) {
    if constexpr (!plain<X, DY, DX>)
        detail::check_each_binary(kernel, x, dy, dx);
    else if (x.size != dy.size || x.size != dx.size || !detail::same_or_apart(dx, x) || !detail::same_or_apart(dx, dy))
        [[SIMDACT_DETAIL_UNLIKELY]]
        detail::refuse_binary(kernel, x.name, x.data, x.size, dy.name, dy.data, dy.size, dx.name, dx.data, dx.size,
                              x.element_size);
}

/// out = op(x): checks, then the loop.
template <class Arch, class X, class Y, class Op>
SIMDACT_INLINE void unary(const char* kernel, const char* x_name, const X& x, const char* y_name, Y& y, Op op) {
    detail::check_unary(kernel, detail::describe(x_name, x), detail::describe(y_name, y));
    detail::apply_to<batch_of<X, Arch>, X, Y>(detail::size_of(x), op, detail::output_pointer(y),
                                              detail::input_pointer(x));
}

/// dx = op(x, dy), or added to it: checks, then the loop.
template <class Arch, class How, class X, class DY, class DX, class Op>
SIMDACT_INLINE void binary(const char* kernel, const char* x_name, const X& x, const DY& dy, DX& dx, Op op) {
    detail::check_binary(kernel, detail::describe(x_name, x), detail::describe("dy", dy), detail::describe("dx", dx));
    detail::check_written<How>(kernel, detail::describe("dx", dx), detail::describe(x_name, x),
                               detail::describe("dy", dy));
    array_value_t<X>* const to = detail::output_pointer(dx);
    detail::written<How>(op, to, [&](auto ready, auto... old) SIMDACT_INLINE_LAMBDA {
        detail::apply_to<batch_of<X, Arch>, X, DY, DX>(detail::size_of(x), ready, to, detail::input_pointer(x),
                                                       detail::input_pointer(dy), old...);
    });
}

// What the loops are given: types of their own rather than lambdas, so that arrays of all kinds share one loop. Each
// says what else may take the place of its function.

template <class F>
struct forward_of {
    static constexpr bool light = simdact::light<F>;
    template <class R>
    using with = forward_of<R>;
    template <class R, class V>
    static constexpr bool serves = activation<R, V>;
    held<F> f;
    template <value V>
    SIMDACT_INLINE V operator()(V x) const noexcept {
        return f.forward(x);
    }
    template <value V>
    SIMDACT_INLINE V of_number(V x) const noexcept requires requires {
        f.forward_of_number(x);
    }
    { return f.forward_of_number(x); }
};

template <class F>
struct derivative_of {
    static constexpr bool light = simdact::light<F>;
    template <class R>
    using with = derivative_of<R>;
    template <class R, class V>
    static constexpr bool serves = differentiable<R, V>;
    held<F> f;
    template <value V>
    SIMDACT_INLINE V operator()(V x) const noexcept {
        return f.derivative(x);
    }
    template <value V>
    SIMDACT_INLINE V of_number(V x) const noexcept requires two_slopes<F> {
        return f.backward_from_mask(detail::mask_for_number(f, x), V(1));
    }
};

template <class F>
struct backward_of {
    static constexpr bool light = simdact::light<F>;
    template <class R>
    using with = backward_of<R>;
    template <class R, class V>
    static constexpr bool serves = differentiable<R, V> || backpropagates<R, V>;
    held<F> f;
    template <value V>
    SIMDACT_INLINE V operator()(V x, V dy) const noexcept {
        return detail::dx_by(f, x, dy);
    }
    template <value V>
    SIMDACT_INLINE V of_number(V x, V dy) const noexcept requires two_slopes<F> {
        return f.backward_from_mask(detail::mask_for_number(f, x), dy);
    }
    template <value V>
    SIMDACT_INLINE V of_number(V x, V dy) const noexcept requires requires {
        f.backward_of_number(x, dy);
    }
    { return f.backward_of_number(x, dy); }
};

template <class F>
struct backward_from_output_of {
    static constexpr bool light = simdact::light_from_output<F>;
    template <class R>
    using with = backward_from_output_of<R>;
    template <class R, class V>
    static constexpr bool serves = output_differentiable<R, V> || backpropagates_from_output<R, V>;
    held<F> f;
    template <value V>
    SIMDACT_INLINE V operator()(V y, V dy) const noexcept {
        if constexpr (backpropagates_from_output<F, V>)
            return f.backward_from_output(y, dy);
        else
            return dy * f.derivative_from_output(y);
    }
    template <value V>
    SIMDACT_INLINE V of_number(V y, V dy) const noexcept requires two_slopes<F> {
        return f.backward_from_mask(detail::mask_for_output(f, y), dy);
    }
    template <value V>
    SIMDACT_INLINE V of_number(V y, V dy) const noexcept requires requires {
        f.backward_from_output_of_number(y, dy);
    }
    { return f.backward_from_output_of_number(y, dy); }
};

} // namespace detail

/// y = f(x). y may be x.
template <class Arch = simd::default_arch, class F, input_array X, output_for<X> Y>
requires activation<F, detail::batch_of<X, Arch>> SIMDACT_INLINE void forward(const F& f, const X& x, Y&& y) {
    detail::check_parameters<array_value_t<X>>("forward", f);
    detail::unary<Arch>("forward", "x", x, "y", y, detail::forward_of<F>{f});
}

/// x = f(x), in place.
template <class Arch = simd::default_arch, class F, output_array X>
requires activation<F, detail::batch_of<X, Arch>> SIMDACT_INLINE void forward(const F& f, X&& x) {
    detail::check_parameters<array_value_t<X>>("forward", f);
    detail::unary<Arch>("forward", "x", x, "x", x, detail::forward_of<F>{f});
}

/// d = f'(x). d may be x.
template <class Arch = simd::default_arch, class F, input_array X, output_for<X> D>
requires differentiable<F, detail::batch_of<X, Arch>> SIMDACT_INLINE void derivative(const F& f, const X& x, D&& d) {
    detail::check_parameters<array_value_t<X>>("derivative", f);
    detail::unary<Arch>("derivative", "x", x, "d", d, detail::derivative_of<F>{f});
}

/// dx = dy * f'(x), as f.backward(x, dy) selects it where f has that. dx may be dy or x, but with accumulate_all, which
/// adds to it, neither.
template <class Arch = simd::default_arch, class F, input_array X, input_beside<X> DY, output_for<X, DY> DX,
          detail::way_to_write How = detail::overwrite_t>
requires differentiable<F, detail::batch_of<X, Arch>> || backpropagates<F, detail::batch_of<X, Arch>>
    SIMDACT_INLINE void backward(const F& f, const X& x, const DY& dy, DX&& dx, How = {}) {
    detail::check_parameters<array_value_t<X>>("backward", f);
    detail::binary<Arch, How>("backward", "x", x, dy, dx, detail::backward_of<F>{f});
}

/// dx = dy * f'(x), computed from y = f(x) instead of x. dx may be dy or y. Refuses a parameter of f outside
/// its from_output, for which y does not tell f'(x). With accumulate_all as backward().
template <class Arch = simd::default_arch, class F, input_array Y, input_beside<Y> DY, output_for<Y, DY> DX,
          detail::way_to_write How = detail::overwrite_t>
requires output_differentiable<F, detail::batch_of<Y, Arch>> || backpropagates_from_output<F, detail::batch_of<Y, Arch>>
    SIMDACT_INLINE void backward_from_output(const F& f, const Y& y, const DY& dy, DX&& dx, How = {}) {
    detail::check_parameters<array_value_t<Y>, true>("backward_from_output", f);
    detail::binary<Arch, How>("backward_from_output", "y", y, dy, dx, detail::backward_from_output_of<F>{f});
}

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
