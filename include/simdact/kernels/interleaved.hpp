#ifndef SIMDACT_KERNELS_INTERLEAVED_HPP
#define SIMDACT_KERNELS_INTERLEAVED_HPP

/// Arrays in which two others alternate.

#include <simdact/simd.hpp>

#include <cstring>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

#if defined(__GNUC__)
/// 16 bytes, as every instruction set with vectors has them.
template <class T>
struct quarter_line {
    static constexpr std::size_t size = 16 / sizeof(T);
    typedef T vector __attribute__((__vector_size__(16)));

    SIMDACT_INLINE static vector load(const T* p) noexcept {
        vector v;
        std::memcpy(&v, p, sizeof v);
        return v;
    }
    SIMDACT_INLINE static void store(T* p, vector v) noexcept { std::memcpy(p, &v, sizeof v); }
};
#endif

/// even[i] = x[2 i] and odd[i] = x[2 i + 1] for i < n.
template <class T>
SIMDACT_INLINE void take_apart(std::size_t n, const T* x, T* even, T* odd) noexcept {
    std::size_t i = 0;
#if defined(__GNUC__)
    using part = quarter_line<T>;
    for (; i + part::size <= n; i += part::size) {
        const auto a = part::load(x + 2 * i), b = part::load(x + 2 * i + part::size);
        if constexpr (part::size == 4) {
            part::store(even + i, __builtin_shufflevector(a, b, 0, 2, 4, 6));
            part::store(odd + i, __builtin_shufflevector(a, b, 1, 3, 5, 7));
        } else {
            part::store(even + i, __builtin_shufflevector(a, b, 0, 2));
            part::store(odd + i, __builtin_shufflevector(a, b, 1, 3));
        }
    }
#endif
    for (; i < n; ++i) {
        even[i] = x[2 * i];
        odd[i] = x[2 * i + 1];
    }
}

/// x[2 i] = even[i] and x[2 i + 1] = odd[i] for i < n.
template <class T>
SIMDACT_INLINE void put_together(std::size_t n, const T* even, const T* odd, T* x) noexcept {
    std::size_t i = 0;
#if defined(__GNUC__)
    using part = quarter_line<T>;
    for (; i + part::size <= n; i += part::size) {
        const auto a = part::load(even + i), b = part::load(odd + i);
        if constexpr (part::size == 4) {
            part::store(x + 2 * i, __builtin_shufflevector(a, b, 0, 4, 1, 5));
            part::store(x + 2 * i + part::size, __builtin_shufflevector(a, b, 2, 6, 3, 7));
        } else {
            part::store(x + 2 * i, __builtin_shufflevector(a, b, 0, 2));
            part::store(x + 2 * i + part::size, __builtin_shufflevector(a, b, 1, 3));
        }
    }
#endif
    for (; i < n; ++i) {
        x[2 * i] = even[i];
        x[2 * i + 1] = odd[i];
    }
}

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
