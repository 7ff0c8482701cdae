#include "../catch.hpp"
#include "../reference/sigmoid.hpp"
#include "smooth.hpp"
#include "table.hpp"

#include <simdact/functions/sigmoid.hpp>

#include <limits>

using namespace tests;
using simdact::sigmoid;

namespace {

/// The argument below which f' is 0 in T, and a little more.
template <class T>
constexpr T deepest = sizeof(T) == 4 ? T(-106) : T(-748);

} // namespace

// clang-format off
TEMPLATE_TEST_CASE("sigmoid: special values", "[sigmoid]", float, double) {
    using T = TestType;
    const T lowest = std::numeric_limits<T>::lowest(), max = std::numeric_limits<T>::max();
    const T nan = payload_nan<T>, negative_nan = negative_payload_nan<T>;
    const auto f = [](T x) { return wanted<T>::within(sigmoid_bounds<T>.forward, reference::sigmoid{}.forward(x)); };
    const auto df = [](T x) { return wanted<T>::within(sigmoid_bounds<T>.derivative, reference::sigmoid{}.derivative(x)); };
    check_table<T>(sigmoid{}, {
        //           x                 f(x)              f'(x)
        { -infinity<T>,                T(0),              T(0) },
        {       lowest,                T(0),              T(0) },
        {      T(-100),          f(T(-100)),       df(T(-100)) },
        {        T(-1),            f(T(-1)),         df(T(-1)) },
        { -denormal<T>,              T(0.5),           T(0.25) },
        {      T(-0.0),              T(0.5),           T(0.25) },
        {         T(0),              T(0.5),           T(0.25) },
        {  denormal<T>,              T(0.5),           T(0.25) },
        {         T(1),             f(T(1)),          df(T(1)) },
        {       T(100),                T(1),        df(T(100)) },
        {          max,                T(1),              T(0) },
        {  infinity<T>,                T(1),              T(0) },
        {          nan,                 nan,               nan },
        { negative_nan,        negative_nan,      negative_nan },
    });
    check_output_table<T>(sigmoid{}, {
        {         T(0),         T(0) },
        {      T(0.25),    T(0.1875) },
        {       T(0.5),      T(0.25) },
        {         T(1),         T(0) },
        {          nan,          nan },
        { negative_nan, negative_nan },
    });
}

// clang-format on

TEMPLATE_TEST_CASE("sigmoid: f and its derivatives are within their bounds", "[sigmoid]", float, double) {
    using T = TestType;
    check_bounds<T>(sigmoid{}, reference::sigmoid{}, sigmoid_bounds<T>, values_of_both_signs<T>(18000, deepest<T>));
}

// Among all floats these come closest to the bounds, with FMA or without.
TEST_CASE("sigmoid: f and its derivatives are within their bounds at the floats where it is hardest", "[sigmoid]") {
    check_bounds<float>(
        sigmoid{}, reference::sigmoid{}, sigmoid_bounds<float>,
        with_neighbours<float>({-0x1.197928p+0F, -0x1.1acc9ep+0F, 0x1.f6fd5p+2F, 0x1.522cd8p+1F, -0x1.0a699p+4F}));
}

TEMPLATE_TEST_CASE("sigmoid: results are from 0 to 1", "[sigmoid]", float, double) {
    check_range<TestType>(sigmoid{}, 0, values_of_both_signs<TestType>(6000, deepest<TestType>));
}

TEMPLATE_TEST_CASE("sigmoid: the derivative is even bit for bit", "[sigmoid]", float, double) {
    using T = TestType;
    for (const T x : negative_values<T>(6000, deepest<T>))
        if (!same_bits(sigmoid{}.derivative(x), sigmoid{}.derivative(-x)))
            FAIL_CHECK("not at " << show(x));
}

TEMPLATE_TEST_CASE("sigmoid: the derivative is the slope of the reference", "[sigmoid]", float, double) {
    check_slope<TestType>(sigmoid{}, reference::sigmoid{});
}

TEMPLATE_TEST_CASE("sigmoid: backward is dy times the derivative, and a NaN x itself", "[sigmoid]", float, double) {
    using T = TestType;
    std::vector<T> y;
    append_evenly_spaced(y, T(0), T(1), 2001);
    check_backward_of_smooth<T>(sigmoid{}, reference::sigmoid{}, sigmoid_bounds<T>, y);
}

template <class T>
using batch = simdact::simd::batch<T>;
static_assert(never_throws<simdact::sigmoid, float> && never_throws<simdact::sigmoid, double>);
static_assert(never_throws<simdact::sigmoid, batch<float>> && never_throws<simdact::sigmoid, batch<double>>);
