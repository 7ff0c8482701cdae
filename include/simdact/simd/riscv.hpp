#ifndef SIMDACT_SIMD_RISCV_HPP
#define SIMDACT_SIMD_RISCV_HPP

/// What RISC-V has of its own, for native.hpp.

#if defined(__riscv_flen)
#define SIMDACT_DETAIL_FMA 1
#define SIMDACT_DETAIL_SCALAR "+f"
#endif

#endif
