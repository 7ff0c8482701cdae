/// Gated linear units.

#include "pairs.hpp"

#include "../catch.hpp"
#include "../refusal.hpp"
#include "../users_functors.hpp"

#include <simdact/functions.hpp>

#include <array>
#include <string>
#include <utility>

#if defined(__unix__) || defined(__APPLE__)
#include "../memory/guard_pages.hpp"
#define TESTS_GUARD_PAGES 1
#endif

namespace {

using namespace tests;
using simdact::gate_at;
using simdact::gated;
using simdact::gated_shape;

template <class T>
struct arrays {
    std::vector<T> gate, value, dy;

    explicit arrays(std::size_t n)
        : gate(some_numbers<T>(n, 1)), value(some_numbers<T>(n, 2)), dy(some_numbers<T>(n, 3)) {}
};

template <class T>
struct results {
    std::vector<T> y, dgate, dvalue;

    explicit results(std::size_t n) : y(n), dgate(n), dvalue(n) {}
    friend bool same(const results& a, const results& b) {
        return tests::same(a.y, b.y) && tests::same(a.dgate, b.dgate) && tests::same(a.dvalue, b.dvalue);
    }
};

/// By the kernels of f, and products of scalars.
template <class T, class F>
results<T> wanted(const F& f, const arrays<T>& in) {
    const std::size_t n = in.gate.size();
    results<T> r(n);
    std::vector<T> of_gate(n), passed(n);
    simdact::forward(f, in.gate, of_gate);
    for (std::size_t i = 0; i < n; ++i) {
        r.y[i] = of_gate[i] * in.value[i];
        passed[i] = rounded_product(in.dy[i], in.value[i]);
        r.dvalue[i] = in.dy[i] * of_gate[i];
    }
    simdact::backward(f, in.gate, passed, r.dgate);
    return r;
}

template <class T, class F>
results<T> computed(const F& f, const arrays<T>& in) {
    results<T> r(in.gate.size());
    simdact::forward(gated<F>{f}, in.gate, in.value, r.y);
    simdact::backward(gated<F>{f}, in.gate, in.value, in.dy, r.dgate, r.dvalue);
    return r;
}

/// check(f) for functions of all kinds.
template <class Check>
void for_functions(Check check) {
    check(simdact::relu{});
    check(simdact::silu{});
    check(simdact::elu{0.5});
    check(users_square{});
    check(halving_relu{});
}

template <class T>
std::vector<T> packed(const gated_shape& shape, const std::vector<T>& gates, const std::vector<T>& values) {
    const std::size_t d = shape.width;
    std::vector<T> x(2 * gates.size());
    for (std::size_t i = 0; i < gates.size(); ++i) {
        const std::size_t row = i / d * 2 * d, column = i % d;
        switch (shape.gate) {
        case gate_at::first_half:
            x[row + column] = gates[i], x[row + d + column] = values[i];
            break;
        case gate_at::second_half:
            x[row + d + column] = gates[i], x[row + column] = values[i];
            break;
        default:
            x[row + 2 * column] = gates[i], x[row + 2 * column + 1] = values[i];
        }
    }
    return x;
}

constexpr gate_at places[] = {gate_at::first_half, gate_at::second_half, gate_at::alternating};

} // namespace

TEMPLATE_TEST_CASE("gated: y = f(gate) * value, dgate = f.backward(gate, dy * value), dvalue = dy * f(gate)", "[pairs]",
                   float, double) {
    using T = TestType;
    for_functions([](const auto& f) {
        for (std::size_t n = 0; n < 70; ++n) {
            const arrays<T> in(n);
            REQUIRE(same(computed(f, in), wanted(f, in)));
        }
        const arrays<T> in(many);
        for (const bool past_caches : {false, true}) {
            const streams to(past_caches);
            CHECK(same(computed(f, in), wanted(f, in)));
        }
    });
    const T inf = std::numeric_limits<T>::infinity();
    std::vector<T> y(3);
    simdact::forward(simdact::reglu{}, std::vector<T>{-1, 2, inf}, std::vector<T>{inf, inf, 0}, y);
    CHECK(y[0] != y[0]); // 0 * inf
    CHECK(y[1] == inf);
    CHECK(y[2] != y[2]);
}

