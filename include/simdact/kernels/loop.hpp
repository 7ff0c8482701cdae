#ifndef SIMDACT_KERNELS_LOOP_HPP
#define SIMDACT_KERNELS_LOOP_HPP

/// The loop over arrays that the kernels share. It knows no formula and no ranges: pointers and counts only.

#include <simdact/concepts.hpp>
#include <simdact/kernels/sources.hpp>
#include <simdact/kernels/streaming.hpp>

#include <type_traits>
#include <utility>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

/// Whether op(in...) for n elements should be written to out past the caches.
template <class T, class... In>
SIMDACT_INLINE bool streams_to(std::size_t n, const T* out, const In&... in) noexcept {
    return detail::worth_streaming(n * sizeof(T) + (detail::source_bytes(n, in) + ...)) &&
           !(detail::is_output(in, out) || ...) &&
           reinterpret_cast<std::uintptr_t>(out) % sizeof(T) == 0; // doubles on 32-bit x86 may lie between
}

/// body(i)... for the indices given, each a constant.
template <std::size_t... Is, class Body>
SIMDACT_INLINE void for_each_index(std::index_sequence<Is...>, [[SIMDACT_DETAIL_MAYBE_UNUSED]] Body body) noexcept {
    (body(std::integral_constant<std::size_t, Is>{}), ...);
}

/// body(0), ..., body(N - 1).
template <std::size_t N, class Body>
SIMDACT_INLINE void unrolled(Body body) noexcept {
    detail::for_each_index(std::make_index_sequence<N>{}, body);
}

/// op(v[0], v[1], ...).
template <class Op, value V, std::size_t... Is>
SIMDACT_INLINE V applied(Op& op, const V* v, std::index_sequence<Is...>) noexcept {
    return op(v[Is]...);
}

/// How a function is kept for a loop: a copy of one that is a few bytes and nothing else, so that stores cannot alias
/// its parameters; a reference to any other, whose copies may be large, throw, or not exist.
template <class F>
using held = std::conditional_t<std::is_trivially_copyable_v<F> && std::is_trivially_copy_constructible_v<F> &&
                                    std::is_trivially_destructible_v<F> && sizeof(F) <= 64,
                                const F, const F&>;

/// What f prepares for elements of V's type.
template <class F, class V>
using prepared_by = std::remove_cvref_t<decltype(std::declval<const F&>().template prepared<simd::element_t<V>>())>;

/// Whether that takes the place of f in Op<F>: it has what the op asks of a function.
template <class V, class Op>
concept prepares = requires(const Op& op) {
    typename prepared_by<std::remove_cvref_t<decltype(op.f)>, V>;
    requires Op::template serves<prepared_by<std::remove_cvref_t<decltype(op.f)>, V>, V>;
};

/// body(op), with what the op's function prepares in its place: what depends on parameters alone is computed before the
/// loop.
template <value V, class Op, class Body>
SIMDACT_INLINE void with_prepared(const Op& op, Body body) noexcept {
    if constexpr (prepares<V, Op>) {
        const auto& ready = op.f.template prepared<simd::element_t<V>>();
        body(typename Op::template with<std::remove_cvref_t<decltype(ready)>>{ready});
    } else {
        body(op);
    }
}

/// How many elements of `out` come before one that is aligned to `boundary` bytes.
template <class T>
SIMDACT_INLINE std::size_t head(const T* out, std::size_t boundary) noexcept {
    return (boundary - reinterpret_cast<std::uintptr_t>(out) % boundary) % boundary / sizeof(T);
}

/// out[i] = op(in[i]...) for i < n, n > 0, past the caches if Stream. The op is written out once: compilers contract
/// products and sums into FMAs as they find them, so that a second copy could give other bits. The last batch overlaps
/// the one before; each is read before the one in front of it is written.
template <value V, bool Stream, class Op, class T, class... In>
SIMDACT_INLINE void apply_one_by_one(std::size_t n, const Op& op, T* out, In... in) noexcept {
    constexpr std::size_t width = simd::lanes<V>;
    const std::size_t last = n < width ? 0 : n - width, aligned = Stream ? detail::head(out, sizeof(V)) : 0;
    V v[] = {(n < width ? detail::fetch_some<V>(n, in) : detail::fetch<V>(in))...};
    for (std::size_t i = 0;;) {
        const V result = detail::applied(op, v, std::index_sequence_for<In...>{});
        if (n < width)
            return simd::store_some<V>(out, n, result);
        if (i == last)
            return simd::store(out + i, result);
        std::size_t next = i < aligned ? aligned : i + width;
        if (next > last)
            next = last;
        std::size_t k = 0;
        (static_cast<void>(v[k++] = detail::fetch<V>(in + next)), ...);
        if (Stream && i >= aligned)
            simd::stream(out + i, result);
        else
            simd::store(out + i, result);
        i = next;
    }
}

/// The form of an op for what is not NaN.
template <class Op>
struct of_number {
    const Op& op;
    template <class... In>
    SIMDACT_INLINE auto operator()(In... v) const noexcept {
        return op.of_number(v...);
    }
};

