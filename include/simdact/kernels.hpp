#pragma once

#include <simdact/kernels/channelwise.hpp>
#include <simdact/kernels/elementwise.hpp>
