#include "xsimd_loops.hpp"

namespace {
using namespace bench;

const std::string version = std::to_string(XSIMD_VERSION_MAJOR) + '.' + std::to_string(XSIMD_VERSION_MINOR) + '.' +
                            std::to_string(XSIMD_VERSION_PATCH);
const bool added = add({"xsimd", version, role::peer, by_formula<xsimd_loops, float>, by_formula<xsimd_loops, double>});

} // namespace
