#pragma once

#include <simdact/concepts.hpp>

#include <type_traits>

/// Activations that a user of the library could have written.
namespace tests {

/// The least that kernels take. Products and sums that a compiler may contract into an FMA or not: the scalar form need
/// not give the bits of the lanes, so the same bits at every position come from batches only.
struct quadratic {
    template <simdact::value V>
    V forward(V x) const {
        return x * x * V(0.3F) + x * V(0.7F);
    }
    template <simdact::value V>
    V derivative(V x) const {
        return x * V(0.6F) + x * x * V(0.001F);
    }
};

/// x^2 where x > 0 (So et al. 2021), with a backward pass of its own that selects where dy * f'(x) would multiply by 0.
struct users_square {
    template <simdact::value V>
    V forward(V x) const {
        const V positive = simdact::simd::select(x > V(0), x, V(0));
        return positive * positive;
    }
    template <simdact::value V>
    V derivative(V x) const {
        return simdact::simd::select(x > V(0), x + x, V(0));
    }
    template <simdact::value V>
    V backward(V x, V dy) const {
        return simdact::simd::select(x > V(0), dy * (x + x), V(0));
    }
};

/// Known from its output, without limits; a few instructions a batch.
struct halving_relu {
    static constexpr bool light = true;

    template <simdact::value V>
    V forward(V x) const {
        return simdact::simd::select(x < V(0), x * V(0.5F), x);
    }
    template <simdact::value V>
    V derivative(V x) const {
        return simdact::simd::select(x > V(0), V(1), V(0.5F));
    }
    template <simdact::value V>
    V derivative_from_output(V y) const {
        return derivative(y);
    }
};

/// Its scalar form is wrong, which shows wherever a kernel calls it.
struct right_on_batches_only {
    template <simdact::value V>
    V forward(V x) const {
        if constexpr (std::is_floating_point_v<V>)
            return V(42);
        else
            return -x;
    }
    template <simdact::value V>
    V derivative(V x) const {
        return forward(x);
    }
};

} // namespace tests
