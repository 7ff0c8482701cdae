/// The kernels over rows: softmax, log_softmax and logsumexp.

#include "rows.hpp"

#include "../catch.hpp"
#include "../inputs.hpp"
#include "../refusal.hpp"
#include "../ulp.hpp"

#include <simdact/kernels/rows.hpp>

#if defined(__unix__) || defined(__APPLE__)
#include "../memory/guard_pages.hpp"
#define TESTS_GUARD_PAGES 1
#endif

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <vector>

namespace {

using namespace tests;
using simdact::channel_shape;

template <class T>
constexpr T inf = std::numeric_limits<T>::infinity();
template <class T>
constexpr T a_nan = std::numeric_limits<T>::quiet_NaN();
template <class T>
const std::span<T> none;

/// What is true of a row, in long double; differences and products with what they lose.
struct truth {
    std::vector<long double> softmax, log_softmax;
    long double l, lacks; ///< logsumexp, and what the largest softmax lacks to 1
};

struct parts {
    long double high, low;
};
parts product(long double a, const parts& b) {
    const long double high = a * b.high;
    return {high, std::fma(a, b.high, -high) + a * b.low};
}
parts difference(long double a, long double b) {
    const long double d = a - b, moved = d - a;
    return {d, (a - (d - moved)) - (b + moved)};
}

template <class T>
truth truth_of(double scale, const std::vector<T>& x) {
    const std::size_t most = static_cast<std::size_t>(std::ranges::max_element(x) - x.begin());
    const long double s = static_cast<T>(scale);
    truth t;
    std::vector<parts> below;
    long double rest = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        below.push_back(std::isinf(x[i]) ? parts{-inf<long double>, 0} : product(s, difference(x[i], x[most])));
        t.softmax.push_back(std::exp(below[i].high) * (1 + below[i].low));
        rest += i == most ? 0 : t.softmax[i];
    }
    const long double above = std::log1p(rest);
    for (std::size_t i = 0; i < x.size(); ++i) {
        t.softmax[i] /= 1 + rest;
        t.log_softmax.push_back(below[i].high - above + below[i].low);
    }
    const parts largest = product(s, {x[most], 0});
    t.l = largest.high + above + largest.low;
    t.lacks = rest / (1 + rest);
    return t;
}

template <class T>
struct bounds {
    static constexpr bool is_float = sizeof(T) == 4;
    static constexpr long double softmax = is_float ? 3.5L : 4.5L, log_softmax = is_float ? 2 : 3,
                                 logsumexp = is_float ? 0x1p-22L : 0x1p-51L;
};

struct worst {
    long double softmax = 0, log_softmax = 0, logsumexp = 0; ///< the last one beyond 1 ULP, in its units
};

/// A row by every kernel.
template <class T>
void examine(double scale, const std::vector<T>& x, std::span<worst> found) {
    const truth t = truth_of(scale, x);
    const channel_shape shape{1, x.size(), 1};
    std::vector<T> y(x.size()), log(x.size()), l(1), of_log(1), alone(1);
    const auto kernels = all_row_kernels<T>();
    for (std::size_t k = 0; k < kernels.size(); ++k) {
        worst& w = found[k];
        kernels[k].softmax(scale, false, shape, x, y, l);
        kernels[k].log_softmax(scale, false, shape, x, log, of_log);
        kernels[k].logsumexp(scale, shape, x, alone);
        for (std::size_t i = 0; i < x.size(); ++i) {
            w.softmax = std::max(w.softmax, ulp_error(y[i], t.softmax[i]));
            w.log_softmax = std::max(w.log_softmax, ulp_error(log[i], t.log_softmax[i]));
        }
        for (const T got : {l[0], of_log[0], alone[0]}) {
            const long double beyond = std::fabs(got - t.l) - ulp<T>(t.l) * (1 + reference_error<T>);
            if (beyond > 0)
                w.logsumexp = std::max(w.logsumexp, beyond / t.lacks);
        }
    }
}

double normal(std::mt19937_64& random) {
    double sum = -6;
    for (int i = 0; i < 12; ++i)
        sum += fraction(random);
    return sum;
}

