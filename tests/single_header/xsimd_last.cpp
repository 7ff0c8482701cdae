#include <simdact.hpp>
// before it
#include <xsimd/xsimd.hpp>

#define WITH_XSIMD with_xsimd_last
#include "both_batches.hpp"
