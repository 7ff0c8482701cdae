#pragma once

/// What a channelwise loop gathers on its way: nothing, or the gradient of the slopes. The loops tell it the elements
/// as they pass and where channels end; the sums of a panel of channels are kept on the stack.

#include <simdact/concepts.hpp>
#include <simdact/kernels/product_sum.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

/// Positions in a panel of short channels, whose slopes are laid out one for each element.
inline constexpr std::size_t position_panel = 512;

/// For kernels that want no gradient of the slopes.
struct no_gradient {};

/// dslopes = the sum of (x > 0 ? 0 : dy * df/dslope(x)) over each channel, added to what is there if `add`.
template <class F, class T>
struct slope_gradient {
    F f;
    T* dslopes;
    bool add;

    /// The factor of df/dslope(x), which is 0 for x > 0: it must be so too, or an infinite dy would make a NaN.
    template <value V>
    SIMDACT_INLINE V factor(V x, V dy) const noexcept {
        return simd::select(x > V(0), V(0), dy);
    }

    SIMDACT_INLINE void write(std::size_t channel, const total& t) const noexcept {
        const T sum = t.template value<T>();
        dslopes[channel] = add ? dslopes[channel] + sum : sum;
    }
};

/// The sums of a panel of channels, each of which is a run of elements: one product_sum, emptied where a channel ends.
template <value V, class Gradient>
class run_sums {
public:
    static constexpr std::size_t panel = 256;

    SIMDACT_INLINE explicit run_sums(Gradient gradient) noexcept : gradient_(gradient) {}

    template <std::size_t J>
    SIMDACT_INLINE void add(V x, V dy) noexcept {
        sum_.template add<J>(gradient_.f.slope_derivative(x), gradient_.factor(x, dy));
    }

    /// Only the lanes where the mask is `Kept`.
    template <std::size_t J, bool Kept>
    SIMDACT_INLINE void add(simd::mask_t<V> mask, V x, V dy) noexcept {
        const V a = gradient_.f.slope_derivative(x), b = gradient_.factor(x, dy);
        if constexpr (Kept)
            sum_.template add<J>(simd::select(mask, a, V(0)), simd::select(mask, b, V(0)));
        else
            sum_.template add<J>(simd::select(mask, V(0), a), simd::select(mask, V(0), b));
    }

    SIMDACT_INLINE void next(std::size_t, std::size_t) noexcept {}
    SIMDACT_INLINE void close(std::size_t channel) noexcept { totals_[channel].add(sum_.take()); }

    SIMDACT_INLINE void write(std::size_t first, std::size_t channels) noexcept {
        for (std::size_t c = 0; c < channels; ++c) {
            gradient_.write(first + c, totals_[c]);
            totals_[c] = total();
        }
    }

private:
    Gradient gradient_;
    product_sum<V> sum_;
    total totals_[panel];
};

template <value V>
class run_sums<V, no_gradient> {
public:
    static constexpr std::size_t panel = 256;

    SIMDACT_INLINE explicit run_sums(no_gradient) noexcept {}
    template <std::size_t, class... In>
    SIMDACT_INLINE void add(In...) noexcept {}
    template <std::size_t, bool, class... In>
    SIMDACT_INLINE void add(In...) noexcept {}
    SIMDACT_INLINE void next(std::size_t, std::size_t) noexcept {}
    SIMDACT_INLINE void close(std::size_t) noexcept {}
    SIMDACT_INLINE void write(std::size_t, std::size_t) noexcept {}
};

/// The sums of a panel of elements whose slopes repeat: one for each position in the panel.
template <value V, class Gradient>
class position_sums {

public:
    SIMDACT_INLINE position_sums(Gradient gradient, std::size_t positions) noexcept : gradient_(gradient) {
        for (std::size_t i = 0; i < positions + group_size<simd::element_t<V>>; ++i)
            sums_.clear(i);
    }

    SIMDACT_INLINE void add(std::size_t position, V x, V dy) noexcept {
        sums_.add(position, gradient_.f.slope_derivative(x), gradient_.factor(x, dy));
    }

    SIMDACT_INLINE void next(std::size_t, std::size_t) noexcept {}

    /// Positions are `rows` times `channels` times `inner`.
    SIMDACT_INLINE void write(std::size_t first, std::size_t rows, std::size_t channels, std::size_t inner) noexcept {
        const std::size_t row = channels * inner;
        for (std::size_t r = 1; r < rows; ++r)
            sums_.fold(r * row, row);
        for (std::size_t c = 0; c < channels; ++c) {
            total t;
            for (std::size_t i = 0; rows > 0 && i < inner; ++i)
                t.add(sums_.at(c * inner + i));
            gradient_.write(first + c, t);
        }
    }

private:
    Gradient gradient_;
    product_sums<V, position_panel + group_size<simd::element_t<V>>> sums_;
};

template <value V>
class position_sums<V, no_gradient> {
public:
    SIMDACT_INLINE position_sums(no_gradient, std::size_t) noexcept {}
    template <class... In>
    SIMDACT_INLINE void add(std::size_t, In...) noexcept {}
    SIMDACT_INLINE void next(std::size_t, std::size_t) noexcept {}
    SIMDACT_INLINE void write(std::size_t, std::size_t, std::size_t, std::size_t) noexcept {}
};

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact
