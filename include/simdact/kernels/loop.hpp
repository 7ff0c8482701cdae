#ifndef SIMDACT_KERNELS_LOOP_HPP
#define SIMDACT_KERNELS_LOOP_HPP

/// The loop over arrays that the kernels share. It knows no formula, and of ranges but whether their type tells their
/// size: pointers and counts.

#include <simdact/arrays.hpp>
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
SIMDACT_INLINE auto applied(const Op& op, const V* v, std::index_sequence<Is...>) noexcept {
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

/// The form of f that is right for most values of its parameters, and shorter.
template <class F, class V>
using usual_of = decltype(std::declval<const F&>().usual(std::declval<V>()));

/// Whether that takes the place of f in Op<F>: it has what the op asks of a function.
template <class V, class Op>
concept has_usual = requires {
    std::declval<usual_of<std::remove_cvref_t<decltype(std::declval<Op>().f)>, V>>().is_right();
    requires Op::template serves<usual_of<std::remove_cvref_t<decltype(std::declval<Op>().f)>, V>, V>;
};

/// body(op), with what the op's function prepares in its place: what depends on parameters alone is computed before the
/// loop. On few elements it takes longer to ask for a shorter form than that gains.
template <value V, class Op, class Body>
SIMDACT_INLINE void with_prepared(const Op& op, Body body, [[SIMDACT_DETAIL_MAYBE_UNUSED]] bool many = true) noexcept {
    if constexpr (has_usual<V, Op>) {
        const auto usual = op.f.usual(V(0));
        if (many && usual.is_right()) [[SIMDACT_DETAIL_LIKELY]]
            return body(typename Op::template with<std::remove_cvref_t<decltype(usual)>>{usual});
    }
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
        if (i == last) {
            if (n < width)
                return simd::store_some<V>(out, n, result);
            return simd::store(out + i, result);
        }
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

/// The rest of an array in which there is a NaN.
template <value V, class Op, class T, class... In>
SIMDACT_DETAIL_NOINLINE void apply_with_nan(std::size_t n, Op op, T* out, In... in) noexcept {
    detail::apply_one_by_one<V, false>(n, op, out, in...);
}

/// How many batches it takes to gain more from aligned stores than the first of them costs.
inline constexpr std::size_t worth_aligning = 24;

/// The same for a light op, several batches at a time. Where an op has a shorter form for what is not NaN, that is
/// taken for all up to the first NaN. The first and the last batch may overlap others, so that those between are stored
/// where no line of the cache is split; what they are made of is read before it is overwritten. Of one of many lines,
/// most of them short, the last batch is computed only where there is one.
template <value V, bool OneOfMany, class Op, class T, class... In>
SIMDACT_INLINE void apply_several(std::size_t n, const Op& op, T* out, In... in) noexcept {
    constexpr std::size_t width = simd::lanes<V>;
    if (n < width)
        return simd::store_some<V>(out, n, op(detail::fetch_some<V>(n, in)...));
    const auto loop = [&](const auto... kept) SIMDACT_INLINE_LAMBDA { // the last batch, or its inputs
        V first(T(0));
        std::size_t i = 0, begin = 0;
        if constexpr (!OneOfMany && width > 1 && (std::same_as<In, const T*> && ...))
            if (n >= worth_aligning * width) {
                begin = i = detail::head(out, sizeof(V));
                first = op(detail::fetch<V>(in)...);
            }
        const auto batches = [&](auto count, auto o) SIMDACT_INLINE_LAMBDA {
            V results[count];
            detail::unrolled<count>(
                [&](auto j) SIMDACT_INLINE_LAMBDA { results[j] = o(detail::fetch<V>(in + i + j * width)...); });
            detail::unrolled<count>([&](auto j)
                                        SIMDACT_INLINE_LAMBDA { simd::store(out + i + j * width, results[j]); });
            i += count * width;
        };
        constexpr std::integral_constant<std::size_t, several> at_once;
        while (n - i >= several * width)
            if constexpr (requires { op.of_number(detail::fetch<V>(in)...); }) {
                if (detail::any_nan_at<V>(i, in...)) [[SIMDACT_DETAIL_UNLIKELY]] {
                    if (i == begin) // nothing is written yet
                        i = 0;
                    else if (begin > 0)
                        simd::store(out, first);
                    return detail::apply_with_nan<V>(n - i, op, out + i, (in + i)...);
                }
                batches(at_once, of_number<Op>{op});
            } else {
                batches(at_once, op);
            }
        if (begin > 0)
            simd::store(out, first);
        if (!OneOfMany && i == n)
            return;
        if (n - i >= 2 * width)
            batches(std::integral_constant<std::size_t, 2>{}, op);
        if (n - i >= width)
            batches(std::integral_constant<std::size_t, 1>{}, op);
        if (i < n) {
            if constexpr (OneOfMany)
                simd::store(out + n - width, op(kept...));
            else
                simd::store(out + n - width, kept...);
        }
    };
    if constexpr (OneOfMany)
        loop(detail::fetch<V>(in + (n - width))...);
    else
        loop(op(detail::fetch<V>(in + (n - width))...));
}

/// out[i] = op(in[i]...) for i < n. out may be any of in.
template <value V, bool OneOfMany, class Op, class T, class... In>
SIMDACT_INLINE void apply_cached(std::size_t n, const Op& op, T* out, In... in) noexcept {
    if (n == 0)
        return;
    if constexpr (light<Op>)
        detail::apply_several<V, OneOfMany>(n, op, out, in...);
    else
        detail::apply_one_by_one<V, false>(n, op, out, in...);
}

/// Up to so many elements of arrays whose size compilers know are computed where the kernel is called.
inline constexpr std::size_t few = 64;

/// The same for N elements, without a loop if the op is light. out may be any of in.
template <value V, std::size_t N, class Op, class T, class... In>
SIMDACT_INLINE void apply_to_few(const Op& op, T* out, In... in) noexcept {
    constexpr std::size_t width = simd::lanes<V>, whole = N / width, left = whole % several;
    if constexpr (N == 0) {
        return;
    } else if constexpr (!light<Op>) {
        detail::apply_one_by_one<V, false>(N, op, out, in...);
    } else if constexpr (whole == 0) {
        simd::store_some<V>(out, N, op(detail::fetch_some<V>(N, in)...));
    } else {
        const V last = op(detail::fetch<V>(in + (N - width))...);
        const auto batches = [&](auto count, std::size_t i) SIMDACT_INLINE_LAMBDA {
            V results[count];
            detail::unrolled<count>(
                [&](auto j) SIMDACT_INLINE_LAMBDA { results[j] = op(detail::fetch<V>(in + i + j * width)...); });
            detail::unrolled<count>([&](auto j)
                                        SIMDACT_INLINE_LAMBDA { simd::store(out + i + j * width, results[j]); });
        };
        detail::unrolled<whole / several>([&](auto block) SIMDACT_INLINE_LAMBDA {
            batches(std::integral_constant<std::size_t, several>{}, block * several * width);
        });
        if constexpr (left > 0)
            batches(std::integral_constant<std::size_t, left>{}, (whole - left) * width);
        if constexpr (N % width > 0)
            simd::store(out + (N - width), last);
    }
}

template <value V, class Op, class T, class... In>
void apply(std::size_t n, Op op, T* out, In... in) noexcept;

/// The same past the caches. out is none of in. Of a light op both ends are left to apply(), which takes so few to be
/// in a cache.
template <value V, class Op, class T, class... In>
SIMDACT_INLINE void apply_streaming(std::size_t n, Op op, T* out, In... in) noexcept {
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

/// The same for what may be too much for a cache: past them all, or a part at a time.
template <value V, class Op, class T, class... In>
SIMDACT_DETAIL_NOINLINE void apply_to_many(std::size_t n, Op op, T* out, In... in) noexcept {
    if (detail::streams_to(n, out, in...))
        return detail::apply_streaming<V>(n, op, out, in...);
    constexpr std::size_t part = never_streamed / (sizeof(T) * (1 + sizeof...(In))) / 64 * 64; // whole lines
    for (std::size_t i = 0; i < n;) {
        const std::size_t count = n - i < part ? n - i : part;
        detail::apply<V>(count, op, out + i, (in + i)...);
        i += count;
    }
}

/// Makes no calls that it returns from: compilers would save registers for them, in calls on few elements too.
template <value V, class Op, class T, class... In>
void apply(std::size_t n, Op op, T* out, In... in) noexcept {
    if (n > never_streamed / (sizeof(T) * (1 + sizeof...(In)))) [[SIMDACT_DETAIL_UNLIKELY]]
        return detail::apply_to_many<V>(n, op, out, in...);
    detail::with_prepared<V>(
        op, [&](const auto& ready) SIMDACT_INLINE_LAMBDA { detail::apply_cached<V, false>(n, ready, out, in...); },
        n > few);
}

/// The same for n elements, as many as the arrays X have.
template <value V, class... X, class Op, class T, class... In>
SIMDACT_INLINE void apply_to(std::size_t n, Op op, T* out, In... in) noexcept {
    constexpr std::size_t known = detail::size_known_of<X...>();
    if constexpr (known <= few)
        detail::with_prepared<V>(
            op, [&](const auto& ready) SIMDACT_INLINE_LAMBDA { detail::apply_to_few<V, known>(ready, out, in...); },
            false);
    else
        detail::apply<V>(n, op, out, in...);
}

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
