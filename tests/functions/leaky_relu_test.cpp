#include "../bounds.hpp"
#include "../catch.hpp"
#include "../reference/leaky_relu.hpp"
#include "accuracy.hpp"
#include "selection.hpp"
#include "table.hpp"

#include <simdact/functions/leaky_relu.hpp>

#include <limits>
#include <string_view>

using namespace tests;
using simdact::leaky_relu;

namespace {

constexpr double inf = infinity<double>, nan_slope = std::numeric_limits<double>::quiet_NaN();

// A slope of either sign, of no size, beyond float's range either way, and the usual ones.
constexpr double slopes[] = {0.01, 0.1, 0.2, 1, 3, 0, -0.3, 1e-30, 1e30, denormal_parameter, 1e-300, 1e300, 5e-324};

} // namespace

// clang-format off
TEMPLATE_TEST_CASE("leaky_relu: special values", "[leaky_relu]", float, double) {
    using T = TestType;
    const T lowest = std::numeric_limits<T>::lowest(), max = std::numeric_limits<T>::max();
    const T nan = payload_nan<T>, negative_nan = negative_payload_nan<T>;
    check_table<T>(leaky_relu{.negative_slope = 0.5}, {
        //           x          f(x)         f'(x)
        { -infinity<T>, -infinity<T>,       T(0.5) },
        {       lowest,   lowest / 2,       T(0.5) },
        {        T(-1),      T(-0.5),       T(0.5) },
        { -denormal<T>,      T(-0.0),       T(0.5) }, // a tie, rounded to even
        {      T(-0.0),      T(-0.0),       T(0.5) },
        {         T(0),         T(0),       T(0.5) },
        {  denormal<T>,  denormal<T>,         T(1) },
        {         T(1),         T(1),         T(1) },
        {          max,          max,         T(1) },
        {  infinity<T>,  infinity<T>,         T(1) },
        {          nan,          nan,          nan },
        { negative_nan, negative_nan, negative_nan },
    });
    check_output_table<T>(leaky_relu{.negative_slope = 0.5}, {
        { -infinity<T>,       T(0.5) },
        {        T(-1),       T(0.5) },
        {      T(-0.0),       T(0.5) },
        {         T(0),       T(0.5) },
        {  denormal<T>,         T(1) },
        {  infinity<T>,         T(1) },
        {          nan,          nan },
        { negative_nan, negative_nan },
    });
}

TEMPLATE_TEST_CASE("leaky_relu: special slopes", "[leaky_relu]", float, double) {
    using T = TestType;
    const T lowest = std::numeric_limits<T>::lowest();
    const auto any_nan = wanted<T>::any_nan();
    check_table<T>(leaky_relu{.negative_slope = 0}, {
        { -infinity<T>, any_nan, T(0) },
        {        T(-2), T(-0.0), T(0) },
        {         T(0),    T(0), T(0) },
        {         T(2),    T(2), T(1) },
    });
    check_table<T>(leaky_relu{.negative_slope = -3}, {
        { -infinity<T>, infinity<T>, T(-3) },
        {        T(-2),        T(6), T(-3) },
        {      T(-0.0),     T(-0.0), T(-3) },
        {         T(2),        T(2),  T(1) },
    });
    check_table<T>(leaky_relu{.negative_slope = inf}, {
        { -infinity<T>, -infinity<T>, infinity<T> },
        { -denormal<T>, -infinity<T>, infinity<T> },
        {      T(-0.0),      T(-0.0), infinity<T> },
        {         T(0),         T(0), infinity<T> },
        {         T(2),         T(2),        T(1) },
    });
    check_table<T>(leaky_relu{.negative_slope = nan_slope}, {
        {   -infinity<T>,        any_nan,        any_nan },
        {          T(-2),        any_nan,        any_nan },
        {        T(-0.0),        T(-0.0),        any_nan },
        {           T(0),           T(0),        any_nan },
        {           T(2),           T(2),           T(1) },
        { payload_nan<T>, payload_nan<T>, payload_nan<T> },
    });
    check_table<T>(leaky_relu{.negative_slope = 2}, {
        //   the       product overflows
        { lowest, -infinity<T>, T(2) },
    });
}

// clang-format on

