#include "../allocations.hpp"
#include "../batches.hpp"
#include "../buffers.hpp"
#include "../catch.hpp"
#include "../channelwise_truth.hpp"
#include "../definition.hpp"
#include "../inputs.hpp"
#include "../on_values.hpp"
#include "../refusal.hpp"
#include "../ulp.hpp"
#include "called.hpp"

#include <simdact/functions/prelu.hpp>
#include <simdact/kernels/channelwise.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <initializer_list>
#include <limits>
#include <span>
#include <string>
#include <vector>

using namespace tests;
using simdact::channel_shape;
using simdact::prelu;

namespace {

/// The kernels on spans.
template <class T>
struct kernels {
    using in = std::span<const T>;
    using out = std::span<T>;
    using shape = const channel_shape&;
    static void forward(shape s, in x, in slopes, out y) { called::forward(prelu{}, s, x, slopes, y); }
    static void derivative(shape s, in x, in slopes, out d) { called::derivative(prelu{}, s, x, slopes, d); }
    static void backward(shape s, in x, in slopes, in dy, out dx) { called::backward(prelu{}, s, x, slopes, dy, dx); }
    static void backward(shape s, in x, in slopes, in dy, out dx, out dslopes) {
        called::backward(prelu{}, s, x, slopes, dy, dx, dslopes);
    }
    static void accumulate(shape s, in x, in slopes, in dy, out dx, out dslopes) {
        called::accumulate(prelu{}, s, x, slopes, dy, dx, dslopes);
    }
};

using sizes = std::initializer_list<std::size_t>;
using shapes = std::initializer_list<channel_shape>;

constexpr std::size_t most = std::numeric_limits<std::size_t>::max();

std::string text(const channel_shape& shape) {
    return std::to_string(shape.outer) + " x " + std::to_string(shape.channels) + " x " + std::to_string(shape.inner);
}

/// The arguments of one call.
template <class T>
struct problem {
    channel_shape shape;
    std::vector<T> x, dy, slopes;

    /// With ordinary values, or with special ones among them.
    explicit problem(const channel_shape& of, bool special = false)
        : shape(of), x(values(of.size(), 30, special)), dy(values(of.size(), 31, special)),
          slopes(values(of.channels, 32, special)) {}

    T slope(std::size_t element) const { return slopes[element / shape.inner % shape.channels]; }

private:
    static std::vector<T> values(std::size_t count, std::uint64_t seed, bool special) {
        if (special)
            return mixed_values<T>(count, seed);
        static const std::vector<T> pool = ordinary_values<T>(5003, 30);
        std::vector<T> result(count);
        for (std::size_t i = 0; i < count; ++i)
            result[i] = pool[static_cast<std::size_t>((i + 997 * seed) % pool.size())];
        return result;
    }
};

/// What scalar calls give for each element.
template <class T>
struct scalar_calls {
    std::vector<T> y, d, dx;

    explicit scalar_calls(const problem<T>& p) : y(p.x.size()), d(p.x.size()), dx(p.x.size()) {
        for (std::size_t i = 0; i < p.x.size(); ++i) {
            y[i] = prelu{}.forward(p.x[i], p.slope(i));
            d[i] = prelu{}.derivative(p.x[i], p.slope(i));
            dx[i] = prelu{}.backward(p.x[i], p.slope(i), p.dy[i]);
        }
    }
};

/// What the kernels give, each output in a buffer of its own.
template <class T>
struct kernel_calls {
    std::vector<T> y, d, dx, dx_alone, dslopes;

    explicit kernel_calls(const problem<T>& p)
        : y(p.x.size()), d(p.x.size()), dx(p.x.size()), dx_alone(p.x.size()), dslopes(p.shape.channels, T(7)) {
        kernels<T>::forward(p.shape, p.x, p.slopes, y);
        kernels<T>::derivative(p.shape, p.x, p.slopes, d);
        kernels<T>::backward(p.shape, p.x, p.slopes, p.dy, dx_alone);
        kernels<T>::backward(p.shape, p.x, p.slopes, p.dy, dx, dslopes);
    }
};

template <class T>
std::string difference_from_scalar_calls(const problem<T>& p, const kernel_calls<T>& got) {
    const scalar_calls<T> wanted(p);
    if (const std::string difference = first_difference<T>(got.y, wanted.y, p.x); !difference.empty())
        return text(p.shape) + ": y: " + difference;
    if (const std::string difference = first_difference<T>(got.d, wanted.d, p.x); !difference.empty())
        return text(p.shape) + ": d: " + difference;
    if (const std::string difference = first_difference<T>(got.dx, wanted.dx, p.x); !difference.empty())
        return text(p.shape) + ": dx: " + difference;
    if (const std::string difference = first_difference<T>(got.dx_alone, wanted.dx, p.x); !difference.empty())
        return text(p.shape) + ": dx without dslopes: " + difference;
    return "";
}

template <class T>
channelwise_truth truth_for(const channel_shape& s, const std::vector<T>& x, const std::vector<T>& slopes,
                            const std::vector<T>& dy) {
    return {
        description_of(prelu::name), {s.outer, s.channels, s.inner}, std::span(x), std::span(slopes), std::span(dy)};
}

/// The error of a sum in units of its bound.
template <class T>
long double slope_gradient_error(T got, long double truth, long double size) {
    const long double error = std::fabs(static_cast<long double>(got) - truth);
    return std::isnan(error) ? std::numeric_limits<long double>::infinity() : error / slope_gradient_tolerance<T>(size);
}

/// The largest error of dslopes in units of its bound.
template <class T>
long double slope_gradient_error(const std::vector<T>& got, const channelwise_truth& truth) {
    long double worst = 0;
    for (std::size_t c = 0; c < got.size(); ++c)
        worst = std::max(worst, slope_gradient_error(got[c], truth.dslopes[c], truth.dslope_sizes[c]));
    return worst;
}

/// Checks all results of one shape against the scalar calls' bits and against the reference.
template <class T>
std::string failure(const problem<T>& p) {
    const kernel_calls<T> got(p);
    if (const std::string difference = difference_from_scalar_calls(p, got); !difference.empty())
        return difference;
    const channelwise_truth truth = truth_for(p.shape, p.x, p.slopes, p.dy);
    const long double bound = static_cast<long double>(one_rounding) + reference_error<T>;
    const auto within = [&](T result, long double wanted, long double ulps) {
        return result == static_cast<T>(wanted) || ulp_error(result, wanted) <= ulps;
    };
    for (std::size_t i = 0; i < p.x.size(); ++i)
        if (!within(got.y[i], truth.y[i], bound) || !within(got.d[i], truth.d[i], 0) ||
            !within(got.dx[i], truth.dx[i], bound))
            return text(p.shape) + ": element " + std::to_string(i) + " is not the reference's";
    if (const long double error = slope_gradient_error(got.dslopes, truth); error > 1)
        return text(p.shape) + ": dslopes is " + std::to_string(error) + " times its bound off";
    return "";
}

} // namespace

