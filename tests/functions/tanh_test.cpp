#include "../catch.hpp"
#include "../reference/tanh.hpp"
#include "smooth.hpp"
#include "table.hpp"

#include <simdact/functions/tanh.hpp>

#include <limits>

using namespace tests;

namespace {

/// The argument below which f' is 0 in T, and a little more.
template <class T>
constexpr T deepest = sizeof(T) == 4 ? T(-53) : T(-374);

} // namespace

// clang-format off
TEMPLATE_TEST_CASE("tanh: special values", "[tanh]", float, double) {
    using T = TestType;
    const T lowest = std::numeric_limits<T>::lowest(), max = std::numeric_limits<T>::max();
    const T nan = payload_nan<T>, negative_nan = negative_payload_nan<T>;
    const auto f = [](T x) { return wanted<T>::within(tanh_bounds<T>.forward, reference::tanh{}.forward(x)); };
    const auto df = [](T x) { return wanted<T>::within(tanh_bounds<T>.derivative, reference::tanh{}.derivative(x)); };
    check_table<T>(simdact::tanh{}, {
        //           x                 f(x)              f'(x)
        { -infinity<T>,               T(-1),              T(0) },
        {       lowest,               T(-1),              T(0) },
        {      T(-100),               T(-1),       df(T(-100)) },
        {        T(-1),            f(T(-1)),         df(T(-1)) },
        { -denormal<T>,        -denormal<T>,              T(1) },
        {      T(-0.0),             T(-0.0),              T(1) },
        {         T(0),                T(0),              T(1) },
        {  denormal<T>,         denormal<T>,              T(1) },
        {         T(1),             f(T(1)),          df(T(1)) },
        {       T(100),                T(1),        df(T(100)) },
        {          max,                T(1),              T(0) },
        {  infinity<T>,                T(1),              T(0) },
        {          nan,                 nan,               nan },
        { negative_nan,        negative_nan,      negative_nan },
    });
    check_output_table<T>(simdact::tanh{}, {
        {        T(-1),         T(0) },
        {      T(-0.5),      T(0.75) },
        {      T(-0.0),         T(1) },
        {         T(0),         T(1) },
        {       T(0.5),      T(0.75) },
        {         T(1),         T(0) },
        {          nan,          nan },
        { negative_nan, negative_nan },
    });
}

// clang-format on

TEMPLATE_TEST_CASE("tanh: f and its derivatives are within their bounds", "[tanh]", float, double) {
    using T = TestType;
    check_bounds<T>(simdact::tanh{}, reference::tanh{}, tanh_bounds<T>, values_of_both_signs<T>(18000, deepest<T>));
}

// Among all floats these come closest to the bounds, with FMA or without.
TEST_CASE("tanh: f and its derivatives are within their bounds at the floats where it is hardest", "[tanh]") {
    check_bounds<float>(
        simdact::tanh{}, reference::tanh{}, tanh_bounds<float>,
        with_neighbours<float>({0x1.c9d426p-3F, 0x1.d8030ap-3F, 0x1.6275dcp+1F, 0x1.522cd8p+0F, 0x1.ffbe5ap-5F}));
}

TEMPLATE_TEST_CASE("tanh: results are from -1 to 1", "[tanh]", float, double) {
    check_range<TestType>(simdact::tanh{}, -1, values_of_both_signs<TestType>(6000, deepest<TestType>));
}

TEMPLATE_TEST_CASE("tanh: odd, and its derivative even, bit for bit", "[tanh]", float, double) {
    using T = TestType;
    const simdact::tanh f;
    for (const T x : negative_values<T>(6000, deepest<T>))
        if (!same_bits(f(x), -f(-x)) || !same_bits(f.derivative(x), f.derivative(-x)))
            FAIL_CHECK("not at " << show(x));
}

TEMPLATE_TEST_CASE("tanh: the derivative is the slope of the reference", "[tanh]", float, double) {
    check_slope<TestType>(simdact::tanh{}, reference::tanh{});
}

TEMPLATE_TEST_CASE("tanh: backward is dy times the derivative, and a NaN x itself", "[tanh]", float, double) {
    using T = TestType;
    std::vector<T> y;
    append_evenly_spaced(y, T(-1), T(1), 2001);
    check_backward_of_smooth<T>(simdact::tanh{}, reference::tanh{}, tanh_bounds<T>, y);
}

template <class T>
using batch = simdact::simd::batch<T>;
static_assert(never_throws<simdact::tanh, float> && never_throws<simdact::tanh, double>);
static_assert(never_throws<simdact::tanh, batch<float>> && never_throws<simdact::tanh, batch<double>>);
