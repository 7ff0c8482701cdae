#pragma once

/// The kernels that a table has: the library's, or with DISPATCHED those that simdact_add_dispatch() has built.
#if defined(DISPATCHED)
#include <simdact/dispatch.hpp>
namespace kernels_under_test = simdact::dispatch;
#else
#include <simdact/simdact.hpp>
namespace kernels_under_test = simdact;
#endif
