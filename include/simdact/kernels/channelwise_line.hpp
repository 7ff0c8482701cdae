#ifndef SIMDACT_KERNELS_CHANNELWISE_LINE_HPP
#define SIMDACT_KERNELS_CHANNELWISE_LINE_HPP

/// The loop over one line of a channelwise kernel: elements that share a slope, or have one each.

#include <simdact/concepts.hpp>
#include <simdact/kernels/gathered.hpp>
#include <simdact/kernels/loop.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

/// out[i] = op(in[i]...) for i < n, in groups of a fixed number of elements. gather(j, count, in...) sees them before
/// they may be overwritten: batch j of a group, `count` elements and zeros after them.
template <value V, class Gather, class Op, class T, class... In>
SIMDACT_INLINE void apply_in_groups(std::size_t n, Gather gather, Op op, T* out, In... in) noexcept {
    constexpr std::size_t width = simd::lanes<V>, group = group_size<T>;
    std::size_t i = 0;
    const auto whole = [&](auto j) SIMDACT_INLINE_LAMBDA {
        [&](const auto... v) SIMDACT_INLINE_LAMBDA {
            gather(j, width, v...);
            simd::store(out + i + j * width, op(v...));
        }(detail::fetch<V>(in + i + j * width)...);
    };
    for (; i + group <= n; i += group)
        detail::unrolled<group / width>(whole);
    if (i < n)
        detail::unrolled<group / width>([&](auto j) SIMDACT_INLINE_LAMBDA {
            const std::size_t at = i + j * width;
            if (at + width <= n)
                whole(j);
            else if (at < n)
                [&](const auto... v) SIMDACT_INLINE_LAMBDA {
                    gather(j, n - at, v...);
                    simd::store_some(out + at, n - at, op(v...));
                }(detail::fetch_some<V>(n - at, in + at)...);
        });
}

/// An op with its slope.
template <class Op, value V>
struct with_slope {
    static constexpr bool light = simdact::light<Op>;
    const Op& op;
    V slope;

    template <class... In>
    SIMDACT_INLINE V operator()(In... v) const noexcept {
        return op(slope, v...);
    }
};

/// The same with a slope that is one element, to be passed on.
template <class Op, class T>
struct with_one_slope {
    static constexpr bool light = simdact::light<Op>;
    Op op;
    T slope;

    template <value V, class... In>
    SIMDACT_INLINE V operator()(V v, In... others) const noexcept {
        return op(V(slope), v, others...);
    }
};

/// out = op(slope, in...) for n elements that share a slope, or for which there is one each.
template <value V, class Op, class Slope, class T, class... In>
SIMDACT_INLINE void apply_line(no_gradient, std::size_t n, Op op, Slope slope, T* out, In... in) noexcept {
    if constexpr (std::same_as<Slope, V>)
        detail::apply_cached<V, true>(n, with_slope<Op, V>{op, slope}, out, in...);
    else
        detail::apply_cached<V, true>(n, op, out, slope, in...);
}

/// The same, and the bits of x > 0.
template <value V, class Op, class Slope, class T, class In>
SIMDACT_INLINE void apply_line(bit_writer& bits, std::size_t n, Op op, Slope slope, T* out, In x) noexcept {
    const auto gather = [&](auto, std::size_t count, const auto... v) SIMDACT_INLINE_LAMBDA {
        const V last[] = {v...};
        bits.add(simd::mask_to_bits<V>(last[sizeof...(v) - 1] > V(0)), count);
    };
    if constexpr (std::same_as<Slope, V>)
        detail::apply_in_groups<V>(n, gather, with_slope<Op, V>{op, slope}, out, x);
    else
        detail::apply_in_groups<V>(n, gather, op, out, slope, x);
}

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
