#pragma once

#if defined(__SSE2__)
#include <xmmintrin.h>
#endif

namespace tests {

/// Denormals count as zero as long as this lives, in arguments and in results, or in one of them.
class denormals_as_zero {
#if defined(__aarch64__) && defined(__GNUC__)
    unsigned long before_ = 0;

public:
    static constexpr unsigned arguments = 1u << 24, results = arguments; // one bit for both
    explicit denormals_as_zero(unsigned where = arguments) {
        asm volatile("mrs %0, fpcr" : "=r"(before_));
        asm volatile("msr fpcr, %0" : : "r"(before_ | where) : "memory");
    }
    ~denormals_as_zero() { asm volatile("msr fpcr, %0" : : "r"(before_) : "memory"); }
    denormals_as_zero(const denormals_as_zero&) = delete;
    denormals_as_zero& operator=(const denormals_as_zero&) = delete;
    static constexpr bool available = true;
#elif defined(__SSE2__)
    unsigned before_ = _mm_getcsr();

public:
    static constexpr unsigned arguments = 0x40, results = 0x8000;
    explicit denormals_as_zero(unsigned where = arguments | results) { _mm_setcsr(before_ | where); }
    ~denormals_as_zero() { _mm_setcsr(before_); }
    denormals_as_zero(const denormals_as_zero&) = delete;
    denormals_as_zero& operator=(const denormals_as_zero&) = delete;
    static constexpr bool available = true;
#else
public:
    static constexpr unsigned arguments = 0, results = 0;
    explicit denormals_as_zero(unsigned /*where*/ = 0) {}
    static constexpr bool available = false;
#endif
};

} // namespace tests
