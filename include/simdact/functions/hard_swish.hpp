#ifndef SIMDACT_FUNCTIONS_HARD_SWISH_HPP
#define SIMDACT_FUNCTIONS_HARD_SWISH_HPP

#include <simdact/functions/bent_between.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {

/// Hard swish: f(x) = -0 where x <= -3, x where x >= 3, x (x + 3) / 6 between.
/// f'(x) = 0 where x <= -3, 1 where x >= 3, (2 x + 3) / 6 between.
/// f(-inf) = -0, f(+-0) = +-0, f(+inf) = +inf, f'(+-0) = 1/2; f is never below f(-3/2) = -3/8; a NaN comes back bit for
/// bit from every function here. Howard et al. 2019 (MobileNetV3).
/// Error of f: 2 ULP; of f' from x: 1 ULP, near its zero at -3/2 too; both are exact where x <= -3 or x >= 3. The same
/// bits on every instruction set. The output does not tell f': a y between -3/8 and 0 belongs to two x.
struct hard_swish final : detail::bent_between<hard_swish, -3, 3> {
    static constexpr const char* name = "hard_swish";
    static constexpr name_elsewhere elsewhere[] = {
        {naming::onnx, "HardSwish"}, {naming::pytorch, "Hardswish hardswish"}, {naming::keras, "hard_swish hard_silu"}};

    /// From 3 on the factor is 1.
    template <value V>
    SIMDACT_INLINE static constexpr V value_of(V x) noexcept {
        const V from = simd::at_least(x, V(-3));
        return from * simd::opaque(simd::sixth_of(simd::at_most(simd::opaque(from + V(3)), V(6))));
    }

    /// x + x is exact: one rounding before the quotient, with FMA or without.
    template <value V>
    SIMDACT_INLINE static constexpr V slope(V x) noexcept {
        return simd::sixth_of(simd::opaque(simd::opaque(x + x) + V(3)));
    }
};

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
