#pragma once

#include "../../catch.hpp"

#include <simdact/dispatch.hpp>
#include <simdact/simdact.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

/// Every kernel called once, on arrays that a test makes of given memory: the memory must then be as after the same
/// calls on std::spans, around the arrays as well.
namespace tests {

/// The kernels here, and those that simdact_add_dispatch() has built.
struct compiled_here {
    static void forward(auto&&... a) { simdact::forward(std::forward<decltype(a)>(a)...); }
    static void derivative(auto&&... a) { simdact::derivative(std::forward<decltype(a)>(a)...); }
    static void backward(auto&&... a) { simdact::backward(std::forward<decltype(a)>(a)...); }
    static void backward_from_output(auto&&... a) { simdact::backward_from_output(std::forward<decltype(a)>(a)...); }
    static void forward_with_mask(auto&&... a) { simdact::forward_with_mask(std::forward<decltype(a)>(a)...); }
    static void backward_from_mask(auto&&... a) { simdact::backward_from_mask(std::forward<decltype(a)>(a)...); }
};
struct dispatched {
    static void forward(auto&&... a) { simdact::dispatch::forward(std::forward<decltype(a)>(a)...); }
    static void derivative(auto&&... a) { simdact::dispatch::derivative(std::forward<decltype(a)>(a)...); }
    static void backward(auto&&... a) { simdact::dispatch::backward(std::forward<decltype(a)>(a)...); }
    static void backward_from_output(auto&&... a) {
        simdact::dispatch::backward_from_output(std::forward<decltype(a)>(a)...);
    }
    static void forward_with_mask(auto&&... a) {
        simdact::dispatch::forward_with_mask(std::forward<decltype(a)>(a)...);
    }
    static void backward_from_mask(auto&&... a) {
        simdact::dispatch::backward_from_mask(std::forward<decltype(a)>(a)...);
    }
};

/// An array somewhere in a larger memory.
template <class T>
struct memory {
    static constexpr std::size_t before = 5, after = 40;
    std::vector<T> all;
    std::size_t size;

    memory(std::size_t n, int seed) : all(before + n + after), size(n) {
        for (std::size_t i = 0; i < all.size(); ++i)
            all[i] = static_cast<T>(static_cast<int>(i * 37 + static_cast<std::size_t>(seed) * 11) % 13 - 6);
    }
    std::span<T> middle() { return std::span(all).subspan(before, size); }
    bool operator==(const memory&) const = default;
};

template <class T>
struct arguments_in_memory {
    simdact::channel_shape shape;
    memory<T> x{shape.size(), 1}, y{shape.size(), 2}, dy{shape.size(), 3}, dx{shape.size(), 4},
        slopes{shape.channels, 5}, dslopes{shape.channels, 6};
    memory<std::uint8_t> mask{(shape.size() + 7) / 8, 7};

    bool operator==(const arguments_in_memory& other) const {
        return x == other.x && y == other.y && dy == other.dy && dx == other.dx && slopes == other.slopes &&
               dslopes == other.dslopes && mask == other.mask;
    }
};

/// make(memory) gives the array in the middle of a memory, make_mask(memory) that of a mask.
template <class Kernels, class T, class Make, class MakeMask>
void call_every_kernel(arguments_in_memory<T>& a, Make make, MakeMask make_mask) {
    auto&& x = make(a.x);
    auto&& y = make(a.y);
    auto&& dy = make(a.dy);
    auto&& dx = make(a.dx);
    auto&& slopes = make(a.slopes);
    auto&& dslopes = make(a.dslopes);
    auto&& mask = make_mask(a.mask);
    const simdact::elu elu{};
    const simdact::prelu prelu{};
    Kernels::forward(elu, x, y);
    Kernels::forward(elu, x);
    Kernels::derivative(elu, y, dx);
    Kernels::backward(elu, dx, dy, y);
    Kernels::backward_from_output(elu, y, dy, dx);
    Kernels::forward_with_mask(simdact::relu{}, dx, y, mask);
    Kernels::backward_from_mask(simdact::relu{}, mask, dy, dx);
    Kernels::forward(prelu, a.shape, x, slopes, y);
    Kernels::derivative(prelu, a.shape, y, slopes, dx);
    Kernels::backward(prelu, a.shape, dy, slopes, dx, y);
    Kernels::backward(prelu, a.shape, x, slopes, dy, dx, dslopes);
    Kernels::backward(prelu, a.shape, y, slopes, dx, dx, dslopes, simdact::accumulate);
    Kernels::forward_with_mask(prelu, a.shape, y, slopes, x, mask);
    Kernels::backward_from_mask(prelu, a.shape, mask, slopes, dx, dy);
}

template <class Kernels, class T, class Make, class MakeMask>
void as_with_spans(Make make, MakeMask make_mask) {
    const auto span = [](auto& m) { return m.middle(); };
    for (const simdact::channel_shape shape :
         {simdact::channel_shape{2, 3, 5}, {1, 1, 1}, {7, 20, 1}, {2, 3, 40}, {0, 3, 5}, {2, 0, 5}, {1, 1, 0}}) {
        INFO(shape.outer << " x " << shape.channels << " x " << shape.inner);
        arguments_in_memory<T> wanted{shape}, got{shape};
        tests::call_every_kernel<compiled_here>(wanted, span, span);
        tests::call_every_kernel<Kernels>(got, make, make_mask);
        CHECK(got == wanted);
    }
}

/// For both kinds of kernels.
template <class T, class Make, class MakeMask>
void as_with_spans_everywhere(Make make, MakeMask make_mask) {
    tests::as_with_spans<compiled_here, T>(make, make_mask);
    tests::as_with_spans<dispatched, T>(make, make_mask);
}
template <class T, class Make>
void as_with_spans_everywhere(Make make) {
    tests::as_with_spans_everywhere<T>(make, make);
}

} // namespace tests
