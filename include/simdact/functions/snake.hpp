#ifndef SIMDACT_FUNCTIONS_SNAKE_HPP
#define SIMDACT_FUNCTIONS_SNAKE_HPP

#include <simdact/functions/smooth.hpp>
#include <simdact/math/exponential_in_two_parts.hpp>
#include <simdact/math/polynomial.hpp>

#include <limits>

namespace simdact {
inline namespace SIMDACT_ISA {

namespace detail {

/// (sin r - r) / r^3 as polynomials of r^2, minimax for |r| <= pi / 4 and |r| <= 1.84: off by 4.1e-9 and 6.8e-10 of sin
/// r at most (double: 4.2e-19 and 5.2e-18). And pi / 2 as a sum: of numbers for FMA; of short ones, so that their
/// products with half the digits of an n are exact.
template <class T>
struct snake_terms;
template <>
struct snake_terms<float> {
    static constexpr float two_over_pi = 0x1.45f306p-1f;
    static constexpr float magic = 0x1.8p23f;  ///< makes the last digit of a sum count ones
    static constexpr float coarse = 0x1.8p34f; ///< makes it count 2^11
    static constexpr float end = 0x1p22f;      ///< beyond it n is no number that magic counts
    static constexpr float near_zero[] = {-0x1.555544p-3f, 0x1.1106c6p-7f, -0x1.991c26p-13f};
    static constexpr float far_from_zero[] = {-0x1.555556p-3f, 0x1.111128p-7f, -0x1.a01cep-13f, 0x1.71c604p-19f,
                                              -0x1.9db524p-26f};
    static constexpr float fused[] = {0x1.921fb6p0f, -0x1.777a5cp-25f, -0x1.ee59dap-50f};
    static constexpr float split[] = {0x1.92p0f, 0x1.fb4p-12f, 0x1.444p-24f, 0x1.68c234p-39f};
};
template <>
struct snake_terms<double> {
    static constexpr double two_over_pi = 0x1.45f306dc9c883p-1;
    static constexpr double magic = 0x1.8p52, coarse = 0x1.8p77, end = 0x1p50;
    static constexpr double near_zero[] = {-0x1.5555555555555p-3, 0x1.1111111111068p-7,   -0x1.a01a019ffe28p-13,
                                           0x1.71de3a335973ep-19, -0x1.ae642bd66ac8dp-26, 0x1.6109614dbfc8p-33,
                                           -0x1.9fc9bee6dd724p-41};
    static constexpr double far_from_zero[] = {-0x1.5555555555555p-3,  0x1.11111111110dep-7,   -0x1.a01a01a017625p-13,
                                               0x1.71de3a546169p-19,   -0x1.ae6456094269cp-26, 0x1.6124428efb25p-33,
                                               -0x1.ae75d9d94f8c2p-41, 0x1.9391291e0f967p-49,  -0x1.0df307c4fe762p-57};
    static constexpr double fused[] = {0x1.921fb54442d18p0, 0x1.1a62633145c07p-54, -0x1.f1976b7ed8fbcp-110};
    static constexpr double split[] = {0x1.921fb5p0, 0x1.110b46p-26, 0x1.1a6262p-54, 0x1.3145c06e0e689p-78};
};

} // namespace detail

/// Snake: f(x) = x + sin(alpha x)^2 / alpha. f'(x) = 1 + sin(2 alpha x).
/// f(-inf) = -inf, f(+-0) = +0, f(+inf) = +inf, f'(+-0) = f'(+-inf) = 1; a NaN comes back bit for bit from every
/// function here. Ziyin, Hartwig, Ueda 2020.
/// Error of f: 3 ULP at alpha = 1, else 6.5 (double: 3.5, 7), for every x. Error of f': 2 ULP of 1 at alpha = 1, else
/// 4: an absolute one, the relative one is lost where f' touches 0. So for |alpha x| <= 2^22, beyond that f' is 1, its
/// mean. alpha is rounded to the element type first; it is finite and 2^-100 (double: 2^-968) at least: kernels refuse
/// others, which give some value here. The output does not tell f' by a formula. Not constexpr.
struct snake final {
    static constexpr const char* name = "snake";
    static constexpr range finite_and_not_tiny{.low = {.exists = true, .number = 0x1p-968, .in_float = 0x1p-100},
                                               .high = any_finite.high};
    static constexpr parameter parameters[] = {{.name = "alpha", .fallback = 1.0, .valid = finite_and_not_tiny}};

    double alpha = 1.0;

    /// For kernels: what depends on alpha alone, computed before the loop.
    template <class T>
    SIMDACT_INLINE auto prepared() const noexcept {
        return of_alpha<T>(simd::rounded<T>(alpha));
    }

    SIMDACT_INLINE auto forward(value auto x) const noexcept {
        return prepared<simd::element_t<decltype(x)>>().forward(x);
    }
    SIMDACT_INLINE auto operator()(value auto x) const noexcept { return forward(x); }
    SIMDACT_INLINE auto derivative(value auto x) const noexcept {
        return prepared<simd::element_t<decltype(x)>>().derivative(x);
    }
    SIMDACT_INLINE auto backward(value auto x, auto dy) const noexcept {
        return prepared<simd::element_t<decltype(x)>>().backward(x, dy);
    }

private:
    template <class T>
    class of_alpha : public detail::smooth<of_alpha<T>> {
        using terms = detail::snake_terms<T>;

    public:
        SIMDACT_INLINE explicit of_alpha(T rounded) noexcept
            : alpha_(rounded), end_(simd::at_most(simd::divide(terms::end, rounded), largest)),
              inverse_(simd::divide(T(1), rounded)), inverse_low_(detail::lost_by_inverse(alpha_, inverse_)) {}

        template <value V>
        SIMDACT_INLINE V value_of(V x) const noexcept {
            const angle<V> of(*this, x);
            const V square = of.r * of.r;
            const V sine = simd::fma(of.r * square, detail::polynomial(square, terms::near_zero), of.r);
            // sin^2 of the angle is that of r, or 1 less that
            const V part = simd::either(sine * sine, of.odd);
            const simd::mask_t<V> is_odd = simd::either(of.odd, V(1)) < V(0);
            const V low = simd::fma(part, V(inverse_low_), simd::keep(is_odd, V(inverse_low_)));
            return simd::fma(part, V(inverse_), x + simd::keep(is_odd, V(inverse_))) + low;
        }

        template <value V>
        SIMDACT_INLINE V slope(V x) const noexcept {
            const angle<V> of(*this, x);
            const V twice = of.r + of.r, square = twice * twice;
            const V sine = simd::fma(twice * square, detail::polynomial(square, terms::far_from_zero), twice);
            const V wave = V(1) + simd::from_bits<V>(simd::to_bits(sine) ^ simd::to_bits(of.odd));
            return simd::select((simd::abs)(x)*V(alpha_) > V(T(0x1p22)), V(1), wave);
        }

    private:
        /// alpha x = n pi / 2 + r; where n is odd, `odd` is -0, else +0.
        template <value V>
        struct angle {
            V r = V(0), odd = V(0);

            SIMDACT_INLINE angle(const of_alpha& f, V x) noexcept {
                const V within = simd::clamp(x, V(-f.end_), V(f.end_));
                const auto v = detail::product_in_two_parts(V(f.alpha_), within);
                const V biased = simd::opaque(simd::fma(v.nearly, V(terms::two_over_pi), V(terms::magic)));
                const V n = simd::opaque(biased - V(terms::magic));
                odd = simd::from_bits<V>(last_bit_as_sign(biased));
                const auto less = [](V from, V times, T part)
                                      SIMDACT_INLINE_LAMBDA { return simd::opaque(simd::fma(times, V(-part), from)); };
                if constexpr (simd::fused) {
                    r = less(less(v.high, n, terms::fused[0]), n, terms::fused[1]);
                    r = r + simd::fma(n, V(-terms::fused[2]), v.low);
                } else {
                    const V coarse = simd::opaque(simd::opaque(n + V(terms::coarse)) - V(terms::coarse));
                    const V fine = simd::opaque(n - coarse);
                    r = v.high;
                    for (const T part : {terms::split[0], terms::split[1], terms::split[2]})
                        r = less(less(r, coarse, part), fine, part);
                    r = r + simd::opaque(simd::fma(n, V(-terms::split[3]), v.low));
                    // n may be the next to the nearest
                    const V again = simd::opaque(simd::fma(r, V(terms::two_over_pi), V(terms::magic)));
                    const V step = simd::opaque(again - V(terms::magic));
                    r = less(less(r, step, terms::fused[0]), step, terms::fused[1]);
                    odd = simd::from_bits<V>(simd::to_bits(odd) ^ last_bit_as_sign(again));
                }
            }
        };

        template <value V>
        SIMDACT_INLINE static simd::bits_t<V> last_bit_as_sign(V x) noexcept {
            return simd::shifted_left<sizeof(T) * 8 - 1>(simd::to_bits(x));
        }

        static constexpr T largest = (std::numeric_limits<T>::max)();
        T alpha_, end_, inverse_, inverse_low_;
    };
};

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
