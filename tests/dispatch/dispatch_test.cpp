#include "../catch.hpp"
#include "../inputs.hpp"
#include "../refusal.hpp"
#include "../users_functors.hpp"

#include <simdact/dispatch.hpp>

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

using namespace tests;
using namespace simdact;

TEST_CASE("dispatch: takes simdact's functions and no others", "[dispatch]") {
    elementwise_functions::for_each(
        [](auto type) { static_assert(dispatch::dispatchable<typename decltype(type)::type>); });
    channelwise_functions::for_each([](auto type) {
        static_assert(dispatch::dispatchable_with_slopes<typename decltype(type)::type>);
        static_assert(!dispatch::dispatchable<typename decltype(type)::type>);
    });
    static_assert(!dispatch::dispatchable<users_square>);
    const std::string isa = dispatch::isa();
    CHECK(isa.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos);
}

TEMPLATE_TEST_CASE("dispatch: parameters arrive", "[dispatch]", float, double) {
    using T = TestType;
    const std::vector<T> x = {-1, 2}, dy = {3, 5};
    std::vector<T> y(2);
    dispatch::forward(leaky_relu{.negative_slope = 0.5}, x, y);
    CHECK(y == std::vector<T>{T(-0.5), 2});
    dispatch::derivative(leaky_relu{.negative_slope = 0.25}, x, y);
    CHECK(y == std::vector<T>{T(0.25), 1});
    dispatch::backward(elu{.alpha = 0}, x, dy, y);
    CHECK(y == std::vector<T>{0, 5});
    dispatch::backward_from_output(elu{.alpha = 4}, x, dy, y);
    CHECK(y == std::vector<T>{9, 5});
    dispatch::backward_from_output(relu{}, x, dy, y);
    CHECK(y == std::vector<T>{0, 5});
    std::vector<T> in_place = x;
    dispatch::forward(relu{}, in_place);
    CHECK(in_place == std::vector<T>{0, 2});
}

TEMPLATE_TEST_CASE("dispatch: prelu's slopes arrive, and the sums come back", "[dispatch]", float, double) {
    using T = TestType;
    const channel_shape shape{.outer = 1, .channels = 2, .inner = 2};
    const std::vector<T> x = {-1, 2, -3, -4}, dy = {1, 10, 100, 1000}, slopes = {T(0.5), T(0.25)};
    std::vector<T> y(4), dslopes = {7, 7};
    dispatch::forward(prelu{}, shape, x, slopes, y);
    CHECK(y == std::vector<T>{T(-0.5), 2, T(-0.75), -1});
    dispatch::derivative(prelu{}, shape, x, slopes, y);
    CHECK(y == std::vector<T>{T(0.5), 1, T(0.25), T(0.25)});
    dispatch::backward(prelu{}, shape, x, slopes, dy, y);
    CHECK(y == std::vector<T>{T(0.5), 10, 25, 250});
    dispatch::backward(prelu{}, shape, x, slopes, dy, y, dslopes);
    CHECK(dslopes == std::vector<T>{-1, -4300});
    dispatch::backward(prelu{}, shape, x, slopes, dy, y, dslopes, accumulate);
    CHECK(dslopes == std::vector<T>{-2, -8600});
}

TEMPLATE_TEST_CASE("dispatch: one slope of prelu serves all channels", "[dispatch]", float, double) {
    using T = TestType;
    const channel_shape shape{.outer = 1, .channels = 2, .inner = 2};
    const std::vector<T> x = {-1, 2, -3, -4}, dy = {1, 10, 100, 1000}, slope = {T(0.5)};
    std::vector<T> y(4), dslope = {7};
    std::vector<std::uint8_t> mask = {0xff};
    dispatch::forward(prelu{}, shape, x, slope, y);
    CHECK(y == std::vector<T>{T(-0.5), 2, T(-1.5), -2});
    dispatch::derivative(prelu{}, shape, x, slope, y);
    CHECK(y == std::vector<T>{T(0.5), 1, T(0.5), T(0.5)});
    dispatch::backward(prelu{}, shape, x, slope, dy, y);
    CHECK(y == std::vector<T>{T(0.5), 10, 50, 500});
    dispatch::backward(prelu{}, shape, x, slope, dy, y, dslope);
    CHECK(dslope == std::vector<T>{-4301});
    dispatch::backward(prelu{}, shape, x, slope, dy, y, dslope, accumulate);
    CHECK(dslope == std::vector<T>{-8602});
    dispatch::forward_with_mask(prelu{}, shape, x, slope, y, mask);
    CHECK(mask.front() == 2);
    CHECK(y == std::vector<T>{T(-0.5), 2, T(-1.5), -2});
    dispatch::backward_from_mask(prelu{}, shape, mask, slope, dy, y);
    CHECK(y == std::vector<T>{T(0.5), 10, 50, 500});
}

