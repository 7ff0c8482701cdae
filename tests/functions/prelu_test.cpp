#include "../batches.hpp"
#include "../bounds.hpp"
#include "../catch.hpp"
#include "../reference/prelu.hpp"
#include "accuracy.hpp"
#include "selection.hpp"
#include "table.hpp"

#include <simdact/functions/prelu.hpp>
#include <simdact/kernels/channelwise.hpp>

#include <limits>

using namespace tests;
using simdact::prelu;

namespace {

constexpr double inf = infinity<double>, nan_slope = std::numeric_limits<double>::quiet_NaN();

/// prelu at one slope, so that it can be called as the activations of one argument are.
struct prelu_at {
    double slope;

    template <class V>
    V slope_of() const {
        return V(static_cast<simdact::simd::element_t<V>>(slope));
    }
    template <class V>
    V forward(V x) const {
        return prelu{}.forward(x, slope_of<V>());
    }
    template <class V>
    V operator()(V x) const {
        return prelu{}(x, slope_of<V>());
    }
    template <class V>
    V derivative(V x) const {
        return prelu{}.derivative(x, slope_of<V>());
    }
    template <class V>
    V backward(V x, V dy) const {
        return prelu{}.backward(x, slope_of<V>(), dy);
    }
};

} // namespace

namespace tests {

/// Through the channelwise kernels: one shared slope out of place, in place one slope per element of a row.
template <class T>
struct kernels_for<prelu_at, T> {
    using in = std::span<const T>;
    using out = std::span<T>;
    static std::vector<T> slopes(const prelu_at& f, std::size_t n) {
        return std::vector<T>(n, static_cast<T>(f.slope));
    }
    static void forward(const prelu_at& f, in x, out y) {
        simdact::forward(prelu{}, simdact::channel_shape{.inner = x.size()}, x, slopes(f, 1), y);
    }
    static void forward_in_place(const prelu_at& f, out x) {
        simdact::forward(prelu{}, simdact::channel_shape{.channels = x.size()}, x, slopes(f, x.size()), x);
    }
    static void derivative(const prelu_at& f, in x, out d) {
        simdact::derivative(prelu{}, simdact::channel_shape{.inner = x.size()}, x, slopes(f, 1), d);
    }
    static void backward(const prelu_at& f, in x, in dy, out dx) {
        simdact::backward(prelu{}, simdact::channel_shape{.inner = x.size()}, x, slopes(f, 1), dy, dx);
    }
};

} // namespace tests

