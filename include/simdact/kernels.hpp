#pragma once

#include <simdact/kernels/channelwise.hpp>
#include <simdact/kernels/elementwise.hpp>
#include <simdact/kernels/mask.hpp>
