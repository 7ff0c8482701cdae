#pragma once

#include <cstddef>

namespace tests {

/// How often this program has called operator new.
std::size_t allocations() noexcept;

} // namespace tests
