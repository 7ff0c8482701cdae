#include "allocations.hpp"

#include <cstdlib>
#include <new>

namespace {
std::size_t count = 0;
}

std::size_t tests::allocations() noexcept { return count; }

// The array forms end up here too, except under AddressSanitizer, which has its own.
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
    ++count;
    return std::malloc(size > 0 ? size : 1);
}

void* operator new(std::size_t size) {
    if (void* p = operator new(size, std::nothrow))
        return p;
    throw std::bad_alloc();
}

void operator delete(void* p) noexcept { std::free(p); }
void operator delete(void* p, std::size_t) noexcept { std::free(p); }

#if !defined(_WIN32) // has no std::aligned_alloc
void* operator new(std::size_t size, std::align_val_t alignment) {
    ++count;
    const std::size_t unit = static_cast<std::size_t>(alignment);
    if (void* p = std::aligned_alloc(unit, (size + unit - 1) / unit * unit))
        return p;
    throw std::bad_alloc();
}

void operator delete(void* p, std::align_val_t) noexcept { std::free(p); }
void operator delete(void* p, std::size_t, std::align_val_t) noexcept { std::free(p); }
#endif
