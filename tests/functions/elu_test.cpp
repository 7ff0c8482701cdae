#include "../bounds.hpp"
#include "../catch.hpp"
#include "../reference/elu.hpp"
#include "accuracy.hpp"
#include "selection.hpp"
#include "table.hpp"

#include <simdact/functions/elu.hpp>

#include <algorithm>
#include <limits>
#include <string_view>

using namespace tests;
using simdact::elu;

namespace {

constexpr double inf = infinity<double>, nan_alpha = std::numeric_limits<double>::quiet_NaN();

// Usual values, a negative one, some whose results leave the normal numbers where e^x does not and the other way round,
// a denormal of float and the ends of float's range.
constexpr double alphas[] = {1, 0.01, 0.25, 0.5, 0.7, 1.67, 2.7, -0.7, -1, 1e-30, 1e30, 1e-42, 1.2e-38, 3.4e38};

/// The argument below which alpha * e^x is no number of T any more.
template <class T>
T deepest(double alpha) {
    const double last = std::log(denormal<T>) - 1 - std::log(std::max(std::fabs(alpha), double(denormal<T>)));
    return static_cast<T>(std::min(last, -40.0));
}

template <class T>
reference::elu truth_for(double alpha) {
    return {static_cast<T>(alpha)};
}

/// alpha as the bounds are stated for it: as rounded to the element type.
template <class T>
const error_bounds& bounds_for(double alpha) {
    return elu_bounds<T>(static_cast<T>(alpha));
}

} // namespace

// clang-format off
TEMPLATE_TEST_CASE("elu: special values", "[elu]", float, double) {
    using T = TestType;
    const T lowest = std::numeric_limits<T>::lowest(), max = std::numeric_limits<T>::max();
    const T nan = payload_nan<T>, negative_nan = negative_payload_nan<T>;
    for (const double alpha : {1.0, 0.5, 1.67, -0.7}) {
        INFO("alpha " << alpha);
        const T a = static_cast<T>(alpha);
        const auto truth = truth_for<T>(alpha);
        const auto bound = bounds_for<T>(alpha);
        const auto f = [&](T x) { return wanted<T>::within(bound.forward, truth.forward(x)); };
        const auto df = [&](T x) { return wanted<T>::within(bound.derivative, truth.derivative(x)); };
        check_table<T>(elu{.alpha = alpha}, {
            //           x             f(x)         f'(x)
            { -infinity<T>,              -a,     T(0) * a },
            {       lowest,              -a,     T(0) * a },
            {        T(-1),        f(T(-1)),    df(T(-1)) },
            { -denormal<T>, f(-denormal<T>),            a },
            {      T(-0.0),         T(-0.0),            a },
            {         T(0),            T(0),            a },
            {  denormal<T>,     denormal<T>,         T(1) },
            {         T(1),            T(1),         T(1) },
            {          max,             max,         T(1) },
            {  infinity<T>,     infinity<T>,         T(1) },
            {          nan,             nan,          nan },
            { negative_nan,    negative_nan, negative_nan },
        });
    }
    check_output_table<T>(elu{.alpha = 0.5}, {
        {      T(-0.5),         T(0) },
        {     T(-0.25),      T(0.25) },
        { -denormal<T>,       T(0.5) },
        {      T(-0.0),       T(0.5) },
        {         T(0),       T(0.5) },
        {  denormal<T>,         T(1) },
        {  infinity<T>,         T(1) },
        {          nan,          nan },
        { negative_nan, negative_nan },
    });
}

TEMPLATE_TEST_CASE("elu: special alphas", "[elu]", float, double) {
    using T = TestType;
    const auto any_nan = wanted<T>::any_nan(), any_zero = wanted<T>::any_zero();
    check_table<T>(elu{.alpha = 0}, {
        { -infinity<T>, any_zero, any_zero },
        {        T(-2), any_zero, any_zero },
        { -denormal<T>, any_zero, any_zero },
        {      T(-0.0),  T(-0.0), any_zero },
        {         T(0),     T(0), any_zero },
        {         T(2),     T(2),     T(1) },
    });
    for (const T a : {infinity<T>, -infinity<T>}) {
        const auto nan_or_inf = wanted<T>::nan_or(a); // alpha * e^x, but promised is no more than a NaN
        check_table<T>(elu{.alpha = a}, {
            {   -infinity<T>,        any_nan,        any_nan },
            {          T(-2),        any_nan,     nan_or_inf },
            {   -denormal<T>,        any_nan,     nan_or_inf },
            {        T(-0.0),        T(-0.0),              a },
            {           T(0),           T(0),              a },
            {           T(2),           T(2),           T(1) },
            { payload_nan<T>, payload_nan<T>, payload_nan<T> },
        });
    }
    check_table<T>(elu{.alpha = nan_alpha}, {
        {   -infinity<T>,        any_nan,        any_nan },
        {          T(-2),        any_nan,        any_nan },
        {        T(-0.0),        T(-0.0),        any_nan },
        {           T(0),           T(0),        any_nan },
        {           T(2),           T(2),           T(1) },
        { payload_nan<T>, payload_nan<T>, payload_nan<T> },
    });
}

