// What the examples say about tensors and times: statistics, a stopwatch and a progress bar.
#pragma once

#include <simdact/simdact.hpp>

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <csignal>
#include <cstddef>
#include <cstdio>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

struct summary {
    std::size_t zeros = 0, nans = 0, numbers = 0;
    double min = 0, mean = 0, max = 0; // of the numbers, that is of what is not NaN
};

template <class T>
summary summarize(std::span<const T> x) {
    summary s;
    long double sum = 0;
    for (const double v : x) {
        if (std::isnan(v)) {
            ++s.nans;
            continue;
        }
        s.min = s.numbers ? std::min(s.min, v) : v;
        s.max = s.numbers ? std::max(s.max, v) : v;
        s.zeros += v == 0;
        sum += v;
        ++s.numbers;
    }
    if (s.numbers)
        s.mean = static_cast<double>(sum / static_cast<long double>(s.numbers));
    return s;
}

/// The channels of x in which no element is other than zero. There are none in a tensor without elements.
template <class T>
std::size_t zero_channels(const simdact::channel_shape& shape, std::span<const T> x) {
    if (x.empty())
        return 0;
    std::vector<bool> alive(shape.channels);
    for (std::size_t i = 0; i < x.size(); i += shape.inner)
        if (std::ranges::any_of(x.subspan(i, shape.inner), [](T v) { return v != 0; }))
            alive[i / shape.inner % shape.channels] = true;
    return static_cast<std::size_t>(std::ranges::count(alive, false));
}

/// Thrown in a job that was told to stop (Ctrl-C).
struct interrupted : std::runtime_error {
    explicit interrupted(int number)
        : std::runtime_error("interrupted, expected to be left to finish"), signal(number) {}
    int signal;
};

/// One line on stderr, only on a terminal and only in a job that has taken more than a second. A job that is told to
/// stop stops here, so that it can clear up.
class progress_bar {
public:
    progress_bar() {
        for (const int signal : {SIGINT, SIGTERM})
            if (std::signal(signal, interrupt) == SIG_IGN)
                std::signal(signal, SIG_IGN);
    }
    ~progress_bar() { clear(); }
    progress_bar(const progress_bar&) = delete;
    progress_bar& operator=(const progress_bar&) = delete;

    void show(const std::string& what, double share) {
        if (interrupted_)
            throw interrupted(interrupted_);
        using namespace std::chrono_literals;
        const auto now = std::chrono::steady_clock::now();
        if (!terminal_ || now - start_ < 1s || (shown_ && share < 1 && now - last_ < 50ms))
            return;
        last_ = now;
        constexpr std::size_t width = 30;
        std::string bar(static_cast<std::size_t>(static_cast<double>(width) * share), '=');
        bar.resize(width, ' ');
        std::fprintf(stderr, "\r\033[K[%s] %s", bar.c_str(), what.c_str());
        shown_ = true;
    }
    void clear() {
        if (shown_)
            std::fputs("\r\033[K", stderr);
        shown_ = false;
    }

private:
    static void interrupt(int signal) {
        interrupted_ = signal;
        std::signal(signal, SIG_DFL); // the second time, at once
    }
    static inline volatile std::sig_atomic_t interrupted_ = 0;

    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now(), last_ = start_;
    bool terminal_ = isatty(STDERR_FILENO) != 0, shown_ = false;
};

/// Adds the time that it lives to a sum of seconds.
class stopwatch {
public:
    explicit stopwatch(double& sum) : sum_(sum) {}
    ~stopwatch() { sum_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count(); }
    stopwatch(const stopwatch&) = delete;
    stopwatch& operator=(const stopwatch&) = delete;

private:
    double& sum_;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// The median time of one call of work(), warm; calls too short for the clock are timed many at a time. `repetition` is
/// called after each measurement with the share that is done.
template <class Work, class Repetition>
double median_seconds(Work work, Repetition repetition) {
    using clock = std::chrono::steady_clock;
    const auto seconds = [&](std::size_t calls) {
        const auto start = clock::now();
        for (std::size_t i = 0; i < calls; ++i) {
            work();
            asm volatile("" ::: "memory"); // each call's result counts as used
        }
        return std::chrono::duration<double>(clock::now() - start).count() / static_cast<double>(calls);
    };
    const double warm_up = 20e-3, long_enough = 50e-6, budget = 0.5;
    double once = seconds(1);
    for (const auto start = clock::now(); std::chrono::duration<double>(clock::now() - start).count() < warm_up;)
        once = seconds(1);
    const auto calls = static_cast<std::size_t>(1 + long_enough / std::max(once, 1e-9));
    const std::size_t fewest = 5, most = 15;
    std::vector<double> times;
    for (double spent = 0, share = 0; share < 1;) {
        times.push_back(seconds(calls));
        spent += times.back() * static_cast<double>(calls);
        const auto count = static_cast<double>(times.size());
        share = std::min(1.0, std::max(count / most, std::min(count / fewest, spent / budget)));
        repetition(share);
    }
    std::ranges::nth_element(times, times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2));
    return times[times.size() / 2];
}
