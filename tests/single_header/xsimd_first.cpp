#include <xsimd/xsimd.hpp>
// after it
#include <simdact.hpp>

#define WITH_XSIMD with_xsimd_first
#include "both_batches.hpp"
