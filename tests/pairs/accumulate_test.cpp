/// Gradients that are added to what is there.

#include "pairs.hpp"

#include "../catch.hpp"
#include "../refusal.hpp"
#include "../users_functors.hpp"

#include <simdact/functions.hpp>

#include <cstdint>
#include <string>

namespace {

using namespace tests;
using simdact::accumulate_all;
using simdact::channel_shape;

/// What kernel(dx, how...) writes, and what it adds.
template <class T, class Kernel>
void adds_what_it_writes(std::size_t n, Kernel kernel) {
    const std::vector<T> old = some_numbers<T>(n, 7);
    std::vector<T> written(n, T(9)), added = old;
    kernel(written);
    kernel(added, accumulate_all);
    REQUIRE(same(added, sums(old, written)));
}

template <class T>
void elementwise(std::size_t n) {
    const std::vector<T> x = some_numbers<T>(n, 1), dy = some_numbers<T>(n, 2);
    const auto from_x = [&](const auto& f) {
        adds_what_it_writes<T>(n, [&](auto& dx, auto... how) { simdact::backward(f, x, dy, dx, how...); });
    };
    from_x(simdact::relu{});
    from_x(simdact::leaky_relu{0.3});
    from_x(simdact::silu{});
    from_x(users_square{});
    const auto from_output = [&](const auto& f) {
        adds_what_it_writes<T>(n, [&](auto& dx, auto... how) { simdact::backward_from_output(f, x, dy, dx, how...); });
    };
    from_output(simdact::leaky_relu{0.3});
    from_output(simdact::elu{0.5});
    std::vector<std::uint8_t> mask((n + 7) / 8);
    std::vector<T> y(n);
    simdact::forward_with_mask(simdact::relu{}, x, y, mask);
    adds_what_it_writes<T>(
        n, [&](auto& dx, auto... how) { simdact::backward_from_mask(simdact::leaky_relu{0.3}, mask, dy, dx, how...); });
}

template <class T>
void channelwise(const channel_shape& shape) {
    const std::size_t n = shape.size(), channels = shape.channels;
    const std::vector<T> x = some_numbers<T>(n, 1), dy = some_numbers<T>(n, 2);
    std::vector<T> slopes = some_numbers<T>(channels, 3);
    const simdact::prelu f;
    adds_what_it_writes<T>(n, [&](auto& dx, auto... how) { simdact::backward(f, shape, x, slopes, dy, dx, how...); });
    const std::vector<T> old = some_numbers<T>(channels, 8);
    std::vector<T> dslopes(channels), added = old, dx(n), other = dx;
    adds_what_it_writes<T>(n, [&](auto& to, auto... how) {
        simdact::backward(f, shape, x, slopes, dy, to, sizeof...(how) > 0 ? added : dslopes, how...);
    });
    CHECK(same(added, sums(old, dslopes)));
    added = old;
    simdact::backward(f, shape, x, slopes, dy, dx);
    simdact::backward(f, shape, x, slopes, dy, other, added, simdact::accumulate);
    CHECK(same(added, sums(old, dslopes)));
    CHECK(same(dx, other));
    std::vector<std::uint8_t> mask((n + 7) / 8);
    simdact::forward_with_mask(f, shape, x, slopes, other, mask);
    adds_what_it_writes<T>(
        n, [&](auto& to, auto... how) { simdact::backward_from_mask(f, shape, mask, slopes, dy, to, how...); });
}

} // namespace

