#ifndef SIMDACT_FUNCTIONS_HARD_SIGMOID_HPP
#define SIMDACT_FUNCTIONS_HARD_SIGMOID_HPP

#include <simdact/functions/by_bit.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {

/// Hard sigmoid: f(x) = +0 where x <= -3, 1 where x >= 3, (x + 3) / 6 between.
/// f'(x) = 1/6 for -3 < x < 3, 0 elsewhere.
/// f(-inf) = +0, f(+-0) = 1/2, f(+inf) = 1; a NaN comes back bit for bit from every function here. One bit tells f':
/// -3 < x < 3. The output does not: it is 1 for the x before 3, too.  Howard et al. 2019 (MobileNetV3).
/// Error of f: 1 ULP; f' is 1/6, rounded. The same bits on every instruction set. ONNX's operator, and that of Keras 2,
/// is hard_sigmoid_affine.
struct hard_sigmoid final : detail::by_bit<hard_sigmoid, false> {
    static constexpr const char* name = "hard_sigmoid";
    static constexpr name_elsewhere elsewhere[] = {{naming::pytorch, "Hardsigmoid hardsigmoid"},
                                                   {naming::keras, "hard_sigmoid"}};

    template <value V>
    SIMDACT_INLINE constexpr V forward(V x) const noexcept {
        return simd::unless_nan(x, forward_of_number(x));
    }

    template <value V>
    SIMDACT_INLINE constexpr V forward_of_number(V x) const noexcept {
        return simd::sixth_of(simd::opaque(simd::clamp(x, V(-3), V(3)) + V(3)));
    }

    template <value V>
    SIMDACT_INLINE constexpr simd::mask_t<V> mask(V x) const noexcept {
        return simd::both(x > V(-3), x < V(3));
    }

    /// dx = dy / 6 where -3 < x < 3, +0 elsewhere whatever dy is.
    template <value V>
    SIMDACT_INLINE constexpr V backward_from_mask(simd::mask_t<V> inside, V dy) const noexcept {
        using T = simd::element_t<V>;
        return simd::keep(inside, simd::scaled(dy, V(T(1) / T(6))));
    }
};

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
