#ifndef SIMDACT_KERNELS_HPP
#define SIMDACT_KERNELS_HPP

#include <simdact/functions/biased.hpp>
#include <simdact/kernels/channelwise.hpp>
#include <simdact/kernels/crelu.hpp>
#include <simdact/kernels/elementwise.hpp>
#include <simdact/kernels/gated.hpp>
#include <simdact/kernels/mask.hpp>
#include <simdact/kernels/rows.hpp>
#include <simdact/kernels/rrelu.hpp>

#endif
