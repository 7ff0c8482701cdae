#ifndef SIMDACT_KERNELS_ROWS_HPP
#define SIMDACT_KERNELS_ROWS_HPP

/// Kernels for functions of whole rows: softmax, log_softmax and logsumexp. `shape` says how they lie: a row is what
/// goes along `channels`, and there are outer * inner of them. {rows, columns, 1} for the rows of a matrix, as
/// attention and classifiers have them; {N, C, H * W} for the channels of NCHW. An output may be the same buffer as an
/// input, but the logarithms of the sums, one number a row, may overlap nothing. A parameter, a shape, a size or an
/// overlap that does not fit is refused with std::invalid_argument before anything is written. The bits of a row are
/// the same wherever it lies, in place or not, and on every instruction set with FMA: the order of summation depends on
/// the number of channels alone.

#include <simdact/functions/log_softmax.hpp>
#include <simdact/functions/logsumexp.hpp>
#include <simdact/functions/softmax.hpp>
#include <simdact/kernels/accumulate.hpp>
#include <simdact/kernels/own_kernels.hpp>
#include <simdact/kernels/parameter_checks.hpp>
#include <simdact/kernels/row_positions.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {

namespace detail {

/// What makes a row of a row.
template <class F>
concept row_function = bool(std::same_as<F, softmax>) || bool(std::same_as<F, log_softmax>);

/// And what makes one number of it.
template <class F>
concept any_row_function = row_function<F> || bool(std::same_as<F, logsumexp>);

template <class T, class F>
SIMDACT_INLINE row_task<T> row_task_of(const char* kernel, const F& f) {
    detail::check_parameter<T, F, 0, false>(kernel, {{f.scale, 0}});
    bool zero = false;
    if constexpr (row_function<F>)
        zero = f.empty_rows_are_zero;
    return {shifted_exponential<T>(simd::rounded<T>(f.scale)), zero};
}

/// x, and y if there is one, are as large as the shape says.
SIMDACT_INLINE void check_rows(const char* kernel, const channel_shape& shape, const argument& x, const argument& y) {
    detail::check_dense(kernel, x, y);
    detail::check_shape(kernel, shape, x);
    detail::check_size(kernel, y, x);
    detail::check_same_or_apart(kernel, y, x);
}

[[SIMDACT_DETAIL_NORETURN]] SIMDACT_DETAIL_COLD inline void refuse_rows(const char* kernel, const char* name,
                                                                        std::size_t size, const channel_shape& shape) {
    refusal_text text;
    std::snprintf(text.data, sizeof text.data,
                  "simdact::%s: %s has %zu elements, but shape %zu x %zu x %zu has %zu rows", kernel, name, size,
                  shape.outer, shape.channels, shape.inner, shape.outer * shape.inner);
    detail::refuse(text.data);
}

/// One element of l for each row, apart from x.
SIMDACT_INLINE void check_row_results(const char* kernel, const channel_shape& shape, const argument& l,
                                      const argument& x) {
    detail::check_dense(kernel, l);
    if (!channel_shape{shape.outer, 1, shape.inner}.countable() || l.size != shape.outer * shape.inner)
        [[SIMDACT_DETAIL_UNLIKELY]]
        detail::refuse_rows(kernel, l.name, l.size, shape);
    detail::check_apart(kernel, l, x);
}

template <value V, bool Logarithm, class T>
void forward_rows(const row_task<T> task, const channel_shape shape, const T* x, T* y, T* l) noexcept {
    if (shape.channels == 0) {
        for (std::size_t i = 0; l && i < shape.outer * shape.inner; ++i)
            l[i] = minus_infinity<T>;
        return;
    }
    const auto from = [](T* p, std::size_t i) SIMDACT_INLINE_LAMBDA { return p ? p + i : p; };
    detail::for_each_row<V>(
        shape,
        [&](std::size_t count, std::size_t at, std::size_t number) SIMDACT_INLINE_LAMBDA {
            if constexpr (!Logarithm)
                detail::softmax_of_rows<V>(task, shape.channels, count, x + at, y + at, from(l, number));
            else
                detail::log_softmax_of_rows<V>(task, shape.channels, count, x + at, from(y, at), from(l, number));
        },
        [&](const auto& block, std::size_t at, std::size_t number) SIMDACT_INLINE_LAMBDA {
            if constexpr (!Logarithm)
                detail::softmax_of_block(task, block, x + at, y + at, from(l, number));
            else
                detail::log_softmax_of_block(task, block, x + at, from(y, at), from(l, number));
        });
}

template <value V, bool Add, class Gradient, class T>
void backward_rows(const Gradient gradient, const channel_shape shape, const T* y, const T* dy, T* dx) noexcept {
    if (shape.channels == 0)
        return;
    detail::for_each_row<V>(
        shape,
        [&](std::size_t count, std::size_t at, std::size_t) SIMDACT_INLINE_LAMBDA {
            detail::gradient_of_rows<V, Add>(gradient, shape.channels, count, y + at, dy + at, dx + at);
        },
        [&](const auto& block, std::size_t at, std::size_t)
            SIMDACT_INLINE_LAMBDA { detail::gradient_of_block<Add>(gradient, block, y + at, dy + at, dx + at); });
}

template <value V, class F, class X, class Y>
SIMDACT_INLINE void forward_checked(const row_task<array_value_t<X>>& task, const channel_shape& shape, const X& x,
                                    Y& y) {
    array_value_t<X>* const nothing = nullptr;
    if constexpr (row_function<F>) {
        detail::check_rows("forward", shape, detail::describe("x", x), detail::describe("y", y));
        detail::forward_rows<V, std::same_as<F, log_softmax>>(task, shape, detail::input_pointer(x),
                                                              detail::output_pointer(y), nothing);
    } else {
        detail::check_rows("forward", shape, detail::describe("x", x), detail::describe("x", x));
        detail::check_row_results("forward", shape, detail::describe("l", y), detail::describe("x", x));
        detail::forward_rows<V, true>(task, shape, detail::input_pointer(x), nothing, detail::output_pointer(y));
    }
}

template <value V, class F, class X, class Y, class L>
SIMDACT_INLINE void forward_checked(const row_task<array_value_t<X>>& task, const channel_shape& shape, const X& x,
                                    Y& y, L& l) {
    detail::check_rows("forward", shape, detail::describe("x", x), detail::describe("y", y));
    detail::check_row_results("forward", shape, detail::describe("l", l), detail::describe("x", x));
    detail::check_apart("forward", detail::describe("l", l), detail::describe("y", y));
    detail::forward_rows<V, std::same_as<F, log_softmax>>(task, shape, detail::input_pointer(x),
                                                          detail::output_pointer(y), detail::output_pointer(l));
}

/// The batches by which rows are computed: no wider than the lanes of a sum.
template <class X, class Arch>
using row_batch = group_batch<simd::batch<array_value_t<X>, Arch>>;

/// What forward() and backward_from_output() do for F.
template <class F>
struct row_kernels {
    using braced = channel_shape;