// clang-format on

TEST_CASE("elu: alpha is rounded to the element type first", "[elu]") {
    check_table<float>(elu{.alpha = 0.1}, {{-infinity<float>, -0.1F, 0.0F}, {0.0F, 0.0F, 0.1F}});
    check_table<float>(elu{.alpha = 1 + 1e-12}, {{-infinity<float>, -1.0F, 0.0F}, {0.0F, 0.0F, 1.0F}});
    check_table<float>(elu{.alpha = 1e300}, {{-0.0F, -0.0F, infinity<float>}});
    check_table<float>(elu{.alpha = 1e-300},
                       {{-1.0F, wanted<float>::any_zero(), wanted<float>::any_zero()}, {-0.0F, -0.0F, 0.0F}});
    check_table<double>(elu{.alpha = 0.1}, {{-infinity<double>, -0.1, 0.0}, {0.0, 0.0, 0.1}});
    check_table<double>(elu{.alpha = 1e300}, {{-infinity<double>, -1e300, 0.0}});
    check_table<double>(elu{.alpha = 1e-300}, {{-infinity<double>, -1e-300, 0.0}});
}

TEMPLATE_TEST_CASE("elu: exactly -alpha at -infinity for every finite alpha", "[elu]", float, double) {
    using T = TestType;
    std::vector<T> some = {std::numeric_limits<T>::max(), std::numeric_limits<T>::min(), denormal<T>};
    append_random_bits<T>(some, 0, 2000, 11);
    const auto ways = every_way<elu, T>();
    const std::vector<T> x(65, -infinity<T>);
    std::vector<T> y(x.size());
    for (const T alpha : some)
        for (const T a : {alpha, -alpha}) {
            if (std::isinf(a))
                continue;
            for (const way<elu, T>& way : {ways[0], ways[2]}) { // a scalar and a batch
                way.forward(elu{.alpha = a}, x, y);
                for (const T value : y)
                    if (!same_bits(value, -a))
                        FAIL(way.name << " gives " << show(value) << " for the alpha " << show(a));
            }
        }
    CHECK(x.size() == y.size());
}

TEMPLATE_TEST_CASE("elu: x itself where x is not less than 0", "[elu]", float, double) {
    check_x_itself<TestType>(elu{});
    check_x_itself<TestType>(elu{.alpha = 0.7});
    check_x_itself<TestType>(elu{.alpha = inf});
    check_x_itself<TestType>(elu{.alpha = nan_alpha});
}

TEMPLATE_TEST_CASE("elu: denormals are themselves where the processor takes them for zero", "[elu]", float, double) {
    check_denormals_taken_for_zero<TestType>(elu{});
    check_denormals_taken_for_zero<TestType>(elu{.alpha = 0.7});
}

namespace {

template <class T>
void check_forward_and_derivative(double alpha, const std::vector<T>& x) {
    INFO("alpha " << alpha);
    using ways = way<elu, T>;
    const auto truth = truth_for<T>(alpha);
    const auto bound = bounds_for<T>(alpha);
    const elu f{.alpha = alpha};
    const auto forward = truths(x, [&](long double v) { return truth.forward(v); });
    const auto derivative = truths(x, [&](long double v) { return truth.derivative(v); });
    check_error<elu, T>(f, "f", &ways::forward, x, forward, bound.forward, in_ulp{});
    check_error<elu, T>(f, "f'", &ways::derivative, x, derivative, bound.derivative, in_ulp_or_flushed_denormal{});
}

} // namespace

TEMPLATE_TEST_CASE("elu: f and its derivative are within their bounds for every alpha", "[elu]", float, double) {
    using T = TestType;
    for (const double alpha : alphas)
        if (static_cast<T>(alpha) != infinity<T>)
            check_forward_and_derivative<T>(alpha, negative_values<T>(alpha == 1 ? 18000 : 3000, deepest<T>(alpha)));
}

TEST_CASE("elu: f and its derivative are within their bounds for an alpha at the ends of the range of double",
          "[elu]") {
    for (const double alpha : {1e300, 1.7e308, 1e-300, 2.3e-308, 1e-310, 5e-324})
        check_forward_and_derivative<double>(alpha, negative_values<double>(3000, deepest<double>(alpha)));
}

// Among all floats these come closest to the bounds: of f without FMA (the first three with a shorter polynomial) and
// with it, then of f'.
TEST_CASE("elu: f and its derivative are within their bounds at the floats where it is hardest", "[elu]") {
    check_forward_and_derivative<float>(
        1, with_neighbours<float>({-0x1.236876p-2F, -0x1.25c0a6p-2F, -0x1.267ed8p-2F, -0x1.89c4a2p-2F, -0x1.749a1p-2F,
                                   -0x1.8a98ccp-2F, -0x1.df842cp+5F, -0x1.75a312p+2F}));
}

