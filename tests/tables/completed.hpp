#pragma once

#include <simdact/concepts.hpp>

namespace tests {

/// A functor of a user with what all of ours have: it is made of what the user's has, as kernels make it.
template <class U>
struct completed : U {
    constexpr auto operator()(simdact::value auto x) const { return U::forward(x); }
    constexpr auto operator()(simdact::value auto x, auto slope) const { return U::forward(x, slope); }

    template <simdact::value V>
    constexpr V backward(V x, V dy) const requires simdact::differentiable<U, V> {
        if constexpr (simdact::backpropagates<U, V>)
            return U::backward(x, dy);
        else
            return dy * U::derivative(x);
    }
    template <simdact::value V>
    constexpr V backward(V x, V slope, V dy) const requires simdact::channelwise_trainable<U, V> {
        return U::backward(x, slope, dy);
    }

    template <simdact::value V>
    constexpr V backward_from_output(V y, V dy) const requires simdact::output_differentiable<U, V> {
        if constexpr (simdact::backpropagates_from_output<U, V>)
            return U::backward_from_output(y, dy);
        else
            return dy * U::derivative_from_output(y);
    }
};

} // namespace tests
