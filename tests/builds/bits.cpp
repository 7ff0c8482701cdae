/// Prints what this program's instruction set is, with or without FMA, and the bits that it gives of every function's
/// results, one line for each:
///
///     <steps> <name> <bits> <bits> ...
///
/// where `steps` says how far another build may be off: 0 steps (the same bits), 1 or 2, or, where it is "fma", no
/// step from another build with FMA and any number from one without. A NaN made by arithmetic, whose bits nobody
/// promises, is printed as such. With DISPATCHED the kernels are those that simdact_add_dispatch() built.

#define TESTS_SAME_ARGUMENTS_EVERYWHERE // denormals too: compare knows who takes them for zero
#include "../bits.hpp"
#include "../bounds.hpp"
#include "../inputs.hpp"
#include "../under_test.hpp"

#include <array>
#include <cstdint>
#include <cstdio>
#include <initializer_list>
#include <string>
#include <vector>

using namespace tests;

namespace {

template <class T>
void print(const std::string& steps, const std::string& name, const std::vector<T>& results,
           const std::vector<T>& kept) {
    std::printf("%s %s-of-%s", steps.c_str(), name.c_str(), sizeof(T) == 4 ? "float" : "double");
    std::uint64_t hash = 14695981039346656037U; // FNV-1a
    for (std::size_t i = 0; i < results.size(); ++i) {
        if (is_nan(results[i]) && !is_nan(kept[i])) {
            std::printf(" nan");
            continue;
        }
        std::printf(" %0*llx", int(2 * sizeof(T)), static_cast<unsigned long long>(bits(results[i])));
        hash = (hash ^ bits(results[i])) * 1099511628211U;
    }
    std::printf("\n");
    if (steps == "0")
        std::printf("0 hash-of-%s-of-%s %016llx\n", name.c_str(), sizeof(T) == 4 ? "float" : "double",
                    static_cast<unsigned long long>(hash));
}

void print_mask(const std::string& name, const std::vector<std::uint8_t>& mask) {
    std::printf("0 %s", name.c_str());
    for (const unsigned byte : mask)
        std::printf(" %02x", byte);
    std::printf("\n");
}

template <class T, class F>
void print_function(const F& f, const std::string& name, const std::string& steps, const std::string& backward_steps) {
    std::vector<T> x = negative_values<T>(900, T(-120));
    for (const T v : mixed_values<T>(301, 50))
        x.push_back(v);
    const std::vector<T> dy = mixed_values<T>(x.size(), 51);
    std::vector<T> out(x.size());
    under_test::forward(f, x, out);
    print(steps, name + ".forward", out, x);
    under_test::derivative(f, x, out);
    print(steps, name + ".derivative", out, x);
    under_test::backward(f, x, dy, out);
    print(backward_steps, name + ".backward", out, x);
    if constexpr (simdact::output_differentiable<F, T>) {
        under_test::backward_from_output(f, x, dy, out);
        print("0", name + ".backward-from-output", out, x);
    }
    if constexpr (simdact::mask_differentiable<F, T>) {
        std::vector<std::uint8_t> mask((x.size() + 7) / 8);
        under_test::forward_with_mask(f, x, out, mask);
        print("0", name + ".forward-with-mask", out, x);
        print_mask(name + ".mask", mask);
        under_test::backward_from_mask(f, mask, dy, out);
        print("0", name + ".backward-from-mask", out, dy);
    }
}

template <class T>
void print_prelu(const simdact::channel_shape& shape, bool special) {
    const auto values = special ? &mixed_values<T> : &ordinary_values<T>;
    const std::vector<T> x = values(shape.size(), 52), dy = values(shape.size(), 53), unkept(shape.channels);
    std::vector<T> slopes = ordinary_values<T>(shape.channels, 54);
    if (special)
        for (std::size_t c = 0; c < slopes.size(); ++c)
            slopes[c] = std::array{T(0), T(-0.0), T(-0.5), T(1.67), payload_nan<T>, T(0.25)}[c % 6];
    std::vector<T> out(x.size()), dslopes(shape.channels);
    const std::string name = (special ? "prelu-of-special-" : "prelu-of-") + std::to_string(shape.outer) + "x" +
                             std::to_string(shape.channels) + "x" + std::to_string(shape.inner);
    under_test::forward(simdact::prelu{}, shape, x, slopes, out);
    print("0", name + ".forward", out, x);
    under_test::derivative(simdact::prelu{}, shape, x, slopes, out);
    print("0", name + ".derivative", out, x);
    under_test::backward(simdact::prelu{}, shape, x, slopes, dy, out, dslopes);
    print("0", name + ".backward", out, x);
    print("0", name + ".slopes", dslopes, unkept);
    under_test::backward(simdact::prelu{}, shape, x, slopes, dy, out, dslopes, simdact::accumulate);
    print("0", name + ".slopes-accumulated", dslopes, unkept);
    std::vector<std::uint8_t> mask((x.size() + 7) / 8);
    under_test::forward_with_mask(simdact::prelu{}, shape, x, slopes, out, mask);
    print("0", name + ".forward-with-mask", out, x);
    print_mask(name + ".mask", mask);
    under_test::backward_from_mask(simdact::prelu{}, shape, mask, slopes, dy, out);
    std::vector<T> passed_on = dy;
    for (std::size_t i = 0; i < x.size(); ++i)
        passed_on[i] = x[i] > 0 ? dy[i] : T(0);
    print("0", name + ".backward-from-mask", out, passed_on);
    under_test::backward(simdact::prelu{}, shape, x, slopes, dy, out);
    print("0", name + ".backward-of-x", out, x);
}

template <class T>
void print_all() {
    print_function<T>(simdact::relu{}, "relu", "0", "0");
    for (const double slope : {0.1, 0.0, 0.7})
        print_function<T>(simdact::leaky_relu{.negative_slope = slope}, "leaky_relu-" + std::to_string(bits(slope)),
                          "0", "0");
    // Its backward multiplies what may already be a step off.
    for (const double alpha : {1.0, 0.7, 1.67})
        print_function<T>(simdact::elu{.alpha = alpha}, "elu-" + std::to_string(alpha),
                          std::to_string(elu_steps_between_builds(alpha)), "fma");
    const std::string quotient_steps = std::to_string(quotient_steps_between_builds);
    print_function<T>(simdact::sigmoid{}, "sigmoid", quotient_steps, "fma");
    print_function<T>(simdact::tanh{}, "tanh", quotient_steps, "fma");
    for (const simdact::channel_shape shape : std::initializer_list<simdact::channel_shape>{
             {1, 1, 1}, {1, 1, 2000}, {2, 3, 49}, {1, 5, 1025}, {3, 7, 5}, {301, 3, 1}, {40, 37, 1}, {900, 1, 2}})
        print_prelu<T>(shape, false);
    for (const simdact::channel_shape shape :
         std::initializer_list<simdact::channel_shape>{{2, 12, 49}, {3, 6, 5}, {301, 6, 1}, {40, 48, 1}, {100, 6, 2}})
        print_prelu<T>(shape, true);
}

} // namespace

int main() {
#if defined(DISPATCHED)
    const std::string isa = under_test::isa();
    const bool fma = isa == "x86-64-v3" || isa == "x86-64-v4";
#else
    const bool fma = simdact::simd::fused;
#if defined(XSIMD_NO_SUPPORTED_ARCHITECTURE)
    const std::string isa = "scalars";
#else
    const std::string isa = xsimd::default_arch::name();
#endif
#endif
    std::printf("%s FMA, %s\n", fma ? "with" : "without", isa.c_str());
    print_all<float>();
    print_all<double>();
}
