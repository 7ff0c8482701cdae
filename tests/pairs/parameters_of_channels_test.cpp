/// Functions with a parameter for each channel that are not prelu: a bias, a blend, a user's own.

#include "pairs.hpp"

#include "../catch.hpp"
#include "../refusal.hpp"
#include "../users_functors.hpp"

#include <simdact/functions.hpp>

#include <cmath>
#include <string>

namespace {

using namespace tests;
using simdact::biased;
using simdact::channel_shape;
using simdact::mixed;

/// f(x, p) = p x^2.
struct scaled_square {
    template <simdact::value V>
    V forward(V x, V p) const {
        return p * (x * x);
    }
    template <simdact::value V>
    V derivative(V x, V p) const {
        return (p + p) * x;
    }
    template <simdact::value V>
    V backward(V x, V p, V dy) const {
        return dy * ((p + p) * x);
    }
    template <simdact::value V>
    V parameter_derivative(V x, V) const {
        return x * x;
    }
};

constexpr channel_shape shapes[] = {{1, 1, 5},  {1, 1, 300}, {2, 3, 40},  {3, 5, 1},   {70, 6, 1},   {2, 9, 7},
                                    {1, 20, 1}, {4, 2, 64},  {2, 2, 637}, {9, 600, 1}, {3, 1, 1030}, {200, 3, 5}};

template <class T>
struct tensor {
    channel_shape shape;
    std::vector<T> x, dy, p;

    /// Numbers without infinities and NaN, so that sums can be judged.
    explicit tensor(const channel_shape& s)
        : shape(s), x(some_numbers<T>(s.size(), 1)), dy(some_numbers<T>(s.size(), 2)),
          p(some_numbers<T>(s.channels, 3)) {
        for (std::vector<T>* of : {&x, &dy, &p})
            for (T& v : *of)
                if (!(std::fabs(v) < 100))
                    v = T(0.5);
    }
    std::size_t channel(std::size_t i) const { return i / shape.inner % shape.channels; }
};

/// The parameter of each element's channel.
template <class T>
std::vector<T> laid_out(const tensor<T>& t) {
    std::vector<T> all(t.x.size());
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i] = t.p[t.channel(i)];
    return all;
}

/// The gradients of the parameters are the sums of these terms, and added to what is there where that is asked for.
template <class T, class F>
void check_gradient(const F& f, const tensor<T>& t, const std::vector<T>& dx, const std::vector<long double>& terms,
                    long double errors_of_terms) {
    const std::size_t channels = t.shape.channels;
    std::vector<long double> sums_of(channels), sizes(channels);
    for (std::size_t i = 0; i < terms.size(); ++i) {
        sums_of[t.channel(i)] += terms[i];
        sizes[t.channel(i)] += std::fabs(terms[i]);
    }
    std::vector<T> got(t.x.size()), dp(channels);
    simdact::backward(f, t.shape, t.x, t.p, t.dy, got, dp);
    REQUIRE(same(got, dx));
    const long double relative = sizeof(T) == 4 ? 2.5e-7L : 1e-15L;
    for (std::size_t c = 0; c < channels; ++c)
        REQUIRE(std::fabs(static_cast<long double>(dp[c]) - sums_of[c]) <=
                (relative + errors_of_terms) * sizes[c] + std::numeric_limits<T>::min());

    std::vector<T> added = some_numbers<T>(channels, 8), more = added, all_dx = some_numbers<T>(t.x.size(), 9);
    const std::vector<T> old = added, old_dx = all_dx;
    simdact::backward(f, t.shape, t.x, t.p, t.dy, got, added, simdact::accumulate);
    CHECK(same(added, sums(old, dp)));
    CHECK(same(got, dx));
    simdact::backward(f, t.shape, t.x, t.p, t.dy, all_dx, more, simdact::accumulate_all);
    CHECK(same(more, sums(old, dp)));
    CHECK(same(all_dx, sums(old_dx, dx)));
    for (const bool in_dy : {false, true}) {
        tensor<T> at = t;
        std::vector<T> dp_too(channels);
        std::vector<T>& out = in_dy ? at.dy : at.x;
        simdact::backward(f, t.shape, at.x, t.p, at.dy, out, dp_too);
        CHECK(same(out, dx));
        CHECK(same(dp_too, dp));
    }
#if defined(SOME_ARCHITECTURES) && defined(__SSE2__)
    // With batches of another size.
    std::vector<T> others(channels), other_dx(t.x.size());
    simdact::backward<xsimd::sse2>(f, t.shape, t.x, t.p, t.dy, other_dx, others);
    CHECK(same(others, dp));
    CHECK(same(other_dx, dx));
#endif
}

template <class T, class F>
void check_biased(const F& f) {
    const biased<F> with_bias{f};
    for (const channel_shape& shape : shapes) {
        CAPTURE(shape.outer, shape.channels, shape.inner);
        const tensor<T> t(shape);
        const std::size_t n = t.x.size();
        const std::vector<T> shifted = sums(t.x, laid_out(t));
        std::vector<T> wanted(n), got(n), dx(n);
        simdact::forward(f, shifted, wanted);
        simdact::forward(with_bias, shape, t.x, t.p, got);
        REQUIRE(same(got, wanted));
        simdact::derivative(f, shifted, wanted);
        simdact::derivative(with_bias, shape, t.x, t.p, got);
        REQUIRE(same(got, wanted));
        simdact::backward(f, shifted, t.dy, dx);
        simdact::backward(with_bias, shape, t.x, t.p, t.dy, got);
        REQUIRE(same(got, dx));
        check_gradient(with_bias, t, dx, std::vector<long double>(dx.begin(), dx.end()), 0);
    }
}

} // namespace

