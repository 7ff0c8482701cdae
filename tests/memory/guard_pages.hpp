#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <span>
#include <utility>

#if defined(__SANITIZE_ADDRESS__)
#define TESTS_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define TESTS_ASAN 1
#endif
#endif
#if defined(TESTS_ASAN)
#include <sanitizer/asan_interface.h>
#endif

namespace tests {

/// Room for one buffer between two pages at which every access ends the program. The buffer lies some elements after
/// the first page or before the second one; the rest of the room must stay as it is, and under AddressSanitizer may not
/// even be read.
class between_guard_pages {
    static constexpr int untouched = 0xa5;

    std::size_t page_ = static_cast<std::size_t>(sysconf(_SC_PAGESIZE)), room_;
    std::byte *pages_, *begin_ = nullptr, *end_ = nullptr;

    std::byte* first() const { return pages_ + page_; }
    std::byte* last() const { return first() + room_; }

    static bool is_untouched(const std::byte* p, const std::byte* end) {
        return p == end ||
               (*p == std::byte{untouched} && std::memcmp(p, p + 1, static_cast<std::size_t>(end - p) - 1) == 0);
    }
    void forbid_rest() {
#if defined(TESTS_ASAN)
        ASAN_POISON_MEMORY_REGION(first(), static_cast<std::size_t>(begin_ - first()));
        ASAN_POISON_MEMORY_REGION(end_, static_cast<std::size_t>(last() - end_));
#endif
    }
    void allow_rest() const {
#if defined(TESTS_ASAN)
        ASAN_UNPOISON_MEMORY_REGION(first(), room_);
#endif
    }

public:
    enum class side { first_page, second_page };

    explicit between_guard_pages(std::size_t bytes) : room_((bytes + page_ - 1) / page_ * page_) {
        void* const p = mmap(nullptr, room_ + 2 * page_, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (p == MAP_FAILED)
            throw std::bad_alloc();
        pages_ = static_cast<std::byte*>(p);
        if (mprotect(first(), room_, PROT_READ | PROT_WRITE) != 0)
            throw std::bad_alloc();
    }
    ~between_guard_pages() {
        allow_rest();
        munmap(pages_, room_ + 2 * page_);
    }
    between_guard_pages(const between_guard_pages&) = delete;
    between_guard_pages& operator=(const between_guard_pages&) = delete;

    /// A buffer of so many elements, so many elements away from the page.
    template <class T>
    std::span<T> place(std::size_t size, side at, std::size_t distance) {
        allow_rest();
        std::memset(first(), untouched, room_);
        begin_ = at == side::first_page ? first() + distance * sizeof(T) : last() - (distance + size) * sizeof(T);
        end_ = begin_ + size * sizeof(T);
        forbid_rest();
        return {reinterpret_cast<T*>(begin_), size};
    }

    /// The same with these elements.
    template <class T>
    std::span<T> place(std::span<const T> values, side at, std::size_t distance) {
        const std::span<T> placed = place<T>(values.size(), at, distance);
        if (!values.empty())
            std::memcpy(placed.data(), values.data(), values.size_bytes());
        return placed;
    }

    bool rest_untouched() {
        allow_rest();
        const bool result = is_untouched(first(), begin_) && is_untouched(end_, last());
        forbid_rest();
        return result;
    }
};

} // namespace tests