TEST_CASE("gated: names, deduction, and values by hand", "[pairs]") {
    STATIC_REQUIRE(std::is_same_v<decltype(gated{simdact::elu{0.5}}), gated<simdact::elu>>);
    STATIC_REQUIRE(std::is_same_v<simdact::glu, gated<simdact::sigmoid>>);
    STATIC_REQUIRE(std::is_same_v<simdact::geglu, gated<simdact::gelu>>);
    STATIC_REQUIRE(std::is_same_v<simdact::swiglu, gated<simdact::silu>>);
    const float gate[] = {-2, 0, 3}, value[] = {5, 6, -7}, dy[] = {1, 2, 3};
    std::array<float, 3> y{}, dgate{}, dvalue{};
    simdact::forward(simdact::reglu{}, gate, value, y);
    CHECK(y == std::array<float, 3>{0, 0, -21});
    simdact::backward(simdact::reglu{}, gate, value, dy, dgate, dvalue);
    CHECK(dgate == std::array<float, 3>{0, 0, -21});
    CHECK(dvalue == std::array<float, 3>{0, 0, 9});
    simdact::forward(simdact::bilinear{}, gate, value, y);
    CHECK(y == std::array<float, 3>{-10, 0, -21});
    simdact::forward(gated{simdact::leaky_relu{0.5}}, gate, value, y);
    CHECK(y == std::array<float, 3>{-5, 0, -21});
    simdact::forward(simdact::glu{}, gate, value, y);
    CHECK(y[1] == 3);
}

TEMPLATE_TEST_CASE("gated: outputs may be inputs", "[pairs]", float, double) {
    using T = TestType;
    const simdact::silu f;
    for (const std::size_t n : {1u, 7u, 16u, 37u, 300u}) {
        const arrays<T> in(n);
        const results<T> r = computed(f, in);
        for (const int output : {0, 1}) {
            arrays<T> at = in;
            simdact::forward(simdact::swiglu{}, at.gate, at.value, output == 0 ? at.gate : at.value);
            CHECK(same(output == 0 ? at.gate : at.value, r.y));
        }
        for (int first = 0; first < 4; ++first)
            for (int second = 0; second < 4; ++second) {
                if (first == second)
                    continue;
                arrays<T> at = in;
                std::vector<T> other(n);
                std::vector<T>* const all[] = {&at.gate, &at.value, &at.dy, &other};
                simdact::backward(simdact::swiglu{}, at.gate, at.value, at.dy, *all[first], *all[second]);
                CHECK(same(*all[first], r.dgate));
                CHECK(same(*all[second], r.dvalue));
            }
    }
}

TEMPLATE_TEST_CASE("gated: packed gates and values", "[pairs]", float, double) {
    using T = TestType;
    for_functions([](const auto& f) {
        using F = std::remove_cvref_t<decltype(f)>;
        for (const gate_at place : places)
            for (const auto& [rows, columns] :
                 {std::pair{1u, 1u}, {3u, 5u}, {2u, 16u}, {7u, 1u}, {1u, 700u}, {4u, 37u}}) {
                const gated_shape shape{rows, columns, place};
                const arrays<T> in(rows * columns);
                const results<T> r = computed(f, in);
                std::vector<T> x = packed(shape, in.gate, in.value), y(in.gate.size()), dx(x.size());
                simdact::forward(gated<F>{f}, shape, x, y);
                CHECK(same(y, r.y));
                simdact::backward(gated<F>{f}, shape, x, in.dy, dx);
                CHECK(same(dx, packed(shape, r.dgate, r.dvalue)));
                const std::vector<T> old = some_numbers<T>(x.size(), 4);
                std::vector<T> added = old;
                simdact::backward(gated<F>{f}, shape, x, in.dy, added, simdact::accumulate_all);
                CHECK(same(added, sums(old, dx)));
                simdact::backward(gated<F>{f}, shape, x, in.dy, x);
                CHECK(same(x, dx));
            }
    });
    const std::vector<T> nothing;
    std::vector<T> no_y, no_dx;
    simdact::forward(simdact::swiglu{}, {0, 5, gate_at::alternating}, nothing, no_y);
    simdact::backward(simdact::swiglu{}, gated_shape{5, 0, gate_at::first_half}, nothing, nothing, no_dx);
}

TEST_CASE("gated: what does not fit is refused before anything is written", "[pairs]") {
    const std::vector<float> gate(12, 1.0f), value(12, 2.0f), dy(12, 3.0f), x(24, 1.0f);
    std::vector<float> y(12, 9.0f), z(12, 9.0f), dx(24, 9.0f);
    const simdact::swiglu f;
    CHECK(refusal([&] { simdact::forward(f, gate, std::span(value).first(11), y); }) ==
          "simdact::forward: value has 11 elements, but gate has 12");
    CHECK(refusal([&] { simdact::forward(f, gate, value, std::span(y).first(11)); }) ==
          "simdact::forward: y has 11 elements, but gate has 12");
    CHECK(refusal([&] {
              simdact::forward(f, std::span(y).first(6), std::span(value).first(6), std::span(y).subspan(1, 6));
          }) == "simdact::forward: y overlaps gate in part: it starts 4 bytes after gate, which is 24 bytes long");
    CHECK(refusal([&] { simdact::forward(gated{simdact::hard_shrink{.lambda = -1}}, gate, value, y); }) ==
          "simdact::forward: lambda is -1, but must be at least 0");
    const auto backward = [&](auto dgate, auto dvalue) {
        return refusal([&] { simdact::backward(f, gate, value, dy, dgate, dvalue); });
    };
    CHECK(backward(std::span(y), std::span(y)) ==
          "simdact::backward: dvalue overlaps dgate: it starts 0 bytes after dgate, which is 48 bytes long");
    CHECK(backward(std::span(y).first(3), std::span(z)) == "simdact::backward: dgate has 3 elements, but gate has 12");
    CHECK(backward(std::span(y), std::span(z).first(3)) == "simdact::backward: dvalue has 3 elements, but gate has 12");
    CHECK(refusal([&] { simdact::backward(f, gate, value, std::span(dy).first(2), y, z); }) ==
          "simdact::backward: dy has 2 elements, but gate has 12");
    for (const auto* from : {"gate", "value", "dy"}) {
        const std::string input = from;
        std::vector<float> both(13, 1.0f);
        const std::span<float> first = std::span(both).first(12), second = std::span(both).subspan(1);
        const auto of = [&](const char* name, const std::vector<float>& usual) {
            return input == name ? std::span<const float>(first) : std::span<const float>(usual);
        };
        CHECK(refusal([&] {
                  simdact::backward(f, of("gate", gate), of("value", value), of("dy", dy), second, z);
              }).find("dgate overlaps " + input + " in part") != std::string::npos);
        CHECK(refusal([&] {
                  simdact::backward(f, of("gate", gate), of("value", value), of("dy", dy), z, second);
              }).find("dvalue overlaps " + input + " in part") != std::string::npos);
        CHECK(refusal([&] {
                  simdact::backward(f, of("gate", gate), of("value", value), of("dy", dy), first, z,
                                    simdact::accumulate_all);
              }).find("dgate overlaps " + input) != std::string::npos);
        CHECK(refusal([&] {
                  simdact::backward(f, of("gate", gate), of("value", value), of("dy", dy), z, first,
                                    simdact::accumulate_all);
              }).find("dvalue overlaps " + input) != std::string::npos);
        CHECK(both == std::vector<float>(13, 1.0f));
    }
    const auto packed = [&](const gated_shape& shape, std::size_t size_of_y) {
        return refusal([&] { simdact::forward(f, shape, x, std::span(y).first(size_of_y)); });
    };
    CHECK(packed({3, 4}, 12) == "simdact::forward: the gate of shape is nowhere (0), but must be first_half (1), "
                                "second_half (2) or alternating (3)");
    CHECK(packed({3, 5, gate_at::first_half}, 12) == "simdact::forward: shape 3 x 2 x 5 has 30 elements, but x has 24");
    CHECK(packed({3, 4, gate_at::first_half}, 11) == "simdact::forward: shape 3 x 1 x 4 has 12 elements, but y has 11");
    CHECK(packed({static_cast<std::size_t>(-1), 4, gate_at::alternating}, 12)
              .find("has more elements than can be counted") != std::string::npos);
    const gated_shape shape{3, 4, gate_at::second_half};
    CHECK(refusal([&] { simdact::forward(f, shape, dx, std::span(dx).first(12)); }).find("y overlaps x") !=
          std::string::npos);
    CHECK(refusal([&] { simdact::backward(f, shape, x, std::span(dy).first(5), dx); }) ==
          "simdact::backward: shape 3 x 1 x 4 has 12 elements, but dy has 5");
    CHECK(refusal([&] { simdact::backward(f, shape, x, dy, std::span(dx).first(23)); }) ==
          "simdact::backward: dx has 23 elements, but x has 24");
    CHECK(refusal([&] { simdact::backward(f, shape, x, std::span(dx).first(12), dx); }).find("dx overlaps dy") !=
          std::string::npos);
    CHECK(refusal([&] { simdact::backward(f, shape, dx, dy, dx, simdact::accumulate_all); }).find("dx overlaps x") !=
          std::string::npos);
    CHECK(y == std::vector<float>(12, 9.0f));
    CHECK(z == std::vector<float>(12, 9.0f));
    CHECK(dx == std::vector<float>(24, 9.0f));
}