TEMPLATE_TEST_CASE("elu: the derivative from the output is within its bound of the true derivative", "[elu]", float,
                   double) {
    using T = TestType;
    using ways = way<elu, T>;
    for (const double alpha : alphas) {
        if (!(alpha > 0) || static_cast<T>(alpha) == infinity<T>)
            continue;
        INFO("alpha " << alpha);
        const T a = static_cast<T>(alpha);
        const elu f{.alpha = alpha};
        const auto x = negative_values<T>(3000, deepest<T>(alpha));
        std::vector<T> y(x.size());
        every_way<elu, T>().front().forward(f, x, y);

        const auto derivative = truths(x, [&](long double v) { return truth_for<T>(alpha).derivative(v); });
        const auto bound = bounds_for<T>(alpha);
        check_error<elu, T>(f, "f' from the output", &ways::derivative_from_output, y, derivative,
                            bound.derivative_from_output, in_ulp_of<T>(a));

        // Beside derivative(x), which has an error of its own, of so many ULP of a value not above alpha.
        std::vector<T> from_input(x.size());
        every_way<elu, T>().front().derivative(f, x, from_input);
        const auto beside = truths(from_input, [](long double v) { return v; });
        check_error<elu, T>(f, "f' from the output", &ways::derivative_from_output, y, beside,
                            bound.derivative_from_output + bound.derivative, in_ulp_of<T>(a));

        // From any output it is one correctly rounded sum.
        std::vector<T> outputs;
        append_evenly_spaced<T>(outputs, -a, T(0), 1000);
        append_log_spaced<T>(outputs, -denormal<T>, -a, 1000);
        const auto sums = truths(outputs, [&](long double v) { return truth_for<T>(alpha).derivative_from_output(v); });
        check_error<elu, T>(f, "f' from the output", &ways::derivative_from_output, outputs, sums, product_bound,
                            in_ulp{});
    }
}

TEMPLATE_TEST_CASE("elu: the derivative is the slope of the reference", "[elu]", float, double) {
    using T = TestType;
    const long double h = std::ldexp(1.0L, -16);
    for (const double alpha : {1.0, 0.5, -0.7}) {
        const auto truth = truth_for<T>(alpha);
        const elu f{.alpha = alpha};
        // The step's own error is h^2 / 6 times the slope; zero is kept out of it.
        const long double bound = 1.0e-9L + 2 * std::numeric_limits<T>::epsilon();
        for (const T x : ordinary_values<T>(2000, 5)) {
            const long double slope = (truth.forward(x + h) - truth.forward(x - h)) / (2 * h);
            if (!(std::fabs(f.derivative(x) - slope) <= bound * std::fabs(slope) + difference_tolerance))
                FAIL_CHECK("not at " << show(x) << " for alpha " << alpha);
        }
    }
}

TEMPLATE_TEST_CASE("elu: backward is the reference's within its derivative's bound and one rounding", "[elu]", float,
                   double) {
    using T = TestType;
    using ways = way<elu, T>;
    for (const double alpha : {1.0, 0.7}) {
        const elu f{.alpha = alpha};
        const auto truth = truth_for<T>(alpha);
        const auto bound = bounds_for<T>(alpha);
        std::vector<T> x;
        append_evenly_spaced(x, T(-80), T(2), 2001); // here f' is normal
        const std::vector<T> dy = ordinary_values<T>(x.size(), 13);
        const auto backward = [&](long double v, long double g) { return truth.backward(v, g); };
        // A product can lie lower in its power of two than its factor: there its ULP is half as large.
        check_backward_error<elu, T>(f, &ways::backward, x, dy, backward, 2 * bound.derivative + product_bound);

        // From an output it is a sum, rounded, and the product, rounded.
        std::vector<T> y;
        append_evenly_spaced(y, -static_cast<T>(alpha), T(2), 2001);
        const auto from_output = [&](long double v, long double g) { return truth.backward_from_output(v, g); };
        check_backward_error<elu, T>(f, &ways::backward_from_output, y, dy, from_output, 3 * product_bound);
    }
}

TEMPLATE_TEST_CASE("elu: backward selects dy or the product of dy and the derivative", "[elu]", float, double) {
    using T = TestType;
    const auto product = [](T dy, T derivative) { return dy * derivative; };
    for (const double alpha : {1.0, 0.7, 0.0}) {
        check_backward<T>(elu{.alpha = alpha}, false, product);
        check_backward<T>(elu{.alpha = alpha}, true, product);
    }
    check_backward<T>(elu{.alpha = inf}, true, product);
    check_backward<T>(elu{.alpha = -0.7}, false, product);
    check_backward<T>(elu{.alpha = nan_alpha}, false, product);
}

template <class V>
constexpr bool never_throws =
    noexcept(elu{}) && noexcept(elu{}(V(1))) && noexcept(elu{}.forward(V(1))) && noexcept(elu{}.derivative(
        V(1))) && noexcept(elu{}.backward(V(1),
                                          V(1))) && noexcept(elu{}
                                                                 .derivative_from_output(V(
                                                                     1))) && noexcept(elu{}.backward_from_output(V(1),
                                                                                                                 V(1)));
static_assert(never_throws<float> && never_throws<double>);
static_assert(never_throws<simdact::simd::batch<float>> && never_throws<simdact::simd::batch<double>>);
static_assert(elu{}.alpha == 1.0);
