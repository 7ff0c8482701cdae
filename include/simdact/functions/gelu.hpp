#ifndef SIMDACT_FUNCTIONS_GELU_HPP
#define SIMDACT_FUNCTIONS_GELU_HPP

#include <simdact/functions/gate.hpp>
#include <simdact/functions/smooth.hpp>
#include <simdact/math/polynomial.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {

namespace detail {

/// With c = 1 / sqrt(2 pi) and Phi the normal distribution: Phi(x) = 1/2 + x P(x^2) near 0, where the derivative is
/// 1/2 + x D(x^2); far from it |x| Phi(-|x|) = e^(-x^2 / 2) (c - N(|x|) / M(|x|)), and Phi(-|x|) = e^(-x^2 / 2) A(|x|)
/// / B(|x|). Minimax, off by 3.3e-9 to 1.7e-8 of the result at most (double: 8.8e-18 to 2.8e-17).
template <class T>
struct gelu_terms;
template <>
struct gelu_terms<float> {
    static constexpr float end = 14.8f; ///< from here on x e^(-x^2 / 2) rounds to 0
    static constexpr float p[] = {0x1.988452p-2f, -0x1.1057b6p-4f, 0x1.46b132p-7f, -0x1.34219ep-10f, 0x1.9c75d6p-14f};
    static constexpr float d[] = {0x1.988454p-1f,  -0x1.10586cp-2f, 0x1.ea4828p-5f,
                                  -0x1.383396p-7f, 0x1.3ad64p-10f,  -0x1.19e564p-13f};
    static constexpr float n[] = {0x1.988e44p-2f, 0x1.d9aa3cp-3f, 0x1.0d33dap-4f, 0x1.27b266p-7f};
    static constexpr float m[] = {0x1p0f, 0x1.d56e92p0f, 0x1.75f8f4p0f, 0x1.4d2336p-1f, 0x1.51121cp-3f, 0x1.72a87cp-6f};
    static constexpr float a[] = {0x1p-1f, 0x1.c1058p-2f, 0x1.7792b2p-3f, 0x1.4d483cp-5f, 0x1.0e4256p-8f};
    static constexpr float b[] = {0x1p0f, 0x1.acc4fp0f, 0x1.34001cp0f, 0x1.e124dp-2f, 0x1.a1bbbcp-4f, 0x1.52b73ap-7f};
};
template <>
struct gelu_terms<double> {
    static constexpr double end = 38.7;
    static constexpr double p[] = {0x1.9884533d4364fp-2,   -0x1.1058377e2cc9ep-4,  0x1.46d0429749557p-7,
                                   -0x1.37403f5eb9006p-10, 0x1.e42b07946c589p-14,  -0x1.3ce83919f61edp-17,
                                   0x1.656b0b467e2c3p-21,  -0x1.5f2449bc592f9p-25, 0x1.0f800ea28a096p-29};
    static constexpr double d[] = {0x1.9884533d4365p-1,   -0x1.1058377e2ce67p-2,  0x1.ea3863e315f66p-5,
                                   -0x1.37403f69d801cp-7, 0x1.2e9ae7dfc3c2bp-10,  -0x1.db5d555e8071fp-14,
                                   0x1.38d5a1f7f8302p-17, -0x1.61c333cb184eap-21, 0x1.58fed221fbf16p-25,
                                   -0x1.f156e5bf1a831p-30};
    static constexpr double n[] = {0x1.9884533d5fe83p-2,  0x1.0be239d9f56b7p-1,  0x1.647539c777422p-2,
                                   0x1.33ab2a6017863p-3,  0x1.772e8b0a9ceafp-5,  0x1.4d66cfced727p-7,
                                   0x1.afa2f3174ef24p-10, 0x1.8a3d1355c989fp-13, 0x1.d1f346e3e7886p-17,
                                   0x1.1641561c2cdbbp-21};
    static constexpr double m[] = {0x1p0,
                                   0x1.484ba0b2a0d76p1,
                                   0x1.8b254e6366717p1,
                                   0x1.275bed42bb747p1,
                                   0x1.3193a5051af16p0,
                                   0x1.cd1d56ba458b8p-2,
                                   0x1.040a74c8536a6p-3,
                                   0x1.b8e3f18de28cep-6,
                                   0x1.1554e4da78b55p-8,
                                   0x1.f2310c30b325ap-12,
                                   0x1.23fdb569ef1fdp-15,
                                   0x1.5cbdbf5d5723dp-20};
    static constexpr double a[] = {0x1.0000000002c31p-1,  0x1.b6f29fb95cdccp-1,  0x1.7445dcefbefeap-1,
                                   0x1.94aba4e115439p-2,  0x1.35b38d4403864p-3,  0x1.5b87497f014bdp-5,
                                   0x1.217bb0f8cf801p-7,  0x1.6272dee4903cep-10, 0x1.3318df666b7ecp-13,
                                   0x1.57ae02064ba69p-17, 0x1.812c41d904a95p-22};
    static constexpr double b[] = {0x1p0,
                                   0x1.419a64ac0f63ep1,
                                   0x1.7abd14c799bf3p1,
                                   0x1.14994cb49bae5p1,
                                   0x1.1724889eb753cp0,
                                   0x1.9a161f2f57955p-2,
                                   0x1.c13c004884582p-4,
                                   0x1.70cc3b2d9869fp-6,
                                   0x1.bf99c966a44fcp-9,
                                   0x1.81d5025d85de5p-12,
                                   0x1.aebd1826bf3c3p-16,
                                   0x1.e2be1c0cce857p-21};
};

} // namespace detail

/// Gaussian error linear unit: f(x) = x Phi(x), where Phi(x) = (1 + erf(x / sqrt(2))) / 2, the normal distribution.
/// f'(x) = Phi(x) + x e^(-x^2 / 2) / sqrt(2 pi).
/// f(-inf) = -0, f(+-0) = +-0, f(+inf) = +inf, f'(-inf) = -0, f'(+-0) = 1/2, f'(+inf) = 1; a NaN comes back bit for bit
/// from every function here. Hendrycks, Gimpel 2016.
/// Error of f: 3.25 ULP (double: 4.25), denormals included. Error of f': 3 ULP or 2^-24, whatever is more, and at most
/// 8 ULP where x is not within 1/4 of the zero of f' at -0.7518 (double: 4 ULP or 2^-52, and 9 ULP). The output does
/// not tell f': y belongs to two x. Not constexpr. The approximation by tanh is gelu_tanh, that by the logistic
/// function quick_gelu.
struct gelu final : detail::smooth<gelu> {
    static constexpr const char* name = "gelu";
    static constexpr name_elsewhere elsewhere[] = {
        {naming::onnx, "Gelu"}, {naming::pytorch, "GELU gelu"}, {naming::keras, "gelu"}};

    template <value V>
    SIMDACT_INLINE static V value_of(V x) noexcept {
        using T = simd::element_t<V>;
        using terms = detail::gelu_terms<T>;
        const V a = simd::at_most((simd::abs)(x), V(terms::end)), square = a * a;
        const V rest = V(height<T>) -
                       simd::divide(detail::polynomial_in_turn(a, terms::n), detail::polynomial_in_turn(a, terms::m));
        const V beyond =
            simd::fma(bell(a).times(rest), V(-detail::exponential<T>::lift_down), detail::positive_part(x));
        const V close = x * simd::fma(detail::polynomial_in_turn(square, terms::p), x, V(T(0.5)));
        return simd::select(a < V(T(0.75)), close, beyond);
    }

    template <value V>
    SIMDACT_INLINE static V slope(V x) noexcept {
        using T = simd::element_t<V>;
        using E = detail::exponential<T>;
        using terms = detail::gelu_terms<T>;
        const V a = simd::at_most((simd::abs)(x), V(terms::end)), square = a * a;
        const V mills = simd::divide(detail::polynomial_in_turn(a, terms::a), detail::polynomial_in_turn(a, terms::b));
        const V below = bell(a).times(simd::fma(a, V(-height<T>), mills));
        const V beyond = simd::select(x < V(0), below * V(E::lift_down), simd::fma(below, V(-E::lift_down), V(1)));
        const V close = simd::fma(detail::polynomial_in_turn(square, terms::d), x, V(T(0.5)));
        return simd::select(a < V(T(0.75)), close, beyond);
    }

private:
    template <class T>
    static constexpr T height = T(0.39894228040143267794); ///< 1 / sqrt(2 pi)

    /// e^(-a^2 / 2).
    template <value V>
    SIMDACT_INLINE static detail::lifted_exp<V> bell(V a) noexcept {
        return detail::lifted_exp<V>(detail::square_in_two_parts(a, simd::element_t<V>(-0.5)));
    }
};

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