TEMPLATE_TEST_CASE("channelwise kernels: agree with the reference in every layout", "[channelwise]", float, double) {
    using T = TestType;
    // clang-format off
    for (const channel_shape shape : shapes{
             {.outer =   2, .channels =    3, .inner =   49}, // NCHW
             {.outer =   1, .channels =   64, .inner =  196},
             {.outer =   2, .channels =  600, .inner =   33},
             {.outer =   8, .channels =   16, .inner =    4},
             {.outer =  98, .channels =    3, .inner =    1}, // NHWC
             {.outer =  50, .channels =   64, .inner =    1},
             {.outer =  10, .channels = 1000, .inner =    1},
             {.outer =   1, .channels =    1, .inner = 1000}, // shared
             {.outer =   7, .channels =    1, .inner =   13},
             {.outer = 777, .channels =    1, .inner =    1}, // one channel
             {.outer =   1, .channels =  500, .inner =    1}, // one slope per element
             {.outer =   1, .channels =    1, .inner =    1}, // one element
             {.outer =   3, .channels = 5000, .inner =    2},
             {.outer =   2, .channels =    2, .inner = 9001},
             {.outer =   1, .channels =    1, .inner = 100003},
             {.outer = 33334, .channels =  3, .inner =    1},
         })
        CHECK(failure(problem<T>(shape)) == "");
    // clang-format on
}

TEMPLATE_TEST_CASE("channelwise kernels: agree with the reference for 1 to 70 channels of 1 to 70 elements",
                   "[channelwise]", float, double) {
    for (std::size_t channels = 1; channels <= 70; ++channels)
        for (std::size_t inner = 1; inner <= 70; ++inner) {
            if (channels * inner > 1000 && (channels + inner) % 5 != 0)
                continue; // of the large ones a fifth, for time
            const std::size_t outer = (channels + inner) % 4 == 0 ? 2 : 1;
            if (const std::string what = failure(problem<TestType>({outer, channels, inner})); !what.empty())
                FAIL_CHECK(what);
        }
}

TEMPLATE_TEST_CASE("channelwise functions: every lane of a batch has its own slope", "[channelwise]", float, double) {
    using T = TestType;
    using V = simdact::simd::batch<T>;
    const auto x = mixed_values<T>(960, 8), w = mixed_values<T>(960, 9), dy = mixed_values<T>(960, 10);
    std::vector<T> y(x.size()), d(x.size()), dx(x.size()), by_slope(x.size());
    on_values<V>([](V a, V b) { return prelu{}.forward(a, b); }, std::span<T>(y), x.data(), w.data());
    on_values<V>([](V a, V b) { return prelu{}.derivative(a, b); }, std::span<T>(d), x.data(), w.data());
    on_values<V>([](V a, V b, V c) { return prelu{}.backward(a, b, c); }, std::span<T>(dx), x.data(), w.data(),
                 dy.data());
    on_values<V>([](V a) { return prelu{}.slope_derivative(a); }, std::span<T>(by_slope), x.data());
    for (std::size_t i = 0; i < x.size(); ++i)
        if (!same_result(y[i], prelu{}.forward(x[i], w[i]), x[i]) ||
            !same_result(d[i], prelu{}.derivative(x[i], w[i]), x[i]) ||
            !same_result(dx[i], prelu{}.backward(x[i], w[i], dy[i]), x[i]) ||
            !same_bits(by_slope[i], x[i] > 0 ? T(0) : x[i]) || !same_bits(by_slope[i], prelu{}.slope_derivative(x[i])))
            FAIL_CHECK("not the scalar call's bits at x = " << show(x[i]) << ", slope = " << show(w[i]));
}
static_assert(prelu::initial_slope == 0.25 && noexcept(prelu{}.slope_derivative(1.0F)));
static_assert(same_bits(prelu{}.slope_derivative(-2.0F), -2.0F) && same_bits(prelu{}.slope_derivative(2.0), 0.0));

TEMPLATE_TEST_CASE("channelwise kernels: special values have the bits of scalar calls at every position",
                   "[channelwise]", float, double) {
    using T = TestType;
    for (const std::size_t outer : sizes{1, 2, 9})
        for (std::size_t channels = 1; channels <= 4 * width<T> + 1; channels += channels < 9 ? 1 : 6)
            for (std::size_t inner = 1; inner <= 4 * width<T> + 1; inner += inner < 9 ? 1 : 6) {
                const problem<T> p({outer, channels, inner}, true);
                if (const std::string difference = difference_from_scalar_calls(p, kernel_calls<T>(p));
                    !difference.empty())
                    FAIL_CHECK(difference);
            }
}

namespace {

/// Every aliasing that is allowed, every buffer misaligned by its own distance: the bits of separate aligned buffers,
/// dslopes included, and nothing written beside the outputs.
template <class T>
std::string failure_when_placed(const problem<T>& p, const kernel_calls<T>& wanted, std::size_t shift) {
    const std::size_t size = p.x.size(), channels = p.shape.channels;
    const guarded<T> x(p.x, shift), dy(p.dy, 3 * shift % width<T>), slopes(p.slopes, 5 * shift % width<T>);
    const auto same = [&](const guarded<T>& got, const std::vector<T>& results) {
        return got.guards_untouched() && first_difference<T>(got.all(), results, p.x).empty();
    };
    const auto same_slopes = [&](const guarded<T>& got, const std::vector<T>& results) {
        return got.guards_untouched() && first_difference<T>(got.all(), results, std::vector<T>(channels)).empty();
    };

    guarded<T> y(size, 7 * shift % width<T>), y_as_x(p.x, shift), d(size, shift), d_as_x(p.x, shift);
    kernels<T>::forward(p.shape, x.all(), slopes.all(), y.all());
    kernels<T>::forward(p.shape, y_as_x.all(), slopes.all(), y_as_x.all());
    kernels<T>::derivative(p.shape, x.all(), slopes.all(), d.all());
    kernels<T>::derivative(p.shape, d_as_x.all(), slopes.all(), d_as_x.all());
    if (!same(y, wanted.y) || !same(y_as_x, wanted.y))
        return "forward";
    if (!same(d, wanted.d) || !same(d_as_x, wanted.d))
        return "derivative";

    guarded<T> dx(size, 3 * shift % width<T>), dx_as_dy(p.dy, shift), dx_as_x(p.x, shift);
    kernels<T>::backward(p.shape, x.all(), slopes.all(), dy.all(), dx.all());
    kernels<T>::backward(p.shape, x.all(), slopes.all(), dx_as_dy.all(), dx_as_dy.all());
    kernels<T>::backward(p.shape, dx_as_x.all(), slopes.all(), dy.all(), dx_as_x.all());
    if (!same(dx, wanted.dx) || !same(dx_as_dy, wanted.dx) || !same(dx_as_x, wanted.dx))
        return "backward";

    guarded<T> dslopes(channels, shift), dslopes_2(channels, shift), dslopes_3(channels, 0);
    dx_as_dy = guarded<T>(p.dy, shift);
    dx_as_x = guarded<T>(p.x, shift);
    kernels<T>::backward(p.shape, x.all(), slopes.all(), dy.all(), dx.all(), dslopes.all());
    kernels<T>::backward(p.shape, x.all(), slopes.all(), dx_as_dy.all(), dx_as_dy.all(), dslopes_2.all());
    kernels<T>::backward(p.shape, dx_as_x.all(), slopes.all(), dy.all(), dx_as_x.all(), dslopes_3.all());
    if (!same(dx, wanted.dx) || !same(dx_as_dy, wanted.dx) || !same(dx_as_x, wanted.dx))
        return "dx beside dslopes";
    if (!same_slopes(dslopes, wanted.dslopes) || !same_slopes(dslopes_2, wanted.dslopes) ||
        !same_slopes(dslopes_3, wanted.dslopes))
        return "dslopes";
    if (!x.still_holds(p.x) || !dy.still_holds(p.dy) || !slopes.still_holds(p.slopes))
        return "an input was written";
    return "";
}

} // namespace

TEMPLATE_TEST_CASE("channelwise kernels: the same bits for every length and alignment and for every aliasing",
                   "[channelwise]", float, double) {
    using T = TestType;
    const auto check = [](const channel_shape& shape) {
        const problem<T> p(shape);
        const kernel_calls<T> wanted(p);
        if (const std::string difference = difference_from_scalar_calls(p, wanted); !difference.empty())
            FAIL_CHECK(difference);
        for (std::size_t shift = 0; shift < width<T>; ++shift)
            if (const std::string what = failure_when_placed(p, wanted, shift); !what.empty())
                FAIL_CHECK(text(shape) << " misaligned by " << shift << ": " << what);
    };
    for (std::size_t n = 0; n <= 4 * width<T> + 1; ++n) {
        check({.outer = 1, .channels = 1, .inner = n});
        check({.outer = 1, .channels = n, .inner = 1});
        check({.outer = n, .channels = 1, .inner = 1});
        check({.outer = 3, .channels = 2, .inner = n});
        check({.outer = 3, .channels = n, .inner = 1});
    }
    check({.outer = 2, .channels = 3, .inner = 1000});
    check({.outer = 700, .channels = 5, .inner = 1});
    check({.outer = 40, .channels = 5, .inner = 3});
}

TEMPLATE_TEST_CASE("channelwise kernels: x, dy and dx may be one buffer", "[channelwise]", float, double) {
    using T = TestType;
    problem<T> p({.outer = 3, .channels = 5, .inner = 17});
    p.dy = p.x;
    const kernel_calls<T> wanted(p);
    std::vector<T> all_one = p.x, dslopes(5);
    kernels<T>::backward(p.shape, all_one, p.slopes, all_one, all_one, dslopes);
    CHECK(first_difference<T>(all_one, wanted.dx, p.x) == "");
    CHECK(first_difference<T>(dslopes, wanted.dslopes, dslopes) == "");
}

// dslopes too: as if nothing were said about channels.
TEMPLATE_TEST_CASE("channelwise kernels: one slope serves all channels, with the bits of one channel", "[channelwise]",
                   float, double) {
    using T = TestType;
    for (const channel_shape shape :
         shapes{{1, 1, 1}, {2, 3, 5}, {2, 3, 49}, {7, 64, 1}, {5, 40, 3}, {1, 600, 33}, {0, 3, 5}, {2, 0, 5}}) {
        INFO(text(shape));
        const problem<T> p({1, 1, shape.size()});
        const std::size_t size = p.x.size();
        const kernel_calls<T> wanted(p);
        std::vector<T> y(size), d(size), dx(size), dx_alone(size), dslopes = {7};
        kernels<T>::forward(shape, p.x, p.slopes, y);
        kernels<T>::derivative(shape, p.x, p.slopes, d);
        kernels<T>::backward(shape, p.x, p.slopes, p.dy, dx_alone);
        kernels<T>::backward(shape, p.x, p.slopes, p.dy, dx, dslopes);
        CHECK(first_difference<T>(y, wanted.y, p.x) == "");
        CHECK(first_difference<T>(d, wanted.d, p.x) == "");
        CHECK(first_difference<T>(dx, wanted.dx, p.x) == "");
        CHECK(first_difference<T>(dx_alone, wanted.dx, p.x) == "");
        CHECK(first_difference<T>(dslopes, wanted.dslopes, dslopes) == "");
        kernels<T>::accumulate(shape, p.x, p.slopes, p.dy, dx, dslopes);
        CHECK(dslopes[0] == 2 * wanted.dslopes[0]);
    }
}

TEMPLATE_TEST_CASE("channelwise kernels: an empty array leaves no output but slope gradients of 0", "[channelwise]",
                   float, double) {
    using T = TestType;
    // clang-format off
    for (const channel_shape shape : shapes{
             {.outer = 0,        .channels = 3, .inner = 5},
             {.outer = 2,        .channels = 3, .inner = 0},
             {.outer = 0,        .channels = 3, .inner = 1},
             {.outer = 2,        .channels = 0, .inner = 5},
             {.outer = 0,        .channels = 0, .inner = 0},
             {.outer = most,     .channels = 3, .inner = 0},
             {.outer = most / 2, .channels = 0, .inner = most},
         }) {
        // clang-format on
        INFO(text(shape));
        const std::vector<T> none, slopes(shape.channels, T(0.5));
        std::vector<T> no_y, dslopes(shape.channels, T(7));
        kernels<T>::forward(shape, none, slopes, no_y);
        kernels<T>::forward(shape, no_y, slopes, no_y);
        kernels<T>::derivative(shape, none, slopes, no_y);
        kernels<T>::backward(shape, none, slopes, none, no_y);
        kernels<T>::accumulate(shape, none, slopes, none, no_y, dslopes);
        CHECK(dslopes == std::vector<T>(shape.channels, T(7)));
        kernels<T>::backward(shape, none, slopes, none, no_y, dslopes);
        CHECK(first_difference<T>(dslopes, std::vector<T>(shape.channels, T(0)), dslopes) == "");
    }
}

TEMPLATE_TEST_CASE("channelwise kernels: an empty array overlaps nothing, not even where the slopes are",
                   "[channelwise]", float, double) {
    using T = TestType;
    const channel_shape shape{.outer = 0, .channels = 3, .inner = 5};
    std::vector<T> slopes(3, T(0.5)), dslopes(3, T(7));
    const std::span<T> in_slopes = std::span(slopes).subspan(1, 0), in_dslopes = std::span(dslopes).subspan(2, 0);
    kernels<T>::forward(shape, in_slopes, slopes, in_slopes);
    kernels<T>::backward(shape, in_slopes, slopes, in_dslopes, in_slopes, dslopes);
    CHECK(slopes == std::vector<T>(3, T(0.5)));
    CHECK(dslopes == std::vector<T>(3, T(0)));
}

TEMPLATE_TEST_CASE("channelwise kernels: accumulate adds what would have been written with one rounding",
                   "[channelwise]", float, double) {
    using T = TestType;
    for (const channel_shape shape :
         shapes{{1, 1, 1}, {1, 1, 1000}, {2, 37, 11}, {1, 64, 49}, {29, 37, 1}, {3, 1000, 1}, {500, 3, 1}}) {
        INFO(text(shape));
        const problem<T> p(shape);
        const kernel_calls<T> overwritten(p);
        const std::vector<T> old = mixed_values<T>(shape.channels, 33);
        std::vector<T> dslopes = old, dx(p.x.size()), wanted(shape.channels);
        for (std::size_t c = 0; c < shape.channels; ++c)
            wanted[c] = old[c] + overwritten.dslopes[c];
        kernels<T>::accumulate(shape, p.x, p.slopes, p.dy, dx, dslopes);
        CHECK(first_difference<T>(dslopes, wanted, std::vector<T>(shape.channels)) == "");
        CHECK(first_difference<T>(dx, overwritten.dx, p.x) == "");
    }
}

namespace {

/// Sums that a rounding in every addition, in one direction, would spoil.
template <class T>
std::vector<std::vector<T>> hard_sums(std::size_t count) {
    const T eps = std::numeric_limits<T>::epsilon();
    std::vector<std::vector<T>> sums;
    // One large term, and small ones that are lost in it one by one, or in groups of so many.
    for (const std::size_t group : sizes{1, 2, 16, 64, 256, 1024, 4096})
        for (const std::size_t large_at : sizes{0, 33, count / 2, count - 1}) {
            sums.emplace_back(count, T(0.499) * eps / static_cast<T>(group));
            sums.back()[large_at] = 1;
        }
    // Large terms in every lane and block, each losing the small ones beside it, or those it is added to in fours.
    for (const std::size_t stride : sizes{2, 7, 16, 32, 48, 64, 1025}) {
        sums.emplace_back(count, T(0.499) * eps);
        for (std::size_t i = 0; i < count; i += stride)
            sums.back()[i] = 1;
    }
    // One value over and over, so that whole stretches round alike: products, their sums in twos and fours.
    for (const T term : {T(0.1), T(1) + eps, T(1) / 3, 2 - eps, T(1) + 2 * eps, T(4) / 3 + eps, T(5) / 3})
        sums.emplace_back(count, term);
    // Growing and shrinking terms; large ones that cancel, at once or at the end.
    sums.emplace_back(count);
    for (std::size_t i = 0; i < count; ++i)
        sums.back()[i] = static_cast<T>(std::exp2(static_cast<double>(i) * 40 / static_cast<double>(count)));
    sums.emplace_back(sums.back().rbegin(), sums.back().rend());
    sums.emplace_back(count);
    for (std::size_t i = 0; i < count; ++i)
        sums.back()[i] = (i % 2 ? -1 : 1) * (T(1e6) + T(0.1) * static_cast<T>(i % 10));
    sums.emplace_back(count, T(0.1));
    for (std::size_t i = 0; i < count / 2; ++i) {
        sums.back()[i] += T(1e7);
        sums.back()[count - 1 - i] -= T(1e7);
    }
    return sums;
}

template <class T>
void check_hard_sums(const channel_shape& shape) {
    INFO(text(shape));
    const std::size_t count = shape.outer * shape.inner;
    const auto sums = hard_sums<T>(count);
    problem<T> p(shape);
    std::vector<T> dx(p.x.size()), dslopes(shape.channels);
    for (const T x :
         {T(-1), T(-1) / 3, T(-5) / 3, -1 - 3 * std::numeric_limits<T>::epsilon()}) // exact products, and not
        for (std::size_t first = 0; first < sums.size(); first += shape.channels) {
            for (std::size_t i = 0; i < p.x.size(); ++i) {
                const std::size_t channel = i / shape.inner % shape.channels;
                const std::size_t term = i / (shape.inner * shape.channels) * shape.inner + i % shape.inner;
                p.x[i] = x;
                p.dy[i] = sums[(first + channel) % sums.size()][term];
            }
            kernels<T>::backward(shape, p.x, p.slopes, p.dy, dx, dslopes);
            const channelwise_truth truth = truth_for(shape, p.x, p.slopes, p.dy);
            INFO("sum " << first << " and following, times " << x);
            CHECK(slope_gradient_error(dslopes, truth) <= 1);
        }
}

} // namespace

TEMPLATE_TEST_CASE("channelwise kernels: dslopes keep their bound in sums that round in one direction", "[channelwise]",
                   float, double) {
    check_hard_sums<TestType>({.outer = 1, .channels = 1, .inner = 8197});
    check_hard_sums<TestType>({.outer = 8197, .channels = 1, .inner = 1});
    check_hard_sums<TestType>({.outer = 2000, .channels = 3, .inner = 1});
    check_hard_sums<TestType>({.outer = 3000, .channels = 37, .inner = 1});
    check_hard_sums<TestType>({.outer = 700, .channels = 5, .inner = 3});
    check_hard_sums<TestType>({.outer = 4, .channels = 3, .inner = 1025});
    check_hard_sums<TestType>({.outer = 1, .channels = 64, .inner = 1024});
}

TEMPLATE_TEST_CASE("channelwise kernels: dslopes keep their bound over 120 000 elements", "[channelwise]", float,
                   double) {
    using T = TestType;
    const T eps = std::numeric_limits<T>::epsilon();
    for (const channel_shape shape : shapes{{1, 1, 120000}, {120000, 1, 1}, {40000, 3, 1}}) {
        INFO(text(shape));
        problem<T> p(shape);
        std::vector<T> dx(p.x.size()), dslopes(shape.channels);
        const auto error = [&] {
            kernels<T>::backward(shape, p.x, p.slopes, p.dy, dx, dslopes);
            return slope_gradient_error(dslopes, truth_for(shape, p.x, p.slopes, p.dy));
        };
        CHECK(error() <= 1);
        p.x.assign(p.x.size(), T(-1));
        for (const T group : {T(1), T(1024), T(32768)}) {
            p.dy.assign(p.x.size(), T(0.499) * eps / group);
            std::fill_n(p.dy.begin(), 1024, T(1)); // a first block that later ones are lost in
            CHECK(error() <= 1);
        }
        p.dy.assign(p.x.size(), T(0.1));
        CHECK(error() <= 1);
    }
}

TEMPLATE_TEST_CASE("channelwise kernels: products below the smallest normal number cost dslopes half a denormal each",
                   "[channelwise]", float, double) {
    using T = TestType;
    const T root = std::sqrt(std::numeric_limits<T>::min());
    for (const channel_shape shape : shapes{{11, 6, 6}, {1, 1, 1000}, {300, 3, 1}}) {
        INFO(text(shape));
        problem<T> p(shape);
        for (std::size_t i = 0; i < p.x.size(); ++i) {
            p.x[i] *= root / 1000;
            p.dy[i] *= root / 1000;
        }
        const channelwise_truth truth = truth_for(shape, p.x, p.slopes, p.dy);
        const kernel_calls<T> got(p);
        for (std::size_t c = 0; c < shape.channels; ++c)
            CHECK(std::fabs(got.dslopes[c] - truth.dslopes[c]) <=
                  slope_gradient_tolerance<T>(truth.dslope_sizes[c], shape.outer * shape.inner));
    }
}

TEMPLATE_TEST_CASE("channelwise kernels: no special dy reaches dslopes from where x is above 0", "[channelwise]", float,
                   double) {
    using T = TestType;
    for (const channel_shape shape : shapes{{1, 1, 100}, {2, 3, 70}, {60, 3, 1}, {5, 40, 1}, {4, 9, 5}}) {
        INFO(text(shape));
        problem<T> p(shape);
        for (std::size_t i = 0; i < p.x.size(); ++i)
            p.x[i] = i % 2 ? std::fabs(p.x[i]) : -std::fabs(p.x[i]);
        const kernel_calls<T> ordinary(p);
        for (std::size_t i = 0; i < p.x.size(); ++i)
            if (p.x[i] > 0)
                p.dy[i] = special_values<T>()[i % special_values<T>().size()];
        p.x[1] = infinity<T>;
        p.dy[1] = infinity<T>;
        const kernel_calls<T> special(p);
        CHECK(first_difference<T>(special.dslopes, ordinary.dslopes, ordinary.dslopes) == "");
    }
}

TEMPLATE_TEST_CASE("channelwise kernels: infinities and NaN reach the dslopes of their own channel only",
                   "[channelwise]", float, double) {
    using T = TestType;
    const T inf = infinity<T>, nan = payload_nan<T>, huge = std::numeric_limits<T>::max();
    struct addition {
        T x, dy, result;
    };
    const addition additions[] = {
        {T(-1), inf, -inf},  {T(-1), -inf, inf},
        {-inf, T(1), -inf},  {-inf, T(-1), inf},
        {-huge, huge, -inf}, {-huge, -huge, inf},
        {nan, T(1), nan},    {T(-1), nan, nan},
        {T(0), inf, nan},    {T(-0.0), -inf, nan},
        {-inf, T(0), nan},   {T(0), nan, nan},
        {-inf, nan, nan},    {negative_payload_nan<T>, T(0), nan},
    };
    for (const channel_shape shape : shapes{{1, 1, 100}, {2, 3, 70}, {60, 3, 1}, {5, 40, 1}, {4, 9, 5}, {1, 2, 2100}}) {
        INFO(text(shape));
        const problem<T> ordinary(shape);
        const kernel_calls<T> ordinary_results(ordinary);
        for (const std::size_t at : sizes{0, 1, ordinary.x.size() / 2, ordinary.x.size() - 1})
            for (const addition& a : additions) {
                problem<T> p(shape);
                p.x[at] = a.x;
                p.dy[at] = a.dy;
                std::vector<T> wanted = ordinary_results.dslopes;
                wanted[at / shape.inner % shape.channels] = a.result;
                const kernel_calls<T> got(p);
                INFO("x = " << show(a.x) << " and dy = " << show(a.dy) << " at " << at);
                CHECK(first_difference<T>(got.dslopes, wanted, std::vector<T>(shape.channels)) == "");
            }
    }
}

TEMPLATE_TEST_CASE("channelwise kernels: dslopes of both infinities are NaN and of an overflow infinite",
                   "[channelwise]", float, double) {
    using T = TestType;
    for (const channel_shape shape : shapes{{1, 1, 100}, {100, 1, 1}, {50, 2, 1}}) {
        INFO(text(shape));
        problem<T> p(shape);
        p.x.assign(p.x.size(), T(-1));
        p.dy[8] = infinity<T>;
        p.dy[70] = -infinity<T>;
        CHECK(is_nan(kernel_calls<T>(p).dslopes[0]));
        p.dy.assign(p.dy.size(), std::numeric_limits<T>::max() / 2);
        CHECK(kernel_calls<T>(p).dslopes[0] == -infinity<T>);
        p.dy.assign(p.dy.size(), std::numeric_limits<T>::lowest() / 2);
        CHECK(kernel_calls<T>(p).dslopes[0] == infinity<T>);
    }
}

namespace {

template <class T, class Arch>
void check_same_bits_on(const problem<T>& p, const kernel_calls<T>& wanted) {
    INFO(architecture_name<Arch>() << ", " << text(p.shape));
    std::vector<T> dx(p.x.size()), dslopes(p.shape.channels);
    simdact::backward<Arch>(prelu{}, p.shape, p.x, p.slopes, p.dy, dx, dslopes);
    CHECK(first_difference<T>(dx, wanted.dx, p.x) == "");
    CHECK(first_difference<T>(dslopes, wanted.dslopes, dslopes) == "");
}

template <class T>
struct same_bits_on {
    template <class... Archs>
    struct list {
        static void check(const problem<T>& p) {
            const kernel_calls<T> wanted(p);
            (check_same_bits_on<T, Archs>(p, wanted), ...);
        }
    };
};

} // namespace

TEMPLATE_TEST_CASE("channelwise kernels: other architectures of the build give the same bits", "[channelwise]", float,
                   double) {
    using T = TestType;
    using all = with_some_architectures<same_bits_on<T>::template list>;
    for (const channel_shape shape :
         shapes{{1, 1, 5000}, {3, 7, 129}, {2, 5, 3}, {200, 3, 1}, {41, 70, 1}, {2500, 1, 2}})
        all::check(problem<T>(shape));
}

TEST_CASE("channelwise kernels: take every contiguous range of known size", "[channelwise]") {
    using T = float;
    const channel_shape shape{.outer = 1, .channels = 2, .inner = 2};
    const std::array<T, 4> x = {T(-1), T(2), T(-3), T(4)};
    const T dy[] = {T(1), T(1), T(2), T(2)};
    const std::vector<T> slopes = {T(0.5), T(2)};
    std::array<T, 4> y;
    T dx[4];
    std::vector<T> dslopes(2);
    simdact::forward(prelu{}, shape, x, slopes, y);
    CHECK(y == std::array<T, 4>{T(-0.5), T(2), T(-6), T(4)});
    simdact::backward(prelu{}, shape, x, std::span(slopes), dy, dx, std::span(dslopes));
    CHECK(std::vector<T>(std::begin(dx), std::end(dx)) == std::vector<T>{T(0.5), T(1), T(4), T(2)});
    CHECK(dslopes == std::vector<T>{T(-1), T(-6)});
    simdact::forward(prelu{}, shape, std::span(x), std::array<T, 2>{T(0.5), T(2)}, std::span(dx));
    CHECK(std::vector<T>(std::begin(dx), std::end(dx)) == std::vector<T>(y.begin(), y.end()));
    simdact::derivative(prelu{}, shape, x, slopes, y);
    CHECK(y == std::array<T, 4>{T(0.5), T(1), T(2), T(1)});
}

TEMPLATE_TEST_CASE("channelwise kernels: a shape or a size that does not fit is refused by name", "[channelwise]",
                   float, double) {
    using T = TestType;
    const channel_shape shape{.outer = 2, .channels = 3, .inner = 5};
    const std::vector<T> x(30, T(-1)), x29(29, T(-1)), slopes(3, T(2)), slopes1(1, T(2)), slopes4(4, T(2)), none;
    std::vector<T> y(30, T(7)), y29(29, T(7)), dslopes(3, T(7)), dslopes1(1, T(7)), dslopes2(2, T(7));

    using in = std::span<const T>;
    using out = std::span<T>;
    const auto forward = [&](const channel_shape& s, in x_, in slopes_, out y_) {
        return refusal([&] { kernels<T>::forward(s, x_, slopes_, y_); });
    };
    CHECK(forward(shape, x29, slopes, y29) == "simdact::forward: shape 2 x 3 x 5 has 30 elements, but x has 29");
    CHECK(forward(shape, x, slopes, y29) == "simdact::forward: y has 29 elements, but x has 30");
    CHECK(forward(shape, x, slopes4, y) == "simdact::forward: slopes has 4 elements, but shape has 3 channels");
    CHECK(forward(shape, x, none, y) == "simdact::forward: slopes has 0 elements, but shape has 3 channels");
    CHECK(forward({.outer = 0, .channels = 3, .inner = 5}, x, slopes, y) ==
          "simdact::forward: shape 0 x 3 x 5 has 0 elements, but x has 30");
    CHECK(refusal([&] { kernels<T>::derivative(shape, x29, slopes, y29); }) ==
          "simdact::derivative: shape 2 x 3 x 5 has 30 elements, but x has 29");
    CHECK(refusal([&] { kernels<T>::derivative(shape, x, slopes, y29); }) ==
          "simdact::derivative: d has 29 elements, but x has 30");
    CHECK(refusal([&] { kernels<T>::derivative(shape, x, slopes4, y); }) ==
          "simdact::derivative: slopes has 4 elements, but shape has 3 channels");

    const auto backward = [&](in x_, in slopes_, in dy_, out dx_) {
        return refusal([&] { kernels<T>::backward(shape, x_, slopes_, dy_, dx_); });
    };
    const auto backward_with = [&](in x_, in slopes_, in dy_, out dx_, out dslopes_) {
        const std::string text = refusal([&] { kernels<T>::backward(shape, x_, slopes_, dy_, dx_, dslopes_); });
        CHECK(refusal([&] { kernels<T>::accumulate(shape, x_, slopes_, dy_, dx_, dslopes_); }) == text);
        return text;
    };
    CHECK(backward(x29, slopes, x29, y29) == "simdact::backward: shape 2 x 3 x 5 has 30 elements, but x has 29");
    CHECK(backward(x, slopes, x29, y) == "simdact::backward: dy has 29 elements, but x has 30");
    CHECK(backward(x, slopes, x, y29) == "simdact::backward: dx has 29 elements, but x has 30");
    CHECK(backward(x, slopes4, x, y) == "simdact::backward: slopes has 4 elements, but shape has 3 channels");
    CHECK(backward_with(x29, slopes, x29, y29, dslopes) ==
          "simdact::backward: shape 2 x 3 x 5 has 30 elements, but x has 29");
    CHECK(backward_with(x, slopes, x29, y, dslopes) == "simdact::backward: dy has 29 elements, but x has 30");
    CHECK(backward_with(x, slopes, x, y29, dslopes) == "simdact::backward: dx has 29 elements, but x has 30");
    CHECK(backward_with(x, slopes4, x, y, dslopes) ==
          "simdact::backward: slopes has 4 elements, but shape has 3 channels");
    CHECK(backward_with(x, slopes, x, y, dslopes2) == "simdact::backward: dslopes has 2 elements, but slopes has 3");
    CHECK(backward_with(x, slopes, x, y, dslopes1) == "simdact::backward: dslopes has 1 elements, but slopes has 3");
    CHECK(backward_with(x, slopes1, x, y, dslopes) == "simdact::backward: dslopes has 3 elements, but slopes has 1");

    // Shapes whose product does not fit, among them those whose product is right modulo 2^64.
    const std::string biggest = std::to_string(most), half = std::to_string(most / 2 + 1);
    const std::string uncountable = " has more elements than can be counted, but x has ";
    CHECK(forward({most, 3, 2}, x, slopes, y) ==
          "simdact::forward: shape " + biggest + " x 3 x 2" + uncountable + "30");
    CHECK(forward({2, 3, most}, x, slopes, y) == "simdact::forward: shape 2 x 3 x " + biggest + uncountable + "30");
    CHECK(forward({1, most, 2}, x, slopes, y) ==
          "simdact::forward: shape 1 x " + biggest + " x 2" + uncountable + "30");
    std::vector<T> nothing;
    CHECK(forward({most / 2 + 1, 1, 2}, none, std::vector<T>(1), nothing) ==
          "simdact::forward: shape " + half + " x 1 x 2" + uncountable + "0");
    CHECK(forward({most, 3, 2}, x, slopes1, y) ==
          "simdact::forward: shape " + biggest + " x 3 x 2" + uncountable + "30");
    CHECK(forward({most, 1, 1}, x, std::vector<T>(1), y) ==
          "simdact::forward: shape " + biggest + " x 1 x 1 has " + biggest + " elements, but x has 30");

    CHECK(y == std::vector<T>(30, T(7)));
    CHECK(y29 == std::vector<T>(29, T(7)));
    CHECK(dslopes == std::vector<T>(3, T(7)));
    CHECK(dslopes1 == std::vector<T>(1, T(7)));
    CHECK(dslopes2 == std::vector<T>(2, T(7)));
}

namespace {

/// Arguments of PReLU that lie in one memory, three elements of slopes beside nine of x.
template <class T>
struct in_one_memory {
    std::vector<T> memory = ordinary_values<T>(60, 34);
    std::span<T> at(std::size_t first, std::size_t size) { return std::span(memory).subspan(first, size); }
};

std::string overlap_text(const std::string& kernel, const std::string& name, const std::string& other,
                         const std::string& how, std::ptrdiff_t bytes, std::size_t length) {
    return "simdact::" + kernel + ": " + name + " overlaps " + other + how + ": it starts " +
           std::to_string(bytes < 0 ? -bytes : bytes) + " bytes " + (bytes < 0 ? "before " : "after ") + other +
           ", which is " + std::to_string(length) + " bytes long";
}

} // namespace

