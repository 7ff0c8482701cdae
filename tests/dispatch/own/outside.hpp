#pragma once

#include <simdact/dispatch.hpp>

/// Not in the namespace: a unit for another CPU would have the same function.
struct astray {
    static constexpr const char* name = "astray";
    template <simdact::value V>
    V forward(V x) const noexcept {
        return x + x;
    }
};

using outside = simdact::function_list<astray>;