TEST_CASE("leaky_relu: the slope is rounded to the element type first", "[leaky_relu]") {
    check_table<float>(leaky_relu{.negative_slope = 0.1}, {{-1.0F, -0.1F, 0.1F}});
    check_table<float>(leaky_relu{.negative_slope = 1e300}, {{-denormal<float>, -infinity<float>, infinity<float>}});
    check_table<float>(leaky_relu{.negative_slope = -1e300}, {{-1.0F, infinity<float>, -infinity<float>}});
    check_table<float>(leaky_relu{.negative_slope = 1e-300}, {{-1e30F, -0.0F, 0.0F}});
    check_table<float>(leaky_relu{.negative_slope = 1e-42}, {{-1.0F, -1e-42F, 1e-42F}});
    check_table<double>(leaky_relu{.negative_slope = 0.1}, {{-1.0, -0.1, 0.1}});
    check_table<double>(leaky_relu{.negative_slope = 1e300}, {{-1.0, -1e300, 1e300}});
    check_table<double>(leaky_relu{.negative_slope = 1e-300}, {{-1.0, -1e-300, 1e-300}});
}

TEMPLATE_TEST_CASE("leaky_relu: x itself where x is not less than 0", "[leaky_relu]", float, double) {
    check_x_itself<TestType>(leaky_relu{});
    check_x_itself<TestType>(leaky_relu{.negative_slope = nan_slope});
}

TEMPLATE_TEST_CASE("leaky_relu: denormals are themselves where the processor takes them for zero", "[leaky_relu]",
                   float, double) {
    check_denormals_taken_for_zero<TestType>(leaky_relu{});
}

TEMPLATE_TEST_CASE("leaky_relu: within half an ULP and its derivative exact over the whole range", "[leaky_relu]",
                   float, double) {
    using T = TestType;
    using ways = way<leaky_relu, T>;
    for (const double slope : slopes) {
        INFO("negative_slope " << slope);
        const leaky_relu f{.negative_slope = slope};
        const reference::leaky_relu truth{static_cast<T>(slope)};
        std::vector<T> x = negative_values<T>(1500, T(-10));
        for (const T v : mixed_values<T>(600, 3))
            x.push_back(v);
        const auto forward = truths(x, [&](long double v) { return truth.forward(v); });
        const auto derivative = truths(x, [&](long double v) { return truth.derivative(v); });
        check_error<leaky_relu, T>(f, "f", &ways::forward, x, forward, product_bound, in_ulp{});
        check_error<leaky_relu, T>(f, "f'", &ways::derivative, x, derivative, 0, in_ulp{});
        if (slope >= 0)
            check_error<leaky_relu, T>(f, "f' from the output", &ways::derivative_from_output, x, derivative, 0,
                                       in_ulp{});
    }
}

TEMPLATE_TEST_CASE("leaky_relu: the derivative from the output is the derivative for slopes above 0", "[leaky_relu]",
                   float, double) {
    for (const double slope : {0.01, 1.0, 3.0, 1e-30, 1e30}) {
        const leaky_relu f{.negative_slope = slope};
        for (const TestType x : mixed_values<TestType>(1000, 4))
            if (!same_bits(f.derivative_from_output(f.forward(x)), f.derivative(x)))
                FAIL_CHECK("not at " << show(x) << " for the slope " << slope);
    }
}

TEMPLATE_TEST_CASE("leaky_relu: the derivative is the slope of the reference", "[leaky_relu]", float, double) {
    const leaky_relu f{.negative_slope = 0.01};
    const reference::leaky_relu truth{static_cast<TestType>(0.01)};
    for (const TestType x : ordinary_values<TestType>(1000, 5)) {
        const long double h = std::ldexp(1.0L, -11); // smaller than every |x| here: no step crosses zero
        const long double slope = (truth.forward(x + h) - truth.forward(x - h)) / (2 * h);
        if (!(std::fabs(f.derivative(x) - slope) <= difference_tolerance))
            FAIL_CHECK("not at " << show(x));
    }
}

TEMPLATE_TEST_CASE("leaky_relu: backward is the reference's within half an ULP", "[leaky_relu]", float, double) {
    using T = TestType;
    using ways = way<leaky_relu, T>;
    for (const double slope : {0.01, 1.7, 1e-30}) {
        const leaky_relu f{.negative_slope = slope};
        const reference::leaky_relu truth{static_cast<T>(slope)};
        const std::vector<T> x = mixed_values<T>(1000, 12), dy = ordinary_values<T>(1000, 13);
        const auto backward = [&](long double v, long double g) { return truth.backward(v, g); };
        check_backward_error<leaky_relu, T>(f, &ways::backward, x, dy, backward, product_bound);
        const auto from_output = [&](long double v, long double g) { return truth.backward_from_output(v, g); };
        check_backward_error<leaky_relu, T>(f, &ways::backward_from_output, x, dy, from_output, product_bound);
    }
}

