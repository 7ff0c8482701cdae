#pragma once

/// The list of somebody else: a functor of the same name as one of my_functions, and elu, too.

#include <simdact/dispatch.hpp>

#include <type_traits>

namespace others {
inline namespace SIMDACT_ISA {

struct ramp {
    template <simdact::value V>
    V forward(V x) const noexcept {
        return simdact::simd::select(x > V(1), x, V(1));
    }
};

struct functions : simdact::function_list<ramp, simdact::elu, simdact::relu> {};

} // namespace SIMDACT_ISA
} // namespace others

template <simdact::listed_in<others::functions> F>
struct simdact::dispatch::list_of<F> : std::type_identity<others::functions> {};
