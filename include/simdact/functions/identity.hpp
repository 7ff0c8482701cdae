#ifndef SIMDACT_FUNCTIONS_IDENTITY_HPP
#define SIMDACT_FUNCTIONS_IDENTITY_HPP

#include <simdact/concepts.hpp>
#include <simdact/simd.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {

/// Identity, a layer without activation: f(x) = x bit for bit.  f'(x) = 1; a NaN x comes back bit for bit from it, and
/// from backward, where dx = dy elsewhere. From the output the same. Errors: none.
struct identity final {
    static constexpr const char* name = "identity";
    static constexpr name_elsewhere elsewhere[] = {
        {naming::onnx, "Identity"}, {naming::pytorch, "Identity"}, {naming::keras, "linear"}};
    static constexpr bool light = true;

    SIMDACT_INLINE constexpr auto forward(value auto x) const noexcept { return x; }
    SIMDACT_INLINE constexpr auto operator()(value auto x) const noexcept { return x; }

    template <value V>
    SIMDACT_INLINE constexpr V derivative(V x) const noexcept {
        return simd::unless_nan(x, V(1));
    }

    template <value V>
    SIMDACT_INLINE constexpr V backward(V x, V dy) const noexcept {
        return simd::unless_nan(x, dy);
    }

    SIMDACT_INLINE constexpr auto derivative_from_output(value auto y) const noexcept { return derivative(y); }
    SIMDACT_INLINE constexpr auto backward_from_output(value auto y, auto dy) const noexcept { return backward(y, dy); }
};

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
