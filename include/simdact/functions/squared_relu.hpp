#ifndef SIMDACT_FUNCTIONS_SQUARED_RELU_HPP
#define SIMDACT_FUNCTIONS_SQUARED_RELU_HPP

#include <simdact/concepts.hpp>
#include <simdact/simd.hpp>
#include <simdact/simd/root.hpp>

#include <limits>

namespace simdact {
inline namespace SIMDACT_ISA {

/// Squared ReLU: f(x) = x^2 where x > 0, +0 elsewhere.  f'(x) = 2 x where x > 0, 0 elsewhere.
/// f(-inf) = f(+-0) = +0, f(+inf) = f'(+inf) = +inf; a NaN comes back bit for bit from every function here.
/// Errors: f 0.5 ULP, f' exact. f' from the output y: 2 sqrt(y), which is f'(x) exactly; where y is a denormal or 0 it
/// is off by 2^-74 at most, double 2^-536.5, and where y is infinite so is f'.  So et al. 2021 (Primer).
struct squared_relu final {
    static constexpr const char* name = "squared_relu";
    static constexpr bool light = true;

    template <value V>
    SIMDACT_INLINE constexpr V forward(V x) const noexcept {
        return simd::is_evaluated_nan(x) ? x : simd::unless_nan(x, forward_of_number(x));
    }
    template <value V>
    SIMDACT_INLINE constexpr V forward_of_number(V x) const noexcept {
        const V positive = simd::positive_part(x);
        return times(positive, positive);
    }

    template <value V>
    SIMDACT_INLINE constexpr V operator()(V x) const noexcept {
        return forward(x);
    }

    template <value V>
    SIMDACT_INLINE constexpr V derivative(V x) const noexcept {
        return backward(x, V(1));
    }

    template <value V>
    SIMDACT_INLINE constexpr V derivative_from_output(V y) const noexcept {
        return backward_from_output(y, V(1));
    }

    /// dx = dy * f'(x) where x > 0, +0 elsewhere whatever dy is.
    template <value V>
    SIMDACT_INLINE constexpr V backward(V x, V dy) const noexcept {
        return simd::unless_nan(x, backward_of_number(x, dy));
    }
    template <value V>
    SIMDACT_INLINE constexpr V backward_of_number(V x, V dy) const noexcept {
        return simd::keep(x > V(0), [&] { return times(dy, simd::opaque(times(x, V(2)))); });
    }

    template <value V>
    SIMDACT_INLINE constexpr V backward_from_output(V y, V dy) const noexcept {
        return simd::unless_nan(y, backward_from_output_of_number(y, dy));
    }
    template <value V>
    SIMDACT_INLINE constexpr V backward_from_output_of_number(V y, V dy) const noexcept {
        return simd::keep(y > V(0), [&] { return times(dy, simd::opaque(times(simd::sqrt(y), V(2)))); });
    }

private:
    /// In constant expressions compilers refuse what overflows.
    template <value V>
    SIMDACT_INLINE static constexpr V times(V a, V b) noexcept {
        if constexpr (std::floating_point<V>) {
            constexpr V most = (std::numeric_limits<V>::max)(), infinity = std::numeric_limits<V>::infinity();
            if (simd::in_constant_expression() && b > V(1) && (a > most / b || a < -most / b))
                return a > V(0) ? infinity : -infinity;
        }
        return a * b;
    }
};

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