TEMPLATE_TEST_CASE("dispatch: masks are one bit an element", "[dispatch]", float, double) {
    using T = TestType;
    const std::vector<T> x = {1, -1, 1}, dy = {2, 4, 8}, slopes = {T(0.5)};
    std::vector<T> y(3);
    std::vector<std::uint8_t> mask = {0xff};
    dispatch::forward_with_mask(relu{}, x, y, mask);
    CHECK(mask.front() == 5);
    dispatch::backward_from_mask(leaky_relu{.negative_slope = 0.25}, mask, dy, y);
    CHECK(y == std::vector<T>{2, 1, 8});
    mask.front() = 0xff;
    dispatch::forward_with_mask(prelu{}, {.inner = 3}, x, slopes, y, mask);
    CHECK(mask.front() == 5);
    dispatch::backward_from_mask(prelu{}, {.inner = 3}, mask, slopes, dy, y);
    CHECK(y == std::vector<T>{2, 2, 8});
}

TEMPLATE_TEST_CASE("dispatch: refuses what the kernels refuse, by name, before anything is written", "[dispatch]",
                   float, double) {
    using T = TestType;
    const std::vector<T> x = {1, 2, 3, 4}, slopes = {1}, two = {1, 1};
    std::vector<T> y(4, T(42)), three(3, T(42)), dslopes(1, T(42));
    std::vector<std::uint8_t> mask = {42}, bytes = {42, 42};
    const std::string differ = "y has 3 elements, but x has 4";
    CHECK(refusal([&] { dispatch::forward(relu{}, x, three); }) == "simdact::dispatch::forward: " + differ);
    CHECK(refusal([&] { dispatch::derivative(relu{}, x, three); }) ==
          "simdact::dispatch::derivative: d has 3 elements, but x has 4");
    CHECK(refusal([&] { dispatch::backward(elu{}, x, three, y); }) ==
          "simdact::dispatch::backward: dy has 3 elements, but x has 4");
    CHECK(refusal([&] { dispatch::backward_from_output(elu{.alpha = -1}, x, x, y); }) ==
          "simdact::dispatch::backward_from_output: alpha is -1, but must be at least 0");
    CHECK(refusal([&] { dispatch::forward_with_mask(relu{}, x, y, bytes); }) ==
          "simdact::dispatch::forward_with_mask: mask has 2 bytes, but x has 4 elements, which need 1");
    CHECK(refusal([&] { dispatch::backward_from_mask(relu{}, mask, x, three); }) ==
          "simdact::dispatch::backward_from_mask: dx has 3 elements, but dy has 4");
    CHECK(refusal([&] { dispatch::forward(prelu{}, {.inner = 5}, x, slopes, y); }) ==
          "simdact::dispatch::forward: shape 1 x 1 x 5 has 5 elements, but x has 4");
    CHECK(refusal([&] { dispatch::backward(prelu{}, {.inner = 4}, x, two, x, y, dslopes); }) ==
          "simdact::dispatch::backward: slopes has 2 elements, but shape has 1 channels");
    CHECK(refusal([&] { dispatch::backward(prelu{}, {.channels = 2, .inner = 2}, x, two, x, y, dslopes); }) ==
          "simdact::dispatch::backward: dslopes has 1 elements, but slopes has 2");
    CHECK(refusal([&] { dispatch::forward(relu{}, std::span(y).first(3), std::span(y).last(3)); }) ==
          "simdact::dispatch::forward: y overlaps x in part: it starts " + std::to_string(sizeof(T)) +
              " bytes after x, which is " + std::to_string(3 * sizeof(T)) + " bytes long");
    CHECK(y == std::vector<T>(4, T(42)));
    CHECK(mask.front() == 42);
}

TEST_CASE("dispatch: the threshold of streaming is that of the kernels chosen", "[dispatch]") {
    const std::size_t before = dispatch::streaming_threshold();
    CHECK(before > 0);
    dispatch::streaming_threshold(1); // everything past the caches
    const std::vector<float> x = mixed_values<float>(1001, 3);
    std::vector<float> cached(x.size()), streamed(x.size());
    dispatch::forward(leaky_relu{}, x, streamed);
    CHECK(dispatch::streaming_threshold() == 1);
    dispatch::streaming_threshold(std::numeric_limits<std::size_t>::max());
    dispatch::forward(leaky_relu{}, x, cached);
    for (std::size_t i = 0; i < x.size(); ++i)
        if (bits(streamed[i]) != bits(cached[i]))
            FAIL_CHECK("not the same at " << i);
    dispatch::streaming_threshold(before);
}
