#ifndef SIMDACT_DISPATCH_TABLE_HPP
#define SIMDACT_DISPATCH_TABLE_HPP

/// The boundary between code built for one instruction set and for another: plain arrays, numbers and pointers to
/// functions. Nothing here depends on the flags of a unit but the version of the library, in the name.

#include <simdact/version.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>

#define SIMDACT_DETAIL_VERSION_NAME_(a, b, c) v##a##_##b##_##c
#define SIMDACT_DETAIL_VERSION_NAME(a, b, c) SIMDACT_DETAIL_VERSION_NAME_(a, b, c)
#define SIMDACT_DISPATCH_VERSION                                                                                       \
    SIMDACT_DETAIL_VERSION_NAME(SIMDACT_VERSION_MAJOR, SIMDACT_VERSION_MINOR, SIMDACT_VERSION_PATCH)

// Several libraries in one program may hold the tables and what chooses among them, and may be linked whole: any of the
// copies will do, as all are built for the oldest CPU, and a table for the instruction set in its name.
#if defined(__ELF__) || defined(__APPLE__)
#define SIMDACT_DISPATCH_ANY_COPY [[gnu::weak]]
#else
#define SIMDACT_DISPATCH_ANY_COPY
#endif

namespace simdact {
namespace dispatched {
inline namespace SIMDACT_DISPATCH_VERSION {

/// As many functions of arrays as dispatch.hpp names, in that order, each with the value of its parameter.
inline constexpr std::size_t functions = 5;

/// The kernels for elements of type T. shape is outer, channels and inner; dslopes may be null.
template <class T>
struct kernels {
    using unary = void (*)(double parameter, std::size_t n, const T* x, T* y) noexcept;
    using binary = void (*)(double parameter, std::size_t n, const T* x, const T* dy, T* dx) noexcept;
    using to_mask = void (*)(double parameter, std::size_t n, const T* x, T* y, std::uint8_t* mask) noexcept;
    using from_mask = void (*)(double parameter, std::size_t n, const std::uint8_t* mask, const T* dy, T* dx) noexcept;

    unary forward[functions];
    unary derivative[functions];
    binary backward[functions];
    binary backward_from_output[functions];
    to_mask forward_with_mask[functions];    ///< null for those that
    from_mask backward_from_mask[functions]; ///< one bit does not tell enough

    void (*prelu_forward)(const std::size_t* shape, const T* x, const T* slopes, T* y) noexcept;
    void (*prelu_derivative)(const std::size_t* shape, const T* x, const T* slopes, T* d) noexcept;
    void (*prelu_backward)(const std::size_t* shape, const T* x, const T* slopes, const T* dy, T* dx, T* dslopes,
                           bool accumulate) noexcept;
    void (*prelu_forward_with_mask)(const std::size_t* shape, const T* x, const T* slopes, T* y,
                                    std::uint8_t* mask) noexcept;
    void (*prelu_backward_from_mask)(const std::size_t* shape, const std::uint8_t* mask, const T* slopes, const T* dy,
                                     T* dx) noexcept;
};

/// What was built for one instruction set.
struct table {
    const char* isa;
    kernels<float> of_float;
    kernels<double> of_double;
    std::size_t (*streaming_threshold)() noexcept;
    void (*set_streaming_threshold)(std::size_t bytes) noexcept;
};

/// The table for this CPU, null before the first call of choose(), which simdact_add_dispatch() builds into the
/// program.
extern std::atomic<const table*> chosen;
const table& choose();

} // namespace SIMDACT_DISPATCH_VERSION
} // namespace dispatched
} // namespace simdact

#endif
