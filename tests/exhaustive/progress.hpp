#pragma once

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <string>

namespace exhaustive {

/// A bar and the time left on stderr, where that is a terminal.
class progress {
    using clock = std::chrono::steady_clock;
    bool shown_ = isatty(STDERR_FILENO) != 0;
    std::uint64_t total_;
    clock::time_point began_ = clock::now();

public:
    explicit progress(std::uint64_t total) : total_(total) {}
    progress(const progress&) = delete;
    progress& operator=(const progress&) = delete;
    ~progress() {
        if (shown_)
            std::fputs("\r\033[K", stderr);
    }

    void show(std::uint64_t done, const std::string& what) const {
        if (!shown_ || done == 0)
            return;
        const double part = double(done) / double(total_);
        const double seconds = std::chrono::duration<double>(clock::now() - began_).count();
        const int left = static_cast<int>(seconds * (1 - part) / part + 0.5), length = static_cast<int>(part * 40);
        std::fprintf(stderr, "\r\033[K[%s%s] %3d %%, %d:%02d left, %s", std::string(std::size_t(length), '#').c_str(),
                     std::string(std::size_t(40 - length), ' ').c_str(), static_cast<int>(part * 100), left / 60,
                     left % 60, what.c_str());
    }
};

} // namespace exhaustive
