#pragma once

#include "../tables/table.hpp"

#include <simdact/functions.hpp>

#include <cstdint>
#include <ranges>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

/// The library's kernels on its own functions, called as they are there, but through the table: these are compiled
/// once, for all tests.
namespace tests::called {

template <class F>
concept listed = simdact::elementwise_functions::has<F> || simdact::channelwise_functions::has<F>;

template <class T>
const kernel<T>& row_of(std::string_view function, std::string_view name) {
    for (const function_under_test* f : under_test.functions)
        if (f->name == function)
            for (const kernel<T>& k : f->kernels<T>())
                if (k.name == name)
                    return k;
    throw std::logic_error("no table has the kernel " + std::string(name) + " of " + std::string(function));
}

template <class R>
using value_of = std::ranges::range_value_t<R>;

/// Runs the row with the function's parameters.
template <listed F, class T>
void run(const F& f, std::string_view name, arguments<T> a) {
    const auto parameters = simdact::detail::values_of(f);
    a.parameters = parameters.values;
    row_of<T>(F::name, name).run(a);
}

inline call_shape shape_of(const simdact::channel_shape& s) { return {s.outer, s.channels, s.inner}; }

/// No kernel writes the mask that it reads.
inline std::span<std::uint8_t> bytes_of(std::span<const std::uint8_t> mask) {
    return {const_cast<std::uint8_t*>(mask.data()), mask.size()};
}

template <listed F, class X, class Y>
void forward(const F& f, const X& x, Y&& y) {
    called::run<F, value_of<X>>(f, "forward", {.x = x, .out = y});
}
template <listed F, class X, class D>
void derivative(const F& f, const X& x, D&& d) {
    called::run<F, value_of<X>>(f, "derivative", {.x = x, .out = d});
}
template <listed F, class X, class DY, class DX>
void backward(const F& f, const X& x, const DY& dy, DX&& dx) {
    called::run<F, value_of<X>>(f, "backward", {.x = x, .dy = dy, .out = dx});
}
template <listed F, class Y, class DY, class DX>
void backward_from_output(const F& f, const Y& y, const DY& dy, DX&& dx) {
    called::run<F, value_of<Y>>(f, "backward_from_output", {.x = y, .dy = dy, .out = dx});
}
template <listed F, class X, class Y>
void forward_with_mask(const F& f, const X& x, Y&& y, std::span<std::uint8_t> mask) {
    called::run<F, value_of<X>>(f, "forward_with_mask", {.x = x, .out = y, .mask = mask});
}
template <listed F, class DY, class DX>
void backward_from_mask(const F& f, std::span<const std::uint8_t> mask, const DY& dy, DX&& dx) {
    called::run<F, value_of<DY>>(f, "backward_from_mask", {.dy = dy, .out = dx, .mask = called::bytes_of(mask)});
}

using shape = simdact::channel_shape;

template <listed F, class X, class S, class Y>
void forward(const F& f, const shape& s, const X& x, const S& slopes, Y&& y) {
    called::run<F, value_of<X>>(f, "forward", {.shape = called::shape_of(s), .x = x, .slopes = slopes, .out = y});
}
template <listed F, class X, class S, class D>
void derivative(const F& f, const shape& s, const X& x, const S& slopes, D&& d) {
    called::run<F, value_of<X>>(f, "derivative", {.shape = called::shape_of(s), .x = x, .slopes = slopes, .out = d});
}
template <listed F, class X, class S, class DY, class DX>
void backward(const F& f, const shape& s, const X& x, const S& slopes, const DY& dy, DX&& dx) {
    called::run<F, value_of<X>>(f, "backward",
                                {.shape = called::shape_of(s), .x = x, .dy = dy, .slopes = slopes, .out = dx});
}
template <listed F, class X, class S, class DY, class DX, class DS>
void backward(const F& f, const shape& s, const X& x, const S& slopes, const DY& dy, DX&& dx, DS&& dslopes) {
    called::run<F, value_of<X>>(
        f, "backward with dslopes",
        {.shape = called::shape_of(s), .x = x, .dy = dy, .slopes = slopes, .out = dx, .dslopes = dslopes});
}
template <listed F, class X, class S, class DY, class DX, class DS>
void accumulate(const F& f, const shape& s, const X& x, const S& slopes, const DY& dy, DX&& dx, DS&& dslopes) {
    called::run<F, value_of<X>>(
        f, "backward that adds to dslopes",
        {.shape = called::shape_of(s), .x = x, .dy = dy, .slopes = slopes, .out = dx, .dslopes = dslopes});
}
template <listed F, class X, class S, class Y>
void forward_with_mask(const F& f, const shape& s, const X& x, const S& slopes, Y&& y, std::span<std::uint8_t> mask) {
    called::run<F, value_of<X>>(f, "forward_with_mask",
                                {.shape = called::shape_of(s), .x = x, .slopes = slopes, .out = y, .mask = mask});
}
template <listed F, class S, class DY, class DX>
void backward_from_mask(const F& f, const shape& s, std::span<const std::uint8_t> mask, const S& slopes, const DY& dy,
                        DX&& dx) {
    called::run<F, value_of<DY>>(
        f, "backward_from_mask",
        {.shape = called::shape_of(s), .dy = dy, .slopes = slopes, .out = dx, .mask = called::bytes_of(mask)});
}

} // namespace tests::called
