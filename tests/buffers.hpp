#pragma once

#include "bits.hpp"

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace tests {

/// A buffer that starts so many elements after an aligned place, with guards before and after that must stay as they
/// are.
template <class T>
class guarded {
    static constexpr std::size_t guard = 64;
    static constexpr T untouched = payload_nan<T>;

    std::vector<T> storage_;
    std::size_t first_, size_;

public:
    guarded(std::size_t size, std::size_t misalignment)
        : storage_(3 * guard + size + misalignment, untouched), size_(size) {
        const auto address = reinterpret_cast<std::uintptr_t>(storage_.data()) / sizeof(T);
        first_ = guard + (guard - address % guard) + misalignment;
    }
    guarded(std::span<const T> values, std::size_t misalignment) : guarded(values.size(), misalignment) {
        std::ranges::copy(values, all().begin());
    }

    std::span<T> all() { return std::span(storage_).subspan(first_, size_); }
    std::span<const T> all() const { return std::span(storage_).subspan(first_, size_); }

    bool guards_untouched() const {
        const auto is_untouched = [](T x) { return same_bits(x, untouched); };
        const std::span<const T> storage(storage_);
        return std::ranges::all_of(storage.first(first_), is_untouched) &&
               std::ranges::all_of(storage.subspan(first_ + size_), is_untouched);
    }

    /// Nothing written, within or around.
    bool still_holds(std::span<const T> values) const {
        return guards_untouched() && std::ranges::equal(all(), values, same_bits<T>);
    }
};

/// The first element that is not as wanted, in words; nothing where all are. `kept` is the argument whose NaN must come
/// back as it is.
template <class T>
std::string first_difference(std::span<const T> got, std::span<const T> wanted, std::span<const T> kept) {
    for (std::size_t i = 0; i < got.size(); ++i)
        if (!same_result(got[i], wanted[i], kept[i]))
            return "element " + std::to_string(i) + " is " + show(got[i]) + ", not " + show(wanted[i]);
    return "";
}

} // namespace tests
