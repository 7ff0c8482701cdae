#include "../catch.hpp"
#include "../reference/relu.hpp"
#include "accuracy.hpp"
#include "selection.hpp"
#include "table.hpp"

#include <simdact/functions/relu.hpp>

#include <cmath>
#include <limits>

using namespace tests;
using simdact::relu;

// clang-format off
TEMPLATE_TEST_CASE("relu: special values", "[relu]", float, double) {
    using T = TestType;
    const T lowest = std::numeric_limits<T>::lowest(), max = std::numeric_limits<T>::max();
    check_table<T>(relu{}, {
        //                      x                     f(x)                    f'(x)
        {            -infinity<T>,                    T(0),                    T(0) },
        {                  lowest,                    T(0),                    T(0) },
        {                   T(-1),                    T(0),                    T(0) },
        {            -denormal<T>,                    T(0),                    T(0) },
        {                 T(-0.0),                 T(-0.0),                    T(0) },
        {                    T(0),                    T(0),                    T(0) },
        {             denormal<T>,             denormal<T>,                    T(1) },
        {                    T(1),                    T(1),                    T(1) },
        {                     max,                     max,                    T(1) },
        {             infinity<T>,             infinity<T>,                    T(1) },
        {          payload_nan<T>,          payload_nan<T>,          payload_nan<T> },
        { negative_payload_nan<T>, negative_payload_nan<T>, negative_payload_nan<T> },
    });
    check_output_table<T>(relu{}, {
        {                 T(-0.0),                    T(0) },
        {                    T(0),                    T(0) },
        {             denormal<T>,                    T(1) },
        {             infinity<T>,                    T(1) },
        {          payload_nan<T>,          payload_nan<T> },
        { negative_payload_nan<T>, negative_payload_nan<T> },
    });
}

// clang-format on

TEMPLATE_TEST_CASE("relu: x itself where x is not less than 0", "[relu]", float, double) {
    check_x_itself<TestType>(relu{});
}

TEMPLATE_TEST_CASE("relu: denormals are themselves where the processor takes them for zero", "[relu]", float, double) {
    check_denormals_taken_for_zero<TestType>(relu{});
}

TEMPLATE_TEST_CASE("relu: exact over the whole range", "[relu]", float, double) {
    using T = TestType;
    const reference::relu truth;
    for (const std::vector<T>& x : {negative_values<T>(3000, T(-10)), mixed_values<T>(3000, 1)}) {
        const auto forward = truths(x, [&](long double v) { return truth.forward(v); });
        const auto derivative = truths(x, [&](long double v) { return truth.derivative(v); });
        check_error<relu, T>(relu{}, "f", &way<relu, T>::forward, x, forward, 0, in_ulp{});
        check_error<relu, T>(relu{}, "f'", &way<relu, T>::derivative, x, derivative, 0, in_ulp{});
        check_error<relu, T>(relu{}, "f' from the output", &way<relu, T>::derivative_from_output, x, derivative, 0,
                             in_ulp{});
    }
}

TEMPLATE_TEST_CASE("relu: the derivative from the output is the derivative", "[relu]", float, double) {
    for (const TestType x : mixed_values<TestType>(1000, 2))
        if (!same_bits(relu{}.derivative_from_output(relu{}.forward(x)), relu{}.derivative(x)))
            FAIL_CHECK("not at " << show(x));
}

TEMPLATE_TEST_CASE("relu: the derivative is the slope of the reference", "[relu]", float, double) {
    const reference::relu truth;
    const long double h = std::ldexp(1.0L, -11); // smaller than every |x| here: no step crosses zero
    for (const TestType x : ordinary_values<TestType>(1000, 5)) {
        const long double slope = (truth.forward(x + h) - truth.forward(x - h)) / (2 * h);
        if (!(std::fabs(relu{}.derivative(x) - slope) <= difference_tolerance))
            FAIL_CHECK("not at " << show(x));
    }
}

TEMPLATE_TEST_CASE("relu: backward is the reference's", "[relu]", float, double) {
    using T = TestType;
    using ways = way<relu, T>;
    const reference::relu truth;
    const std::vector<T> x = mixed_values<T>(1000, 12), dy = ordinary_values<T>(1000, 13);
    const auto backward = [&](long double v, long double g) { return truth.backward(v, g); };
    check_backward_error<relu, T>(relu{}, &ways::backward, x, dy, backward, 0);
    const auto from_output = [&](long double v, long double g) { return truth.backward_from_output(v, g); };
    check_backward_error<relu, T>(relu{}, &ways::backward_from_output, x, dy, from_output, 0);
}

TEMPLATE_TEST_CASE("relu: backward selects dy or +0, whatever dy is", "[relu]", float, double) {
    using T = TestType;
    const auto zero = [](T, T) { return T(0); };
    check_backward<T>(relu{}, false, zero);
    check_backward<T>(relu{}, true, zero);
}

template <class V>
constexpr bool never_throws =
    noexcept(relu{}) && noexcept(relu{}(V(1))) && noexcept(relu{}.forward(V(1))) && noexcept(relu{}.derivative(V(
        1))) && noexcept(relu{}.backward(V(1),
                                         V(1))) && noexcept(relu{}
                                                                .derivative_from_output(V(
                                                                    1))) && noexcept(relu{}.backward_from_output(V(1),
                                                                                                                 V(1)));
static_assert(never_throws<float> && never_throws<double>);
static_assert(never_throws<simdact::simd::batch<float>> && never_throws<simdact::simd::batch<double>>);

template <class V>
constexpr bool never_throws_from_mask = noexcept(relu{}.backward_from_mask(V(1) > V(0), V(1)));
static_assert(never_throws_from_mask<float> && never_throws_from_mask<double>);
static_assert(never_throws_from_mask<simdact::simd::batch<float>> &&
              never_throws_from_mask<simdact::simd::batch<double>>);

template <class T>
constexpr bool is_constexpr() {
    constexpr T nan = payload_nan<T>, huge = std::numeric_limits<T>::max();
    static_assert(same_bits(relu{}.forward(-infinity<T>), T(0)));
    static_assert(same_bits(relu{}.forward(-huge), T(0)));
    static_assert(same_bits(relu{}.forward(T(-0.0)), T(-0.0)));
    static_assert(same_bits(relu{}(huge), huge));
    static_assert(same_bits(relu{}.forward(nan), nan));
    static_assert(same_bits(relu{}.derivative(T(-1)), T(0)));
    static_assert(same_bits(relu{}.derivative(T(0)), T(0)));
    static_assert(same_bits(relu{}.derivative(denormal<T>), T(1)));
    static_assert(same_bits(relu{}.derivative(nan), nan));
    static_assert(same_bits(relu{}.backward(T(-1), infinity<T>), T(0)));
    static_assert(same_bits(relu{}.backward(T(0), nan), T(0)));
    static_assert(same_bits(relu{}.backward(T(1), nan), nan));
    static_assert(same_bits(relu{}.backward(nan, T(1)), nan));
    static_assert(same_bits(relu{}.derivative_from_output(T(0)), T(0)));
    static_assert(same_bits(relu{}.derivative_from_output(T(2)), T(1)));
    static_assert(same_bits(relu{}.backward_from_output(T(0), infinity<T>), T(0)));
    static_assert(same_bits(relu{}.backward_from_output(T(2), T(3)), T(3)));
    return true;
}
static_assert(is_constexpr<float>() && is_constexpr<double>());
