#ifndef SIMDACT_KERNELS_REFUSALS_HPP
#define SIMDACT_KERNELS_REFUSALS_HPP

/// What kernels refuse, and how: std::invalid_argument whose text names the kernel, the argument and both values,
/// thrown before anything is written. Without exceptions the same text goes to stderr and the program aborts.

#include <simdact/concepts.hpp>

#include <cstdio>
#if SIMDACT_DETAIL_EXCEPTIONS
#include <stdexcept>
#else
#include <cstdlib>
#endif

#if defined(_MSC_VER) && !defined(__clang__)
#define SIMDACT_DETAIL_COLD __declspec(noinline)
#else
#define SIMDACT_DETAIL_COLD SIMDACT_DETAIL_NOINLINE __attribute__((__cold__))
#endif

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

/// An array as a refusal sees it: its name, where it lies and how long it is.
struct plain_argument {
    const char* name;
    const void* data;
    std::size_t size;
    std::size_t element_size;

    std::uintptr_t begin() const noexcept { return reinterpret_cast<std::uintptr_t>(data); }
    std::size_t bytes() const noexcept { return size * element_size; }
};

/// The same of a matrix, and how long its rows are, or its columns, and how far they are apart.
struct argument : plain_argument {
    argument(const plain_argument& array) noexcept : plain_argument(array) {}

    std::size_t inner_size = 0;
    std::ptrdiff_t outer_stride = 0;
    bool row_major = false;
};

/// What is no matrix.
template <class... Arguments>
concept plain = (std::same_as<Arguments, plain_argument> && ...);

/// A mask has a bit for each element.
constexpr std::size_t mask_bytes(std::size_t elements) noexcept { return elements / 8 + (elements % 8 != 0); }

SIMDACT_INLINE plain_argument describe(const char* name, std::span<const std::uint8_t> mask) noexcept {
    return {.name = name, .data = mask.data(), .size = mask.size(), .element_size = 1};
}

template <array R>
SIMDACT_INLINE auto describe(const char* name, R& r) noexcept {
    const plain_argument array{.name = name,
                               .data = detail::first_element(r),
                               .size = detail::size_of(r),
                               .element_size = sizeof(array_value_t<R>)};
    if constexpr (storage_order<R> == 0) {
        return array;
    } else {
        argument matrix = array;
        if (array.size > 0) {
            matrix.inner_size = static_cast<std::size_t>(r.innerSize());
            matrix.outer_stride = static_cast<std::ptrdiff_t>(r.outerSize() > 1 ? r.outerStride() : r.innerSize());
            matrix.row_major = storage_order<R> > 0;
        }
        return matrix;
    }
}

[[SIMDACT_DETAIL_NORETURN]] SIMDACT_DETAIL_COLD inline void refuse(const char* text) {
#if SIMDACT_DETAIL_EXCEPTIONS
    throw std::invalid_argument(text);
#else
    std::fprintf(stderr, "%s\n", text);
    std::abort();
#endif
}

// What follows takes numbers, not arguments: those the caller would lay out in memory before it knows.

/// Room for the longest text: names are ours or a functor's parameter, numbers have 20 digits at most.
struct refusal_text {
    char data[400];
};

[[SIMDACT_DETAIL_NORETURN]] SIMDACT_DETAIL_COLD inline void
refuse_size(const char* kernel, const char* name, std::size_t size, const char* measure, std::size_t wanted) {
    refusal_text text;
    std::snprintf(text.data, sizeof text.data, "simdact::%s: %s has %zu elements, but %s has %zu", kernel, name, size,
                  measure, wanted);
    detail::refuse(text.data);
}

// Addresses as numbers: of a pointer to const, g++ would think that what it points to is read, and warn where an output
// is not initialised yet.
[[SIMDACT_DETAIL_NORETURN]] SIMDACT_DETAIL_COLD inline void refuse_overlap(const char* kernel, const char* a,
                                                                           std::uintptr_t a_begin, const char* b,
                                                                           std::uintptr_t b_begin, std::size_t b_bytes,
                                                                           const char* how) {
    const bool after = a_begin >= b_begin;
    const std::size_t distance = after ? a_begin - b_begin : b_begin - a_begin;
    refusal_text text;
    std::snprintf(text.data, sizeof text.data,
                  "simdact::%s: %s overlaps %s%s: it starts %zu bytes %s %s, which is %zu bytes long", kernel, a, b,
                  how, distance, after ? "after" : "before", b, b_bytes);
    detail::refuse(text.data);
}

[[SIMDACT_DETAIL_NORETURN]] SIMDACT_DETAIL_COLD inline void refuse_shape(const char* kernel, const channel_shape& shape,
                                                                         const char* measure, std::size_t wanted) {
    char count[40] = "more elements than can be counted";
    if (shape.countable())
        std::snprintf(count, sizeof count, "%zu elements", shape.size());
    refusal_text text;
    std::snprintf(text.data, sizeof text.data, "simdact::%s: shape %zu x %zu x %zu has %s, but %s has %zu", kernel,
                  shape.outer, shape.channels, shape.inner, count, measure, wanted);
    detail::refuse(text.data);
}

[[SIMDACT_DETAIL_NORETURN]] SIMDACT_DETAIL_COLD inline void refuse_channels(const char* kernel, const char* name,
                                                                            std::size_t size, std::size_t channels) {
    refusal_text text;
    std::snprintf(text.data, sizeof text.data, "simdact::%s: %s has %zu elements, but shape has %zu channels", kernel,
                  name, size, channels);
    detail::refuse(text.data);
}