    /// forward(f, shape, x, y): y = f(x), row by row, for softmax and log_softmax, and with a fifth argument l = the
    /// logsumexp(x) of each row. y may be x; l may overlap nothing. forward(logsumexp{}, shape, x, l): l alone.
    template <class Arch, input_array X, output_for<X> Y, output_for<X>... L>
    requires(sizeof...(L) <= std::size_t(row_function<F>)) static void forward(const F& f, const channel_shape& shape,
                                                                               const X& x, Y&& y, L&&... l) {
        const auto task = detail::row_task_of<array_value_t<X>>("forward", f);
        detail::forward_checked<row_batch<X, Arch>, F>(task, shape, x, y, l...);
    }

    /// backward_from_output(f, shape, y, dy, dx): dx of a row from y = f(x), for softmax and log_softmax. dx may be dy
    /// or y, but with accumulate_all as the last argument, which adds to it, neither.
    template <class Arch, input_array Y, input_beside<Y> DY, output_for<Y, DY> DX, way_to_write How = overwrite_t>
    requires row_function<F>
    static void backward_from_output(const F& f, const channel_shape& shape, const Y& y, const DY& dy, DX&& dx,
                                     How = {}) {
        using T = array_value_t<Y>;
        const char* const kernel = "backward_from_output";
        const auto task = detail::row_task_of<T>(kernel, f);
        const argument out = detail::describe("y", y), gradient = detail::describe("dy", dy),
                       in = detail::describe("dx", dx);
        detail::check_rows(kernel, shape, out, in);
        detail::check_size(kernel, gradient, out);
        detail::check_same_or_apart(kernel, in, gradient);
        detail::check_written<How>(kernel, in, out, gradient);
        using row_gradient = std::conditional_t<std::same_as<F, softmax>, softmax_gradient<T>, log_softmax_gradient<T>>;
        detail::backward_rows<row_batch<Y, Arch>, adds_to_all<How>>(row_gradient{task.exponential.scale()}, shape,
                                                                    detail::input_pointer(y), detail::input_pointer(dy),
                                                                    detail::output_pointer(dx));
    }
};

template <any_row_function F>
struct own_kernels<F> : row_kernels<F> {};

} // namespace detail

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
