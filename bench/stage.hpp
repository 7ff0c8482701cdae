#pragma once

/// The arrays of one cell, and the clock. One stage at a time: they share their memory.
///
/// Arrays of up to a few thousand elements lie side by side as windows of a set that stays in the first-level cache.
/// A pass calls the kernel once on each window. Before each pass the set is filled, outside the measured time, with
/// the next values of a pool of 8 MiB, so that each call sees signs that no branch predictor has seen, and results
/// written in place do not become inputs.

#include "cell.hpp"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <limits>
#include <memory>
#include <random>

#include <simdact/simdact.hpp>

namespace bench {

/// Normal values, and an activation's outputs for them: elu's, for all functions.
template <class T>
struct pool {
    static constexpr std::size_t size = (8 << 20) / sizeof(T);
    std::vector<T> x, y, dy;

    pool() : x(size), y(size), dy(size) {
        std::mt19937_64 generator(1);
        std::normal_distribution<double> normal;
        for (std::vector<T>* values : {&x, &dy})
            for (T& value : *values)
                value = static_cast<T>(normal(generator));
        simdact::forward(simdact::elu{}, x, y);
    }

    static const pool& get() {
        static const pool values;
        return values;
    }
};

inline double seconds_now() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// What reading the clock twice measures of itself.
inline double clock_overhead() {
    static const double overhead = [] {
        std::vector<double> samples(10'001);
        for (double& sample : samples) {
            const double start = seconds_now();
            sample = seconds_now() - start;
        }
        std::nth_element(samples.begin(), samples.begin() + 5'000, samples.end());
        return samples[5'000];
    }();
    return overhead;
}

/// Memory that lives as long as the program, so that large cells do not wait for fresh pages.
inline std::byte* region(std::size_t index, std::size_t bytes) {
    static struct {
        std::unique_ptr<std::byte[]> memory;
        std::size_t size = 0;
    } regions[3];
    auto& r = regions[index];
    if (bytes + 8192 > r.size) {
        r.memory.reset();
        r.memory.reset(new std::byte[bytes + 8192]());
        r.size = bytes + 8192;
    }
    // Different distances from a page's start: loads and stores that agree in it can get into each other's way.
    const auto address = reinterpret_cast<std::uintptr_t>(r.memory.get());
    return r.memory.get() + (4096 - address % 4096) + index * 1344;
}

template <class T>
class stage {
public:
    /// Arrays begin so many bytes after the start of a line of the cache.
    explicit stage(const cell& of, std::size_t shift = 0)
        : cell_(of), shift_(shift), n_(of.size()),
          windows_(std::max<std::size_t>(1, hot_bytes / (arrays_used(of) * sizeof(T) * n_))), x_(at(0)), dy_(at(1)),
          out_(of.in_place ? (of.has_dy() ? dy_ : x_) : at(2)), slopes_(of.channels), dslopes_(of.channels),
          mask_(windows_ * mask_bytes()) {
        for (std::size_t i = 0; i < slopes_.size(); ++i)
            slopes_[i] = T(0.1) + T(0.01) * static_cast<T>(i);
        if (out_ != x_ && out_ != dy_)
            std::fill_n(out_, elements(), T(0));
        fill();
    }

    std::size_t elements() const { return windows_ * n_; }
    const T* out() const { return out_; }
    const T* dy() const { return dy_; }
    const T* x() const { return x_; }
    const std::vector<T>& slopes() const { return slopes_; }
    const std::vector<T>& dslopes() const { return dslopes_; }
    const std::vector<std::uint8_t>& mask() const { return mask_; }

    /// Replaces the pool's values; for the next calls only.
    void put(const std::vector<T>& x, const std::vector<T>& dy) {
        std::copy_n(x.begin(), elements(), x_);
        if (cell_.has_dy())
            std::copy_n(dy.begin(), elements(), dy_);
    }

    /// Seconds that one call of run takes, not warmed up: on the first window, filled from the beginning of the pool.
    /// No older results are left.
    double once(const kernel<T>& run) {
        offset_ = 0;
        fill();
        const T nothing = std::numeric_limits<T>::quiet_NaN();
        if (!cell_.in_place)
            std::fill_n(out_, n_, nothing);
        std::fill(dslopes_.begin(), dslopes_.end(), nothing);
        if (cell_.op == op::forward_with_mask)
            std::fill(mask_.begin(), mask_.end(), std::uint8_t(0xff));
        const double start = seconds_now();
        call(run, 0);
        return seconds_now() - start;
    }

    void pass(const kernel<T>& run) {
        for (std::size_t w = 0; w < windows_; ++w)
            call(run, w);
    }

    /// Seconds a call of run, over one turn: about 256 Ki elements, after a pass that warms up.
    double turn(const kernel<T>& run) {
        const std::size_t passes = std::max<std::size_t>(1, (std::size_t(256) << 10) / elements());
        if (passes > 1) {
            refresh();
            pass(run);
        }
        double total = 0;
        for (std::size_t i = 0; i < passes; ++i) {
            refresh();
            const double start = seconds_now();
            pass(run);
            total += seconds_now() - start - clock_overhead();
        }
        return total / static_cast<double>(passes * windows_);
    }

private:
    static constexpr std::size_t hot_bytes = 20 << 10;
    static constexpr std::size_t learnable = 64 << 10; // signs that a branch predictor might remember

    static std::size_t arrays_used(const cell& c) { return std::size_t(c.has_x()) + c.has_dy() + !c.in_place; }
    std::size_t mask_bytes() const { return (n_ + 7) / 8; }

    void call(const kernel<T>& run, std::size_t w) {
        run({x_ + w * n_, dy_ + w * n_, out_ + w * n_, slopes_.data(), dslopes_.data(),
             mask_.data() + w * mask_bytes()});
    }

    T* at(std::size_t index) { return reinterpret_cast<T*>(region(index, elements() * sizeof(T) + shift_) + shift_); }

    /// New inputs, where the old ones could be learnt or were overwritten.
    void refresh() {
        if (elements() < learnable)
            fill();
        else if (cell_.in_place)
            copy(cell_.has_dy() ? pool<T>::get().dy : inputs(), out_);
    }

    const std::vector<T>& inputs() const {
        return cell_.op == op::backward_from_output ? pool<T>::get().y : pool<T>::get().x;
    }

    void fill() {
        copy(inputs(), x_);
        if (cell_.has_dy())
            copy(pool<T>::get().dy, dy_);
        offset_ = (offset_ + elements()) % pool<T>::size;
        if (cell_.op == op::backward_from_mask)
            for (std::size_t w = 0; w < windows_; ++w)
                for (std::size_t i = 0; i < n_; i += 8) {
                    unsigned bits = 0;
                    for (std::size_t j = i; j < std::min(n_, i + 8); ++j)
                        bits |= unsigned(x_[w * n_ + j] > 0) << (j - i);
                    mask_[w * mask_bytes() + i / 8] = static_cast<std::uint8_t>(bits);
                }
        if (out_ != x_ && out_ != dy_ && elements() < learnable)
            std::memset(out_, 0, elements() * sizeof(T)); // back into the cache
    }

    void copy(const std::vector<T>& from, T* to) {
        for (std::size_t done = 0, from_here = offset_; done < elements(); from_here = 0) {
            const std::size_t count = std::min(elements() - done, from.size() - from_here);
            std::memcpy(to + done, from.data() + from_here, count * sizeof(T));
            done += count;
        }
    }

    cell cell_;
    std::size_t shift_;
    std::size_t n_, windows_, offset_ = 0;
    T *x_, *dy_, *out_;
    std::vector<T> slopes_, dslopes_;
    std::vector<std::uint8_t> mask_;
};

} // namespace bench
