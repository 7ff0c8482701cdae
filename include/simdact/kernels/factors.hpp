#ifndef SIMDACT_KERNELS_FACTORS_HPP
#define SIMDACT_KERNELS_FACTORS_HPP

/// What the gradient of the slopes is the sum of products of.

#include <simdact/kernels/gathered.hpp>
#include <simdact/kernels/loop.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

/// The factors of the products that make the gradient of the slopes, for some elements at a time: they are written
/// while dx is, in the order of memory, and summed in another one; and numbers are converted to double for less from
/// memory than from a register. Each part of them begins with a group, and zeros fill up its last batch.
template <value V>
struct factors {
    using T = simd::element_t<V>;
    static constexpr std::size_t size = 512, group = group_size<T>;

    /// The room that n elements take.
    static constexpr std::size_t padded(std::size_t n) noexcept { return (n + group - 1) / group * group; }

    /// How many parts of n elements there is room for, if not for all of one.
    static constexpr std::size_t parts(std::size_t n) noexcept {
        return 0 < n && n < size ? size / group / ((n - 1) / group + 1) : 1;
    }

    /// out = op(slope, x, dy) for n elements, past the caches if `past_caches`, where they are whole batches, aligned;
    /// and the factors, from `at` on. `readable` elements of x and dy are there.
    template <class F, class Op, class Slope>
    SIMDACT_INLINE void take(std::size_t at, std::size_t n, std::size_t readable, const slope_gradient<F, T>& gradient,
                             Op op, Slope slope, bool past_caches, T* out, const T* x, const T* dy) noexcept {
        constexpr std::size_t width = simd::lanes<V>;
        const auto slope_at = [&](std::size_t i) SIMDACT_INLINE_LAMBDA {
            if constexpr (std::same_as<Slope, V>)
                return slope;
            else
                return simd::load<V>(slope + i);
        };
        const auto put = [&](std::size_t i, V of_x, V of_g) SIMDACT_INLINE_LAMBDA {
            simd::store(of_slope + at + i, of_x);
            simd::store(of_dy + at + i, of_g);
        };
        // The last batch of out overlaps the one before; the last factors do not, and may be read from beyond the end.
        const bool some = n < width, rest = n % width != 0;
        const auto last = [&](const T* p) SIMDACT_INLINE_LAMBDA {
            return some ? simd::load_some<V>(p, n) : simd::load<V>(rest ? p + n - width : p);
        };
        const V last_x = last(x), last_dy = last(dy);
        std::size_t i = 0;
        const auto whole = [&](auto to) SIMDACT_INLINE_LAMBDA {
            for (; i + width <= n; i += width) {
                const V v = simd::load<V>(x + i), g = simd::load<V>(dy + i);
                put(i, gradient.f.slope_derivative(v), gradient.dy_factor(v, g));
                to(out + i, op(slope_at(i), v, g));
            }
        };
        if (past_caches)
            whole([](T* p, V result) SIMDACT_INLINE_LAMBDA { simd::stream(p, result); });
        else
            whole([](T* p, V result) SIMDACT_INLINE_LAMBDA { simd::store(p, result); });
        if (rest) {
            const bool all = i + width <= readable;
            const V v = all ? simd::load<V>(x + i) : simd::load_some<V>(x + i, n - i),
                    g = all ? simd::load<V>(dy + i) : simd::load_some<V>(dy + i, n - i);
            put(i, simd::first_lanes(gradient.f.slope_derivative(v), n - i),
                simd::first_lanes(gradient.dy_factor(v, g), n - i));
            if (!some)
                simd::store(out + n - width, op(slope_at(n - width), last_x, last_dy));
            else if constexpr (std::same_as<Slope, V>)
                simd::store_some(out, n, op(slope, last_x, last_dy));
            else
                simd::store_some(out, n, op(simd::load_some<V>(slope, n), last_x, last_dy));
        }
    }

    alignas(64) T of_slope[size + group];
    alignas(64) T of_dy[size + group];
};

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
