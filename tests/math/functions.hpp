#pragma once

#include <cstddef>
#include <span>
#include <string_view>

/// The functions of simdact/math.hpp behind plain pointers, for whichever instructions functions.cpp is compiled for.
namespace tests {

template <class T>
struct math_way {
    std::string_view name;                        ///< such as "scalars"
    void (*run)(const T* x, T* y, std::size_t n); ///< for an n that is a multiple of 64
};

struct math_function {
    std::string_view name;
    std::span<const math_way<float>> of_float; ///< the first on scalars
    std::span<const math_way<double>> of_double;

    template <class T>
    std::span<const math_way<T>> of() const {
        if constexpr (sizeof(T) == 4)
            return of_float;
        else
            return of_double;
    }
};

extern const std::span<const math_function> math_functions;

} // namespace tests