constexpr double scales[] = {1, 1, 0.125, 0.1, 0.08838834764831845, 3, 0.7, 1e-3, 17.3, 1e-30, 1e30};

/// Rows of all lengths, spreads and places.
template <class T>
std::vector<T> some_row(std::mt19937_64& random, double scale, std::size_t most) {
    constexpr double spreads[] = {0.1, 1, 5, 20, 60, 120, 800};
    constexpr double places[] = {0, 0, 1, -3, 50, -100, 219, -221, 300, 1490, -1510, 5000, -1e5, 1e7};
    const double spread = spreads[random() % std::size(spreads)], place = places[random() % std::size(places)];
    std::vector<T> x(1 + random() % most);
    for (T& v : x)
        v = static_cast<T>((place + spread * normal(random)) / scale);
    if (random() % 4 == 0)
        for (std::size_t i = 1; i < x.size(); i += 1 + random() % 20)
            x[i] = -inf<T>;
    return x;
}

template <class T>
bool same_bits(const std::vector<T>& a, const std::vector<T>& b) {
    return std::ranges::equal(a, b, [](T p, T q) { return bits(p) == bits(q) || (is_nan(p) && is_nan(q)); });
}

} // namespace

TEMPLATE_TEST_CASE(
    "rows: softmax is within 3.5 ULP, double 4.5, log_softmax 2, double 3, and logsumexp 1 ULP and a bit", "[rows]",
    float, double) {
    using T = TestType;
    if (std::numeric_limits<long double>::digits < std::numeric_limits<T>::digits + 11)
        return; // no truth
    const auto kernels = all_row_kernels<T>();
    std::vector<worst> found(kernels.size());
    std::mt19937_64 random(7);
    for (int i = 0; i < 600; ++i) {
        const double scale = scales[random() % std::size(scales)];
        examine(scale, some_row<T>(random, scale, i % 10 == 0 ? 3000 : 100), std::span(found));
    }
    // the exponential's worst arguments: one many times, so that the sum is off by as much, and the other once
    if (sizeof(T) == 4)
        for (const auto& [scale, one, other] : {std::array{1.0, -0x1.4cb538p+2, -0x1.773df4p+2},
                                                {1.0, -0x1.4cabcap+2, -0x1.790e3ap+2},
                                                {0.1, -0x1.d72372p+5, -0x1.8d2354p+1},
                                                {0.7, -0x1.7bb096p+0, -0x1.d5dbfep-2}}) {
            std::vector<T> x(30000, static_cast<T>(one));
            x[0] = 0;
            x[1] = static_cast<T>(other);
            examine(scale, x, std::span(found));
            std::fill(x.begin() + 2, x.end(), static_cast<T>(other));
            x[1] = static_cast<T>(one);
            examine(scale, x, std::span(found));
        }
    for (std::size_t k = 0; k < kernels.size(); ++k) {
        CAPTURE(kernels[k].architecture);
        CHECK(found[k].softmax <= bounds<T>::softmax);
        CHECK(found[k].log_softmax <= bounds<T>::log_softmax);
        CHECK(found[k].logsumexp <= bounds<T>::logsumexp);
    }
}

TEMPLATE_TEST_CASE("rows: neither the product with the scale nor the difference to the largest overflows", "[rows]",
                   float, double) {
    using T = TestType;
    constexpr T most = std::numeric_limits<T>::max(), least = std::numeric_limits<T>::min();
    for (const row_kernels<T>& k : all_row_kernels<T>()) {
        CAPTURE(k.architecture);
        const auto row = [&](double scale, const std::vector<T>& x) {
            std::vector<T> y(x.size()), l(1);
            k.softmax(scale, false, {1, x.size(), 1}, x, y, l);
            y.push_back(l[0]);
            return y;
        };
        const auto logs = [&](double scale, const std::vector<T>& x) {
            std::vector<T> y(x.size());
            k.log_softmax(scale, false, {1, x.size(), 1}, x, y, none<T>);
            return y;
        };
        CHECK(row(1, {most, -most, most}) == std::vector<T>{T(0.5), 0, T(0.5), most});
        CHECK(row(most, {most, 1, most, -1}) == std::vector<T>{T(0.5), 0, T(0.5), 0, inf<T>});
        CHECK(row(most, {-1, -1}) == std::vector<T>{T(0.5), T(0.5), -most});
        CHECK(row(least, {-inf<T>, 0, 0}) == std::vector<T>{0, T(0.5), T(0.5), static_cast<T>(std::log(2.0L))});
        // the least scale makes e^4 of the largest number, or nearly
        const long double far = std::exp(-2 * static_cast<long double>(least) * static_cast<long double>(most));
        const std::vector<T> y = row(least, {most, -most});
        CHECK(ulp_error(y[1], far / (1 + far)) <= bounds<T>::softmax);
        CHECK(ulp_error(logs(least, {most, -most})[1],
                        -2 * static_cast<long double>(least) * static_cast<long double>(most) - std::log1p(far)) <=
              bounds<T>::log_softmax);
        CHECK(logs(1, {most, -most}) == std::vector<T>{0, -inf<T>});
        CHECK(logs(0.5, {most, -most}) == std::vector<T>{0, -most});
        // the largest of a row that leads by far
        const T lead = sizeof(T) == 4 ? T(80) : T(600);
        CHECK(ulp_error(logs(1, {lead, 0})[0], -std::log1p(std::exp(-static_cast<long double>(lead)))) <=
              bounds<T>::log_softmax);
        CHECK(ulp_error(logs(1, {T(1e8), T(1e8) - 8})[0], -std::log1p(std::exp(-8.0L))) <= bounds<T>::log_softmax);
    }
}

TEMPLATE_TEST_CASE("rows: infinities, NaN, masked and empty rows", "[rows]", float, double) {
    using T = TestType;
    for (const row_kernels<T>& k : all_row_kernels<T>())
        for (const std::size_t inner : {1u, 3u, 40u}) {
            CAPTURE(k.architecture, inner);
            const auto columns = [&](const std::vector<T>& x) { // the row in the middle of others
                std::vector<T> all(x.size() * inner, T(1));
                for (std::size_t c = 0; c < x.size(); ++c)
                    all[c * inner + inner / 2] = x[c];
                return all;
            };
            const auto row = [&](const std::vector<T>& all) {
                std::vector<T> x;
                for (std::size_t i = inner / 2; i < all.size(); i += inner)
                    x.push_back(all[i]);
                return x;
            };
            const auto check = [&](const std::vector<T>& x, bool zero, const std::vector<T>& y,
                                   const std::vector<T>& log, T l) {
                const channel_shape shape{1, x.size(), inner};
                const std::vector<T> all = columns(x);
                std::vector<T> of_softmax(all.size()), of_log(all.size()), l1(inner), l2(inner), l3(inner);
                k.softmax(1, zero, shape, all, of_softmax, l1);
                k.log_softmax(1, zero, shape, all, of_log, l2);
                k.logsumexp(1, shape, all, l3);
                CAPTURE(x, zero);
                CHECK(same_bits(row(of_softmax), y));
                CHECK(same_bits(row(of_log), log));
                for (const auto* of : {&l1, &l2, &l3})
                    CHECK(same_bits(std::vector<T>{(*of)[inner / 2]}, {l}));
            };
            const auto log_2 = static_cast<T>(std::log(2.0L));
            check({3}, false, {1}, {0}, 3);
            check({-0.0}, false, {1}, {0}, 0);
            check({5, -inf<T>, 5}, false, {T(0.5), 0, T(0.5)}, {-log_2, -inf<T>, -log_2},
                  static_cast<T>(5 + std::log(2.0L)));
            for (const std::size_t n : {1u, 2u, 5u, 37u}) {
                const std::vector<T> empty(n, -inf<T>), all_nan(n, a_nan<T>), zeros(n, T(0));
                check(empty, false, all_nan, all_nan, -inf<T>);
                check(empty, true, zeros, empty, -inf<T>);
                for (const std::size_t at : {std::size_t(0), n / 2, n - 1}) {
                    std::vector<T> x = empty;
                    x[at] = a_nan<T>;
                    check(x, true, all_nan, all_nan, a_nan<T>);
                    x[at] = inf<T>;
                    check(x, true, all_nan, all_nan, inf<T>);
                    x = zeros;
                    x[at] = inf<T>;
                    check(x, true, all_nan, all_nan, inf<T>);
                    if (n > 1) {
                        x[(at + 1) % n] = a_nan<T>;
                        check(x, true, all_nan, all_nan, a_nan<T>);
                    }
                    x = zeros;
                    x[at] = a_nan<T>;
                    check(x, false, all_nan, all_nan, a_nan<T>);
                }
            }
        }
}

TEMPLATE_TEST_CASE("rows: the bits of a row are the same wherever and however it lies, in place too", "[rows]", float,
                   double) {
    using T = TestType;
    std::mt19937_64 random(3);
    const auto kernels = all_row_kernels<T>();
    const row_kernels<T>& first = kernels[0];
    for (int run = 0; run < 60; ++run) {
        const double scale = scales[random() % std::size(scales)];
        const bool zero = random() % 2 == 0;
        const channel_shape shape{1 + random() % 20, 1 + random() % 150, run % 3 == 0 ? 1 : 1 + random() % 70};
        std::vector<T> x(shape.size()), dy(shape.size());
        for (T& v : x)
            v = random() % 60 == 0 ? -inf<T> : static_cast<T>(20 * normal(random) / scale);
        for (T& v : dy)
            v = random() % 100 == 0 ? a_nan<T> : static_cast<T>(normal(random));
        if (run % 4 == 0)
            for (std::size_t c = 0; c < shape.channels; ++c)
                x[c * shape.inner] = -inf<T>;
        for (const row_kernels<T>& k : kernels)
            for (const auto& [forward, gradient, first_forward, first_gradient] :
                 {std::tuple{k.softmax, k.softmax_gradient, first.softmax, first.softmax_gradient},
                  {k.log_softmax, k.log_softmax_gradient, first.log_softmax, first.log_softmax_gradient}}) {
                CAPTURE(k.architecture, shape.outer, shape.channels, shape.inner, scale);
                const std::size_t rows = shape.outer * shape.inner, n = shape.channels;
                std::vector<T> y(x.size()), alone(x.size()), l(rows), dx(x.size());
                forward(scale, zero, shape, x, y, l);
                forward(scale, zero, shape, x, alone, none<T>);
                REQUIRE(same_bits(y, alone));
                std::vector<T> in_place = x, of_in_place(rows);
                forward(scale, zero, shape, in_place, in_place, of_in_place);
                REQUIRE(same_bits(y, in_place));
                REQUIRE(same_bits(l, of_in_place));
                k.logsumexp(scale, shape, x, of_in_place);
                REQUIRE(same_bits(l, of_in_place));
                gradient(scale, shape, y, dy, dx);
                in_place = dy;
                gradient(scale, shape, y, in_place, in_place);
                REQUIRE(same_bits(dx, in_place));
                in_place = y;
                gradient(scale, shape, in_place, dy, in_place);
                REQUIRE(same_bits(dx, in_place));

                std::vector<T> others(x.size()), of_others(rows), dx_of_others(x.size()); // row by row, one element on
                std::vector<T> buffer(4 * (n + 1)), one(1);
                for (std::size_t r = 0; r < rows; ++r) {
                    const std::size_t at = r / shape.inner * n * shape.inner + r % shape.inner, on = r % 4;
                    const std::span<T> of_x(buffer.data() + on, n), of_y(of_x.data() + n, n), of_dy(of_y.data() + n, n),
                        of_dx = of_x;
                    for (std::size_t c = 0; c < n; ++c) {
                        of_x[c] = x[at + c * shape.inner];
                        of_dy[c] = dy[at + c * shape.inner];
                    }
                    first_forward(scale, zero, {1, n, 1}, of_x, of_y, one);
                    first_gradient(scale, {1, n, 1}, of_y, of_dy, of_dx);
                    of_others[r] = one[0];
                    for (std::size_t c = 0; c < n; ++c) {
                        others[at + c * shape.inner] = of_y[c];
                        dx_of_others[at + c * shape.inner] = of_dx[c];
                    }
                }
                REQUIRE(same_bits(y, others));
                REQUIRE(same_bits(l, of_others));
                REQUIRE(same_bits(dx, dx_of_others));
            }
    }
}

