#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Every function of the library in every way to call it, behind plain functions: what calls them is compiled once and
/// knows no function. functions_under_test.cpp makes them of the library's lists.
namespace tests {

/// One way to compute f and its derivatives: on scalars, on batches of one architecture, by the kernels. The slope of a
/// function that takes one for each channel is the last parameter here, the same for all elements. Null where a
/// function has no such derivative, or the way cannot give it.
template <class T>
struct way_to_call {
    using unary = void (*)(const double* parameters, std::span<const T> x, std::span<T> result);
    using binary = void (*)(const double* parameters, std::span<const T> x, std::span<const T> dy, std::span<T> result);

    std::string name;
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
    std::string name;
    double fallback;
};

struct function_under_test {
    std::string name;
    std::vector<own_parameter> parameters;
    std::vector<double> defaults; ///< the values of its members as it is made without any
    bool has_slope = false;       ///< beside these parameters
    std::vector<way_to_call<float>> of_float;
    std::vector<way_to_call<double>> of_double;

    template <class T>
    const std::vector<way_to_call<T>>& ways() const {
        if constexpr (sizeof(T) == 4)
            return of_float;
        else
            return of_double;
    }
};

/// In the order of the lists.
const std::vector<function_under_test>& functions_under_test();

} // namespace tests
