#pragma once

#include "../batches.hpp"

#include <simdact/kernels/elementwise.hpp>

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

/// Every way to evaluate an activation on an array: scalar calls, calls on batches of each architecture of the build,
/// and the kernels out of place and in place.
namespace tests {

template <class F, class T>
struct way {
    using unary = void (*)(const F&, std::span<const T> x, std::span<T> result);
    using binary = void (*)(const F&, std::span<const T> x, std::span<const T> dy, std::span<T> result);

    std::string name;
    bool same_as_scalar; ///< scalars, the default architecture's batch and kernels: promised to give the same bits
    unary forward = nullptr;
    unary derivative = nullptr;
    binary backward = nullptr;
    unary derivative_from_output = nullptr; ///< none for a function that has none, and there is no such kernel
    binary backward_from_output = nullptr;
};

template <class F>
concept has_from_output = requires(F f, float y) {
    f.derivative_from_output(y);
};

template <class V, class T>
V load_value(const T* p) {
    if constexpr (std::is_same_v<V, T>)
        return *p;
    else
        return V::load_unaligned(p);
}

template <class V, class T>
void store_value(T* p, V x) {
    if constexpr (std::is_same_v<V, T>)
        *p = x;
    else
        x.store_unaligned(p);
}

/// result[i] = op(in[i]...) on values of type V; the last ones in a batch filled up with zeros.
template <class V, class T, class Op, class... In>
void on_values(const Op& op, std::span<T> result, const In*... in) {
    constexpr std::size_t lanes = simdact::simd::lanes<V>;
    std::size_t i = 0;
    for (; i + lanes <= result.size(); i += lanes)
        store_value<V>(result.data() + i, op(load_value<V>(in + i)...));
    if constexpr (lanes > 1) { // one lane leaves nothing
        const std::size_t rest = result.size() - i;
        if (rest == 0)
            return;
        const auto filled_up = [&](const T* p) {
            std::array<T, lanes> values{};
            std::copy_n(p + i, rest, values.begin());
            return load_value<V>(values.data());
        };
        std::array<T, lanes> values;
        store_value<V>(values.data(), op(filled_up(in)...));
        std::copy_n(values.begin(), rest, result.begin() + std::ptrdiff_t(i));
    }
}

template <class V, class F, class T>
way<F, T> calls_on(std::string name, bool same_as_scalar) {
    using in = std::span<const T>;
    using out = std::span<T>;
    way<F, T> calls{
        .name = std::move(name),
        .same_as_scalar = same_as_scalar,
        .forward = [](const F& f, in x, out y) { on_values<V>([&](V v) { return f.forward(v); }, y, x.data()); },
        .derivative = [](const F& f, in x, out d) { on_values<V>([&](V v) { return f.derivative(v); }, d, x.data()); },
        .backward = [](const F& f, in x, in dy,
                       out dx) { on_values<V>([&](V v, V g) { return f.backward(v, g); }, dx, x.data(), dy.data()); },
    };
    if constexpr (has_from_output<F>) {
        calls.derivative_from_output = [](const F& f, in y, out d) {
            on_values<V>([&](V v) { return f.derivative_from_output(v); }, d, y.data());
        };
        calls.backward_from_output = [](const F& f, in y, in dy, out dx) {
            on_values<V>([&](V v, V g) { return f.backward_from_output(v, g); }, dx, y.data(), dy.data());
        };
    }
    return calls;
}

template <class F, class T>
struct calls_on_batches_of_all {
    template <class... Archs>
    struct list {
        static void append_to([[maybe_unused]] std::vector<way<F, T>>& ways) {
            (ways.push_back(calls_on<simdact::simd::batch<T, Archs>, F, T>(
                 "batch of " + architecture_name<Archs>(), std::is_same_v<Archs, simdact::simd::default_arch>)),
             ...);
        }
    };
};

/// How an activation is given to the kernels: as it is. prelu's tests have a specialization of their own.
template <class F, class T>
struct kernels_for {
    using in = std::span<const T>;
    using out = std::span<T>;
    static void forward(const F& f, in x, out y) { simdact::forward(f, x, y); }
    static void forward_in_place(const F& f, out x) { simdact::forward(f, x); }
    static void derivative(const F& f, in x, out d) { simdact::derivative(f, x, d); }
    static void backward(const F& f, in x, in dy, out dx) { simdact::backward(f, x, dy, dx); }
    static void backward_from_output(const F& f, in y, in dy, out dx) { simdact::backward_from_output(f, y, dy, dx); }
};

template <class F, class T>
std::vector<way<F, T>> every_way() {
    using kernels = kernels_for<F, T>;
    using in = std::span<const T>;
    using out = std::span<T>;

    std::vector<way<F, T>> ways = {calls_on<T, F, T>("scalar", true)};
    ways.push_back(ways.front());
    ways.back().name = "scalar operator()";
    ways.back().forward = [](const F& f, in x, out y) { on_values<T>([&](T v) { return f(v); }, y, x.data()); };

    with_every_architecture<calls_on_batches_of_all<F, T>::template list>::append_to(ways);

    way<F, T> out_of_place{
        .name = "kernel",
        .same_as_scalar = true,
        .forward = &kernels::forward,
        .derivative = &kernels::derivative,
        .backward = &kernels::backward,
    };
    way<F, T> in_place{
        .name = "kernel in place",
        .same_as_scalar = true,
        .forward =
            [](const F& f, in x, out y) {
                std::ranges::copy(x, y.begin());
                kernels::forward_in_place(f, y);
            },
        .derivative =
            [](const F& f, in x, out d) {
                std::ranges::copy(x, d.begin());
                kernels::derivative(f, d, d);
            },
        .backward =
            [](const F& f, in x, in dy, out dx) {
                std::ranges::copy(dy, dx.begin());
                kernels::backward(f, x, dx, dx);
            },
    };
    if constexpr (has_from_output<F>) {
        out_of_place.backward_from_output = &kernels::backward_from_output;
        in_place.backward_from_output = [](const F& f, in y, in dy, out dx) {
            std::ranges::copy(dy, dx.begin());
            kernels::backward_from_output(f, y, dx, dx);
        };
    }
    ways.push_back(out_of_place);
    ways.push_back(in_place);
    return ways;
}

} // namespace tests
