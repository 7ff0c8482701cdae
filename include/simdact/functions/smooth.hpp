#ifndef SIMDACT_FUNCTIONS_SMOOTH_HPP
#define SIMDACT_FUNCTIONS_SMOOTH_HPP

#include <simdact/concepts.hpp>
#include <simdact/simd.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

/// f' is known from y = f(x): F has slope_at_output(y).
template <class F, class V>
concept known_from_output = requires(const F& f, V y) {
    f.slope_at_output(y);
};

/// The members of a function that has one formula for all x. F tells it for numbers: f(x) in value_of(x), f'(x) in
/// slope(x), and f' from the output y in slope_at_output(y), if y tells it. A NaN comes back from all of them. On
/// scalars they are constant expressions where F's are. F has no parameters, or is what a function with some prepares
/// for elements of one type.
template <class F>
struct smooth {
    static constexpr bool light_from_output = true;

    template <value V>
    SIMDACT_INLINE constexpr V forward(V x) const noexcept {
        return simd::is_evaluated_nan(x) ? x : simd::unless_nan(x, self().value_of(x));
    }

    template <value V>
    SIMDACT_INLINE constexpr V operator()(V x) const noexcept {
        return forward(x);
    }

    template <value V>
    SIMDACT_INLINE constexpr V derivative(V x) const noexcept {
        return simd::is_evaluated_nan(x) ? x : simd::unless_nan(x, self().slope(x));
    }

    template <value V>
    SIMDACT_INLINE constexpr V backward(V x, V dy) const noexcept {
        return simd::is_evaluated_nan(x) ? x : simd::unless_nan(x, dy * self().slope(x));
    }

    template <value V>
    SIMDACT_INLINE constexpr V derivative_from_output(V y) const noexcept requires known_from_output<F, V> {
        return simd::is_evaluated_nan(y) ? y : simd::unless_nan(y, self().slope_at_output(y));
    }

    template <value V>
    SIMDACT_INLINE constexpr V backward_from_output(V y, V dy) const noexcept requires known_from_output<F, V> {
        return simd::is_evaluated_nan(y) ? y : simd::unless_nan(y, backward_from_output_of_number(y, dy));
    }

    // For a y that is not NaN.
    template <value V>
    SIMDACT_INLINE constexpr V backward_from_output_of_number(V y,
                                                              V dy) const noexcept requires known_from_output<F, V> {
        return dy * self().slope_at_output(y);
    }

private:
    SIMDACT_INLINE constexpr const F& self() const noexcept { return static_cast<const F&>(*this); }
};

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
