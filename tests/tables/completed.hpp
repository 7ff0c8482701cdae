#pragma once

#include <simdact/concepts.hpp>

namespace tests {

/// A functor of a user with all that ours have: what kernels do without is made of what it has, as they make it.
template <class U>
struct completed : U {
    template <simdact::value V>
    constexpr V forward(V x) const noexcept requires simdact::activation<U, V> {
        return U::forward(x);
    }
    template <simdact::value V>
    constexpr V operator()(V x) const noexcept requires simdact::activation<U, V> {
        return U::forward(x);
    }
    template <simdact::value V>
    constexpr V derivative(V x) const noexcept requires simdact::differentiable<U, V> {
        return U::derivative(x);
    }
    template <simdact::value V>
    constexpr V backward(V x, V dy) const noexcept requires simdact::differentiable<U, V> {
        if constexpr (simdact::backpropagates<U, V>)
            return U::backward(x, dy);
        else
            return dy * U::derivative(x);
    }
    template <simdact::value V>
    constexpr V derivative_from_output(V y) const noexcept requires simdact::output_differentiable<U, V> {
        return U::derivative_from_output(y);
    }
    template <simdact::value V>
    constexpr V backward_from_output(V y, V dy) const noexcept requires simdact::output_differentiable<U, V> {
        if constexpr (simdact::backpropagates_from_output<U, V>)
            return U::backward_from_output(y, dy);
        else
            return dy * U::derivative_from_output(y);
    }
    template <simdact::value V>
    constexpr V backward_from_mask(simdact::simd::mask_t<V> bit,
                                   V dy) const noexcept requires simdact::mask_differentiable<U, V> {
        return U::backward_from_mask(bit, dy);
    }

    // With a slope for each channel.
    template <simdact::value V>
    constexpr V forward(V x, V slope) const noexcept requires simdact::channelwise_activation<U, V> {
        return U::forward(x, slope);
    }
    template <simdact::value V>
    constexpr V operator()(V x, V slope) const noexcept requires simdact::channelwise_activation<U, V> {
        return U::forward(x, slope);
    }
    template <simdact::value V>
    constexpr V derivative(V x, V slope) const noexcept requires simdact::channelwise_differentiable<U, V> {
        return U::derivative(x, slope);
    }
    template <simdact::value V>
    constexpr V backward(V x, V slope, V dy) const noexcept requires simdact::channelwise_trainable<U, V> {
        return U::backward(x, slope, dy);
    }
    template <simdact::value V>
    constexpr V backward_from_mask(simdact::simd::mask_t<V> positive, V slope,
                                   V dy) const noexcept requires simdact::channelwise_mask_differentiable<U, V> {
        return U::backward_from_mask(positive, slope, dy);
    }
};

} // namespace tests
