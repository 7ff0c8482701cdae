#include "fast_math.hpp"

#if !defined(__FAST_MATH__)
#error "to be built with -ffast-math"
#endif

const std::vector<tests::kernel<float>>& tests::fast_kernels(float) { return every_kernel<float>(); }
const std::vector<tests::kernel<double>>& tests::fast_kernels(double) { return every_kernel<double>(); }
