#ifndef SIMDACT_FUNCTIONS_BIASED_HPP
#define SIMDACT_FUNCTIONS_BIASED_HPP

#include <simdact/concepts.hpp>

#include <type_traits>

namespace simdact {
inline namespace SIMDACT_ISA {

namespace detail {

/// What F prepares may stand for F: it has all that F has of what is asked here.
template <class F, class T>
concept prepares_all = requires(const F& f) {
    f.template prepared<T>();
    requires activation<std::remove_cvref_t<decltype(f.template prepared<T>())>, T>;
    requires differentiable<std::remove_cvref_t<decltype(f.template prepared<T>())>, T>;
    requires !backpropagates<F, T> || backpropagates<std::remove_cvref_t<decltype(f.template prepared<T>())>, T>;
};

} // namespace detail

/// What dense and convolutional layers end with: f(x + b), where b is the bias of the channel, for kernels with a
/// channel_shape (kernels/channelwise.hpp). F is any function of one argument, a user's own too: biased<relu>{}, or
/// biased{elu{0.5}}. x + b is rounded once; errors and special values are those of F there.
/// dx = F.backward(x + b, dy), or dy * f'(x + b) where F has no backward(), and the gradient of the bias is the sum of
/// dx as it is written. Kernels refuse a parameter of F outside its range.
template <class F>
struct biased final {
    static constexpr bool parts_have_parameters = detail::parameters_of<F>() > 0;
    static constexpr bool light = simdact::light<F>;
    static constexpr bool adds_parameter = true;

    F function;

    template <value V>
    requires activation<F, V> SIMDACT_INLINE constexpr V forward(V x, V bias) const noexcept {
        return function.forward(x + bias);
    }

    template <value V>
    requires differentiable<F, V> SIMDACT_INLINE constexpr V derivative(V x, V bias) const noexcept {
        return function.derivative(x + bias);
    }

    template <value V>
    requires differentiable<F, V> || backpropagates<F, V> SIMDACT_INLINE constexpr V backward(V x, V bias,
                                                                                              V dy) const noexcept {
        return detail::dx_by(function, x + bias, dy);
    }

    SIMDACT_INLINE constexpr auto operator()(value auto x, auto bias) const noexcept { return forward(x, bias); }

    template <class T>
    requires detail::prepares_all<F, T> SIMDACT_INLINE constexpr auto prepared() const noexcept {
        return biased<std::remove_cvref_t<decltype(function.template prepared<T>())>>{function.template prepared<T>()};
    }

    /// part(f) for what it is made of.
    template <class Part>
    SIMDACT_INLINE constexpr void for_each_part(Part part) const {
        part(function);
    }
};

template <class F>
biased(F) -> biased<F>;

/// A learned blend of two functions of one argument: p f(x) + (1 - p) g(x), where p is the share of the channel, for
/// kernels with a channel_shape (kernels/channelwise.hpp): mixed<relu, tanh>{}, or mixed{elu{0.5}, tanh{}}. A NaN x is
/// x, bit for bit, in f and df/dx, and in dx.
/// Error: |p| times that of f, |1 - p| times that of g, 1 ULP of each product, and 0.5 ULP of the result: 1 - p is
/// rounded. df/dx = p f'(x) + (1 - p) g'(x), dx = p F.backward(x, dy) + (1 - p) G.backward(x, dy); the gradient of p is
/// the sum of dy (f(x) - g(x)), off by 0.5 ULP of the difference beside what f and g are off by. Kernels refuse
/// parameters of F and G outside their ranges.  Manessi, Rozza 2018.
template <class F, class G>
struct mixed final {
    static constexpr bool parts_have_parameters = detail::parameters_of<F>() > 0 || detail::parameters_of<G>() > 0;

    F first;
    G second;

    template <value V>
    requires activation<F, V> && activation<G, V> SIMDACT_INLINE constexpr V forward(V x, V share) const noexcept {
        return blend(x, share, first.forward(x), second.forward(x));
    }

    template <value V>
    requires differentiable<F, V> && differentiable<G, V> SIMDACT_INLINE constexpr V
    derivative(V x, V share) const noexcept {
        return blend(x, share, first.derivative(x), second.derivative(x));
    }

    template <value V>
    requires(differentiable<F, V> || backpropagates<F, V>) &&
        (differentiable<G, V> || backpropagates<G, V>)SIMDACT_INLINE constexpr V
        backward(V x, V share, V dy) const noexcept {
        return blend(x, share, detail::dx_by(first, x, dy), detail::dx_by(second, x, dy));
    }

    template <value V>
    requires activation<F, V> && activation<G, V> SIMDACT_INLINE constexpr V parameter_derivative(V x,
                                                                                                  V) const noexcept {
        return simd::settled(first.forward(x)) - simd::settled(second.forward(x));
    }

    SIMDACT_INLINE constexpr auto operator()(value auto x, auto share) const noexcept { return forward(x, share); }

    /// part(f) for what it is made of.
    template <class Part>
    SIMDACT_INLINE constexpr void for_each_part(Part part) const {
        part(first);
        part(second);
    }

private:
    template <value V>
    SIMDACT_INLINE static constexpr V blend(V x, V share, V a, V b) noexcept {
        return simd::unless_nan(x, simd::product(share, a) + simd::product(V(1) - share, b));
    }
};

template <class F, class G>
mixed(F, G) -> mixed<F, G>;

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