[[SIMDACT_DETAIL_NORETURN]] SIMDACT_DETAIL_COLD inline void
refuse_mask(const char* kernel, const char* name, std::size_t bytes, const char* measure, std::size_t size) {
    refusal_text text;
    std::snprintf(text.data, sizeof text.data, "simdact::%s: %s has %zu bytes, but %s has %zu elements, which need %zu",
                  kernel, name, bytes, measure, size, detail::mask_bytes(size));
    detail::refuse(text.data);
}

[[SIMDACT_DETAIL_NORETURN]] SIMDACT_DETAIL_COLD inline void
refuse_stride(const char* kernel, const char* name, std::ptrdiff_t stride, std::size_t inner_size, bool row_major) {
    refusal_text text;
    std::snprintf(text.data, sizeof text.data, "simdact::%s: %s has an outer stride of %td, but %zu %s", kernel, name,
                  stride, inner_size, row_major ? "columns" : "rows");
    refuse(text.data);
}

[[SIMDACT_DETAIL_NORETURN]] SIMDACT_DETAIL_COLD inline void refuse_inner_size(const char* kernel, const char* name,
                                                                              std::size_t size, const char* measure,
                                                                              std::size_t wanted, bool row_major) {
    refusal_text text;
    std::snprintf(text.data, sizeof text.data, "simdact::%s: %s has %zu %s, but %s has %zu", kernel, name, size,
                  row_major ? "columns" : "rows", measure, wanted);
    refuse(text.data);
}

/// Whether a lies behind b.
SIMDACT_INLINE bool behind(const plain_argument& a, const plain_argument& b) noexcept {
    return a.begin() >= b.begin() + b.bytes();
}

/// Whether a and b, of the same length, are one buffer or do not touch.
SIMDACT_INLINE bool same_or_apart(const plain_argument& a, const plain_argument& b) noexcept {
    return a.data == b.data || detail::behind(a, b) || detail::behind(b, a);
}

/// Whether a and b do not touch.
SIMDACT_INLINE bool apart(const plain_argument& a, const plain_argument& b) noexcept {
    return detail::behind(a, b) || detail::behind(b, a) || a.size == 0 || b.size == 0;
}

/// Nothing lies between the rows of a matrix, or between its columns.
template <class... Arguments>
SIMDACT_INLINE void check_dense(const char* kernel, const Arguments&... arguments) {
    const auto one = [&](const argument& a) SIMDACT_INLINE_LAMBDA {
        if (a.outer_stride != static_cast<std::ptrdiff_t>(a.inner_size)) [[SIMDACT_DETAIL_UNLIKELY]]
            detail::refuse_stride(kernel, a.name, a.outer_stride, a.inner_size, a.row_major);
    };
    (one(arguments), ...);
}

/// a, which is as long as the measure, has as many rows and columns if both are matrices.
SIMDACT_INLINE void check_inner_size(const char* kernel, const argument& a, const argument& measure) {
    if (a.inner_size != measure.inner_size && a.inner_size != 0 && measure.inner_size != 0) [[SIMDACT_DETAIL_UNLIKELY]]
        detail::refuse_inner_size(kernel, a.name, a.inner_size, measure.name, measure.inner_size, a.row_major);
}

/// a is as long as the measure.
SIMDACT_INLINE void check_size(const char* kernel, const argument& a, const argument& measure) {
    if (a.size != measure.size) [[SIMDACT_DETAIL_UNLIKELY]]
        detail::refuse_size(kernel, a.name, a.size, measure.name, measure.size);
    detail::check_inner_size(kernel, a, measure);
}

/// a and b, of the same length, are one buffer or do not touch.
SIMDACT_INLINE void check_same_or_apart(const char* kernel, const plain_argument& a, const plain_argument& b) {
    if (!detail::same_or_apart(a, b)) [[SIMDACT_DETAIL_UNLIKELY]]
        detail::refuse_overlap(kernel, a.name, a.begin(), b.name, b.begin(), b.bytes(), " in part");
}

/// a and b do not touch.
SIMDACT_INLINE void check_apart(const char* kernel, const plain_argument& a, const plain_argument& b) {
    if (!detail::apart(a, b)) [[SIMDACT_DETAIL_UNLIKELY]]
        detail::refuse_overlap(kernel, a.name, a.begin(), b.name, b.begin(), b.bytes(), "");
}

/// The shape has as many elements as the measure.
SIMDACT_INLINE void check_shape(const char* kernel, const channel_shape& shape, const plain_argument& measure) {
    if (!shape.countable() || shape.size() != measure.size) [[SIMDACT_DETAIL_UNLIKELY]]
        detail::refuse_shape(kernel, shape, measure.name, measure.size);
}

/// One element of a for each channel, or one for all.
SIMDACT_INLINE void check_channels(const char* kernel, const plain_argument& a, const channel_shape& shape) {
    if (a.size != shape.channels && a.size != 1) [[SIMDACT_DETAIL_UNLIKELY]]
        detail::refuse_channels(kernel, a.name, a.size, shape.channels);
}

/// The mask has a bit for each element of the measure.
SIMDACT_INLINE void check_mask(const char* kernel, const plain_argument& mask, const plain_argument& measure) {
    if (mask.size != detail::mask_bytes(measure.size)) [[SIMDACT_DETAIL_UNLIKELY]]
        detail::refuse_mask(kernel, mask.name, mask.size, measure.name, measure.size);
}

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