#if defined(TESTS_GUARD_PAGES)
TEMPLATE_TEST_CASE("gated: nothing is read or written beside the arrays", "[pairs]", float, double) {
    using T = TestType;
    using side = between_guard_pages::side;
    between_guard_pages of_gate(8192), of_value(8192), of_dy(8192), of_dgate(8192), of_dvalue(8192), of_x(8192),
        of_dx(8192);
    for (const side at : {side::first_page, side::second_page})
        for (const std::size_t distance : {0u, 1u})
            for (const std::size_t n : {1u, 3u, 8u, 17u, 33u, 100u}) {
                const arrays<T> in(n);
                const auto gate = of_gate.place<T>(std::span<const T>(in.gate), at, distance);
                const auto value = of_value.place<T>(std::span<const T>(in.value), at, distance);
                const auto dy = of_dy.place<T>(std::span<const T>(in.dy), at, distance);
                const auto dgate = of_dgate.place<T>(n, at, distance), dvalue = of_dvalue.place<T>(n, at, distance);
                simdact::forward(simdact::swiglu{}, gate, value, dgate);
                simdact::backward(simdact::swiglu{}, gate, value, dy, dgate, dvalue);
                for (const gate_at place : places) {
                    const auto x = of_x.place<T>(2 * n, at, distance), dx = of_dx.place<T>(2 * n, at, distance);
                    std::ranges::fill(x, T(1));
                    simdact::forward(simdact::swiglu{}, gated_shape{1, n, place}, x, dgate);
                    simdact::backward(simdact::swiglu{}, gated_shape{1, n, place}, x, dy, dx);
                    CHECK((of_x.rest_untouched() && of_dx.rest_untouched()));
                }
                CHECK((of_gate.rest_untouched() && of_value.rest_untouched() && of_dy.rest_untouched()));
                CHECK((of_dgate.rest_untouched() && of_dvalue.rest_untouched()));
            }
}
#endif
