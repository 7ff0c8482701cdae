#ifndef SIMDACT_FUNCTIONS_SOFTSIGN_HPP
#define SIMDACT_FUNCTIONS_SOFTSIGN_HPP

#include <simdact/functions/smooth.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {

/// Softsign: f(x) = x / (1 + |x|).  f'(x) = 1 / (1 + |x|)^2.
/// f(-inf) = -1, f(+-0) = +-0, f(+inf) = 1, f'(+-0) = 1, f'(+-inf) = +0; f(-x) = -f(x) and f'(-x) = f'(x) bit for bit;
/// a NaN comes back bit for bit from every function here. Turian, Bergstra, Bengio 2009.
/// Error of f: 1.5 ULP; of f' from x: 1.05 ULP; denormals included in both. f' from the output y: (1 - |y|)^2, off by
/// 1.25 ULP of 1: an absolute error, the relative one is lost where y is near -1 and 1.
struct softsign final : detail::smooth<softsign> {
    static constexpr const char* name = "softsign";
    static constexpr name_elsewhere elsewhere[] = {
        {naming::onnx, "Softsign"}, {naming::pytorch, "Softsign softsign"}, {naming::keras, "softsign"}};

    template <value V>
    SIMDACT_INLINE static constexpr V value_of(V x) noexcept {
        const V size = simd::at_most((simd::abs)(x), V(simd::element_t<V>(0x1p100))); // far enough for 1
        return simd::either(simd::divide(size, size + V(1)), simd::sign_of(x));
    }

    template <value V>
    SIMDACT_INLINE static constexpr V slope(V x) noexcept {
        using T = simd::element_t<V>;
        constexpr bool is_float = sizeof(T) == 4;
        constexpr T unit = T(is_float ? 0x1p-32 : 0x1p-256); // stands for 1 until the end, so that squares are finite
        const V one(unit), size = one * simd::at_most((simd::abs)(x), V(T(is_float ? 0x1p80 : 0x1p540)));
        // 1 + |x| in two parts. The first has half of the digits, so that its square is exact.
        const V head = simd::first_half(size + one);
        const V tail = simd::opaque(simd::select(size < one, one, size) - head) + simd::at_most(size, one);
        const V square = head * head, rest = simd::product(tail, head + head + tail);
        const V sum = simd::opaque(square + rest), lost = rest - simd::opaque(sum - square);
        const V y = simd::divide(V(1), sum), excess = simd::product(y, lost);
        return simd::opaque((y - simd::product(y, excess)) * V(unit * unit));
    }

    template <value V>
    SIMDACT_INLINE static constexpr V slope_at_output(V y) noexcept {
        const V rest = V(1) - (simd::abs)(y);
        return rest * rest;
    }
};

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
