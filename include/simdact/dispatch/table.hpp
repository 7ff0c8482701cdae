#ifndef SIMDACT_DISPATCH_TABLE_HPP
#define SIMDACT_DISPATCH_TABLE_HPP

/// The boundary between code built for one instruction set and for another: plain arrays, numbers and pointers to
/// functions. Nothing here depends on the flags of a unit but the version of the library, in the name.

#include <simdact/version.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>

#define SIMDACT_DETAIL_TEXT_(...) #__VA_ARGS__
#define SIMDACT_DETAIL_TEXT(...) SIMDACT_DETAIL_TEXT_(__VA_ARGS__)
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

/// The kernels of one function for elements of type T, given the values of its parameters. Null where the function has
/// none: a bit, or the output, may not tell enough.
template <class T>
struct elementwise {
    using unary = void (*)(const double* parameters, std::size_t n, const T* x, T* y) noexcept;
    using binary = void (*)(const double* parameters, std::size_t n, const T* x, const T* dy, T* dx) noexcept;

    unary forward, derivative;
    binary backward, backward_from_output;
    void (*forward_with_mask)(const double* parameters, std::size_t n, const T* x, T* y, std::uint8_t* mask) noexcept;
    void (*backward_from_mask)(const double* parameters, std::size_t n, const std::uint8_t* mask, const T* dy,
                               T* dx) noexcept;
};

/// The same for a function with a slope for each channel. shape is outer, channels and inner; dslopes may be null.
template <class T>
struct channelwise {
    using unary = void (*)(const double* parameters, const std::size_t* shape, const T* x, const T* slopes,
                           T* y) noexcept;

    unary forward, derivative;
    void (*backward)(const double* parameters, const std::size_t* shape, const T* x, const T* slopes, const T* dy,
                     T* dx, T* dslopes, bool accumulate) noexcept;
    void (*forward_with_mask)(const double* parameters, const std::size_t* shape, const T* x, const T* slopes, T* y,
                              std::uint8_t* mask) noexcept;
    void (*backward_from_mask)(const double* parameters, const std::size_t* shape, const std::uint8_t* mask,
                               const T* slopes, const T* dy, T* dx) noexcept;
};

/// Those of a list of functions, in its order: each function has a row in one of the two, and null in the other.
template <class T>
struct kernels {
    const dispatched::elementwise<T>* elementwise;
    const dispatched::channelwise<T>* channelwise;
};

/// What calls ask of the parameters of a function: bits of `valid`.
enum : unsigned { for_float = 1, for_double = 2, for_float_from_output = 4, for_double_from_output = 8 };

/// How the parameters of a function are checked where its type is not known.
struct parameter_checks {
    unsigned (*valid)(const double* parameters) noexcept;
    /// Refuses them, as they are valid for none of these uses.
    void (*refuse)(const char* kernel, const double* parameters, unsigned uses);
};

/// What was built of a list for one instruction set.
struct table {
    const char* isa;
    std::size_t size;               ///< of the list
    const char* const* names;       ///< of its functions
    const void* const* objects;     ///< home_of each
    const parameter_checks* checks; ///< for each
    kernels<float> of_float;
    kernels<double> of_double;
    std::size_t (*streaming_threshold)() noexcept;
    void (*set_streaming_threshold)(std::size_t bytes) noexcept;
};

/// An object for each type. Those of a functor that is not in SIMDACT_ISA are one for all units. Not const: linkers may
/// make one of constants that are the same.
template <class F>
inline char home_of = 0;

/// The table of a list, by its key, for one instruction set, by a type that is named after it.
template <std::uint64_t List, class Isa>
const table& table_of() noexcept;

/// The table for this CPU, null before the first call of choose(). simdact_add_dispatch() builds both into the program.
template <std::uint64_t List>
struct of_list {
    static std::atomic<const table*> chosen;
    static const table& choose();
};

} // namespace SIMDACT_DISPATCH_VERSION
} // namespace dispatched
} // namespace simdact

#endif