TEMPLATE_TEST_CASE("leaky_relu: backward selects dy or dy * negative_slope", "[leaky_relu]", float, double) {
    using T = TestType;
    const auto product = [](T dy, T derivative) { return dy * derivative; };
    for (const double slope : {0.01, 0.0, 3.0, inf}) {
        check_backward<T>(leaky_relu{.negative_slope = slope}, false, product);
        check_backward<T>(leaky_relu{.negative_slope = slope}, true, product);
    }
    check_backward<T>(leaky_relu{.negative_slope = -0.5}, false, product);
    check_backward<T>(leaky_relu{.negative_slope = nan_slope}, false, product);
}

template <class V>
constexpr bool never_throws =
    noexcept(leaky_relu{}) && noexcept(leaky_relu{}(V(1))) && noexcept(leaky_relu{}.forward(V(1))) && noexcept(
        leaky_relu{}.derivative(V(
            1))) && noexcept(leaky_relu{}
                                 .backward(V(1),
                                           V(1))) && noexcept(leaky_relu{}
                                                                  .derivative_from_output(V(
                                                                      1))) && noexcept(leaky_relu{}
                                                                                           .backward_from_output(V(1),
                                                                                                                 V(1)));
static_assert(never_throws<float> && never_throws<double>);
static_assert(never_throws<simdact::simd::batch<float>> && never_throws<simdact::simd::batch<double>>);

template <class V>
constexpr bool never_throws_from_mask = noexcept(leaky_relu{}.backward_from_mask(V(1) > V(0), V(1)));
static_assert(never_throws_from_mask<float> && never_throws_from_mask<double>);
static_assert(never_throws_from_mask<simdact::simd::batch<float>> &&
              never_throws_from_mask<simdact::simd::batch<double>>);

template <class T>
constexpr bool is_constexpr() {
    constexpr leaky_relu f{.negative_slope = 0.1};
    constexpr T slope = static_cast<T>(0.1), nan = payload_nan<T>;
    static_assert(leaky_relu{}.negative_slope == 0.01);
    static_assert(same_bits(f.forward(-infinity<T>), -infinity<T>));
    static_assert(same_bits(f.forward(T(-1)), -slope));
    static_assert(same_bits(f.forward(T(-0.0)), T(-0.0)));
    static_assert(same_bits(f(T(2)), T(2)));
    static_assert(same_bits(f.forward(nan), nan));
    static_assert(same_bits(f.derivative(T(-1)), slope));
    static_assert(same_bits(f.derivative(T(0)), slope));
    static_assert(same_bits(f.derivative(T(1)), T(1)));
    static_assert(same_bits(f.derivative(nan), nan));
    static_assert(same_bits(f.backward(T(-1), T(2)), 2 * slope));
    static_assert(same_bits(f.backward(T(1), nan), nan));
    static_assert(same_bits(f.backward(nan, T(2)), nan));
    static_assert(same_bits(f.derivative_from_output(T(-1)), slope));
    static_assert(same_bits(f.derivative_from_output(T(1)), T(1)));
    static_assert(same_bits(f.backward_from_output(T(-1), T(2)), 2 * slope));
    static_assert(same_bits(f.backward_from_output(T(1), T(2)), T(2)));
    return true;
}
static_assert(is_constexpr<float>() && is_constexpr<double>());
// Beyond float's range either way the slope is infinite or 0, at compile time too.
static_assert(leaky_relu{.negative_slope = 1e300}.forward(-1.0F) == -infinity<float>);
static_assert(leaky_relu{.negative_slope = -1e300}.derivative(-1.0F) == -infinity<float>);
static_assert(same_bits(leaky_relu{.negative_slope = 1e-300}.forward(-1.0F), -0.0F));
// Just beyond it, to the nearest: half way to where the next float would be it is infinite, before that the largest.
static_assert(leaky_relu{.negative_slope = 0x1.ffffffp127}.derivative(-1.0F) == infinity<float>);
static_assert(leaky_relu{.negative_slope = -0x1.ffffffp127}.derivative(-1.0F) == -infinity<float>);
static_assert(leaky_relu{.negative_slope = 0x1.fffffefffp127}.derivative(-1.0F) == std::numeric_limits<float>::max());
static_assert(leaky_relu{.negative_slope = -0x1.fffffefffp127}.derivative(-1.0F) ==
              std::numeric_limits<float>::lowest());
