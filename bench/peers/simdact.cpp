// simdact itself, and beside its kernels with masks the kernels that they replace, beside backward f' alone. With
// DISPATCHED: through simdact_add_dispatch(), from a file built for the oldest CPU; with BY_NAME functions that are
// found by their names, too.

#include "functions.hpp"

#if defined DISPATCHED
#include <simdact/dispatch.hpp>
namespace kernels = simdact::dispatch;
using others = simdact::function_list<>; // of those it has no kernels
#else
#include <simdact/simdact.hpp>
namespace kernels = simdact;
using others = bench::mathematics;
#endif

#include <iterator>
#include <span>
#include <vector>

namespace {
using namespace bench;

/// What the kernels are given for f.
template <class F>
auto given_for(const F& f) {
#if defined BY_NAME
    std::vector<simdact::named_parameter> parameters;
    if constexpr (requires { F::parameters; })
        for (std::size_t i = 0; i < std::size(F::parameters); ++i)
            parameters.push_back({F::parameters[i].name, simdact::detail::values_of(f).values[i]});
    return kernels::find(F::name, parameters);
#else
    return f;
#endif
}

template <class T, class F>
kernel<T> elementwise(F f, const cell& c) {
    const std::size_t n = c.size();
    const auto g = given_for(f);
    switch (c.op) {
    case op::forward:
        if (c.in_place)
            return [=](const arrays<T>& a) { kernels::forward(g, std::span(a.out, n)); };
        return [=](const arrays<T>& a) { kernels::forward(g, std::span(a.x, n), std::span(a.out, n)); };
    case op::derivative:
        if constexpr (requires(std::span<T> s) { kernels::derivative(f, s, s); })
            return [=](const arrays<T>& a) { kernels::derivative(g, std::span(a.x, n), std::span(a.out, n)); };
        break;
    case op::backward:
        if constexpr (requires(std::span<T> s) { kernels::backward(f, s, s, s); })
            return [=](const arrays<T>& a) {
                kernels::backward(g, std::span(a.x, n), std::span(a.dy, n), std::span(a.out, n));
            };
        break;
    case op::backward_from_output:
        if constexpr (requires(std::span<T> s) { kernels::backward_from_output(f, s, s, s); })
            return [=](const arrays<T>& a) {
                kernels::backward_from_output(g, std::span(a.x, n), std::span(a.dy, n), std::span(a.out, n));
            };
        break;
    case op::forward_with_mask:
        if constexpr (requires(std::span<T> s, std::span<std::uint8_t> m) { kernels::forward_with_mask(f, s, s, m); })
            return [=](const arrays<T>& a) {
                kernels::forward_with_mask(g, std::span(a.x, n), std::span(a.out, n), std::span(a.mask, (n + 7) / 8));
            };
        break;
    case op::backward_from_mask:
        if constexpr (requires(std::span<T> s, std::span<std::uint8_t> m) { kernels::backward_from_mask(f, m, s, s); })
            return [=](const arrays<T>& a) {
                kernels::backward_from_mask(g, std::span(a.mask, (n + 7) / 8), std::span(a.dy, n), std::span(a.out, n));
            };
        break;
    }
    return {};
}

template <class T, class F>
kernel<T> channelwise(F f, const cell& c) {
    const auto g = given_for(f);
    const simdact::channel_shape shape{c.outer, c.channels, c.inner};
    if (c.op == op::forward)
        return [=](const arrays<T>& a) {
            kernels::forward(g, shape, std::span(a.x, shape.size()), std::span(a.slopes, shape.channels),
                             std::span(a.out, shape.size()));
        };
    if (c.op == op::backward)
        if constexpr (requires(std::span<T> s) { kernels::backward(f, shape, s, s, s, s, s); })
            return [=](const arrays<T>& a) {
                kernels::backward(g, shape, std::span(a.x, shape.size()), std::span(a.slopes, shape.channels),
                                  std::span(a.dy, shape.size()), std::span(a.out, shape.size()),
                                  std::span(a.dslopes, shape.channels));
            };
    return {};
}

template <class T>
kernel<T> offer(const cell& c) {
    return of_function<T, others>(
        c, [&](auto f) { return elementwise<T>(f, c); }, [&](auto f) { return channelwise<T>(f, c); });
}

#if defined BY_NAME
const bool added = add({"by name", "", role::reference, offer<float>, offer<double>});
#elif defined DISPATCHED
const bool added = add({"dispatched", "", role::reference, offer<float>, offer<double>});
#else
template <class T>
kernel<T> without_mask(const cell& c) {
    cell same = c;
    if (c.op == op::forward_with_mask)
        same.op = op::forward;
    else if (c.op == op::backward_from_mask)
        same.op = op::backward;
    else
        return {};
    return offer<T>(same);
}

template <class T>
kernel<T> derivative_alone(const cell& c) {
    cell same = c;
    same.op = op::derivative;
    return c.op == op::backward && !c.channelwise ? offer<T>(same) : kernel<T>();
}

const bool added = add({"simdact", "", role::ours, offer<float>, offer<double>}) &&
                   add({"no mask", "", role::reference, without_mask<float>, without_mask<double>}) &&
                   add({"derivative", "", role::reference, derivative_alone<float>, derivative_alone<double>});
#endif

} // namespace
