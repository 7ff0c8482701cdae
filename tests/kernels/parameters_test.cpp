#include "../bits.hpp"
#include "../catch.hpp"
#include "../refusal.hpp"

#include <simdact/simdact.hpp>

#include <cstdint>
#include <cstring>
#include <limits>
#include <set>
#include <string>
#include <vector>

using namespace tests;
using namespace simdact;

// Beyond float's range either way a parameter is infinite or 0, at compile time too.
static_assert(leaky_relu{.negative_slope = 1e300}.forward(-1.0F) == -std::numeric_limits<float>::infinity());
static_assert(leaky_relu{.negative_slope = -1e300}.derivative(-1.0F) == -std::numeric_limits<float>::infinity());
static_assert(same_bits(leaky_relu{.negative_slope = 1e-300}.forward(-1.0F), -0.0F));
// Just beyond it, to the nearest: half way to where the next float would be it is infinite, before that the largest.
static_assert(simd::rounded<float>(0x1.ffffffp127) == std::numeric_limits<float>::infinity());
static_assert(simd::rounded<float>(-0x1.ffffffp127) == -std::numeric_limits<float>::infinity());
static_assert(simd::rounded<float>(0x1.fffffefffp127) == std::numeric_limits<float>::max());
static_assert(simd::rounded<float>(-0x1.fffffefffp127) == std::numeric_limits<float>::lowest());

namespace {

constexpr double inf = std::numeric_limits<double>::infinity(), no_number = std::numeric_limits<double>::quiet_NaN();

/// Every kind of range.
struct window final {
    static constexpr parameter parameters[] = {
        {.name = "low", .fallback = -1, .valid = at_most_parameter("high")},
        {.name = "high", .fallback = 1, .valid = {.low = {}, .high = {}, .nan = false}},
        {.name = "gain",
         .fallback = 1,
         .valid = {.low = {.exists = true, .open = true, .number = 0x1p-200, .in_float = 0x1p-20},
                   .high = {.exists = true, .open = true, .number = 0x1p200, .in_float = 0x1p20}},
         .from_output = between(0.5, 2)},
        {.name = "free", .fallback = 0},
    };
    double low = -1, high = 1, gain = 1, free = 0;

    template <value V>
    V forward(V x) const {
        return x * simd::splat<V>(gain);
    }
    template <value V>
    V derivative(V) const {
        return simd::splat<V>(gain);
    }
    template <value V>
    V derivative_from_output(V) const {
        return simd::splat<V>(gain);
    }
    /// One bit tells whether x is beyond high.
    template <value V>
    simd::mask_t<V> mask(V x) const {
        return x > simd::splat<V>(high);
    }
    template <value V>
    V backward_from_mask(simd::mask_t<V> beyond, V dy) const {
        return simd::select(beyond, V(0), dy * simd::splat<V>(gain));
    }
};

/// The same for a function with slopes.
struct steep final {
    static constexpr parameter parameters[] = {{.name = "power", .fallback = 1, .valid = more_than(0)}};
    double power = 1;

    template <value V>
    V forward(V x, V slope) const {
        return x * slope;
    }
    template <value V>
    V derivative(V, V slope) const {
        return slope;
    }
    template <value V>
    V backward(V, V slope, V dy) const {
        return dy * slope;
    }
    template <value V>
    V slope_derivative(V x) const {
        return x;
    }
    template <value V>
    V backward_from_mask(simd::mask_t<V>, V slope, V dy) const {
        return dy * slope;
    }
};

/// What each kernel says to f, and whether it wrote anything.
template <class T, class F>
std::set<std::string> refusals(const F& f) {
    const std::vector<T> x(40, T(1));
    std::vector<T> y(40, T(7));
    std::vector<std::uint8_t> mask(5, 7);
    const auto bytes = mask;
    std::set<std::string> texts;
    const auto call = [&](const char* kernel, auto run) {
        std::string text = refusal(run);
        if (text == "not refused")
            texts.insert(text);
        else if (const std::string start = std::string("simdact::") + kernel + ": "; text.rfind(start, 0) == 0)
            texts.insert(text.substr(start.size()));
        else
            texts.insert("another kernel's: " + text);
        if (text != "not refused" && (y != std::vector<T>(40, T(7)) || mask != bytes))
            texts.insert(std::string("written: ") + kernel);
        y.assign(40, T(7));
        mask = bytes;
    };
    if constexpr (activation<F, T>) {
        call("forward", [&] { forward(f, x, y); });
        call("forward", [&] { forward(f, y); });
        call("derivative", [&] { derivative(f, x, y); });
        call("backward", [&] { backward(f, x, x, y); });
        call("forward_with_mask", [&] { forward_with_mask(f, x, y, mask); });
        call("backward_from_mask", [&] { backward_from_mask(f, mask, x, y); });
    } else {
        const channel_shape shape{1, 2, 20};
        const std::vector<T> slopes(2, T(3));
        std::vector<T> dslopes(2);
        call("forward", [&] { forward(f, shape, x, slopes, y); });
        call("derivative", [&] { derivative(f, shape, x, slopes, y); });
        call("backward", [&] { backward(f, shape, x, slopes, x, y); });
        call("backward", [&] { backward(f, shape, x, slopes, x, y, dslopes); });
        call("backward", [&] { backward(f, shape, x, slopes, x, y, dslopes, accumulate); });
        call("forward_with_mask", [&] { forward_with_mask(f, shape, x, slopes, y, mask); });
        call("backward_from_mask", [&] { backward_from_mask(f, shape, mask, slopes, x, y); });
    }
    return texts;
}

using texts = std::set<std::string>;
const texts accepted = {"not refused"};

template <class T, class F>
std::string from_output(const F& f) {
    const std::vector<T> x(40, T(1));
    std::vector<T> y(40);
    return refusal([&] { backward_from_output(f, x, x, y); });
}

} // namespace

TEST_CASE("parameters: each function's are what its members are", "[parameters]") {
    std::set<std::string> names;
    const auto check = [&](auto type) {
        using F = typename decltype(type)::type;
        INFO(F::name);
        CHECK(names.insert(F::name).second);
        constexpr std::size_t n = detail::parameters_of<F>();
        CHECK(std::is_empty_v<F> == (n == 0));
        const auto given = detail::values_of(F{});
        std::set<std::string> own;
        if constexpr (n > 0)
            for (std::size_t i = 0; i < n; ++i) {
                CHECK(own.insert(F::parameters[i].name).second);
                CHECK(std::memcmp(&given.values[i], &F::parameters[i].fallback, sizeof(double)) == 0);
            }
        double other[n + 1];
        for (std::size_t i = 0; i < n; ++i)
            other[i] = static_cast<double>(i) + 0.5;
        const auto again = detail::values_of(detail::with_values<F>(other));
        for (std::size_t i = 0; i < n; ++i)
            CHECK(again.values[i] == other[i]);
    };
    elementwise_functions::for_each(check);
    channelwise_functions::for_each(check);
}

TEST_CASE("parameters: a list of functions knows the place of each", "[parameters]") {
    using list = function_list<elu, relu>;
    static_assert(list::size == 2 && list::place_of<elu> == 0 && list::place_of<relu> == 1);
    static_assert(list::place_of<prelu> == 2 && !list::has<prelu> && list::has<relu>);
    static_assert(function_list<>::size == 0 && !function_list<>::has<relu>);
}

TEMPLATE_TEST_CASE("parameters: every kernel refuses one outside its range, before anything is written", "[parameters]",
                   float, double) {
    using T = TestType;
    constexpr bool in_float = sizeof(T) == 4;
    CHECK(refusals<T>(window{}) == accepted);
    CHECK(refusals<T>(window{.low = 1}) == accepted);
    CHECK(refusals<T>(window{.low = 2}) == texts{"low is 2, but must be at most high, which is 1"});
    CHECK(refusals<T>(window{.low = no_number}) == texts{"low is nan, but must be at most high, which is 1"});
    CHECK(refusals<T>(window{.low = -inf, .high = -inf}) == accepted);
    CHECK(refusals<T>(window{.low = -inf, .high = no_number}) == texts{"high is nan, but must be a number"});
    CHECK(refusals<T>(window{.free = no_number}) == accepted);
    CHECK(refusals<T>(window{.free = -inf}) == accepted);

    // Compared as rounded: in float these two are the same.
    CHECK(refusals<T>(window{.low = 1 + 1e-12}) ==
          (in_float ? accepted : texts{"low is 1.0000000000010001, but must be at most high, which is 1"}));

    // Ends of their own for float, open ones.
    CHECK(refusals<T>(window{.gain = 0x1p-20}) ==
          (in_float ? texts{"gain is 9.5367431640625e-07, but must be more than 9.5367431640625e-07"} : accepted));
    CHECK(refusals<T>(window{.gain = 0x1p-19}) == accepted);
    CHECK(refusals<T>(window{.gain = 0x1p20}) ==
          (in_float ? texts{"gain is 1048576, but must be less than 1048576"} : accepted));
    CHECK(refusals<T>(window{.gain = 0x1p200}) ==
          (in_float ? texts{"gain is 1.60694e+60, as float inf, but must be less than 1.04858e+06"}
                    : texts{"gain is 1.6069380442589903e+60, but must be less than 1.6069380442589903e+60"}));
    CHECK(refusals<T>(window{.gain = 1e-300}) ==
          (in_float ? texts{"gain is 1e-300, as float 0, but must be more than 9.53674e-07"}
                    : texts{"gain is 1e-300, but must be more than 6.22302e-61"}));
    CHECK(refusals<T>(window{.gain = no_number}) == (in_float
                                                         ? texts{"gain is nan, but must be more than 9.53674e-07"}
                                                         : texts{"gain is nan, but must be more than 6.22302e-61"}));

    CHECK(refusals<T>(steep{}) == accepted);
    CHECK(refusals<T>(steep{0}) == texts{"power is 0, but must be more than 0"});
}

TEMPLATE_TEST_CASE("parameters: those that the output asks for are in both ranges", "[parameters]", float, double) {
    using T = TestType;
    for (const double gain : {0.5, 1.0, 2.0})
        CHECK(from_output<T>(window{.gain = gain}) == "not refused");
    CHECK(from_output<T>(window{.gain = 0.25}) ==
          "simdact::backward_from_output: gain is 0.25, but must be at least 0.5");
    CHECK(from_output<T>(window{.gain = 4}) == "simdact::backward_from_output: gain is 4, but must be at most 2");
    CHECK(from_output<T>(window{.low = 3}) ==
          "simdact::backward_from_output: low is 3, but must be at most high, which is 1");
}

TEMPLATE_TEST_CASE("parameters: a function says what its bit means", "[parameters][mask]", float, double) {
    using T = TestType;
    for (const std::size_t n : {1u, 7u, 8u, 33u, 100u, 1003u}) {
        std::vector<T> x(n), y(n), dx(n), dy(n, T(3));
        for (std::size_t i = 0; i < n; ++i)
            x[i] = T(static_cast<int>(i % 5) - 1); // -1, 0, 1, 2, 3
        std::vector<std::uint8_t> mask((n + 7) / 8, 0xff);
        forward_with_mask(window{.gain = 2}, x, y, mask);
        backward_from_mask(window{.gain = 2}, mask, dy, dx);
        std::size_t wrong = 0;
        for (std::size_t i = 0; i < n; ++i)
            wrong +=
                (mask[i / 8] >> (i % 8) & 1) != (x[i] > 1) || y[i] != 2 * x[i] || dx[i] != (x[i] > 1 ? T(0) : T(6));
        CHECK(wrong == 0);
        CHECK((n % 8 == 0 || mask.back() >> (n % 8) == 0));
    }
}
