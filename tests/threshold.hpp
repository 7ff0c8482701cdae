#pragma once

#include "tables/table.hpp"

#include <cstddef>

namespace tests {

/// Sets the size from which calls write past the caches, and gives the old one back.
class threshold {
    std::size_t before_ = under_test.streaming_threshold();

public:
    explicit threshold(std::size_t bytes) { under_test.set_streaming_threshold(bytes); }
    ~threshold() { under_test.set_streaming_threshold(before_); }
    threshold(const threshold&) = delete;
    threshold& operator=(const threshold&) = delete;
};

} // namespace tests
