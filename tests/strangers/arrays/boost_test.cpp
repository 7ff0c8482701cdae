/// Containers of Boost, where they say that they are contiguous, as newer versions do.

#include "../../catch.hpp"

#include <simdact/dispatch.hpp>
#include <simdact/simdact.hpp>

#include <boost/container/small_vector.hpp>
#include <boost/container/static_vector.hpp>

TEMPLATE_TEST_CASE("strangers: arrays: Boost's vectors", "[arrays]", (boost::container::static_vector<float, 20>),
                   (boost::container::small_vector<float, 2>)) {
    if constexpr (simdact::input_array<TestType>) {
        TestType none, x(3, -1.0f);
        simdact::forward(simdact::relu{}, none);
        simdact::forward(simdact::relu{}, none, none);
        simdact::dispatch::forward(simdact::leaky_relu{.negative_slope = 0.5}, x);
        CHECK(x[2] == -0.5f);
    }
}
