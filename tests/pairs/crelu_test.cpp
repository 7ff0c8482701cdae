/// The two-sided ReLU.

#include "pairs.hpp"

#include "../catch.hpp"
#include "../refusal.hpp"

#include <cstdint>
#include <string>

namespace {

using namespace tests;
using simdact::crelu;

template <class T>
struct truth {
    std::vector<T> positive, negative, dx;
    std::vector<std::uint8_t> above, below;

    truth(const std::vector<T>& x, const std::vector<T>& dpositive, const std::vector<T>& dnegative)
        : positive(x), negative(x), dx(x), above((x.size() + 7) / 8), below(above) {
        for (std::size_t i = 0; i < x.size(); ++i) {
            if (x[i] != x[i])
                continue;
            positive[i] = x[i] < 0 ? T(0) : x[i];
            negative[i] = -x[i] < 0 ? T(0) : -x[i];
            dx[i] = x[i] > 0 ? dpositive[i] : x[i] < 0 ? T(0) - dnegative[i] : T(0);
            if (x[i] > 0)
                above[i / 8] = static_cast<std::uint8_t>(above[i / 8] | 1 << i % 8);
            if (x[i] < 0)
                below[i / 8] = static_cast<std::uint8_t>(below[i / 8] | 1 << i % 8);
        }
    }
};

} // namespace

TEMPLATE_TEST_CASE("crelu: both outputs, masks of both, and every way back", "[pairs]", float, double) {
    using T = TestType;
    for (const std::size_t n : {0u, 1u, 5u, 8u, 16u, 31u, 64u, 77u, 515u, 1030u}) {
        const std::vector<T> x = some_numbers<T>(n, 1), dpositive = some_numbers<T>(n, 2),
                             dnegative = some_numbers<T>(n, 3), old = some_numbers<T>(n, 4);
        const truth<T> t(x, dpositive, dnegative);
        std::vector<T> positive(n), negative(n), dx(n);
        simdact::forward(crelu{}, x, positive, negative);
        CHECK(std::ranges::equal(positive, t.positive, [](T a, T b) { return bits(a) == bits(b); }));
        CHECK(std::ranges::equal(negative, t.negative, [](T a, T b) { return bits(a) == bits(b); }));
        simdact::backward(crelu{}, x, dpositive, dnegative, dx);
        CHECK(same(dx, t.dx));
        simdact::backward_from_output(crelu{}, positive, negative, dpositive, dnegative, dx);
        CHECK(same(dx, t.dx));

        std::vector<T> in_place = x, second(n);
        std::vector<std::uint8_t> above(t.above.size(), 255), below(above);
        simdact::forward_with_mask(crelu{}, in_place, in_place, second, above, below);
        CHECK(same(in_place, t.positive));
        CHECK(same(second, t.negative));
        CHECK(above == t.above);
        CHECK(below == t.below);
        in_place = x;
        simdact::forward_with_mask(crelu{}, in_place, second, in_place, above, below);
        CHECK(same(in_place, t.negative));
        CHECK(same(second, t.positive));
        std::vector<T> without_nan = t.dx;
        for (std::size_t i = 0; i < n; ++i)
            if (x[i] != x[i])
                without_nan[i] = 0;
        simdact::backward_from_mask(crelu{}, above, below, dpositive, dnegative, dx);
        CHECK(same(dx, without_nan));
        in_place = dnegative;
        simdact::backward_from_mask(crelu{}, above, below, dpositive, in_place, in_place);
        CHECK(same(in_place, without_nan));

        in_place = x;
        simdact::forward(crelu{}, in_place, second, in_place);
        CHECK(same(in_place, t.negative));
        in_place = x;
        simdact::backward(crelu{}, in_place, dpositive, dnegative, in_place);
        CHECK(same(in_place, t.dx));

        dx = old;
        simdact::backward(crelu{}, x, dpositive, dnegative, dx, simdact::accumulate_all);
        CHECK(same(dx, sums(old, t.dx)));
        dx = old;
        simdact::backward_from_output(crelu{}, positive, negative, dpositive, dnegative, dx, simdact::accumulate_all);
        CHECK(same(dx, sums(old, t.dx)));
        dx = old;
        simdact::backward_from_mask(crelu{}, above, below, dpositive, dnegative, dx, simdact::accumulate_all);
        CHECK(same(dx, sums(old, without_nan)));
    }
}