TEMPLATE_TEST_CASE("accumulate_all: what would have been written is added, rounded once", "[pairs]", float, double) {
    using T = TestType;
    for (const std::size_t n : {0u, 1u, 3u, 8u, 9u, 16u, 31u, 40u, 64u, 200u, 513u})
        elementwise<T>(n);
    for (const channel_shape shape : {channel_shape{1, 1, 5},
                                      {1, 1, 300},
                                      {2, 3, 40},
                                      {3, 5, 1},
                                      {70, 6, 1},
                                      {2, 9, 7},
                                      {1, 20, 1},
                                      {4, 2, 64},
                                      {2, 2, 37},
                                      {9, 600, 1}})
        channelwise<T>(shape);
    for (const bool past_caches : {false, true}) {
        const streams to(past_caches);
        elementwise<T>(many);
        channelwise<T>({3, 3, many / 9});
    }
    for (const channel_shape shape : {channel_shape{1, 1, 1}, {5, 37, 1}, {2, 300, 1}, {2, 5, 9}, {1, 9, 70}}) {
        const std::size_t n = shape.size();
        std::vector<T> x = some_numbers<T>(n, 1), dy = some_numbers<T>(n, 2);
        std::erase_if(x, [](T v) { return !(v - v == 0); }); // a row of NaN would hide all else
        x.resize(n, T(1));
        std::vector<T> y(n);
        simdact::forward(simdact::softmax{}, shape, x, y);
        adds_what_it_writes<T>(n, [&](auto& dx, auto... how) {
            simdact::backward_from_output(simdact::softmax{.scale = 0.7}, shape, y, dy, dx, how...);
        });
        simdact::forward(simdact::log_softmax{}, shape, x, y);
        adds_what_it_writes<T>(n, [&](auto& dx, auto... how) {
            simdact::backward_from_output(simdact::log_softmax{}, shape, y, dy, dx, how...);
        });
    }
    for (const std::size_t n : {1u, 7u, 8u, 33u, 300u}) {
        const std::vector<T> gate = some_numbers<T>(n, 1), value = some_numbers<T>(n, 2), dy = some_numbers<T>(n, 3);
        const std::vector<T> old = some_numbers<T>(n, 8);
        std::vector<T> dvalue(n), more = old;
        adds_what_it_writes<T>(n, [&](auto& dgate, auto... how) {
            simdact::backward(simdact::swiglu{}, gate, value, dy, dgate, sizeof...(how) > 0 ? more : dvalue, how...);
        });
        CHECK(same(more, sums(old, dvalue)));
    }
}

TEST_CASE("accumulate_all: what is added to may be no input", "[pairs]") {
    std::vector<float> x(12, 1.0f), dy(12, 2.0f), slopes(3, 0.5f), dslopes(3, 9.0f);
    std::vector<std::uint8_t> mask(2);
    const channel_shape shape{2, 3, 2};
    const auto refuses = [](auto call, const std::string& what) {
        CHECK(refusal(call).find(what) != std::string::npos);
    };
    refuses([&] { simdact::backward(simdact::relu{}, x, dy, x, accumulate_all); },
            "simdact::backward: dx overlaps x: it starts 0 bytes after x, which is 48 bytes long");
    refuses([&] { simdact::backward(simdact::silu{}, x, dy, dy, accumulate_all); },
            "simdact::backward: dx overlaps dy");
    refuses([&] { simdact::backward_from_output(simdact::relu{}, x, dy, x, accumulate_all); },
            "simdact::backward_from_output: dx overlaps y");
    refuses([&] { simdact::backward_from_mask(simdact::relu{}, mask, dy, dy, accumulate_all); },
            "simdact::backward_from_mask: dx overlaps dy");
    const simdact::prelu f;
    refuses([&] { simdact::backward(f, shape, x, slopes, dy, x, accumulate_all); }, "simdact::backward: dx overlaps x");
    refuses([&] { simdact::backward(f, shape, x, slopes, dy, dy, dslopes, accumulate_all); },
            "simdact::backward: dx overlaps dy");
    refuses([&] { simdact::backward_from_mask(f, shape, mask, slopes, dy, dy, accumulate_all); },
            "simdact::backward_from_mask: dx overlaps dy");
    refuses([&] { simdact::backward_from_output(simdact::softmax{}, shape, x, dy, x, accumulate_all); },
            "simdact::backward_from_output: dx overlaps y");
    refuses([&] { simdact::backward_from_output(simdact::log_softmax{}, shape, x, dy, dy, accumulate_all); },
            "simdact::backward_from_output: dx overlaps dy");
    CHECK(x == std::vector<float>(12, 1.0f));
    CHECK(dy == std::vector<float>(12, 2.0f));
    CHECK(dslopes == std::vector<float>(3, 9.0f));
}
