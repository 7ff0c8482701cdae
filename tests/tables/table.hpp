#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Every function of the library in every way to call it, behind plain functions: what calls them is compiled once, for
/// whichever instructions, and knows no function. function.cpp and list.cpp make them of the library's lists, once for
/// each set of flags; neither type nor function of the library is here.
namespace tests {

/// simdact::channel_shape.
struct call_shape {
    std::size_t outer = 1, channels = 1, inner = 1;

    std::size_t size() const { return outer * channels * inner; }
};

/// What kernels are given; each takes what it needs.
template <class T>
struct arguments {
    const double* parameters = nullptr; ///< in the order of the function's, without the slope of channels
    call_shape shape = {};
    std::span<const T> x = {}, dy = {}, slopes = {}; ///< x stands for y = f(x) where a kernel wants that
    std::span<T> out = {}, dslopes = {};
    std::span<std::uint8_t> mask = {}; ///< read or written

    T slope_of(std::size_t element) const {
        return slopes[slopes.size() == 1 ? 0 : element / shape.inner % shape.channels];
    }
};

/// Which of them.
struct uses {
    bool x = false, dy = false, reads_mask = false, writes_mask = false, shape = false, dslopes = false;
};

template <class T>
struct kernel {
    std::string_view function;
    std::string_view name;
    tests::uses uses;
    void (*run)(const arguments<T>&);
    T (*scalar)(const double* parameters, T x, T slope, T dy); ///< what a call on scalars gives for an element of out
    const double* defaults = nullptr; ///< of the function's parameters, and numbers for those that have none

    std::string text() const { return std::string(function) + ": " + std::string(name); }
    bool adds_to_dslopes() const { return name.ends_with("adds to dslopes"); }
    T scalar_at(const arguments<T>& a, std::size_t i) const {
        const T slope = uses.shape ? a.slope_of(i) : T(0);
        return scalar(a.parameters, a.x[i], slope, uses.dy ? a.dy[i] : T(0));
    }
};

/// One way to compute f and its derivatives: on scalars, on batches of one architecture, by the kernels. The slope of a
/// function that takes one for each channel is the last parameter here, the same for all elements. Null where a
/// function has no such derivative, or the way cannot give it.
template <class T>
struct way_to_call {
    using unary = void (*)(const double* parameters, std::span<const T> x, std::span<T> result);
    using binary = void (*)(const double* parameters, std::span<const T> x, std::span<const T> dy, std::span<T> result);

    std::string_view name;
    bool same_as_scalar = false; ///< promised to have the bits of the scalar
    bool is_scalar = false;      ///< of which compilers may make other instructions than of lanes
    bool is_kernel = false;      ///< refuses what it should not be given
    unary f = nullptr, derivative = nullptr, from_output = nullptr;
    binary backward = nullptr, backward_from_output = nullptr;
    binary backward_with_slopes = nullptr; ///< dx beside the gradient of the slopes
    void (*with_mask)(const double* parameters, std::span<const T> x, std::span<T> y,
                      std::span<std::uint8_t> mask) = nullptr;
    void (*from_mask)(const double* parameters, std::span<const std::uint8_t> mask, std::span<const T> dy,
                      std::span<T> dx) = nullptr;
};

/// What a function says of itself.
struct own_parameter {
    std::string_view name;
    double fallback;
    double value; ///< of its member as it is made without any
};

struct function_under_test {
    std::string_view name;
    std::span<const own_parameter> parameters;
    bool has_slope;               ///< beside these
    bool in_constant_expressions; ///< scalars may be evaluated by the compiler
    std::span<const way_to_call<float>> ways_of_float;
    std::span<const way_to_call<double>> ways_of_double;
    std::span<const kernel<float>> kernels_of_float;
    std::span<const kernel<double>> kernels_of_double;

    template <class T>
    const auto& ways() const {
        if constexpr (sizeof(T) == 4)
            return ways_of_float;
        else
            return ways_of_double;
    }
    template <class T>
    const auto& kernels() const {
        if constexpr (sizeof(T) == 4)
            return kernels_of_float;
        else
            return kernels_of_double;
    }
};

/// All of them as built with one set of flags.
struct table {
    const char* (*isa)();  ///< with dispatch what is chosen for this CPU
    bool (*fused)();       ///< with FMA
    std::size_t widths[2]; ///< the lanes of the default batch of float and of double
    std::span<const function_under_test* const> functions;
    std::span<const std::string_view> listed;    ///< the names in the library's lists
    std::span<const std::string_view> described; ///< the names of the files in tests/functions, made into rows or not
    std::size_t (*streaming_threshold)();
    void (*set_streaming_threshold)(std::size_t bytes);

    template <class T>
    std::size_t width() const {
        return widths[sizeof(T) / 8];
    }
};

/// The one that the program is linked with.
extern const table under_test;

/// Every kernel of it on elements of type T.
template <class T>
std::vector<kernel<T>> every_kernel(const table& of = under_test) {
    std::vector<kernel<T>> all;
    for (const function_under_test* f : of.functions)
        all.insert(all.end(), f->kernels<T>().begin(), f->kernels<T>().end());
    return all;
}

} // namespace tests
