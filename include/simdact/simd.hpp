#ifndef SIMDACT_SIMD_HPP
#define SIMDACT_SIMD_HPP

/// The seam between simdact and xsimd: only the folder simd/ knows xsimd's classes. What is above it is written once
/// for "a value", which is a float, a double, or an xsimd::batch of either, and uses the operators + - * < <= > of V
/// and the functions of these files. They need only what xsimd spells the same way from 8.1 to 14.3. Scalars take the
/// same sequence of operations as the lanes of a batch, so they give the same bits.

#include <simdact/simd/arithmetic.hpp>
#include <simdact/simd/bits.hpp>
#include <simdact/simd/compiler.hpp>
#include <simdact/simd/isa.hpp>
#include <simdact/simd/masks.hpp>
#include <simdact/simd/memory.hpp>
#include <simdact/simd/native.hpp>
#include <simdact/simd/opaque.hpp>
#include <simdact/simd/select.hpp>
#include <simdact/simd/value.hpp>

#endif
