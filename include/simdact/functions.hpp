#ifndef SIMDACT_FUNCTIONS_HPP
#define SIMDACT_FUNCTIONS_HPP

#include <simdact/functions/elu.hpp>
#include <simdact/functions/leaky_relu.hpp>
#include <simdact/functions/prelu.hpp>
#include <simdact/functions/relu.hpp>
#include <simdact/functions/sigmoid.hpp>
#include <simdact/functions/tanh.hpp>

#endif
