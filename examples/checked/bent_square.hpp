#pragma once

#include <simdact/simdact.hpp>

// x^2 above 0, and slope * x below: a functor of your own. A NaN comes back bit for bit, as from every function of the
// library; kernels refuse a slope that is negative or NaN. `sh tests/run.sh --with examples/checked` checks it by its
// description beside it, examples/short/own_functions.hpp puts it in a list for dispatch.
inline namespace SIMDACT_ISA {

struct bent_square {
    static constexpr const char* name = "bent_square";
    static constexpr simdact::parameter parameters[] = {
        {.name = "slope", .fallback = 0.125, .valid = simdact::at_least(0.0)},
    };
    double slope = 0.125;

    template <simdact::value V>
    V forward(V x) const {
        return simdact::simd::unless_nan(x, simdact::simd::select(x > V(0), x * x, rounded<V>() * x));
    }
    template <simdact::value V>
    V derivative(V x) const {
        return simdact::simd::unless_nan(x, slope_at(x));
    }
    template <simdact::value V>
    V backward(V x, V dy) const {
        return simdact::simd::unless_nan(x, dy * slope_at(x));
    }

private:
    template <simdact::value V>
    V slope_at(V x) const {
        return simdact::simd::select(x > V(0), V(2) * x, rounded<V>());
    }
    template <simdact::value V>
    V rounded() const {
        return V(simdact::simd::rounded<simdact::simd::element_t<V>>(slope));
    }
};

} // namespace SIMDACT_ISA
