/// A user's file that calls everything: each function on numbers, batches and arrays of both types, each kernel.
/// Compiled with all warnings that there are, looked through by other tools, and run under sanitizers that are stricter
/// than the language. With FEW_KERNELS, for what takes long, each function on numbers and batches, but the kernels,
/// which know no formula, with one of each kind alone; with FLOATS_ALONE no doubles.

#if defined(SINGLE)
#include <simdact.hpp>
#else
#include <simdact/simdact.hpp>
#endif

#include "../../kinds.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace {

template <class T>
std::vector<T> arguments() {
    std::vector<T> x = {T(0), T(-0.0)};
    for (const double size :
         {5e-324, 1e-310, 2.3e-308, 1e-300, 1e-45, 1e-40, 1.2e-38, 1e-30, 1e-8,  1e-3,   0.1,   0.34657359,
          0.5,    1.0,    1.5,      3.0,    9.0,   18.0,  37.0,    40.0,  87.3,  88.0,   103.9, 106.0,
          200.0,  708.4,  709.1,    745.2,  1e4,   1e30,  3.4e38,  1e39,  1e300, 1.7e308}) {
        x.push_back(simdact::simd::rounded<T>(size));
        x.push_back(-x.back());
    }
    const T infinity = simdact::simd::rounded<T>(1e308) * T(1e30F);
    x.push_back(infinity);
    x.push_back(-infinity);
    x.push_back(infinity - infinity);
    return x;
}

template <class V, class F>
void call(const F& f, V x, V dy, std::vector<simdact::simd::element_t<V>>& results) {
    const auto keep = [&](V y) {
        simdact::simd::element_t<V> elements[simdact::simd::lanes<V>];
        simdact::simd::store(elements, y);
        results.push_back(elements[0]);
    };
    keep(f(x));
    keep(f.forward(x));
    keep(f.derivative(x));
    keep(f.backward(x, dy));
    if constexpr (simdact::output_differentiable<F, simdact::simd::element_t<V>>) {
        keep(f.derivative_from_output(x));
        keep(f.backward_from_output(x, dy));
    }
    if constexpr (simdact::mask_differentiable<F, V>)
        keep(f.backward_from_mask(x > V(0), dy));
}

template <class F, class T>
void call_kernels(const F& f, const std::vector<T>& x, std::vector<T>& y, std::span<std::uint8_t> bits) {
    simdact::forward(f, x, y);
    simdact::forward(f, y);
    simdact::derivative(f, x, y);
    simdact::backward(f, x, x, y);
    if constexpr (simdact::output_differentiable<F, T>) {
        try {
            simdact::backward_from_output(f, x, x, y);
        } catch (const std::invalid_argument&) {
            y = x;
        }
    }
    if constexpr (simdact::mask_differentiable<F, T>) {
        simdact::forward_with_mask(f, x, y, bits);
        simdact::backward_from_mask(f, bits, x, y);
    }
}

template <class F>
#if defined(FEW_KERNELS)
constexpr bool in_kernels = tests::is_in<F, tests::of_each_kind>;
#else
constexpr bool in_kernels = true;
#endif

template <class F, class T>
void call_everywhere(const F& f, const std::vector<T>& x, std::vector<T>& y, std::span<std::uint8_t> bits) {
    std::vector<T> results;
    for (const T v : x) {
        call<T>(f, v, T(2), results);
        call<simdact::simd::batch<T>>(f, simdact::simd::batch<T>(v), simdact::simd::batch<T>(T(2)), results);
    }
    if constexpr (in_kernels<F>) {
        call_kernels(f, x, y, bits);
        simdact::streaming_threshold(1);
        std::vector<T> long_x(40000), long_y(40000);
        std::vector<std::uint8_t> long_bits(5000);
        for (std::size_t i = 0; i < long_x.size(); ++i)
            long_x[i] = x[i % x.size()];
        call_kernels(f, long_x, long_y, long_bits);
        simdact::streaming_threshold(static_cast<std::size_t>(-1));
    }
}

template <class F, class T>
void call_channelwise(const F& f, const simdact::channel_shape& shape, const std::vector<T>& some) {
    std::vector<T> x(shape.size()), y(shape.size()), slopes(shape.channels, T(0.25)), dslopes(shape.channels);
    std::vector<std::uint8_t> bits(shape.size() / 8 + (shape.size() % 8 != 0));
    for (std::size_t i = 0; i < x.size(); ++i)
        x[i] = some[i % some.size()];
    simdact::forward(f, shape, x, slopes, y);
    simdact::derivative(f, shape, x, slopes, y);
    simdact::backward(f, shape, x, slopes, x, y);
    simdact::backward(f, shape, x, slopes, x, y, dslopes);
    simdact::backward(f, shape, x, slopes, x, y, dslopes, simdact::accumulate);
    simdact::forward_with_mask(f, shape, x, slopes, y, bits);
    simdact::backward_from_mask(f, shape, bits, slopes, x, y);
}

