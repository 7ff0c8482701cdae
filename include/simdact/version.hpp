#ifndef SIMDACT_VERSION_HPP
#define SIMDACT_VERSION_HPP

#if defined(SIMDACT_SINGLE_HEADER)
#error "simdact's single header is included already: use it or the separate headers"
#endif

/// The version of simdact, stated here and nowhere else: CMake reads these three lines.
#define SIMDACT_VERSION_MAJOR 0
#define SIMDACT_VERSION_MINOR 1
#define SIMDACT_VERSION_PATCH 0

#endif
