#pragma once

#include <simdact/dispatch.hpp>

#include <type_traits>

// The functors that own_activation_dispatched.cpp uses, and the list of them: simdact_add_dispatch(... FUNCTIONS
// own_functions.hpp) builds their kernels once for each instruction set. What is compiled into code is inside of
// SIMDACT_ISA, so that files for different CPUs do not share it.
inline namespace SIMDACT_ISA {

// x^2 above 0, and slope * x below. Kernels refuse a slope that is negative or NaN.
struct bent_square {
    static constexpr const char* name = "bent_square";
    static constexpr simdact::parameter parameters[] = {
        {.name = "slope", .fallback = 0.1, .valid = simdact::at_least(0.0)},
    };
    double slope = 0.1; // rounded to the type of the elements

    template <simdact::value V>
    V forward(V x) const {
        return simdact::simd::select(x > V(0), x * x, rounded<V>() * x);
    }
    template <simdact::value V>
    V derivative(V x) const {
        return simdact::simd::select(x > V(0), V(2) * x, rounded<V>());
    }

private:
    template <simdact::value V>
    V rounded() const {
        return V(simdact::simd::rounded<simdact::simd::element_t<V>>(slope));
    }
};

using own_functions = simdact::function_list<bent_square, simdact::elu>;

} // namespace SIMDACT_ISA

// Where a file includes this, dispatch finds the list by itself.
template <simdact::listed_in<own_functions> F>
struct simdact::dispatch::list_of<F> : std::type_identity<own_functions> {};
