#pragma once

/// The version of simdact, stated here and nowhere else: CMake reads these three lines.
#define SIMDACT_VERSION_MAJOR 0
#define SIMDACT_VERSION_MINOR 1
#define SIMDACT_VERSION_PATCH 0
