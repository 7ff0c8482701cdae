#ifndef SIMDACT_KERNELS_GRADIENT_PARTS_HPP
#define SIMDACT_KERNELS_GRADIENT_PARTS_HPP

/// The gradient of the parameters of any function that has one for each channel: dx and the terms of the sums are
/// computed in parts, each by a loop in which the function is written out once, and added from there as in fours.hpp.

#include <simdact/kernels/channelwise_line.hpp>
#include <simdact/kernels/fours.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

/// dy * df/dp.
template <class F>
struct parameter_term_of {
    held<F> f;
    template <value V>
    SIMDACT_INLINE V operator()(V p, V x, V dy) const noexcept {
        return simd::product(f.parameter_derivative(x, p), dy);
    }
};

/// out = op(p, x, dy), or out + that, and the terms of the gradient, for up to `size` elements.
template <value V, class F, class Op>
struct part_step {
    using T = simd::element_t<V>;
    static constexpr std::size_t size = 512;

    const slope_gradient<F, T>& gradient;
    const Op& op;
    bool add;

    /// All is computed before anything is written: out may be x or dy. P is V, or one element for each of x.
    template <class P>
    SIMDACT_DETAIL_NOINLINE void part(std::size_t n, P p, T* out, const T* x, const T* dy, T* terms) const noexcept {
        T other[adds_parameter<F> ? 1 : size];
        T* dx = terms;
        if constexpr (!adds_parameter<F>) {
            dx = other;
            line(n, parameter_term_of<F>{gradient.f}, p, terms, x, dy);
        }
        line(n, op, p, dx, x, dy);
        if (add)
            for (std::size_t i = 0; i < n; ++i)
                out[i] += dx[i];
        else
            for (std::size_t i = 0; i < n; ++i)
                out[i] = dx[i];
    }

private:
    template <class Some, class P>
    SIMDACT_INLINE static void line(std::size_t n, const Some& some, P p, T* to, const T* x, const T* dy) noexcept {
        if constexpr (std::same_as<P, V>)
            detail::apply_one_by_one<V, false>(n, with_slope<Some, V>{some, p}, to, x, dy);
        else
            detail::apply_one_by_one<V, false>(n, some, to, p, x, dy);
    }
};

/// A run of n elements of one channel.
template <value V, class F, class Op, class T>
SIMDACT_INLINE void add_run(product_sum<V>& sum, std::size_t n, const part_step<V, F, Op>& step, V p, T* out,
                            const T* x, const T* dy) noexcept {
    constexpr std::size_t size = part_step<V, F, Op>::size, group = group_size<T>, block = 4 * group;
    static_assert(size % block == 0);
    T terms[size], fours[group];
    for (std::size_t i = 0; i < n; i += size) {
        std::size_t count = n - i < size ? n - i : size;
        step.part(count, p, out + i, x + i, dy + i, terms);
        for (; count % block != 0; ++count)
            terms[count] = T(0);
        for (std::size_t at = 0; at < count; at += block) {
            for (std::size_t j = 0; j < group; j += simd::lanes<V>)
                simd::store(fours + j, detail::sum_of_four_at<V>(terms + at + j, group));
            sum.add(fours);
        }
    }
}

/// Up to four lines of n elements, `stride` apart, with a parameter and a sum for each position.
template <value V, class F, class Op, class T, std::size_t Size>
SIMDACT_INLINE void add_lines(product_sums<T, Size>& sums, std::size_t how_many, std::size_t n, std::size_t stride,
                              const part_step<V, F, Op>& step, const T* p, T* out, const T* x, const T* dy) noexcept {
    constexpr std::size_t size = part_step<V, F, Op>::size;
    T terms[4 * size] = {};
    for (std::size_t i = 0; i < n; i += size) {
        const std::size_t count = n - i < size ? n - i : size;
        for (std::size_t k = 0; k < how_many; ++k) {
            const std::size_t at = k * stride + i;
            step.part(count, p + i, out + at, x + at, dy + at, terms + k * size);
        }
        for (std::size_t j = 0; j < count; j += simd::lanes<V>)
            sums.add(i + j, detail::sum_of_four_at<V>(terms + j, size));
    }
}

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