TEMPLATE_TEST_CASE("channelwise kernels: a partial overlap is refused", "[channelwise]", float, double) {
    using T = TestType;
    const channel_shape shape{.outer = 1, .channels = 3, .inner = 3};
    const std::vector<T> slopes(3, T(2)), apart(9, T(1));
    for (std::size_t start = 0; start <= 20; ++start) {
        in_one_memory<T> m;
        const std::vector<T> before = m.memory;
        const std::span<T> x = m.at(10, 9), out = m.at(start, 9);
        std::vector<T> dslopes(3, T(7));
        const std::ptrdiff_t distance = static_cast<std::ptrdiff_t>(start) - 10;
        const bool refused = distance != 0 && -9 < distance && distance < 9;
        const auto text = [&](const std::string& kernel, const std::string& name, const std::string& other) {
            return refused ? overlap_text(kernel, name, other, " in part",
                                          distance * static_cast<std::ptrdiff_t>(sizeof(T)), 9 * sizeof(T))
                           : "not refused";
        };
        CHECK(refusal([&] { kernels<T>::forward(shape, x, slopes, out); }) == text("forward", "y", "x"));
        CHECK(refusal([&] { kernels<T>::derivative(shape, x, slopes, out); }) == text("derivative", "d", "x"));
        CHECK(refusal([&] { kernels<T>::backward(shape, x, slopes, apart, out); }) == text("backward", "dx", "x"));
        CHECK(refusal([&] { kernels<T>::backward(shape, apart, slopes, x, out); }) == text("backward", "dx", "dy"));
        CHECK(refusal([&] { kernels<T>::backward(shape, x, slopes, apart, out, dslopes); }) ==
              text("backward", "dx", "x"));
        CHECK(refusal([&] { kernels<T>::accumulate(shape, apart, slopes, x, out, dslopes); }) ==
              text("backward", "dx", "dy"));
        if (refused) {
            CHECK(m.memory == before);
            CHECK(dslopes == std::vector<T>(3, T(7)));
        }
    }
}

TEMPLATE_TEST_CASE("channelwise kernels: slopes and dslopes overlap nothing and not even exactly", "[channelwise]",
                   float, double) {
    using T = TestType;
    const channel_shape shape{.outer = 1, .channels = 3, .inner = 3};
    const std::ptrdiff_t size = sizeof(T);
    const std::vector<T> apart(9, T(1)), slopes_apart(3, T(2));
    std::vector<T> out(9, T(7));
    for (std::size_t start = 0; start <= 20; ++start) {
        in_one_memory<T> m;
        const std::vector<T> before = m.memory;
        const std::span<T> big = m.at(10, 9), small = m.at(start, 3); // x, dy or dx; slopes or dslopes
        const std::ptrdiff_t bytes = (static_cast<std::ptrdiff_t>(start) - 10) * size;
        const bool refused = start > 7 && start < 19;
        const auto text = [&](const std::string& kernel, const std::string& name, const std::string& other) {
            return refused ? overlap_text(kernel, name, other, "", bytes, 9 * sizeof(T)) : "not refused";
        };
        CHECK(refusal([&] { kernels<T>::forward(shape, apart, small, big); }) == text("forward", "slopes", "y"));
        CHECK(refusal([&] { kernels<T>::forward(shape, big, small, out); }) == text("forward", "slopes", "x"));
        CHECK(refusal([&] { kernels<T>::derivative(shape, apart, small, big); }) == text("derivative", "slopes", "d"));
        CHECK(refusal([&] { kernels<T>::backward(shape, apart, small, apart, big); }) ==
              text("backward", "slopes", "dx"));
        CHECK(refusal([&] { kernels<T>::backward(shape, apart, small, big, out); }) ==
              text("backward", "slopes", "dy"));
        CHECK(refusal([&] { kernels<T>::backward(shape, apart, slopes_apart, apart, big, small); }) ==
              text("backward", "dslopes", "dx"));
        CHECK(refusal([&] { kernels<T>::backward(shape, big, slopes_apart, apart, out, small); }) ==
              text("backward", "dslopes", "x"));
        CHECK(refusal([&] { kernels<T>::accumulate(shape, apart, slopes_apart, big, out, small); }) ==
              text("backward", "dslopes", "dy"));
        if (refused)
            CHECK(m.memory == before);
    }
    for (std::size_t start = 5; start <= 15; ++start) {
        in_one_memory<T> m;
        const std::span<T> slopes = m.at(10, 3), dslopes = m.at(start, 3);
        const std::ptrdiff_t bytes = (static_cast<std::ptrdiff_t>(start) - 10) * size;
        CHECK(refusal([&] { kernels<T>::backward(shape, apart, slopes, apart, out, dslopes); }) ==
              (start > 7 && start < 13 ? overlap_text("backward", "dslopes", "slopes", "", bytes, 3 * sizeof(T))
                                       : "not refused"));
    }
}

TEMPLATE_TEST_CASE("channelwise kernels: allocate nothing unless they refuse", "[channelwise]", float, double) {
    using T = TestType;
    for (const channel_shape shape :
         shapes{{1, 1, 3000}, {3, 7, 129}, {200, 3, 1}, {4, 2000, 1}, {70, 9, 5}, {0, 3, 1}}) {
        const problem<T> p(shape);
        std::vector<T> out(p.x.size()), dslopes(shape.channels);
        const std::size_t before = allocations();
        kernels<T>::forward(shape, p.x, p.slopes, out);
        kernels<T>::derivative(shape, p.x, p.slopes, out);
        kernels<T>::backward(shape, p.x, p.slopes, p.dy, out);
        kernels<T>::backward(shape, p.x, p.slopes, p.dy, out, dslopes);
        kernels<T>::accumulate(shape, p.x, p.slopes, p.dy, out, dslopes);
        CHECK(allocations() == before);
    }
}
