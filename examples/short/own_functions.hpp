#pragma once

#include "../checked/bent_square.hpp"

#include <simdact/dispatch.hpp>

#include <type_traits>

// The functions that own_activation_dispatched.cpp and found_by_name.cpp use, one of their own and one of simdact's:
// simdact_add_dispatch(... FUNCTIONS own_functions.hpp) builds their kernels once for each instruction set. The list
// and what is compiled into code are inside of SIMDACT_ISA, so that files for different CPUs do not share it.
inline namespace SIMDACT_ISA {
using own_functions = simdact::function_list<bent_square, simdact::elu>;
}

// Where a file includes this, dispatch finds the list by itself.
template <simdact::listed_in<own_functions> F>
struct simdact::dispatch::list_of<F> : std::type_identity<own_functions> {};
