/// Every architecture that the installed xsimd has, each as Arch and in batches of a user's: the bits of the default
/// one. Prints a hash of those, so that programs with another default architecture can be compared, and what differs.

#include "../../batches.hpp"
#include "../numbers.hpp"

#include <simdact/simdact.hpp>

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace {

#if defined(XSIMD_NO_SUPPORTED_ARCHITECTURE)
constexpr bool has_batches = false;
#else
constexpr bool has_batches = true;
#endif

/// What all functions give for the arguments, through the kernels of this architecture.
template <class T, class Arch>
std::vector<T> through_kernels(const std::vector<T>& x) {
    std::vector<T> results, out(x.size()), slopes(x.size() / 2, T(0.25)), dslopes(slopes.size());
    std::vector<T> dy(x.rbegin(), x.rend());
    for (T& g : dy)
        if (!(std::abs(g) <= T(1000))) // no NaN made by arithmetic, which may be any
            g = T(-2);
    std::vector<std::uint8_t> mask((x.size() + 7) / 8);
    const auto keep = [&] { results.insert(results.end(), out.begin(), out.end()); };
    // One function with a corner and one that adds products: what kernels do beyond calling a functor is alike for all.
    const simdact::leaky_relu leaky{.negative_slope = 0.3};
    for (const std::size_t from : {std::size_t(0), x.size() - 5, x.size() - 37}) { // odd lengths and places too
        const std::span<const T> in(x.data() + from, x.size() - from), gradient(dy.data() + from, in.size());
        const std::span<T> to(out.data() + from, in.size());
        simdact::backward<Arch>(leaky, in, gradient, to);
        keep();
        simdact::forward<Arch>(simdact::elu{.alpha = 1.5}, in, to);
        keep();
    }
    simdact::forward_with_mask<Arch>(leaky, x, out, mask);
    keep();
    for (const std::uint8_t byte : mask)
        results.push_back(T(byte));
    simdact::backward_from_mask<Arch>(leaky, mask, dy, out);
    keep();
    std::vector<T> finite = x;
    for (T& v : finite)
        if (!(std::abs(v) <= T(1000)))
            v = T(-3);
    for (const std::size_t channels : {std::size_t(2), slopes.size()}) {
        const simdact::channel_shape maps{1, channels, x.size() / channels};
        simdact::backward<Arch>(simdact::prelu{}, maps, finite, std::span<const T>(slopes.data(), channels), dy, out,
                                std::span<T>(dslopes.data(), channels));
        keep();
        results.insert(results.end(), dslopes.begin(), dslopes.end());
    }
    return results;
}

/// The same by functors, on batches that a user makes, or on scalars.
template <class T, class V>
std::vector<T> through_functors(const std::vector<T>& x) {
    constexpr std::size_t width = simdact::simd::lanes<V>;
    std::vector<T> in = x;
    while (in.size() % 64 != 0) // a whole number of batches, however wide
        in.push_back(T(-2));
    std::vector<T> results;
    const auto each = [&](const V(&values)[12]) {
        for (const V& v : values) {
            T lanes[width];
            simdact::simd::store(lanes, v);
            results.insert(results.end(), lanes, lanes + width);
        }
    };
    const V g(T(3)), w(T(0.25));
    const simdact::relu relu{};
    const simdact::leaky_relu leaky{.negative_slope = 0.3};
    const simdact::elu elu{.alpha = 1.5};
    const simdact::sigmoid sigmoid{};
    const simdact::tanh tanh{};
    const simdact::prelu prelu{};
    for (std::size_t i = 0; i < in.size(); i += width) {
        const V v = simdact::simd::load<V>(&in[i]);
        each({relu(v), relu.derivative(v), relu.backward(v, g), relu.backward_from_mask(v > V(T(0)), g), leaky(v),
              leaky.derivative(v), leaky.backward(v, g), leaky.backward_from_mask(v > V(T(0)), g), prelu(v, w),
              prelu.derivative(v, w), prelu.backward(v, w, g), prelu.slope_derivative(v)});
        each({elu(v), elu.derivative(v), elu.backward(v, g), elu.backward_from_output(v, g), sigmoid(v),
              sigmoid.derivative(v), sigmoid.backward(v, g), sigmoid.backward_from_output(v, g), tanh(v),
              tanh.derivative(v), tanh.backward(v, g), tanh.backward_from_output(v, g)});
    }
    // In the order of the arguments, whatever the width.
    std::vector<T> sorted(results.size());
    for (std::size_t i = 0; i < results.size(); ++i) {
        const std::size_t batch = i / (24 * width), function = i / width % 24, lane = i % width;
        sorted[function * in.size() + batch * width + lane] = results[i];
    }
    return sorted;
}

template <class T>
std::size_t differences(const std::vector<T>& a, const std::vector<T>& b) {
    std::size_t count = a.size() != b.size();
    for (std::size_t i = 0; i < a.size() && i < b.size(); ++i)
        count += std::memcmp(&a[i], &b[i], sizeof(T)) != 0;
    return count;
}

std::size_t failures = 0;

template <class T>
void compare(std::string_view arch, const char* how, const std::vector<T>& wanted, const std::vector<T>& got) {
    const std::size_t count = differences(wanted, got);
    failures += count > 0;
    if (count > 0)
        std::printf("%s, %s of %zu bytes: %zu of %zu results differ from the default architecture's\n",
                    std::string(arch).c_str(), how, sizeof(T), count, wanted.size());
}

template <class Arch>
constexpr bool is_emulated = false;
#if defined(XSIMD_WITH_EMULATED) && XSIMD_WITH_EMULATED
template <std::size_t Bits>
constexpr bool is_emulated<xsimd::emulated<Bits>> = true;
#endif

template <class T, class Arch>
void examine(const std::vector<T>& x, const std::vector<T>& kernels, const std::vector<T>& functors) {
    const std::string_view name = tests::architecture_name<Arch>();
    if constexpr (sizeof(T) == 4 || is_emulated<Arch>) // of doubles some will do
        compare(name, "kernels", kernels, through_kernels<T, Arch>(x));
    if constexpr (has_batches)
        compare(name, "functors", functors, through_functors<T, simdact::simd::batch<T, Arch>>(x));
}

template <class... Archs>
struct each_of {
    template <class T>
    static void examine_all(const std::vector<T>& x, const std::vector<T>& kernels, const std::vector<T>& functors) {
        (examine<T, Archs>(x, kernels, functors), ...);
    }
};

template <class T>
std::uint64_t hash(const std::vector<T>& values) {
    std::uint64_t h = 1469598103934665603u;
    for (const T& v : values) {
        unsigned char bytes[sizeof(T)];
        std::memcpy(bytes, &v, sizeof(T));
        for (const unsigned char b : bytes)
            h = (h ^ b) * 1099511628211u;
    }
    return h;
}

template <class T>
void examine_type() {
    using namespace simdact;
    const std::vector<T> x = strangers::numbers<T>(614);
    const std::vector<T> kernels = through_kernels<T, simd::default_arch>(x);
    const std::vector<T> functors = through_functors<T, T>(x);
    std::printf("%016llx %016llx\n", static_cast<unsigned long long>(hash(kernels)),
                static_cast<unsigned long long>(hash(functors)));
    compare(tests::architecture_name<simd::default_arch>(), "functors", functors,
            through_functors<T, simd::batch<T>>(x));
#if !defined(DEFAULT_ALONE)
    tests::with_every_architecture<each_of>::examine_all(x, kernels, functors);
#endif
#if defined(XSIMD_WITH_EMULATED) && XSIMD_WITH_EMULATED && !defined(DEFAULT_ALONE)
    each_of<xsimd::emulated<128>, xsimd::emulated<512>, xsimd::emulated<2048>>::examine_all(x, kernels, functors);
#endif
}

} // namespace

#define TEXT_OF(name) #name
#define TEXT(macro) TEXT_OF(macro)

int main() {
    std::puts(TEXT(SIMDACT_ISA));
    examine_type<float>();
    examine_type<double>();
    return failures == 0 ? 0 : 1;
}
