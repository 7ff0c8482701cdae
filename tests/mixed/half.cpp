/// One half of a program whose files are built for different CPUs: HALF(data) runs every function and kernel, and gives
/// a hash of the results. The arrays are plain ones and the helpers local, so that whatever this file shares with
/// another one is there because simdact calls it.

#include <simdact/simdact.hpp>

#include <cstddef>
#include <cstdint>

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

template <class T, class F>
void run_on_values(const F& f, arrays<T>& a) {
    using batch = simdact::simd::batch<T>;
    for (std::size_t i = 0; i < size; ++i) {
        const T x = a.x[i], dy = a.dy[i];
        a.out[i] = f(x) + f.derivative(x) + f.backward(x, dy) + f.backward_from_output(f(x), dy);
    }
    a.add();
    const batch x(a.x[0]), dy(a.dy[0]);
    simdact::simd::store(a.out, f(x) + f.derivative(x) + f.backward(x, dy) + f.backward_from_output(f(x), dy));
    a.add();
}

template <class T, class F>
void run(const F& f, arrays<T>& a) {
    run_on_values(f, a);
    simdact::forward(f, a.x, a.out);
    a.add();
    simdact::derivative(f, a.x, a.out);
    a.add();
    simdact::backward(f, a.x, a.dy, a.out);
    a.add();
    simdact::backward_from_output(f, a.x, a.dy, a.out);
    a.add();
    if constexpr (simdact::mask_differentiable<F, T>) {
        simdact::forward_with_mask(f, a.x, a.out, a.mask);
        a.add();
        add_bytes(a.mask, sizeof a.mask);
        simdact::backward_from_mask(f, a.mask, a.dy, a.out);
        a.add();
    }
}

template <class T>
void run_prelu(const simdact::channel_shape& shape, arrays<T>& a) {
    T(&slopes)[9] = a.slopes;
    simdact::forward(simdact::prelu{}, shape, a.x, slopes, a.out);
    a.add();
    simdact::derivative(simdact::prelu{}, shape, a.x, slopes, a.out);
    a.add();
    simdact::backward(simdact::prelu{}, shape, a.x, slopes, a.dy, a.out);
    a.add();
    simdact::backward(simdact::prelu{}, shape, a.x, slopes, a.dy, a.out, a.dslopes);
    simdact::backward(simdact::prelu{}, shape, a.x, slopes, a.dy, a.out, a.dslopes, simdact::accumulate);
    a.add();
    add_bytes(a.dslopes, sizeof a.dslopes);
    simdact::forward_with_mask(simdact::prelu{}, shape, a.x, slopes, a.out, a.mask);
    a.add();
    add_bytes(a.mask, sizeof a.mask);
    simdact::backward_from_mask(simdact::prelu{}, shape, a.mask, slopes, a.dy, a.out);
    a.add();
}

template <class T>
void run_all() {
    arrays<T> a;
    run(simdact::relu{}, a);
    run(simdact::leaky_relu{.negative_slope = 0.1}, a);
    run(simdact::elu{.alpha = 0.7}, a);
    run(simdact::sigmoid{}, a);
    run(simdact::tanh{}, a);
    run_prelu({1, 9, 10}, a);
    run_prelu({10, 9, 1}, a);
}

} // namespace

std::uint64_t HALF() {
    run_all<float>();
    run_all<double>();
    return hash;
}
