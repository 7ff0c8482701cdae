#pragma once

#include <simdact/dispatch.hpp>

#include <type_traits>

/// The list of a project: a functor of its own and one of simdact's, which are all that is built of it.
inline namespace SIMDACT_ISA {

struct steep {
    static constexpr simdact::parameter parameters[] = {{.name = "slope", .fallback = 8.0}};
    double slope = 8;

    template <simdact::value V>
    V forward(V x) const noexcept {
        return x * V(static_cast<simdact::simd::element_t<V>>(slope));
    }
};

using few_functions = simdact::function_list<steep, simdact::elu>;

} // namespace SIMDACT_ISA

template <simdact::listed_in<few_functions> F>
struct simdact::dispatch::list_of<F> : std::type_identity<few_functions> {};
