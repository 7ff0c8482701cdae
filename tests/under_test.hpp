#pragma once

/// The kernels that a test calls as under_test::forward() and so on: with DISPATCHED those that simdact_add_dispatch()
/// has built.
#if defined(DISPATCHED)
#include <simdact/dispatch.hpp>
namespace under_test = simdact::dispatch;
#else
#include <simdact/simdact.hpp>
namespace under_test = simdact;
#endif
