#ifndef SIMDACT_FUNCTIONS_CRELU_HPP
#define SIMDACT_FUNCTIONS_CRELU_HPP

#include <simdact/simd.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {

/// Concatenated rectified linear unit, the two-sided ReLU: two outputs for each x, positive = relu(x) and negative =
/// relu(-x), for kernels of its own (kernels/crelu.hpp). A NaN x is x, bit for bit, in both. Errors: none.
/// dx = dpositive where x > 0, -dnegative where x < 0, +0 at 0, and x where it is NaN. A zero dx is +0 where x <= 0.
/// From the outputs the same, positive > 0 for x > 0 and negative > 0 for x < 0; from two bits, x > 0 and x < 0, +0
/// where both are 0, as they are for a NaN.  Shang, Sohn, Almeida, Lee 2016.
struct crelu final {
    static constexpr const char* name = "crelu";

    template <value V>
    SIMDACT_INLINE static constexpr V positive(V x) noexcept {
        return simd::positive_part(x);
    }
    template <value V>
    SIMDACT_INLINE static constexpr V negative(V x) noexcept {
        return simd::unless_nan(x, simd::positive_part(simd::negated(x)));
    }

    /// dx from the two bits.
    template <value V>
    SIMDACT_INLINE static constexpr V dx(simd::mask_t<V> above, simd::mask_t<V> below, V dpositive,
                                         V dnegative) noexcept {
        return simd::keep(above, dpositive) - simd::keep(below, dnegative);
    }
};

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
