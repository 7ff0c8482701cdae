// simdact's kernels on arrays whose size compilers know.

#include "functions.hpp"

#include <simdact/simdact.hpp>

#include <span>

namespace {
using namespace bench;

template <class T, std::size_t N, class F>
kernel<T> elementwise(F f, const cell& c) {
    using in = std::span<const T, N>;
    using out = std::span<T, N>;
    if (c.op == op::forward)
        return [=, in_place = c.in_place](const arrays<T>& a) {
            simdact::forward(f, in(in_place ? a.out : a.x, N), out(a.out, N));
        };
    if constexpr (requires(in x, out y) { simdact::backward(f, x, x, y); })
        if (c.op == op::backward)
            return [=, in_place = c.in_place](const arrays<T>& a) {
                simdact::backward(f, in(a.x, N), in(in_place ? a.out : a.dy, N), out(a.out, N));
            };
    return {};
}

/// One row with a slope for each element.
template <class T, std::size_t N, class F>
kernel<T> channelwise(F f, const cell& c) {
    if (c.op != op::forward || c.channels != N)
        return {};
    return [=, in_place = c.in_place](const arrays<T>& a) {
        simdact::forward(f, {1, N, 1}, std::span<const T, N>(in_place ? a.out : a.x, N),
                         std::span<const T, N>(a.slopes, N), std::span<T, N>(a.out, N));
    };
}

template <class T, std::size_t... Sizes>
kernel<T> of_size(const cell& c, std::index_sequence<Sizes...>) {
    kernel<T> found;
    const auto try_size = [&]<std::size_t N>(std::integral_constant<std::size_t, N>) {
        if (c.size() == N)
            found = of_function<T, simdact::function_list<>>(
                c, [&](auto f) { return elementwise<T, N>(f, c); }, [&](auto f) { return channelwise<T, N>(f, c); });
    };
    (try_size(std::integral_constant<std::size_t, Sizes>{}), ...);
    return found;
}

kernel<float> offer(const cell& c) { return of_size<float>(c, std::index_sequence<8, 16, 32, 64>{}); }

const bool added = add({"size known", "", role::reference, offer, no_doubles});

} // namespace
