/// Views of xtensors, whose data() is that of the tensor they are views of, and whose iterators say whether they are
/// contiguous.

#include "../../catch.hpp"

#include <simdact/dispatch.hpp>
#include <simdact/simdact.hpp>

#if __has_include(<xtensor/containers/xtensor.hpp>) // since xtensor 0.26
#include <xtensor/containers/xadapt.hpp>
#include <xtensor/containers/xtensor.hpp>
#include <xtensor/views/xstrided_view.hpp>
#include <xtensor/views/xview.hpp>
#else
#include <xtensor/xadapt.hpp>
#include <xtensor/xstrided_view.hpp>
#include <xtensor/xtensor.hpp>
#include <xtensor/xview.hpp>
#endif

#include <algorithm>
#include <cstdint>
#include <vector>

using matrix = xt::xtensor<float, 2>;

TEST_CASE("strangers: arrays: a row of an xtensor is that row", "[arrays]") {
    const matrix a = {{-1, 2}, {-3, 4}, {-5, 6}};
    matrix x = a;
    auto row = xt::view(x, 1, xt::all());
    simdact::forward(simdact::relu{}, row);
    CHECK((x == matrix{{-1, 2}, {0, 4}, {-5, 6}}));
    simdact::dispatch::forward(simdact::leaky_relu{.negative_slope = 0.5}, xt::view(a, 2, xt::all()), row);
    CHECK((x == matrix{{-1, 2}, {-2.5f, 6}, {-5, 6}}));
    auto rows = xt::view(x, xt::range(1, 3), xt::all());
    auto last = xt::view(rows, 1, xt::all());
    simdact::derivative(simdact::relu{}, last, last);
    CHECK((x == matrix{{-1, 2}, {-2.5f, 6}, {0, 1}}));
    const matrix w = a;
    const auto slopes = xt::view(w, 2, xt::all());
    auto dslopes = xt::view(x, 0, xt::all());
    matrix dx = a;
    simdact::backward(simdact::prelu{}, {.outer = 3, .channels = 2}, a, slopes, a, dx, dslopes);
    CHECK((dx == matrix{{5, 2}, {15, 4}, {25, 6}}));
    CHECK((x == matrix{{35, 0}, {-2.5f, 6}, {0, 1}}));
}

TEST_CASE("strangers: arrays: a row of an xtensor is a mask", "[arrays]") {
    xt::xtensor<std::uint8_t, 2> masks = {{7}, {7}};
    auto mask = xt::view(masks, 1, xt::all());
    std::vector<float> x = {1, -1, 1, -1};
    simdact::forward_with_mask(simdact::relu{}, x, x, mask);
    CHECK(masks(0, 0) == 7);
    CHECK(masks(1, 0) == 5);
    auto adapted = xt::adapt(x, {2, 2});
    simdact::dispatch::backward_from_mask(simdact::relu{}, mask, adapted, adapted);
    CHECK(x == std::vector<float>{1, 0, 1, 0});
}

TEST_CASE("strangers: arrays: what is not contiguous in an xtensor is none", "[arrays]") {
    matrix a = {{-1, 2}, {-3, 4}};
    auto column = xt::view(a, xt::all(), 1);
    auto transposed = xt::transpose(a);
    auto strided = xt::strided_view(a, {1, xt::all()}); // its iterators do not tell
    auto sum = a + 1.0f;
    static_assert(simdact::output_array<matrix&>);
    static_assert(!simdact::input_array<decltype(column)> && !simdact::input_array<decltype(transposed)>);
    static_assert(!simdact::input_array<decltype(strided)> && !simdact::input_array<decltype(sum)>);
    static_assert(!simdact::input_array<xt::xtensor<float, 2, xt::layout_type::column_major>>);
    CHECK(a(0, 1) == 2);
}
