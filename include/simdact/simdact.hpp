#ifndef SIMDACT_SIMDACT_HPP
#define SIMDACT_SIMDACT_HPP

#include <simdact/arrays.hpp>
#include <simdact/by_name.hpp>
#include <simdact/concepts.hpp>
#include <simdact/functions.hpp>
#include <simdact/kernels.hpp>
#include <simdact/math.hpp>
#include <simdact/naming.hpp>
#include <simdact/simd.hpp>
#include <simdact/version.hpp>

#endif
