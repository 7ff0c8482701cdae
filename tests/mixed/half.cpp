/// One half of a program whose files are built for different CPUs: HALF(data) runs every function, and every kernel
/// with a function of each kind, and gives a hash of the results; with FUNCTORS_ALONE no kernels, with FEW_FUNCTIONS
/// elu and prelu alone. The kernels of all functions are in what dispatch builds, which is looked through too. The
/// arrays are plain ones and the helpers local, so that whatever this file shares with another one is there because
/// simdact calls it.

#include <simdact/simdact.hpp>

#include "../kinds.hpp"

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace {

constexpr std::size_t size = 90;

std::uint64_t hash = 14695981039346656037U; // FNV-1a

void add_bytes(const void* data, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i)
        hash = (hash ^ static_cast<const unsigned char*>(data)[i]) * 1099511628211U;
}

template <class T>
struct arrays {
    T x[size], dy[size], out[size], slopes[9], dslopes[9];
    std::uint8_t mask[(size + 7) / 8];

    arrays() {
        for (std::size_t i = 0; i < size; ++i) {
            x[i] = static_cast<T>(static_cast<int>(i * 37 % size) - 45) / 8;
            dy[i] = static_cast<T>(static_cast<int>(i * 53 % size) - 45) / 16;
        }
        for (std::size_t i = 0; i < 9; ++i)
            slopes[i] = static_cast<T>(i) / 4;
    }

    void add() { add_bytes(out, sizeof out); }
};

/// A function with slopes as one of x alone.
template <class F>
struct with_slope {
    auto operator()(auto x) const { return F{}(x, decltype(x)(2)); }
    auto derivative(auto x) const { return F{}.derivative(x, decltype(x)(2)); }
    auto backward(auto x, auto dy) const { return F{}.backward(x, decltype(x)(2), dy); }
};

template <class T, class F>
void run_on_values(const F& f, arrays<T>& a) {
    using batch = simdact::simd::batch<T>;
    const auto all = [&f](auto x, auto dy) {
        auto sum = f(x) + f.derivative(x) + f.backward(x, dy);
        if constexpr (simdact::output_differentiable<F, T>)
            sum = sum + f.backward_from_output(f(x), dy);
        return sum;
    };
    for (std::size_t i = 0; i < size; ++i)
        a.out[i] = all(a.x[i], a.dy[i]);
    a.add();
    simdact::simd::store(a.out, all(batch(a.x[0]), batch(a.dy[0])));
    a.add();
}

#if !defined(FUNCTORS_ALONE)
template <class T, class F>
void run(const F& f, arrays<T>& a) {
    simdact::forward(f, a.x, a.out);
    a.add();
    simdact::derivative(f, a.x, a.out);
    a.add();
    simdact::backward(f, a.x, a.dy, a.out);
    a.add();
    if constexpr (simdact::output_differentiable<F, T>) {
        simdact::backward_from_output(f, a.x, a.dy, a.out);
        a.add();
    }
    if constexpr (simdact::mask_differentiable<F, T>) {
        simdact::forward_with_mask(f, a.x, a.out, a.mask);
        a.add();
        add_bytes(a.mask, sizeof a.mask);
        simdact::backward_from_mask(f, a.mask, a.dy, a.out);
        a.add();
    }
}

template <class T, class F>
void run(const F& f, const simdact::channel_shape& shape, arrays<T>& a) {
    T(&slopes)[9] = a.slopes;
    simdact::forward(f, shape, a.x, slopes, a.out);
    a.add();
    simdact::derivative(f, shape, a.x, slopes, a.out);
    a.add();
    simdact::backward(f, shape, a.x, slopes, a.dy, a.out);
    a.add();
    simdact::backward(f, shape, a.x, slopes, a.dy, a.out, a.dslopes);
    simdact::backward(f, shape, a.x, slopes, a.dy, a.out, a.dslopes, simdact::accumulate);
    a.add();
    add_bytes(a.dslopes, sizeof a.dslopes);
    if constexpr (simdact::channelwise_mask_differentiable<F, T>) {
        simdact::forward_with_mask(f, shape, a.x, slopes, a.out, a.mask);
        a.add();
        add_bytes(a.mask, sizeof a.mask);
        simdact::backward_from_mask(f, shape, a.mask, slopes, a.dy, a.out);
        a.add();
    }
}

#endif

template <class T, class... Fs>
void run_elementwise(simdact::function_list<Fs...>, arrays<T>& a) {
    (run_on_values(simdact::detail::with_numbers<Fs>(), a), ...);
#if !defined(FUNCTORS_ALONE)
    const auto in_kernels = [&a]<class F>(std::type_identity<F>) {
        if constexpr (tests::is_in<F, tests::of_each_kind>)
            run(simdact::detail::with_numbers<F>(), a);
    };
    (in_kernels(std::type_identity<Fs>()), ...);
#endif
}
template <class T, class... Fs>
void run_channelwise(simdact::function_list<Fs...>, arrays<T>& a) {
    (run_on_values(with_slope<Fs>{}, a), ...);
#if !defined(FUNCTORS_ALONE)
    (run(Fs{}, {1, 9, 10}, a), ...);
    (run(Fs{}, {10, 9, 1}, a), ...);
#endif
}

#if defined(FEW_FUNCTIONS)
using elementwise = simdact::function_list<simdact::elu>;
using channelwise = simdact::function_list<simdact::prelu>;
#else
using elementwise = simdact::elementwise_functions;
using channelwise = simdact::channelwise_functions;
#endif

template <class T>
void run_all() {
    arrays<T> a;
    run_elementwise(elementwise{}, a);
    run_channelwise(channelwise{}, a);
}

} // namespace

std::uint64_t HALF() {
    run_all<float>();
    run_all<double>();
    return hash;
}