template <class T>
void call_rows(const simdact::channel_shape& shape, const std::vector<T>& some) {
    std::vector<T> x(shape.size()), y(shape.size()), l(shape.outer * shape.inner);
    for (std::size_t i = 0; i < x.size(); ++i)
        x[i] = some[i % some.size()];
    simdact::forward(simdact::softmax{.scale = 0.1}, shape, x, y, l);
    simdact::backward_from_output(simdact::softmax{.scale = 0.1}, shape, y, x, x);
    simdact::forward(simdact::log_softmax{}, shape, y, y);
    simdact::backward_from_output(simdact::log_softmax{}, shape, y, x, x);
    simdact::forward(simdact::logsumexp{}, shape, x, l);
}

template <class F, class T>
void call_gated(const std::vector<T>& x) {
    const simdact::gated<F> f{};
    std::vector<T> y(x.size()), dgate(x.size()), dvalue(x.size()), half(x.size() / 2), dx(2 * half.size());
    simdact::forward(f, x, x, y);
    simdact::backward(f, x, x, x, dgate, dvalue);
    simdact::backward(f, x, x, x, dgate, dvalue, simdact::accumulate_all);
    const std::span<const T> packed(x.data(), dx.size());
    for (const simdact::gate_at gate : {simdact::gate_at::second_half, simdact::gate_at::alternating}) {
        const simdact::gated_shape shape{1, half.size(), gate};
        simdact::forward(f, shape, packed, half);
        simdact::backward(f, shape, packed, half, dx);
    }
}

template <class T>
void call_pairs(const std::vector<T>& x, std::vector<std::uint8_t>& bits) {
    call_gated<simdact::silu>(x);
    call_gated<simdact::relu>(x);
    std::vector<T> positive(x.size()), negative(x.size()), dx(x.size()), both(2 * x.size());
    std::vector<std::uint8_t> others(bits.size());
    const simdact::crelu f;
    const simdact::channel_shape shape{1, x.size(), 1};
    simdact::forward(f, x, positive, negative);
    simdact::forward(f, shape, x, both);
    simdact::backward(f, x, positive, negative, dx, simdact::accumulate_all);
    simdact::backward(f, shape, x, both, dx);
    simdact::backward_from_output(f, positive, negative, x, x, dx);
    simdact::forward_with_mask(f, x, positive, negative, bits, others);
    simdact::backward_from_mask(f, bits, others, x, x, dx);
    simdact::draw_slopes(simdact::rrelu{}, 1, positive);
    simdact::forward(simdact::prelu{}, shape, x, positive, negative);
    simdact::backward(simdact::prelu{}, shape, x, positive, x, dx, negative, simdact::accumulate_all);
    simdact::backward(simdact::leaky_relu{}, x, x, dx, simdact::accumulate_all);
    for (const simdact::channel_shape s : {shape, simdact::channel_shape{1, 1, x.size()}}) {
        const std::span<const T> p(positive.data(), s.channels);
        const std::span<T> dp(negative.data(), s.channels);
        simdact::backward(simdact::biased<simdact::elu>{}, s, x, p, x, dx, dp);
        simdact::backward(simdact::mixed<simdact::relu, simdact::tanh>{}, s, x, p, x, dx, dp);
    }
}

template <class T>
void call_all() {
    const std::vector<T> x = arguments<T>();
    std::vector<T> y(x.size());
    std::vector<std::uint8_t> bits(x.size() / 8 + 1);
    bits.resize(x.size() / 8 + (x.size() % 8 != 0));
    simdact::elementwise_functions::for_each([&](auto type) {
        call_everywhere(simdact::detail::with_numbers<typename decltype(type)::type>(), x, y, bits);
    });
    for (const double alpha : {-1.0, 0.0, 0.5, 1e30, 1e38, 1e308})
        call_everywhere(simdact::elu{alpha}, x, y, bits);
    call_everywhere(simdact::elu{static_cast<double>(x[x.size() - 3])}, x, y, bits);
    simdact::channelwise_functions::for_each([&](auto type) {
        for (const std::size_t inner : {std::size_t(1), std::size_t(3), std::size_t(16), std::size_t(97)})
            for (const std::size_t channels : {std::size_t(1), std::size_t(5), std::size_t(64)})
                call_channelwise(typename decltype(type)::type{}, {3, channels, inner}, x);
    });
    for (const std::size_t inner : {std::size_t(1), std::size_t(3), std::size_t(97)})
        call_rows({3, 50, inner}, x);
    call_pairs(x, bits);
}

} // namespace

int main() {
#if defined(__AVX2__)
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma"))
        return 77; // not run, on this CPU
#endif
    call_all<float>();
#if !defined(FLOATS_ALONE)
    call_all<double>();
#endif
    const auto name_of = [](const auto& f) { return f.name; };
    simdact::for_each_function(name_of);
    return simdact::knows("elu", {{"alpha", 0.5}}) && *simdact::with_function("elu", {{"alpha", 0.5}}, name_of) ? 0 : 1;
}