// clang-format off
TEMPLATE_TEST_CASE("prelu: special values", "[prelu]", float, double) {
    using T = TestType;
    const T lowest = std::numeric_limits<T>::lowest(), max = std::numeric_limits<T>::max();
    const T nan = payload_nan<T>, negative_nan = negative_payload_nan<T>;
    check_table<T>(prelu_at{0.5}, {
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
}

TEMPLATE_TEST_CASE("prelu: special slopes", "[prelu]", float, double) {
    using T = TestType;
    const auto any_nan = wanted<T>::any_nan();
    check_table<T>(prelu_at{0}, {
        { -infinity<T>, any_nan, T(0) },
        {        T(-2), T(-0.0), T(0) },
        {         T(0),    T(0), T(0) },
    });
    check_table<T>(prelu_at{-3}, {
        { -infinity<T>, infinity<T>, T(-3) },
        {        T(-2),        T(6), T(-3) },
        {      T(-0.0),     T(-0.0), T(-3) },
        {         T(2),        T(2),  T(1) },
    });
    check_table<T>(prelu_at{inf}, {
        { -denormal<T>, -infinity<T>, infinity<T> },
        {      T(-0.0),      T(-0.0), infinity<T> },
        {         T(2),         T(2),        T(1) },
    });
    check_table<T>(prelu_at{nan_slope}, {
        {          T(-2),        any_nan,        any_nan },
        {        T(-0.0),        T(-0.0),        any_nan },
        {           T(0),           T(0),        any_nan },
        {           T(2),           T(2),           T(1) },
        { payload_nan<T>, payload_nan<T>, payload_nan<T> },
    });
}

// clang-format on

TEMPLATE_TEST_CASE("prelu: x itself where x is not less than 0", "[prelu]", float, double) {
    check_x_itself<TestType>(prelu_at{prelu::initial_slope});
    check_x_itself<TestType>(prelu_at{nan_slope});
}

TEMPLATE_TEST_CASE("prelu: denormals are themselves where the processor takes them for zero", "[prelu]", float,
                   double) {
    check_denormals_taken_for_zero<TestType>(prelu_at{0.1});
}

TEMPLATE_TEST_CASE("prelu: within half an ULP and its derivative exact over the whole range", "[prelu]", float,
                   double) {
    using T = TestType;
    using ways = way<prelu_at, T>;
    const reference::prelu truth;
    for (const double slope : {0.25, 0.1, 1.0, -1.7, 1e-30, 1e30, denormal_parameter}) {
        INFO("slope " << slope);
        const long double w = static_cast<T>(slope);
        std::vector<T> x = negative_values<T>(1500, T(-10));
        for (const T v : mixed_values<T>(600, 3))
            x.push_back(v);
        const auto forward = truths(x, [&](long double v) { return truth.forward(v, w); });
        const auto derivative = truths(x, [&](long double v) { return truth.derivative(v, w); });
        check_error<prelu_at, T>(prelu_at{slope}, "f", &ways::forward, x, forward, product_bound, in_ulp{});
        check_error<prelu_at, T>(prelu_at{slope}, "f'", &ways::derivative, x, derivative, 0, in_ulp{});
    }
}

TEMPLATE_TEST_CASE("prelu: the derivatives by x and by the slope are those of the reference", "[prelu]", float,
                   double) {
    using T = TestType;
    const reference::prelu truth;
    const T w = static_cast<T>(0.3);
    const long double h = std::ldexp(1.0L, -11); // smaller than every |x| here: no step crosses zero
    for (const T x : ordinary_values<T>(1000, 5)) {
        const long double by_x = (truth.forward(x + h, w) - truth.forward(x - h, w)) / (2 * h);
        const long double by_slope = (truth.forward(x, w + h) - truth.forward(x, w - h)) / (2 * h);
        if (!(std::fabs(prelu{}.derivative(x, w) - by_x) <= difference_tolerance))
            FAIL_CHECK("not by x at " << show(x));
        if (!(std::fabs(prelu{}.slope_derivative(x) - by_slope) <= difference_tolerance))
            FAIL_CHECK("not by the slope at " << show(x));
    }
}

TEMPLATE_TEST_CASE("prelu: backward is the reference's within half an ULP", "[prelu]", float, double) {
    using T = TestType;
    for (const double slope : {0.25, -1.7, 1e-30}) {
        const std::vector<T> x = mixed_values<T>(1000, 12), dy = ordinary_values<T>(1000, 13);
        const auto truth = [w = static_cast<T>(slope)](long double v, long double g) {
            return reference::prelu{}.backward(v, w, g);
        };
        check_backward_error<prelu_at, T>(prelu_at{slope}, &way<prelu_at, T>::backward, x, dy, truth, product_bound);
    }
}

TEMPLATE_TEST_CASE("prelu: backward selects dy or dy * slope", "[prelu]", float, double) {
    using T = TestType;
    const auto product = [](T dy, T derivative) { return dy * derivative; };
    for (const double slope : {0.25, 0.0, -0.5, inf, nan_slope})
        check_backward<T>(prelu_at{slope}, false, product);
}

namespace {

/// Calls slope_derivative on every lane of V, and on the scalar.
template <class V, class T>
void check_slope_derivative() {
    const auto values = mixed_values<T>(999, 6);
    std::vector<T> results(values.size());
    on_values<V>([](V x) { return prelu{}.slope_derivative(x); }, std::span<T>(results), values.data());
    for (std::size_t i = 0; i < values.size(); ++i)
        if (!same_bits(results[i], values[i] > 0 ? T(0) : values[i]))
            FAIL_CHECK("at " << show(values[i]) << " it is " << show(results[i]));
}

template <class T>
struct slope_derivative_on_batches_of_all {
    template <class... Archs>
    struct list {
        static void check() { (check_slope_derivative<simdact::simd::batch<T, Archs>, T>(), ...); }
    };
};

} // namespace

TEMPLATE_TEST_CASE("prelu: the derivative by the slope is +0 for x above 0 and x itself elsewhere", "[prelu]", float,
                   double) {
    check_slope_derivative<TestType, TestType>();
    with_every_architecture<slope_derivative_on_batches_of_all<TestType>::template list>::check();
}

TEMPLATE_TEST_CASE("prelu: every lane has its own slope", "[prelu]", float, double) {
    using T = TestType;
    using V = simdact::simd::batch<T>;
    const auto x = mixed_values<T>(960, 8), w = mixed_values<T>(960, 9), dy = mixed_values<T>(960, 10);
    std::vector<T> y(x.size()), d(x.size()), dx(x.size());
    on_values<V>([](V a, V b) { return prelu{}.forward(a, b); }, std::span<T>(y), x.data(), w.data());
    on_values<V>([](V a, V b) { return prelu{}.derivative(a, b); }, std::span<T>(d), x.data(), w.data());
    on_values<V>([](V a, V b, V c) { return prelu{}.backward(a, b, c); }, std::span<T>(dx), x.data(), w.data(),
                 dy.data());
    for (std::size_t i = 0; i < x.size(); ++i)
        if (!same_result(y[i], prelu{}.forward(x[i], w[i]), x[i]) ||
            !same_result(d[i], prelu{}.derivative(x[i], w[i]), x[i]) ||
            !same_result(dx[i], prelu{}.backward(x[i], w[i], dy[i]), x[i]))
            FAIL_CHECK("not the scalar call's bits at x = " << show(x[i]) << ", slope = " << show(w[i]));
}

template <class V>
constexpr bool never_throws =
    noexcept(prelu{}) && noexcept(prelu{}(V(1), V(1))) && noexcept(prelu{}.forward(V(1), V(1))) && noexcept(
        prelu{}.derivative(V(1), V(1))) && noexcept(prelu{}.backward(V(1), V(1),
                                                                     V(1))) && noexcept(prelu{}.slope_derivative(V(1)));
static_assert(never_throws<float> && never_throws<double>);
static_assert(never_throws<simdact::simd::batch<float>> && never_throws<simdact::simd::batch<double>>);

template <class V>
constexpr bool never_throws_from_mask = noexcept(prelu{}.backward_from_mask(V(1) > V(0), V(1), V(1)));
static_assert(never_throws_from_mask<float> && never_throws_from_mask<double>);
static_assert(never_throws_from_mask<simdact::simd::batch<float>> &&
              never_throws_from_mask<simdact::simd::batch<double>>);

template <class T>
constexpr bool is_constexpr() {
    constexpr T slope = static_cast<T>(0.1), nan = payload_nan<T>;
    static_assert(prelu::initial_slope == 0.25);
    static_assert(same_bits(prelu{}.forward(-infinity<T>, slope), -infinity<T>));
    static_assert(same_bits(prelu{}.forward(T(-1), slope), -slope));
    static_assert(same_bits(prelu{}.forward(T(-0.0), slope), T(-0.0)));
    static_assert(same_bits(prelu{}(T(2), slope), T(2)));
    static_assert(same_bits(prelu{}.forward(nan, slope), nan));
    static_assert(same_bits(prelu{}.derivative(T(0), slope), slope));
    static_assert(same_bits(prelu{}.derivative(T(1), slope), T(1)));
    static_assert(same_bits(prelu{}.derivative(nan, slope), nan));
    static_assert(same_bits(prelu{}.backward(T(-1), slope, T(2)), 2 * slope));
    static_assert(same_bits(prelu{}.backward(T(1), slope, nan), nan));
    static_assert(same_bits(prelu{}.backward(nan, slope, T(2)), nan));
    static_assert(same_bits(prelu{}.slope_derivative(T(-2)), T(-2)));
    static_assert(same_bits(prelu{}.slope_derivative(T(2)), T(0)));
    static_assert(same_bits(prelu{}.slope_derivative(nan), nan));
    return true;
}
static_assert(is_constexpr<float>() && is_constexpr<double>());
