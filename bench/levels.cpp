/// How long simdact's kernels take on 4096 floats, in ns an element: a line "NAME TIME" for each. bench/levels.sh
/// builds this for several instruction sets and lets them take turns.

#include <simdact/simdact.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <random>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace {

constexpr std::size_t n = 4096, calls = 64, turns = 15;

/// The next values for each call: data are in the cache, but signs come as the branch predictor has not seen them.
struct data {
    std::vector<float> x, dy;
    std::vector<float> out = std::vector<float>(n), slopes = std::vector<float>(64, 0.25F);
    std::vector<std::uint8_t> mask = std::vector<std::uint8_t>(n / 8, 0x5a);

    data() {
        std::mt19937 generator(1);
        std::normal_distribution<float> normal;
        for (std::size_t i = 0; i < n * calls; ++i) {
            x.push_back(normal(generator));
            dy.push_back(normal(generator));
        }
    }
};

template <class Call>
void measure(const std::string& name, data& d, Call call) {
    std::vector<double> times;
    for (std::size_t turn = 0; turn < turns; ++turn) {
        const auto begin = std::chrono::steady_clock::now();
        for (std::size_t k = 0; k < calls; ++k) {
            call(std::span<const float>(&d.x[k * n], n), std::span<const float>(&d.dy[k * n], n),
                 std::span<float>(d.out));
            __asm__ volatile("" : : "g"(d.out.data()) : "memory");
        }
        times.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    }
    std::nth_element(times.begin(), times.begin() + turns / 2, times.end());
    std::printf("%s %.4f\n", name.c_str(), 1e9 * times[turns / 2] / double(n * calls));
}

template <class F>
void elementwise(F f, data& d) {
    const std::string name = F::name;
    measure(name + "/forward", d, [&](auto x, auto, auto y) { simdact::forward(f, x, y); });
    measure(name + "/backward", d, [&](auto x, auto dy, auto dx) { simdact::backward(f, x, dy, dx); });
    if constexpr (simdact::output_differentiable<F, float>)
        measure(name + "/backward_from_output", d,
                [&](auto y, auto dy, auto dx) { simdact::backward_from_output(f, y, dy, dx); });
    if constexpr (simdact::mask_differentiable<F, float>) {
        measure(name + "/forward_with_mask", d,
                [&](auto x, auto, auto y) { simdact::forward_with_mask(f, x, y, d.mask); });
        measure(name + "/backward_from_mask", d,
                [&](auto, auto dy, auto dx) { simdact::backward_from_mask(f, d.mask, dy, dx); });
    }
}

template <class F>
void channelwise(F f, data& d) {
    std::vector<float> dslopes(64);
    for (const auto& [layout, s] : {std::pair{"-nchw", simdact::channel_shape{1, 64, n / 64}},
                                    std::pair{"-nhwc", simdact::channel_shape{n / 64, 64, 1}}}) {
        const simdact::channel_shape shape = s;
        const std::string name = std::string(F::name) + layout;
        measure(name + "/forward", d, [&](auto x, auto, auto y) { simdact::forward(f, shape, x, d.slopes, y); });
        measure(name + "/backward", d,
                [&](auto x, auto dy, auto dx) { simdact::backward(f, shape, x, d.slopes, dy, dx, dslopes); });
    }
}

} // namespace

int main() {
    data d;
    simdact::elementwise_functions::for_each(
        [&]<class F>(std::type_identity<F>) { elementwise(simdact::detail::with_numbers<F>(), d); });
    simdact::channelwise_functions::for_each([&]<class F>(std::type_identity<F>) { channelwise(F{}, d); });
}
