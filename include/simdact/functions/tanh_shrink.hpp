#ifndef SIMDACT_FUNCTIONS_TANH_SHRINK_HPP
#define SIMDACT_FUNCTIONS_TANH_SHRINK_HPP

#include <simdact/functions/smooth.hpp>
#include <simdact/math/logistic.hpp>
#include <simdact/math/polynomial.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {

namespace detail {

/// (x - tanh x) / x^3 and (tanh x / x)^2 as polynomials of x^2, minimax for |x| <= 1: off by 3e-8 and 3.4e-9 of
/// themselves at most (double: 5.6e-17 and 1e-17).
template <class T>
struct tanh_shrink_terms;
template <>
struct tanh_shrink_terms<float> {
    static constexpr float value[] = {0x1.555556p-2f, -0x1.11117p-3f, 0x1.ba2dcep-5f,  -0x1.66e4eap-6f,
                                      0x1.23bbfcp-7f, -0x1.ca345p-9f, 0x1.276c76p-10f, -0x1.a21f18p-13f};
    static constexpr float slope[] = {0x1p0f,          -0x1.55554ap-1f, 0x1.82d554p-2f, -0x1.92d986p-3f, 0x1.8c9a52p-4f,
                                      -0x1.6d65b8p-5f, 0x1.24584p-6f,   -0x1.55faep-8f, 0x1.999812p-11f};
};
template <>
struct tanh_shrink_terms<double> {
    static constexpr double value[] = {
        0x1.5555555555555p-2,  -0x1.1111111111042p-3,  0x1.ba1ba1ba0cf1ap-5,  -0x1.664f487f3b59p-6,
        0x1.226e34e9d891cp-7,  -0x1.d6d3be623a663p-9,  0x1.7da26b18f3716p-10, -0x1.354efd9bf823fp-11,
        0x1.f501586538678p-13, -0x1.941173fd85509p-14, 0x1.406d1e72aedf2p-15, -0x1.e311099ed47bep-17,
        0x1.4403683103014p-18, -0x1.5ca58917b9d8cp-20, 0x1.00e378906c97bp-22, -0x1.787910300c084p-26};
    static constexpr double slope[] = {1.0,
                                       -0x1.5555555555551p-1,
                                       0x1.82d82d82d7e46p-2,
                                       -0x1.93193192fe281p-3,
                                       0x1.8f57895cc8303p-4,
                                       -0x1.7e8c192739175p-5,
                                       0x1.65c9238da2891p-6,
                                       -0x1.48ad1e1f70c9ep-7,
                                       0x1.29bd745ed9f99p-8,
                                       -0x1.0a9f40f75dc61p-9,
                                       0x1.d8289c81b4f22p-11,
                                       -0x1.9b32ab29ed971p-12,
                                       0x1.59d914f5bce22p-13,
                                       -0x1.0dcbb320ede94p-14,
                                       0x1.6cba0e932dbcbp-16,
                                       -0x1.82fae1d80f649p-18,
                                       0x1.156d3bec0dc68p-20,
                                       -0x1.895fe6701553dp-24};
};

} // namespace detail

/// Tanh shrink: f(x) = x - tanh(x). f'(x) = tanh(x)^2.
/// f(+-0) = +-0, f(+-inf) = +-inf, f'(+-0) = +0, f'(+-inf) = 1; f(-x) = -f(x) and f'(-x) = f'(x) bit for bit; a NaN
/// comes back bit for bit from every function here.
/// Error of f: 3.5 ULP, with FMA 2.5; of f': 2.5 ULP; denormals included in both. The output does not tell f' by a
/// formula. Not constexpr.
struct tanh_shrink final : detail::smooth<tanh_shrink> {
    static constexpr const char* name = "tanh_shrink";
    static constexpr name_elsewhere elsewhere[] = {{naming::pytorch, "Tanhshrink tanhshrink"},
                                                   {naming::keras, "tanh_shrink"}};

    /// x^3 P(x^2) up to 1, (x - 1) + 2 / (e^2x + 1) beyond: no difference of what is nearly equal.
    template <value V>
    SIMDACT_INLINE static V value_of(V x) noexcept {
        using T = simd::element_t<V>;
        using E = detail::exponential<T>;
        using terms = detail::tanh_shrink_terms<T>;
        const V a = (simd::abs)(x), within = simd::at_most(a, V(-E::minus_one));
        const detail::exp_parts<V> e = detail::exp_in_parts<V>(within + within, E::magic + T(E::bias - 1));
        const V half = simd::from_bits<V>(detail::in_exponent<V>(e.exponent)); // of 2^n
        const V sum = simd::fma(half, e.p, simd::opaque(half + V(T(0.5))));    // (e^2x + 1) / 2
        const V beyond = simd::opaque(a - V(1)) + simd::divide(V(1), sum);

        const V square = simd::opaque(a * a), cube = simd::opaque(a * square);
        const V p = detail::polynomial_in_turn(square, terms::value);
        V close = cube * p;
        if constexpr (simd::fused) { // what the cube lacks
            const V lost =
                simd::fma(a, simd::fma(a, a, simd::negated(square)), simd::fma(a, square, simd::negated(cube)));
            close = simd::fma(cube, p, lost * V(terms::value[0]));
        }
        return simd::either(simd::select(a < V(1), close, beyond), simd::sign_of(x));
    }

    template <value V>
    SIMDACT_INLINE static V slope(V x) noexcept {
        using T = simd::element_t<V>;
        using E = detail::exponential<T>;
        const V a = (simd::abs)(x), square = simd::opaque(a * a);
        const V close = square * detail::polynomial_in_turn(square, detail::tanh_shrink_terms<T>::slope);
        const V beyond = V(1) - detail::logistic_slope(V(-2) * simd::at_most(a, V(-E::minus_one)), 4);
        return simd::select(a < V(1), close, beyond);
    }
};

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