/// Whether there is a NaN in four batches of the first source, the one an op treats differently there.
template <value V, class In, class... Others>
SIMDACT_INLINE bool any_nan_at(std::size_t i, In x, Others...) noexcept {
    constexpr std::size_t width = simd::lanes<V>;
    return simd::any_nan(simd::load<V>(x + i), simd::load<V>(x + i + width), simd::load<V>(x + i + 2 * width),
                         simd::load<V>(x + i + 3 * width));
}

/// The batches of a light op that are taken at a time where they are in a cache.
inline constexpr std::size_t several = 4;

/// The same for a light op, several batches at a time. Where an op has a shorter form for what is not NaN, that is
/// taken if all of them are not. The last one's inputs are read before all others.
template <value V, class Op, class T, class... In>
SIMDACT_INLINE void apply_several(std::size_t n, const Op& op, T* out, In... in) noexcept {
    constexpr std::size_t width = simd::lanes<V>;
    if (n < width)
        return simd::store_some<V>(out, n, op(detail::fetch_some<V>(n, in)...));
    std::size_t i = 0;
    const auto with = [&](auto count, auto o) SIMDACT_INLINE_LAMBDA {
        V results[count];
        detail::unrolled<count>([&](auto j)
                                    SIMDACT_INLINE_LAMBDA { results[j] = o(detail::fetch<V>(in + i + j * width)...); });
        detail::unrolled<count>([&](auto j) SIMDACT_INLINE_LAMBDA { simd::store(out + i + j * width, results[j]); });
        i += count * width;
    };
    constexpr bool has_shorter = requires { op.of_number(detail::fetch<V>(in)...); };
    const auto nan_ahead = [&]() SIMDACT_INLINE_LAMBDA {
        if constexpr (has_shorter)
            return detail::any_nan_at<V>(i, in...);
        else
            return true;
    };
    const auto batches = [&](auto count) SIMDACT_INLINE_LAMBDA {
        if constexpr (count == several && has_shorter)
            if (!nan_ahead()) [[SIMDACT_DETAIL_LIKELY]]
                return with(count, of_number<Op>{op});
        with(count, op);
    };
    [&](const auto... final_in) SIMDACT_INLINE_LAMBDA {
        while (n - i >= several * width)
            batches(std::integral_constant<std::size_t, several>{});
        if (n - i >= 2 * width)
            batches(std::integral_constant<std::size_t, 2>{});
        if (n - i >= width)
            batches(std::integral_constant<std::size_t, 1>{});
        if (i < n)
            simd::store(out + n - width, op(final_in...));
    }(detail::fetch<V>(in + (n - width))...);
}

/// out[i] = op(in[i]...) for i < n. out may be any of in.
template <value V, class Op, class T, class... In>
SIMDACT_INLINE void apply_cached(std::size_t n, const Op& op, T* out, In... in) noexcept {
    if (n == 0)
        return;
    if constexpr (light<Op>)
        detail::apply_several<V>(n, op, out, in...);
    else
        detail::apply_one_by_one<V, false>(n, op, out, in...);
}

template <value V, class Op, class T, class... In>
void apply(std::size_t n, Op op, T* out, In... in) noexcept;

/// The same past the caches. out is none of in. Of a light op both ends are left to apply(), which takes so few to be
/// in a cache.
template <value V, class Op, class T, class... In>
SIMDACT_DETAIL_NOINLINE void apply_streaming(std::size_t n, Op op, T* out, In... in) noexcept {
    detail::with_prepared<V>(op, [&](const auto& ready) SIMDACT_INLINE_LAMBDA {
        if constexpr (light<std::remove_cvref_t<decltype(ready)>>) {
            constexpr std::size_t width = simd::lanes<V>, at_once = sizeof(V) < 64 ? 64 / sizeof(V) : 1;
            std::size_t i = detail::head(out, at_once * sizeof(V));
            detail::apply<V>(i, op, out, in...);
            for (; n - i >= at_once * width; i += at_once * width)
                detail::unrolled<at_once>([&](auto j) SIMDACT_INLINE_LAMBDA {
                    simd::stream(out + i + j * width, ready(detail::fetch<V>(in + i + j * width)...));
                });
            detail::apply<V>(n - i, op, out + i, (in + i)...);
        } else {
            detail::apply_one_by_one<V, true>(n, ready, out, in...);
        }
    });
    simd::stream_end();
}

template <value V, class Op, class T, class... In>
void apply(std::size_t n, Op op, T* out, In... in) noexcept {
    if (detail::streams_to(n, out, in...)) [[SIMDACT_DETAIL_UNLIKELY]]
        detail::apply_streaming<V>(n, op, out, in...);
    else
        detail::with_prepared<V>(op, [&](const auto& ready)
                                         SIMDACT_INLINE_LAMBDA { detail::apply_cached<V>(n, ready, out, in...); });
}

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
