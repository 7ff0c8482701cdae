#ifndef SIMDACT_SIMD_POWER_HPP
#define SIMDACT_SIMD_POWER_HPP

/// What POWER with VSX has of its own, for native.hpp.

#if defined(__VSX__)
#define SIMDACT_DETAIL_FMA 1
#define SIMDACT_DETAIL_SCALAR "+wa"
#define SIMDACT_DETAIL_BATCH "+wa"
#endif

#endif
