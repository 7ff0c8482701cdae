// simdact's functors in a loop of the user's, which the compiler makes what it can of: no kernel is called.

#include "functions.hpp"

namespace {
using namespace bench;

template <class T, class F>
kernel<T> elementwise(F f, const cell& c) {
    const std::size_t n = c.size();
    if (c.in_place)
        return {};
    const auto unary = [n](auto g) -> kernel<T> {
        return [=](const arrays<T>& a) {
            for (std::size_t i = 0; i < n; ++i)
                a.out[i] = g(a.x[i]);
        };
    };
    const auto binary = [n](auto g) -> kernel<T> {
        return [=](const arrays<T>& a) {
            for (std::size_t i = 0; i < n; ++i)
                a.out[i] = g(a.x[i], a.dy[i]);
        };
    };
    return of_op<T, T>(f, c, unary, binary);
}

template <class T, class F>
kernel<T> channelwise(F f, const cell& c) {
    if (c.op != op::forward || c.in_place)
        return {};
    return [=](const arrays<T>& a) {
        for (std::size_t line = 0; line < c.outer * c.channels; ++line)
            for (std::size_t i = line * c.inner; i < (line + 1) * c.inner; ++i)
                a.out[i] = f(a.x[i], a.slopes[line % c.channels]);
    };
}

template <class T>
kernel<T> offer(const cell& c) {
    return of_function<T, mathematics>(
        c, [&](auto f) { return elementwise<T>(f, c); }, [&](auto f) { return channelwise<T>(f, c); });
}

const bool added = add({"functors", "", role::reference, offer<float>, offer<double>});

} // namespace