TEMPLATE_TEST_CASE("crelu: channels in one output", "[pairs]", float, double) {
    using T = TestType;
    for (const simdact::channel_shape shape :
         {simdact::channel_shape{1, 1, 1}, {3, 4, 5}, {2, 7, 1}, {5, 1, 40}, {0, 2, 2}}) {
        const std::size_t half = shape.channels * shape.inner;
        const std::vector<T> x = some_numbers<T>(shape.size(), 1), dy = some_numbers<T>(2 * x.size(), 2);
        std::vector<T> dpositive(x.size()), dnegative(x.size()), y(2 * x.size()), dx(x.size());
        for (std::size_t i = 0; i < x.size(); ++i) {
            const std::size_t at = i / half * 2 * half + i % half;
            dpositive[i] = dy[at];
            dnegative[i] = dy[at + half];
        }
        const truth<T> t(x, dpositive, dnegative);
        simdact::forward(crelu{}, shape, x, y);
        for (std::size_t i = 0; i < x.size(); ++i) {
            const std::size_t at = i / half * 2 * half + i % half;
            CHECK(bits(y[at]) == bits(t.positive[i]));
            CHECK(bits(y[at + half]) == bits(t.negative[i]));
        }
        simdact::backward(crelu{}, {shape.outer, shape.channels, shape.inner}, x, dy, dx);
        CHECK(same(dx, t.dx));
        const std::vector<T> old = some_numbers<T>(x.size(), 4);
        dx = old;
        simdact::backward(crelu{}, shape, x, dy, dx, simdact::accumulate_all);
        CHECK(same(dx, sums(old, t.dx)));
        dx = x;
        simdact::backward(crelu{}, shape, dx, dy, dx);
        CHECK(same(dx, t.dx));
    }
}

TEMPLATE_TEST_CASE("crelu: past the caches", "[pairs]", float, double) {
    using T = TestType;
    const streams to(true);
    const std::vector<T> x = some_numbers<T>(many, 1), dpositive = some_numbers<T>(many, 2),
                         dnegative = some_numbers<T>(many, 3);
    const truth<T> t(x, dpositive, dnegative);
    std::vector<T> positive(many), negative(many), dx(many);
    simdact::forward(crelu{}, x, positive, negative);
    CHECK(same(positive, t.positive));
    CHECK(same(negative, t.negative));
    simdact::backward(crelu{}, x, dpositive, dnegative, dx);
    CHECK(same(dx, t.dx));
}

TEST_CASE("crelu: what does not fit is refused before anything is written", "[pairs]") {
    const std::vector<float> x(12, 1.0f), d(12, 2.0f);
    std::vector<float> y(12, 9.0f), z(12, 9.0f), both(24, 9.0f);
    std::vector<std::uint8_t> above(2, 9), below(2, 9);
    const crelu f;
    CHECK(refusal([&] { simdact::forward(f, x, std::span(y).first(3), z); }) ==
          "simdact::forward: positive has 3 elements, but x has 12");
    CHECK(refusal([&] { simdact::forward(f, x, y, std::span(z).first(3)); }) ==
          "simdact::forward: negative has 3 elements, but x has 12");
    CHECK(refusal([&] { simdact::forward(f, x, y, y); }) ==
          "simdact::forward: negative overlaps positive: it starts 0 bytes after positive, which is 48 bytes long");
    CHECK(refusal([&] {
              simdact::forward(f, {3, 2, 2}, x, std::span(both).first(23));
          }) == "simdact::forward: y has 23 elements, but twice x has 24");
    CHECK(refusal([&] {
              simdact::forward(f, {3, 2, 3}, x, both);
          }) == "simdact::forward: shape 3 x 2 x 3 has 18 elements, but x has 12");
    CHECK(refusal([&] {
              simdact::forward(f, {3, 2, 2}, std::span(both).first(12), both);
          }).find("y overlaps x") != std::string::npos);
    CHECK(refusal([&] { simdact::backward(f, x, d, std::span(d).first(3), y); }) ==
          "simdact::backward: dnegative has 3 elements, but x has 12");
    CHECK(refusal([&] {
              simdact::backward(f, std::span(both).first(12), d, d, std::span(both).subspan(1, 12));
          }).find("dx overlaps x in part") != std::string::npos);
    CHECK(refusal([&] { simdact::backward(f, x, y, d, y, simdact::accumulate_all); }).find("dx overlaps dpositive") !=
          std::string::npos);
    CHECK(refusal([&] { simdact::backward_from_output(f, x, std::span(x).first(2), d, d, y); }) ==
          "simdact::backward_from_output: negative has 2 elements, but positive has 12");
    CHECK(refusal([&] { simdact::forward_with_mask(f, x, y, z, std::span(above).first(1), below); }) ==
          "simdact::forward_with_mask: above has 1 bytes, but x has 12 elements, which need 2");
    CHECK(refusal([&] { simdact::forward_with_mask(f, x, y, z, above, above); }).find("below overlaps above") !=
          std::string::npos);
    CHECK(refusal([&] { simdact::backward_from_mask(f, above, std::span(below).first(1), d, d, y); }) ==
          "simdact::backward_from_mask: below has 1 bytes, but dpositive has 12 elements, which need 2");
    CHECK(y == std::vector<float>(12, 9.0f));
    CHECK(z == std::vector<float>(12, 9.0f));
    CHECK(both == std::vector<float>(24, 9.0f));
    CHECK(above == std::vector<std::uint8_t>(2, 9));
    CHECK(below == std::vector<std::uint8_t>(2, 9));
}
