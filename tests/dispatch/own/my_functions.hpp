#pragma once

/// A list of a user's: functors of each kind, a helper and a constructor among them, and one of the library's.

#include "helper.hpp"

#include <simdact/dispatch.hpp>

#include <type_traits>

inline namespace SIMDACT_ISA {

/// x times a number that is known to lie between 1/4 and 4, and nothing below -beta: from x alone.
struct ramp {
    static constexpr const char* name = "ramp";
    static constexpr simdact::parameter parameters[] = {
        {.name = "gain", .fallback = 1.0, .valid = simdact::between(0.25, 4.0)},
        {.name = "beta", .fallback = 2.0, .valid = simdact::more_than(0.0)},
    };
    double gain = 1, beta = 2;

    constexpr ramp() = default;
    constexpr ramp(double g, double b) : gain(g), beta(b) {}

    template <simdact::value V>
    V forward(V x) const noexcept {
        return simdact::simd::select(x < -helper::number<V>(beta), V(0), helper::times(x, gain));
    }
    template <simdact::value V>
    V derivative(V x) const noexcept {
        return simdact::simd::select(x < -helper::number<V>(beta), V(0), helper::number<V>(gain));
    }
};

/// x, halved below 0: from the output, or from a bit.
struct halved {
    static constexpr const char* name = "halved";

    template <simdact::value V>
    V forward(V x) const noexcept {
        return simdact::simd::select(x < V(0), x * V(0.5F), x);
    }
    template <simdact::value V>
    V derivative(V x) const noexcept {
        return simdact::simd::select(x > V(0), V(1), V(0.5F));
    }
    template <simdact::value V>
    V derivative_from_output(V y) const noexcept {
        return derivative(y);
    }
    template <simdact::value V>
    V backward_from_mask(simdact::simd::mask_t<V> positive, V dy) const noexcept {
        return simdact::simd::select(positive, dy, dy * V(0.5F));
    }
};

/// |x|, but with a slope for each channel below 0.
struct bent {
    static constexpr const char* name = "bent";

    template <simdact::value V>
    V forward(V x, V slope) const noexcept {
        return simdact::simd::select(x > V(0), x, slope * -x);
    }
    template <simdact::value V>
    V derivative(V x, V slope) const noexcept {
        return simdact::simd::select(x > V(0), V(1), -slope);
    }
    template <simdact::value V>
    V backward(V x, V slope, V dy) const noexcept {
        return simdact::simd::select(x > V(0), dy, dy * -slope);
    }
    template <simdact::value V>
    V slope_derivative(V x) const noexcept {
        return simdact::simd::select(x > V(0), V(0), -x);
    }
};

using my_functions = simdact::function_list<ramp, halved, bent, simdact::elu>;

} // namespace SIMDACT_ISA

template <simdact::listed_in<my_functions> F>
struct simdact::dispatch::list_of<F> : std::type_identity<my_functions> {};
