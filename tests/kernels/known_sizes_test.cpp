// Arrays whose size compilers know are computed where a kernel is called, in code of its own.

#include "../bits.hpp"
#include "../buffers.hpp"
#include "../catch.hpp"
#include "../inputs.hpp"
#include "../refusal.hpp"

#include <simdact/simdact.hpp>

#include <array>
#include <span>
#include <string>
#include <vector>

using namespace tests;

namespace {

template <class T, std::size_t N>
std::array<T, N> array_of(const std::vector<T>& values) {
    std::array<T, N> some;
    std::copy_n(values.begin(), N, some.begin());
    return some;
}

/// The same bits as where the size is known when the program runs, in place too.
template <class T, std::size_t N, class Kernel, class Unknown>
void check_unary(const char* kernel, const std::vector<T>& values, const Kernel& known, const Unknown& unknown) {
    std::array<T, N> x = array_of<T, N>(values), y;
    std::vector<T> wanted(N);
    unknown(std::span<const T>(values), std::span<T>(wanted));
    known(std::span<const T, N>(x), std::span<T, N>(y));
    CHECK(kernel + first_difference<T>(y, wanted, values) == kernel);
    known(std::span<const T, N>(x), std::span<T, N>(x));
    CHECK(kernel + first_difference<T>(x, wanted, values) == kernel);
}

template <class T, std::size_t N, class Kernel, class Unknown>
void check_binary(const char* kernel, const std::vector<T>& values, const std::vector<T>& gradients,
                  const Kernel& known, const Unknown& unknown) {
    std::array<T, N> x = array_of<T, N>(values), dy = array_of<T, N>(gradients), dx;
    std::vector<T> wanted(N);
    unknown(std::span<const T>(values), std::span<const T>(gradients), std::span<T>(wanted));
    const auto check = [&](std::array<T, N>& out, const char* where) {
        known(std::span<const T, N>(x), std::span<const T, N>(dy), std::span<T, N>(out));
        CHECK(kernel + (where + first_difference<T>(out, wanted, values)) == std::string(kernel) + where);
    };
    check(dx, "");
    check(x, "dx as x: ");
    x = array_of<T, N>(values);
    check(dy, "dx as dy: ");
}

template <class T, std::size_t N, class F>
void check_size(const F& f) {
    INFO(F::name << ", " << N << (sizeof(T) == sizeof(float) ? " floats" : " doubles"));
    for (const bool special : {false, true}) {
        const std::vector<T> x = special ? mixed_values<T>(N, 60) : ordinary_values<T>(N, 61),
                             dy = special ? mixed_values<T>(N, 62) : ordinary_values<T>(N, 63);
        const auto forward = [&](const auto& a, auto&& b) { simdact::forward(f, a, b); };
        const auto derivative = [&](const auto& a, auto&& b) { simdact::derivative(f, a, b); };
        const auto backward = [&](const auto& a, const auto& b, auto&& c) { simdact::backward(f, a, b, c); };
        check_unary<T, N>("forward: ", x, forward, forward);
        check_unary<T, N>("derivative: ", x, derivative, derivative);
        check_binary<T, N>("backward: ", x, dy, backward, backward);
        if constexpr (requires(std::span<T> s) { simdact::backward_from_output(f, s, s, s); }) {
            const auto from_output = [&](const auto& a, const auto& b, auto&& c) {
                simdact::backward_from_output(f, a, b, c);
            };
            check_binary<T, N>("backward_from_output: ", x, dy, from_output, from_output);
        }
    }
}

template <class T, std::size_t N>
void check_slopes() {
    INFO("prelu, " << N << (sizeof(T) == sizeof(float) ? " floats" : " doubles"));
    const simdact::prelu f;
    const simdact::channel_shape each{1, N, 1}, one_for_all{1, 1, N};
    const std::vector<T> x = mixed_values<T>(N, 64), dy = mixed_values<T>(N, 65), w = ordinary_values<T>(N, 66);
    const std::array<T, N> slopes = array_of<T, N>(w);
    const std::array<T, 1> slope = {w[0]};
    const auto check = [&](const auto& shape, const auto& known_slopes, std::span<const T> unknown_slopes) {
        check_unary<T, N>(
            "forward: ", x, [&](const auto& a, auto&& b) { simdact::forward(f, shape, a, known_slopes, b); },
            [&](const auto& a, auto&& b) { simdact::forward(f, shape, a, unknown_slopes, b); });
        check_unary<T, N>(
            "derivative: ", x, [&](const auto& a, auto&& b) { simdact::derivative(f, shape, a, known_slopes, b); },
            [&](const auto& a, auto&& b) { simdact::derivative(f, shape, a, unknown_slopes, b); });
        check_binary<T, N>(
            "backward: ", x, dy,
            [&](const auto& a, const auto& b, auto&& c) { simdact::backward(f, shape, a, known_slopes, b, c); },
            [&](const auto& a, const auto& b, auto&& c) { simdact::backward(f, shape, a, unknown_slopes, b, c); });
    };
    check(each, slopes, w);
    check(one_for_all, slope, std::span(w).first(1));
}

} // namespace

TEST_CASE("known sizes: kernels give the bits that they give for spans, for every function", "[elementwise]") {
    simdact::functions::for_each([]<class F>(std::type_identity<F>) {
        if constexpr (simdact::activation<F, float>) {
            check_size<float, 61>(simdact::detail::with_numbers<F>());
            check_size<double, 3>(simdact::detail::with_numbers<F>());
        }
    });
    check_size<float, 8>(simdact::leaky_relu{});
    check_size<double, 8>(simdact::celu{});
    check_slopes<float, 1>();
    check_slopes<double, 21>();
}

TEST_CASE("known sizes: an array of none, and more than are written out", "[elementwise]") {
    const std::vector<float> values = ordinary_values<float>(65, 67);
    check_size<float, 65>(simdact::elu{});
    std::array<float, 0> none{};
    simdact::forward(simdact::relu{}, none);
    simdact::forward(simdact::elu{}, none, none);
    std::vector<float> wanted(64);
    simdact::forward(simdact::relu{}, std::span(values).first(64), wanted);
    std::array<float, 64> array{}; // it is enough that one of them tells the size
    simdact::forward(simdact::relu{}, std::span(values).first(64), array);
    CHECK(std::vector<float>(array.begin(), array.end()) == wanted);
    float c_array[64] = {};
    simdact::forward(simdact::relu{}, std::span(values).first(64), c_array);
    CHECK(std::vector<float>(c_array, c_array + 64) == wanted);
}

TEST_CASE("known sizes: another size, and an overlap, are refused before anything is written", "[elementwise]") {
    std::array<float, 9> memory;
    memory.fill(1);
    const std::vector<float> nine(9, -1.0f);
    CHECK(refusal([&] { simdact::forward(simdact::relu{}, nine, std::span<float, 8>(memory.data(), 8)); }) ==
          "simdact::forward: y has 8 elements, but x has 9");
    CHECK(refusal([&] {
              simdact::forward(simdact::relu{}, std::span<const float, 8>(memory.data(), 8),
                               std::span<float, 8>(memory.data() + 1, 8));
          }).starts_with("simdact::forward: y overlaps x in part"));
    CHECK(refusal([&] {
              simdact::forward(simdact::prelu{}, {2, 4, 1}, nine, std::array<float, 9>{},
                               std::span<float, 9>(memory.data(), 9));
          }) == "simdact::forward: shape 2 x 4 x 1 has 8 elements, but x has 9");
    CHECK(refusal([&] {
              simdact::forward(simdact::prelu{}, {1, 8, 1}, std::span<const float, 8>(nine.data(), 8),
                               std::span<const float, 8>(memory.data(), 8), std::span<float, 8>(memory.data() + 1, 8));
          }).starts_with("simdact::forward: slopes overlaps y"));
    CHECK(memory == std::array<float, 9>{1, 1, 1, 1, 1, 1, 1, 1, 1});
}
