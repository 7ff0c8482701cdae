#pragma once

/// For competitors that are made of simdact's own functions, whichever there are.

#include "../cell.hpp"
#include "../mathematics.hpp"

#include <simdact/concepts.hpp>

#include <type_traits>

namespace bench {

/// What elementwise(f), or channelwise(f), offers for the function f of the cell, which is one of the library's or of
/// the list `Others`.
template <class T, class Others, class Elementwise, class Channelwise>
kernel<T> of_function(const cell& c, Elementwise elementwise, Channelwise channelwise) {
    kernel<T> found;
    simdact::elementwise_functions::for_each([&]<class F>(std::type_identity<F>) {
        if (c.fn == F::name)
            found = elementwise(simdact::detail::with_numbers<F>());
    });
    simdact::channelwise_functions::for_each([&]<class F>(std::type_identity<F>) {
        if (c.fn == F::name)
            found = channelwise(F{});
    });
    Others::for_each([&]<class F>(std::type_identity<F>) {
        if (c.fn == F::name)
            found = elementwise(F{});
    });
    return found;
}

/// unary(g) or binary(g), where g computes of values of type V what the cell asks of f; no offer where f cannot.
template <class T, class V, class F, class Unary, class Binary>
kernel<T> of_op(const F& f, const cell& c, Unary unary, Binary binary) {
    switch (c.op) {
    case op::forward:
        if constexpr (simdact::activation<F, V>)
            return unary([f](V x) SIMDACT_INLINE_LAMBDA { return f.forward(x); });
        break;
    case op::derivative:
        if constexpr (simdact::differentiable<F, V>)
            return unary([f](V x) SIMDACT_INLINE_LAMBDA { return f.derivative(x); });
        break;
    case op::backward:
        if constexpr (simdact::backpropagates<F, V>)
            return binary([f](V x, V dy) SIMDACT_INLINE_LAMBDA { return f.backward(x, dy); });
        break;
    case op::backward_from_output:
        if constexpr (simdact::backpropagates_from_output<F, V>)
            return binary([f](V y, V dy) SIMDACT_INLINE_LAMBDA { return f.backward_from_output(y, dy); });
        break;
    default:
        break;
    }
    return {};
}

} // namespace bench
