#ifndef SIMDACT_MATH_HPP
#define SIMDACT_MATH_HPP

/// Mathematics to write activations with: simdact::math::exp, expm1, log1p, logistic and tanh of a value, which is a
/// float, a double, or an xsimd::batch of either. All floats, denormals among them, are within the errors that each
/// states, in units in the last place of the true result, in rounding to nearest; a scalar gives the bits of a lane.
/// Where the CPU takes denormals for zero, so do these.
/// They never refuse, and are no constant expressions. x is reduced by ln2 in two parts: Cody, Waite 1980.

#include <simdact/math/exp.hpp>
#include <simdact/math/expm1.hpp>
#include <simdact/math/log1p.hpp>
#include <simdact/math/logistic.hpp>
#include <simdact/math/tanh.hpp>

#endif
