#ifndef SIMDACT_FUNCTIONS_RELU_HPP
#define SIMDACT_FUNCTIONS_RELU_HPP

#include <simdact/functions/by_bit.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {

/// Rectified linear unit: f(x) = x where x is not less than 0, +0 elsewhere.  f'(x) = 1 for x > 0, 0 for x <= 0.
/// f(-0) = -0; a NaN comes back bit for bit from every function here. Errors: none, f and f' are exact.
/// f' from the output y: 1 for y > 0, 0 elsewhere.  Nair, Hinton 2010.
struct relu final : detail::by_bit<relu> {
    static constexpr const char* name = "relu";
    static constexpr name_elsewhere elsewhere[] = {
        {naming::onnx, "Relu"}, {naming::pytorch, "ReLU relu"}, {naming::keras, "ReLU relu"}};

    template <value V>
    SIMDACT_INLINE constexpr V forward(V x) const noexcept {
        return simd::positive_part(x);
    }

    /// dx = dy where x > 0, +0 where x <= 0 whatever dy is.
    template <value V>
    SIMDACT_INLINE constexpr V backward_from_mask(simd::mask_t<V> positive, V dy) const noexcept {
        return simd::keep(positive, dy);
    }
};

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
