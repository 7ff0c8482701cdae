#pragma once

#include "../every_kernel.hpp"

#include <vector>

namespace tests {

/// every_kernel() of the file that is built with -ffast-math or -Ofast. The other file must instantiate none of them,
/// or else the linker would choose which to keep.
const std::vector<kernel<float>>& fast_kernels(float);
const std::vector<kernel<double>>& fast_kernels(double);

} // namespace tests
