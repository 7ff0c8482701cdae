#ifndef SIMDACT_KERNELS_FOURS_HPP
#define SIMDACT_KERNELS_FOURS_HPP

/// What the gradient of the slopes adds: four of its products at a time, each rounded to T, as (a + b) + (c + d). Which
/// four depends on where elements lie in their channel, so that sums have the same bits whatever the width of a batch.

#include <simdact/kernels/gathered.hpp>
#include <simdact/kernels/loop.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

/// out = op(slope, x, dy), or out + that, and the products that the gradient adds, for the elements at hand.
template <value V, class F, class Op>
struct gradient_step {
    using T = simd::element_t<V>;

    const slope_gradient<F, T>& gradient;
    const Op& op;
    bool add;
    bool past_caches; ///< there are but whole batches, aligned as stream_allocated() wants it

    SIMDACT_INLINE V products(V x, V dy) const noexcept {
        return simd::product(gradient.f.slope_derivative(x), gradient.dy_factor(x, dy));
    }

    /// A batch. Returns its products.
    SIMDACT_INLINE V one(V slope, const T* x, const T* dy, T* out) const noexcept {
        const V v = simd::load<V>(x), g = simd::load<V>(dy);
        put(out, op(slope, v, g));
        return products(v, g);
    }

    /// Four batches, `distance` apart. All are read before the first is written: where addresses differ by whole pages
    /// the processor takes them for the same. Returns the sums of their products.
    SIMDACT_INLINE V four(V slope, const T* x, const T* dy, T* out, std::size_t distance) const noexcept {
        V v[4], g[4];
        detail::unrolled<4>([&](auto k) SIMDACT_INLINE_LAMBDA {
            v[k] = simd::load<V>(x + k * distance);
            g[k] = simd::load<V>(dy + k * distance);
        });
        detail::unrolled<4>([&](auto k) SIMDACT_INLINE_LAMBDA { put(out + k * distance, op(slope, v[k], g[k])); });
        return detail::sum_of_four(products(v[0], g[0]), products(v[1], g[1]), products(v[2], g[2]),
                                   products(v[3], g[3]));
    }

    /// What is to be written where `old` is.
    SIMDACT_INLINE V result(V slope, V x, V dy, V old) const noexcept {
        const V dx = op(slope, x, dy);
        return add ? old + simd::settled(dx) : dx;
    }

private:
    SIMDACT_INLINE void put(T* out, V dx) const noexcept {
        if (past_caches)
            detail::stream_allocated(out, dx);
        else if (add)
            simd::store(out, simd::load<V>(out) + simd::settled(dx));
        else
            simd::store(out, dx);
    }
};

/// A run of n elements of one channel: the four are a group apart, and what is not there is 0.
template <value V, class F, class Op, class T>
SIMDACT_INLINE void add_run(product_sum<V>& sum, std::size_t n, const gradient_step<V, F, Op>& step, V slope, T* out,
                            const T* x, const T* dy) noexcept {
    constexpr std::size_t width = simd::lanes<V>, group = group_size<T>, block = 4 * group;
    // The last batch of out overlaps the one before: what it is made of is read first.
    const std::size_t rest = n % width, last = n < width ? 0 : n - width;
    const auto last_of = [&](const T* p) SIMDACT_INLINE_LAMBDA {
        return n < width ? simd::load_some<V>(p, n) : simd::load<V>(p + last);
    };
    V last_x(0), last_dy(0), last_old(0);
    if (rest > 0) {
        last_x = last_of(x);
        last_dy = last_of(dy);
        if (step.add)
            last_old = last_of(out);
    }
    T fours[group];
    std::size_t i = 0;
    for (; i + block <= n; i += block) {
        for (std::size_t j = 0; j < group; j += width)
            simd::store(fours + j, step.four(slope, x + i + j, dy + i + j, out + i + j, group));
        sum.add(fours);
    }
    if (i == n)
        return;
    T products[block];
    detail::unrolled<4>([&](auto k) SIMDACT_INLINE_LAMBDA { // no call of memset()
        detail::unrolled<group / width>(
            [&](auto j) SIMDACT_INLINE_LAMBDA { simd::store(products + k * group + j * width, V(0)); });
    });
    std::size_t at = 0;
    for (; i + at + width <= n; at += width)
        simd::store(products + at, step.one(slope, x + i + at, dy + i + at, out + i + at));
    if (rest > 0) {
        const V v = simd::load_some<V>(x + i + at, rest), g = simd::load_some<V>(dy + i + at, rest);
        simd::store(products + at, simd::first_lanes(step.products(v, g), rest));
        const V result = step.result(slope, last_x, last_dy, last_old);
        if (n < width)
            simd::store_some(out, n, result);
        else
            simd::store(out + last, result);
    }
    for (std::size_t j = 0; j < group; j += width)
        simd::store(fours + j, detail::sum_of_four_at<V>(products + j, group));
    sum.add(fours);
}

/// Up to four lines of n elements, `stride` apart, with a slope and a sum for each position: the four are one of each
/// line, and what is not there is 0.
template <value V, class F, class Op, class T, std::size_t Size>
SIMDACT_INLINE void add_lines(product_sums<T, Size>& sums, std::size_t how_many, std::size_t n, std::size_t stride,
                              const gradient_step<V, F, Op>& step, const T* slopes, T* out, const T* x,
                              const T* dy) noexcept {
    constexpr std::size_t width = simd::lanes<V>, part = 4 * group_size<T>;
    std::size_t p = 0;
    if (how_many == 4 && stride * sizeof(T) % 4096 != 0)
        for (; p + width <= n; p += width)
            sums.add(p, step.four(simd::load<V>(slopes + p), x + p, dy + p, out + p, stride));
    // A few lines of the cache of each in turn, where those of all four arrays share the few places that it has for
    // them.
    T products[4 * part] = {};
    for (; p < n; p += part) {
        const std::size_t end = n - p < part ? n - p : part;
        for (std::size_t k = 0; k < how_many; ++k) {
            const std::size_t offset = k * stride + p;
            T* const to = products + k * part;
            std::size_t i = 0;
            for (; i + width <= end; i += width)
                simd::store(to + i,
                            step.one(simd::load<V>(slopes + p + i), x + offset + i, dy + offset + i, out + offset + i));
            if (const std::size_t rest = end - i; rest > 0) {
                const T *const rest_x = x + offset + i, *const rest_dy = dy + offset + i;
                const V v = simd::load_some<V>(rest_x, rest), g = simd::load_some<V>(rest_dy, rest);
                const V slope = simd::load_some<V>(slopes + p + i, rest);
                const V old = step.add ? simd::load_some<V>(out + offset + i, rest) : V(0);
                simd::store_some(out + offset + i, rest, step.result(slope, v, g, old));
                simd::store(to + i, simd::first_lanes(step.products(v, g), rest));
            }
        }
        for (std::size_t i = 0; i < end; i += width)
            sums.add(p + i, detail::sum_of_four_at<V>(products + i, part));
    }
}

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