TEMPLATE_TEST_CASE("rows: gradients are within their bounds, and a y of 0 takes no part", "[rows]", float, double) {
    using T = TestType;
    const long double relative = sizeof(T) == 4 ? 0x1p-21L : 0x1p-47L, absolute = ulp<T>(0) * 2;
    for (const row_kernels<T>& k : all_row_kernels<T>()) {
        CAPTURE(k.architecture);
        std::mt19937_64 random(11);
        long double softmax = 0, log_softmax = 0;
        for (int i = 0; i < 300; ++i) {
            const double scale = scales[random() % std::size(scales)];
            const std::vector<T> x = some_row<T>(random, scale, 400);
            const std::size_t n = x.size();
            std::vector<T> y(n), log(n), dy(n), dx(n);
            k.softmax(scale, false, {1, n, 1}, x, y, none<T>);
            k.log_softmax(scale, false, {1, n, 1}, x, log, none<T>);
            const double size = std::ldexp(1.0, static_cast<int>(random() % 40) - 20);
            for (T& v : dy)
                v = static_cast<T>(size * normal(random));
            long double sum = 0, sizes = 0, sum_of_dy = 0, sizes_of_dy = 0;
            for (std::size_t c = 0; c < n; ++c) {
                sum += static_cast<long double>(y[c]) * dy[c];
                sizes += std::fabs(static_cast<long double>(y[c]) * dy[c]);
                if (log[c] > -inf<T>) {
                    sum_of_dy += dy[c];
                    sizes_of_dy += std::fabs(dy[c]);
                }
            }
            const long double s = static_cast<T>(scale);
            const auto share = [&](T got, long double truth, long double size_of) {
                if (std::fabs(truth) > std::numeric_limits<T>::max())
                    return 0.0L;
                return std::fabs(got - truth) / (relative * size_of + (1 + s) * absolute);
            };
            k.softmax_gradient(scale, {1, n, 1}, y, dy, dx);
            for (std::size_t c = 0; c < n; ++c)
                softmax =
                    std::max(softmax, share(dx[c], s * y[c] * (dy[c] - sum), s * y[c] * (std::fabs(dy[c]) + sizes)));
            k.log_softmax_gradient(scale, {1, n, 1}, log, dy, dx);
            for (std::size_t c = 0; c < n; ++c) {
                const long double e = std::exp(static_cast<long double>(log[c]));
                const bool left_out = !(log[c] > -inf<T>);
                log_softmax = std::max(log_softmax, left_out ? (bits(dx[c]) == 0 ? 0 : inf<long double>)
                                                             : share(dx[c], s * (dy[c] - e * sum_of_dy),
                                                                     s * (std::fabs(dy[c]) + e * sizes_of_dy)));
            }
        }
        CHECK(softmax <= 1);
        CHECK(log_softmax <= 1);

        const auto gradient = [&](auto kernel, const std::vector<T>& y, const std::vector<T>& dy) {
            std::vector<T> dx(y.size());
            kernel(1, {1, y.size(), 1}, y, dy, dx);
            return dx;
        };
        // 0.5 (3 - 2), 0.5 (1 - 2)
        CHECK(same_bits(gradient(k.softmax_gradient, {T(0.5), 0, T(0.5), -0.0}, {3, a_nan<T>, 1, -inf<T>}),
                        {T(0.5), 0, T(-0.5), 0}));
        CHECK(same_bits(gradient(k.softmax_gradient, {T(0.5), 0, T(0.5)}, {a_nan<T>, 7, 1}), {a_nan<T>, 0, a_nan<T>}));
        CHECK(same_bits(gradient(k.softmax_gradient, {a_nan<T>, 0, T(0.5)}, {1, 7, 1}), {a_nan<T>, 0, a_nan<T>}));
        // 3 - 4, 1 - 4
        CHECK(same_bits(gradient(k.log_softmax_gradient, {0, -inf<T>, 0}, {3, a_nan<T>, 1}), {-1, 0, -3}));
    }
}

