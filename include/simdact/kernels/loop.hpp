#pragma once

/// The loop over arrays that the kernels share. It knows no formula and no ranges: pointers and counts only.

#include <simdact/concepts.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

/// Whether a call on single elements of the batch V's type gives the bits of V's lanes: F says that its scalar form is
/// exact, and the scalars of this unit are compiled for V's architecture.
template <class F, class V>
inline constexpr bool exact_scalar = scalar_matches_batch<F>&& std::same_as<V, simd::batch<simd::element_t<V>>>;

/// out[i] = op(in[i]...) for i < n, n < lanes<V>: on scalars if those give the bits of a batch, else through buffers of
/// one batch, filled up with the first element so that no lane computes on nothing.
template <value V, bool Exact, class Op, class T, class... In>
SIMDACT_INLINE void apply_short(std::size_t n, Op op, T* out, const In*... in) noexcept {
    if constexpr (Exact) {
        for (std::size_t i = 0; i < n; ++i)
            out[i] = op(in[i]...);
    } else if (n > 0) {
        const auto padded = [n](const T* p) SIMDACT_INLINE_LAMBDA {
            T buffer[simd::lanes<V>];
            for (std::size_t i = 0; i < simd::lanes<V>; ++i)
                buffer[i] = p[i < n ? i : 0];
            return simd::load<V>(buffer);
        };
        T result[simd::lanes<V>];
        simd::store(result, op(padded(in)...));
        for (std::size_t i = 0; i < n; ++i)
            out[i] = result[i];
    }
}

/// out[i] = op(in[i]...) for i < n. out may be any of in. The last batch overlaps the one before; its inputs are read
/// before the loop, which may overwrite them.
template <value V, bool Exact, class Op, class T, class... In>
void apply(std::size_t n, Op op, T* out, const In*... in) noexcept {
    constexpr std::size_t width = simd::lanes<V>;
    if (n < width)
        return apply_short<V, Exact>(n, op, out, in...);
    const std::size_t last = n - width;
    [&](const auto... final_in) SIMDACT_INLINE_LAMBDA {
        std::size_t i = 0;
        for (; i + width < last; i += 2 * width) { // two at a time hide the latency of a long op
            const V first = op(simd::load<V>(in + i)...);
            const V second = op(simd::load<V>(in + i + width)...);
            simd::store(out + i, first);
            simd::store(out + i + width, second);
        }
        if (i < last)
            simd::store(out + i, op(simd::load<V>(in + i)...));
        simd::store(out + last, op(final_in...));
    }(simd::load<V>(in + last)...);
}

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact
