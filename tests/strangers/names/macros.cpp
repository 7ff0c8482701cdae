/// The library after everything that headers define as macros: all its headers, or a single one (SINGLE, BUNDLED).

#if defined(EIGEN)
#include <Eigen/Core>
#endif

#include "macros.hpp"

#if defined(SINGLE)
#include <simdact.hpp>
#else
#include "every_header.hpp"
#endif

// A call, and the macros are as they were.
float users_call(float x) { return simdact::elu{}(x); }
#if !defined(I) || !defined(near) || !defined(likely)
#error "a macro is lost"
#endif