TEMPLATE_TEST_CASE("biased: f(x + b), and the gradient of the bias", "[pairs]", float, double) {
    using T = TestType;
    check_biased<T>(simdact::relu{});
    check_biased<T>(simdact::elu{0.5});
    check_biased<T>(users_square{});
    const simdact::biased relu{simdact::relu{}};
    CHECK(relu(T(2), T(-3)) == 0);
    CHECK(relu(T(2), T(3)) == 5);

    // One bias for all.
    const tensor<T> t({2, 3, 40});
    const std::vector<T> one(1, T(0.25));
    std::vector<T> dx(t.x.size()), other(dx), db(1);
    simdact::backward(relu, t.shape, t.x, one, t.dy, dx, db);
    simdact::backward(relu, {1, 1, t.x.size()}, t.x, one, t.dy, other);
    CHECK(same(dx, other));
    long double sum = 0;
    for (const T v : dx)
        sum += v;
    CHECK(std::fabs(static_cast<long double>(db[0]) - sum) <= std::fabs(sum) * 1e-5L);
}

TEMPLATE_TEST_CASE("mixed: p f(x) + (1 - p) g(x), and the gradient of p", "[pairs]", float, double) {
    using T = TestType;
    const mixed f{simdact::leaky_relu{0.25}, simdact::tanh{}};
    const T epsilon = std::numeric_limits<T>::epsilon() / 2;
    for (const channel_shape& shape : shapes) {
        CAPTURE(shape.outer, shape.channels, shape.inner);
        const tensor<T> t(shape);
        const std::vector<T> p = laid_out(t);
        const std::size_t n = t.x.size();
        std::vector<T> a(n), b(n), da(n), db(n), y(n), d(n), dx(n);
        simdact::forward(f.first, t.x, a);
        simdact::forward(f.second, t.x, b);
        simdact::forward(f, shape, t.x, t.p, y);
        simdact::derivative(f.first, t.x, da);
        simdact::derivative(f.second, t.x, db);
        simdact::derivative(f, shape, t.x, t.p, d);
        std::vector<T> back_a(n), back_b(n), wanted_y(n), wanted_d(n), wanted_dx(n);
        simdact::backward(f.first, t.x, t.dy, back_a);
        simdact::backward(f.second, t.x, t.dy, back_b);
        std::vector<long double> terms(n);
        const auto blended = [&](T share, T u, T v) {
            return rounded_product(share, u) + rounded_product(T(1) - share, v);
        };
        for (std::size_t i = 0; i < n; ++i) {
            wanted_y[i] = blended(p[i], a[i], b[i]);
            wanted_d[i] = blended(p[i], da[i], db[i]);
            wanted_dx[i] = blended(p[i], back_a[i], back_b[i]);
            terms[i] = static_cast<long double>(t.dy[i]) * (static_cast<long double>(a[i]) - b[i]);
        }
        REQUIRE(same(y, wanted_y));
        REQUIRE(same(d, wanted_d));
        simdact::backward(f, shape, t.x, t.p, t.dy, dx);
        REQUIRE(same(dx, wanted_dx));
        check_gradient(f, t, dx, terms, epsilon);
    }
    const T nan = from_bits<T>(bits(std::numeric_limits<T>::quiet_NaN()) | 5);
    CHECK(bits(f(nan, T(0.5))) == bits(nan));
}

TEMPLATE_TEST_CASE("channels: a user's own parameter is learned", "[pairs]", float, double) {
    using T = TestType;
    for (const channel_shape& shape : shapes) {
        CAPTURE(shape.outer, shape.channels, shape.inner);
        const tensor<T> t(shape);
        std::vector<T> dx(t.x.size());
        simdact::backward(scaled_square{}, shape, t.x, t.p, t.dy, dx);
        std::vector<long double> terms(t.x.size());
        for (std::size_t i = 0; i < terms.size(); ++i)
            terms[i] = static_cast<long double>(t.dy[i]) * t.x[i] * t.x[i];
        check_gradient(scaled_square{}, t, dx, terms, std::numeric_limits<T>::epsilon());
    }
}

TEST_CASE("channels: what does not fit is refused, by the names that a function's parameters have", "[pairs]") {
    const std::vector<float> x(12, 1.0f), b(3, 1.0f);
    std::vector<float> y(12, 9.0f), db(3, 9.0f);
    const biased<simdact::relu> f;
    CHECK(refusal([&] {
              simdact::forward(f, {2, 3, 2}, x, std::span(b).first(2), y);
          }) == "simdact::forward: parameters has 2 elements, but shape has 3 channels");
    CHECK(refusal([&] {
              simdact::backward(f, {2, 3, 2}, x, b, x, y, std::span(db).first(2));
          }) == "simdact::backward: dparameters has 2 elements, but parameters has 3");
    CHECK(refusal([&] {
              simdact::forward(biased{simdact::hard_shrink{.lambda = -1}}, {2, 3, 2}, x, b, y);
          }) == "simdact::forward: lambda is -1, but must be at least 0");
    CHECK(refusal([&] {
              simdact::backward(mixed{simdact::relu{}, simdact::soft_shrink{.lambda = -1}}, {2, 3, 2}, x, b, x, y, db);
          }) == "simdact::backward: lambda is -1, but must be at least 0");
    CHECK(y == std::vector<float>(12, 9.0f));
    CHECK(db == std::vector<float>(3, 9.0f));
}
