/// Slopes drawn at random.

#include "pairs.hpp"

#include "../catch.hpp"
#include "../refusal.hpp"

#include <simdact/functions.hpp>

#include <cstdint>

namespace {

using namespace tests;

} // namespace

TEST_CASE("rrelu: words are Philox4x32-10's", "[pairs]") {
    const simdact::detail::philox<1> zero(0, 0);
    CHECK(zero.words[0][0] == 0x6627e8d5);
    CHECK(zero.words[1][0] == 0xe169c58d);
    CHECK(zero.words[2][0] == 0xbc57ac4c);
    CHECK(zero.words[3][0] == 0x9b00dbd8);
}

TEST_CASE("rrelu: slopes of seed 0 with the default bounds", "[pairs]") {
    std::vector<float> slopes(4);
    simdact::draw_slopes(simdact::rrelu{}, 0, slopes);
    CHECK(slopes == std::vector<float>{0x1.aa4284p-3f, 0x1.3bd824p-2f, 0x1.1cf3bap-2f, 0x1.012b62p-2f});
}

TEMPLATE_TEST_CASE("rrelu: slopes lie in [lower, upper], evenly, and any part of them may be drawn alone", "[pairs]",
                   float, double) {
    using T = TestType;
    const simdact::rrelu f{-0.5, 1.5};
    const std::uint64_t seed = 0x123456789abcdef;
    std::vector<T> all(20011), others(all.size());
    simdact::draw_slopes(f, seed, all);
    double sum = 0;
    for (const T slope : all) {
        REQUIRE((slope >= T(-0.5) && slope <= T(1.5)));
        sum += static_cast<double>(slope);
    }
    const double mean = sum / static_cast<double>(all.size());
    CHECK((mean > 0.48 && mean < 0.52));
    for (std::size_t i = 0; i < all.size();) {
        const std::size_t n = std::min(1 + i % 97, all.size() - i);
        simdact::draw_slopes(f, seed, std::span(others).subspan(i, n), i);
        i += n;
    }
    CHECK(same(all, others));
    std::vector<T> beyond(8), last(4);
    simdact::draw_slopes(f, seed, beyond, std::uint64_t(0xfffffffc) * 4);
    simdact::draw_slopes(f, seed, last, std::uint64_t(0xfffffffd) * 4);
    CHECK(std::ranges::equal(std::span(beyond).last(4), last));
    simdact::draw_slopes(f, seed + (std::uint64_t(1) << 32), others);
    CHECK(!same(all, others));

    std::vector<T> x = some_numbers<T>(all.size(), 5), y(x.size());
    simdact::forward(simdact::prelu{}, {1, x.size(), 1}, x, all, y);
    for (std::size_t i = 0; i < x.size(); ++i)
        REQUIRE((bits(y[i]) == bits(x[i] < 0 ? x[i] * all[i] : x[i]) || (x[i] < 0 && y[i] != y[i])));
}

TEST_CASE("rrelu: bounds are rounded to the element type first", "[pairs]") {
    std::vector<double> u(1000);
    std::vector<float> slopes(u.size());
    simdact::draw_slopes(simdact::rrelu{0, 1}, 7, u);
    simdact::draw_slopes(simdact::rrelu{0.1, 0.7}, 7, slopes);
    const double lower = 0.1f, width = 0.7f - lower;
    for (std::size_t i = 0; i < u.size(); ++i)
        REQUIRE(slopes[i] == static_cast<float>(lower + rounded_product(width, u[i])));
}

TEST_CASE("rrelu: what does not fit is refused before anything is written", "[pairs]") {
    std::vector<float> slopes(3, 9.0f);
    const auto text = [&](double lower, double upper) {
        return refusal([&] { simdact::draw_slopes(simdact::rrelu{lower, upper}, 0, slopes); });
    };
    CHECK(text(0.5, 0.25).find("simdact::draw_slopes: lower is 0.5") == 0);
    CHECK(text(-std::numeric_limits<double>::infinity(), 1).find("simdact::draw_slopes: lower is -inf") == 0);
    CHECK(text(0, std::numeric_limits<double>::infinity()).find("simdact::draw_slopes: upper is inf") == 0);
    CHECK(text(0, std::numeric_limits<double>::quiet_NaN()).find("simdact::draw_slopes: ") == 0);
    CHECK(slopes == std::vector<float>(3, 9.0f));
}
