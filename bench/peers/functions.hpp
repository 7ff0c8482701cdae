#pragma once

/// For competitors that are made of simdact's own functions, whichever there are.

#include "../cell.hpp"
#include "../mathematics.hpp"

#include <type_traits>

namespace bench {

/// What elementwise(f), or channelwise(f), offers for the function f of the cell, which is one of the library's or of
/// the list `Others`.
template <class T, class Others, class Elementwise, class Channelwise>
kernel<T> of_function(const cell& c, Elementwise elementwise, Channelwise channelwise) {
    kernel<T> found;
    simdact::elementwise_functions::for_each([&]<class F>(std::type_identity<F>) {
        if (c.fn == F::name)
            found = elementwise(F{});
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

} // namespace bench
