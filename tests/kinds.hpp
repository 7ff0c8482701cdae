#pragma once

/// For files that have included simdact's headers, the separate ones or the single one.

#include <type_traits>

namespace tests {

/// A function of each kind that kernels tell apart, for tests of kernels that take long to compile for all: with a
/// maximum, two slopes, a form for numbers alone, a bit of its own, an output with a root, what it prepares, that in
/// two forms, and none of these.
using of_each_kind =
    simdact::function_list<simdact::relu, simdact::leaky_relu, simdact::hard_sigmoid, simdact::soft_shrink,
                           simdact::squared_relu, simdact::snake, simdact::elu, simdact::gaussian>;

template <class F, class List>
constexpr bool is_in = false;
template <class F, class... Fs>
constexpr bool is_in<F, simdact::function_list<Fs...>> = (std::is_same_v<F, Fs> || ...);

} // namespace tests
