#ifndef SIMDACT_FUNCTIONS_HARD_MISH_HPP
#define SIMDACT_FUNCTIONS_HARD_MISH_HPP

#include <simdact/functions/bent_between.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {

/// Hard Mish: f(x) = -0 where x <= -2, x where x >= 0, x (x + 2) / 2 between.
/// f'(x) = 0 where x <= -2, 1 where x >= 0, x + 1 between.
/// f(-inf) = -0, f(+-0) = +-0, f(+inf) = +inf, f'(+-0) = 1; f is never below f(-1) = -1/2; a NaN comes back bit for bit
/// from every function here. From timm (Wightman).
/// Error of f: 1.5 ULP; of f' from x: 0.5 ULP; both are exact where x <= -2 or x >= 0. The same bits on every
/// instruction set. The output does not tell f': a y between -1/2 and 0 belongs to two x.
struct hard_mish final : detail::bent_between<hard_mish, -2, 0> {
    static constexpr const char* name = "hard_mish";

    /// From 0 on the factor is 1.
    template <value V>
    SIMDACT_INLINE static constexpr V value_of(V x) noexcept {
        const V from = simd::at_least(x, V(-2));
        return from * simd::opaque(simd::at_most(simd::opaque(from + V(2)), V(2)) * V(simd::element_t<V>(0.5)));
    }

    template <value V>
    SIMDACT_INLINE static constexpr V slope(V x) noexcept {
        return x + V(1);
    }
};

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
