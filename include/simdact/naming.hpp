#ifndef SIMDACT_NAMING_HPP
#define SIMDACT_NAMING_HPP

/// What a function and its parameters are called elsewhere, for models that are read when a program runs:
///
///     static constexpr name_elsewhere elsewhere[] = {
///         {naming::onnx, "LeakyRelu", {{"alpha", 0.01}}},
///         {naming::pytorch, "LeakyReLU leaky_relu"},
///         {naming::keras, "LeakyReLU", {{"negative_slope", 0.3}}},
///         {naming::keras, "leaky_relu", {{"negative_slope", 0.2}}},
///     };

#include <simdact/simd/isa.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {

/// Whose names: the operators of ONNX; the modules and functions of PyTorch; the layers and activations of Keras 3.
enum class naming : unsigned char { onnx, pytorch, keras };

/// A name, or several with a space between, and the function's parameters in the order of its members: their names
/// there and what they are where nothing else is said. Those that are left out are called and are what the function
/// says.
struct name_elsewhere {
    struct parameter {
        const char* name = nullptr;
        double fallback = 0;
    };

    naming by;
    const char* names;
    parameter parameters[4] = {};
};

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