TEMPLATE_TEST_CASE("rows: shapes without elements", "[rows]", float, double) {
    using T = TestType;
    std::vector<T> nothing, l(6, T(1));
    for (const channel_shape shape : {channel_shape{0, 5, 1}, {0, 5, 3}, {2, 5, 0}}) {
        simdact::forward(simdact::softmax{}, shape, nothing, nothing);
        simdact::forward(simdact::softmax{}, shape, nothing, nothing, nothing);
        simdact::forward(simdact::log_softmax{}, shape, nothing, nothing);
        simdact::forward(simdact::logsumexp{}, shape, nothing, nothing);
        simdact::backward_from_output(simdact::softmax{}, shape, nothing, nothing, nothing);
    }
    simdact::forward(simdact::logsumexp{}, {2, 0, 3}, nothing, l);
    CHECK(l == std::vector<T>(6, -inf<T>));
    std::ranges::fill(l, T(1));
    simdact::forward(simdact::softmax{}, {2, 0, 3}, nothing, nothing, l);
    CHECK(l == std::vector<T>(6, -inf<T>));
    simdact::backward_from_output(simdact::log_softmax{}, {2, 0, 3}, nothing, nothing, nothing);
}

TEST_CASE("rows: what does not fit is refused before anything is written", "[rows]") {
    const std::vector<float> x(12, 1.0f), dy(12, 2.0f);
    std::vector<float> y(12, 9.0f), l(4, 9.0f);
    const channel_shape shape{2, 3, 2};
    const simdact::softmax f;
    const auto forward = [&](const auto& function, const channel_shape& s, std::size_t size_of_y,
                             std::size_t size_of_l) {
        return refusal(
            [&] { simdact::forward(function, s, x, std::span(y).first(size_of_y), std::span(l).first(size_of_l)); });
    };
    CHECK(forward(f, {2, 3, 3}, 12, 4) == "simdact::forward: shape 2 x 3 x 3 has 18 elements, but x has 12");
    CHECK(forward(f, shape, 11, 4) == "simdact::forward: y has 11 elements, but x has 12");
    CHECK(forward(f, shape, 12, 3) == "simdact::forward: l has 3 elements, but shape 2 x 3 x 2 has 4 rows");
    CHECK(forward(simdact::log_softmax{.scale = 0}, shape, 12, 4) ==
          "simdact::forward: scale is 0, but must be at least 1.17549e-38");
    CHECK(forward(simdact::softmax{.scale = -2}, shape, 12, 4) ==
          "simdact::forward: scale is -2, but must be at least 1.17549e-38");
    CHECK(forward(simdact::softmax{.scale = 1e300}, shape, 12, 4) ==
          "simdact::forward: scale is 1e+300, as float inf, but must be at most 3.40282e+38");
    CHECK(refusal([&] { simdact::forward(simdact::logsumexp{.scale = a_nan<double>}, shape, x, l); }) ==
          "simdact::forward: scale is nan, but must be at least 1.17549e-38");
    CHECK(refusal([&] { simdact::forward(simdact::logsumexp{}, shape, x, y); }) ==
          "simdact::forward: l has 12 elements, but shape 2 x 3 x 2 has 4 rows");
    CHECK(refusal([&] { simdact::forward(f, shape, x, y, std::span(y).first(4)); }).find("l overlaps y") !=
          std::string::npos);
    CHECK(refusal([&] {
              simdact::forward(f, {1, 4, 1}, std::span(y).first(4), std::span(y).subspan(2, 4));
          }).find("y overlaps x in part") != std::string::npos);
    CHECK(refusal([&] { simdact::backward_from_output(f, shape, x, std::span(dy).first(3), y); }) ==
          "simdact::backward_from_output: dy has 3 elements, but y has 12");
    CHECK(refusal([&] { simdact::backward_from_output(f, shape, x, dy, std::span(y).first(3)); }) ==
          "simdact::backward_from_output: dx has 3 elements, but y has 12");
    CHECK(refusal([&] {
              simdact::backward_from_output(f, {1, 4, 1}, std::span(x).first(4), std::span(y).first(4),
                                            std::span(y).subspan(1, 4));
          }).find("dx overlaps dy in part") != std::string::npos);
    CHECK(refusal([&] {
              simdact::backward_from_output(simdact::log_softmax{.scale = inf<double>}, shape, x, dy, y);
          }).find("scale is inf") != std::string::npos);
    CHECK(y == std::vector<float>(12, 9.0f));
    CHECK(l == std::vector<float>(4, 9.0f));
}

#if defined(TESTS_GUARD_PAGES)
TEMPLATE_TEST_CASE("rows: nothing is read or written beside the arrays", "[rows]", float, double) {
    using T = TestType;
    using side = between_guard_pages::side;
    between_guard_pages of_x(16384), of_y(16384), of_l(16384);
    std::mt19937_64 random(5);
    for (const row_kernels<T>& k : all_row_kernels<T>())
        for (const side at : {side::first_page, side::second_page})
            for (const std::size_t distance : {0u, 1u})
                for (const channel_shape shape :
                     {channel_shape{1, 1, 1}, {3, 5, 1}, {2, 37, 1}, {1, 130, 1}, {2, 5, 3}, {1, 3, 33}, {1, 9, 70}}) {
                    CAPTURE(k.architecture, shape.outer, shape.channels, shape.inner, distance);
                    const std::size_t rows = shape.outer * shape.inner;
                    const auto x = of_x.place<T>(shape.size(), at, distance);
                    const auto y = of_y.place<T>(shape.size(), at, distance);
                    const auto l = of_l.place<T>(rows, at, distance);
                    for (T& v : x)
                        v = static_cast<T>(normal(random));
                    k.softmax(1, true, shape, x, y, l);
                    k.log_softmax(1, true, shape, x, y, l);
                    k.logsumexp(1, shape, x, l);
                    k.softmax_gradient(1, shape, x, y, y);
                    k.log_softmax_gradient(1, shape, x, y, y);
                    CHECK(of_x.rest_untouched());
                    CHECK(of_y.rest_untouched());
                    CHECK(of_l.rest_untouched());
                }
}
#endif

/// Without NaN, of which the bits may differ.
TEMPLATE_TEST_CASE("rows: the bits are the same with every compiler and instruction set, with FMA and without",
                   "[rows]", float, double) {
    using T = TestType;
    for (const row_kernels<T>& k : all_row_kernels<T>()) {
        CAPTURE(k.architecture);
        std::mt19937_64 random(1);
        std::uint64_t hash = 0;
        const auto add = [&](const std::vector<T>& of) {
            for (const T v : of) {
                hash = (hash ^ bits(v)) * 0x9e3779b97f4a7c15u;
                hash ^= hash >> 29;
            }
        };
        for (std::size_t run = 0; run < 200; ++run) {
            const std::size_t channels = 1 + random() % 200, inner = run % 2 == 0 ? 1 : 1 + random() % 40;
            const channel_shape shape{1 + run % 3, channels, inner};
            const double scale = run % 3 == 0 ? 0.1 : 1;
            std::vector<T> x(shape.size()), y(x.size()), dy(x.size()), dx(x.size()), l(shape.outer * inner);
            for (T& v : x)
                v = static_cast<T>(80 * (fraction(random) - 0.5));
            for (T& v : dy)
                v = static_cast<T>(fraction(random) - 0.5);
            k.softmax(scale, false, shape, x, y, l);
            k.softmax_gradient(scale, shape, y, dy, dx);
            add(y), add(l), add(dx);
            k.log_softmax(scale, false, shape, x, y, none<T>);
            k.log_softmax_gradient(scale, shape, y, dy, dx);
            add(y), add(dx);
        }
        constexpr std::uint64_t with_fma = sizeof(T) == 4 ? 0xa6dc1ef39ea14972 : 0x686666aeb282d3e0,
                                without = sizeof(T) == 4 ? 0x2b6beb330af99d2e : 0xb477d45728c602ad;
        CHECK(hash == (simdact::simd::fused ? with_fma : without));
    }
}
