#ifndef SIMDACT_FUNCTIONS_SOFTPLUS_HPP
#define SIMDACT_FUNCTIONS_SOFTPLUS_HPP

#include <simdact/functions/smooth.hpp>
#include <simdact/math/log1p_of_exponential.hpp>
#include <simdact/math/logistic.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {

/// Softplus: f(x) = log(1 + e^(beta x)) / beta. f'(x) = 1 / (1 + e^(-beta x)).
/// f(-inf) = +0, f(+-0) = log(2) / beta, f(+inf) = +inf, f'(-inf) = +0, f'(+-0) = 1/2, f'(+inf) = 1; a NaN comes back
/// bit for bit from every function here. There is no threshold from which on f would be x: it needs none. Dugas,
/// Bengio, Belisle, Nadeau, Garcia 2001.
/// Error of f: 2.25 ULP at beta = 1, else 3.5, with FMA 2.5; of f' from x: 2 ULP; denormals included in both. f never
/// falls by more than 2 ULP at beta = 1, else 4. f' from the output y, -expm1(-beta y): 2.75 ULP at beta = 1, else 4
/// while y is normal. beta is rounded to the element type first and lies from 2^-20 to 2^20: kernels refuse others,
/// which give some value here. Not constexpr.
struct softplus final {
    static constexpr const char* name = "softplus";
    static constexpr parameter parameters[] = {{.name = "beta", .fallback = 1.0, .valid = between(0x1p-20, 0x1p20)}};
    static constexpr name_elsewhere elsewhere[] = {
        {naming::onnx, "Softplus"}, {naming::pytorch, "Softplus softplus"}, {naming::keras, "softplus"}};

    double beta = 1.0;

    /// For kernels: what depends on beta alone, computed before the loop.
    template <class T, bool AnyBeta = true>
    SIMDACT_INLINE auto prepared() const noexcept {
        return of_beta<T, AnyBeta>(simd::rounded<T>(beta));
    }
    SIMDACT_INLINE auto usual(value auto x) const noexcept { return prepared<simd::element_t<decltype(x)>, false>(); }

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
    SIMDACT_INLINE auto derivative_from_output(value auto y) const noexcept {
        return prepared<simd::element_t<decltype(y)>>().derivative_from_output(y);
    }
    SIMDACT_INLINE auto backward_from_output(value auto y, auto dy) const noexcept {
        return prepared<simd::element_t<decltype(y)>>().backward_from_output(y, dy);
    }

private:
    /// For any beta, or for 1 alone, with the same bits.
    template <class T, bool AnyBeta>
    class of_beta : public detail::smooth<of_beta<T, AnyBeta>> {
        using E = detail::exponential<T>;

    public:
        SIMDACT_INLINE explicit of_beta(T rounded) noexcept
            : beta_(rounded), inverse_(simd::divide(T(1), rounded)),
              lowered_(simd::opaque(simd::divide(E::lift_down, rounded))),
              end_(simd::divide(-E::product_vanishing, rounded)), end_of_one_(simd::divide(-E::minus_one, rounded)) {
            if constexpr (AnyBeta)
                twice_lost_ = 2 * detail::lost_by_inverse(beta_, inverse_);
        }

        SIMDACT_INLINE bool is_right() const noexcept { return AnyBeta || (beta_ >= T(1) && beta_ <= T(1)); }

        template <value V>
        SIMDACT_INLINE V value_of(V x) const noexcept {
            const detail::lifted_exp<V> e = exp_of_size(x);
            const V more = simd::at_least(x, V(0));
            if constexpr (AnyBeta)
                return detail::scaled_log1p(e, V(lowered_), V(inverse_), more, V(twice_lost_));
            else
                return detail::scaled_log1p(e, V(E::lift_down), V(1), more);
        }

        template <value V>
        SIMDACT_INLINE V slope(V x) const noexcept {
            const V within = simd::clamp(x, V(-end_), V(end_of_one_));
            return detail::logistic_of_opposite<V>(detail::product_in_two_parts(V(-beta_), within));
        }

        template <value V>
        SIMDACT_INLINE V slope_at_output(V y) const noexcept {
            const V minus_v = simd::clamp(y * V(-beta_), V(E::minus_one), V(0));
            return V(0) - detail::expm1_within(minus_v, T(1));
        }

    private:
        /// e^-|beta x|.
        template <value V>
        SIMDACT_INLINE detail::lifted_exp<V> exp_of_size(V x) const noexcept {
            if constexpr (AnyBeta) {
                const V a = simd::at_most((simd::abs)(x), V(end_));
                return detail::lifted_exp<V>(detail::product_in_two_parts(V(-beta_), a));
            } else {
                return detail::lifted_exp<V>(simd::at_least(simd::negated((simd::abs)(x)), V(E::product_vanishing)));
            }
        }

        T beta_, inverse_, lowered_, end_, end_of_one_;
        T twice_lost_ = 0; ///< 2 (1 / beta - inverse)
    };
};

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
