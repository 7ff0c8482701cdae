#pragma once

#include <simdact/kernels/streaming.hpp>

#include <cstddef>

namespace tests {

/// Sets the size from which calls write past the caches, and gives the old one back.
class threshold {
    std::size_t before_ = simdact::streaming_threshold();

public:
    explicit threshold(std::size_t bytes) { simdact::streaming_threshold(bytes); }
    ~threshold() { simdact::streaming_threshold(before_); }
    threshold(const threshold&) = delete;
    threshold& operator=(const threshold&) = delete;
};

} // namespace tests
