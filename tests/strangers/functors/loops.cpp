/// The library's functors in loops of a user, which compilers turn into batches as they like: the bits of the kernels.

#include <simdact/simdact.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <limits>
#include <string>
#include <vector>

namespace {

int failures = 0;

template <class T>
struct arrays {
    std::vector<T> x, dy, y, wanted;

    arrays() {
        using limits = std::numeric_limits<T>;
        using bits = simdact::simd::bits_t<T>;
        const auto nan = [](T like, bits payload) {
            return __builtin_bit_cast(T, static_cast<bits>(__builtin_bit_cast(bits, like) | payload));
        };
        const T special[] = {T(0),
                             T(-0.0),
                             T(1),
                             T(-1),
                             limits::infinity(),
                             -limits::infinity(),
                             limits::max(),
                             limits::lowest(),
                             limits::min(),
                             -limits::min(),
                             limits::denorm_min(),
                             -limits::denorm_min(),
                             nan(limits::quiet_NaN(), 5),
                             nan(-limits::quiet_NaN(), 9),
                             nan(limits::infinity(), 3),
                             nan(-limits::infinity(), 7)}; // the last two signal
        std::uint32_t state = 1;
        for (int i = 0; i < 1000; ++i) {
            state = state * 1664525u + 1013904223u;
            x.push_back(i % 5 == 0
                            ? special[i / 5 % 16]
                            : (state >> 31 ? T(-1) : T(1)) * std::exp2(T(int(state >> 8 & 0x3fff)) / T(1000) - T(10)));
            // A NaN or an infinity comes back where x > 0, and makes no NaN elsewhere.
            dy.push_back(i % 7 == 0 && x.back() > 0 ? special[i / 7 % 16] : T(i % 9) - T(4.5));
        }
        y.resize(x.size());
        wanted = y;
    }

    void compare(const char* what) {
        for (std::size_t i = 0; i < x.size(); ++i)
            if (std::memcmp(&y[i], &wanted[i], sizeof(T)) != 0) {
                std::printf("%s of %zu bytes at x = %a, dy = %a: %a, not %a\n", what, sizeof(T), double(x[i]),
                            double(dy[i]), double(y[i]), double(wanted[i]));
                ++failures;
                return;
            }
    }
};

template <class T, class F>
void examine(const F& f, const std::string& name) {
    arrays<T> a;
    const std::size_t n = a.x.size();
    T* const y = a.y.data();
    const T *const x = a.x.data(), *const dy = a.dy.data();
    for (std::size_t i = 0; i < n; ++i)
        y[i] = f(x[i]);
    simdact::forward(f, a.x, a.wanted);
    a.compare((name + " in a loop").c_str());
    std::transform(a.x.begin(), a.x.end(), a.y.begin(), f);
    a.compare((name + " in std::transform").c_str());
    for (std::size_t i = 0; i < n; ++i)
        y[i] = f.derivative(x[i]);
    simdact::derivative(f, a.x, a.wanted);
    a.compare((name + ".derivative").c_str());
    for (std::size_t i = 0; i < n; ++i)
        y[i] = f.backward(x[i], dy[i]);
    simdact::backward(f, a.x, a.dy, a.wanted);
    a.compare((name + ".backward").c_str());
    for (std::size_t i = 0; i < n; ++i)
        y[i] = f.backward_from_output(x[i], dy[i]);
    simdact::backward_from_output(f, a.x, a.dy, a.wanted);
    a.compare((name + ".backward_from_output").c_str());
}

template <class T>
void examine_all() {
    examine<T>(simdact::relu{}, "relu");
    examine<T>(simdact::leaky_relu{}, "leaky_relu");
    examine<T>(simdact::elu{}, "elu");
    examine<T>(simdact::elu{.alpha = 1.5}, "elu(1.5)");
    examine<T>(simdact::sigmoid{}, "sigmoid");
    examine<T>(simdact::tanh{}, "tanh");
    arrays<T> a;
    const T w = T(0.25);
    for (std::size_t i = 0; i < a.x.size(); ++i)
        a.y[i] = simdact::prelu{}(a.x[i], w);
    const simdact::channel_shape shape{1, 1, a.x.size()};
    simdact::forward(simdact::prelu{}, shape, a.x, std::vector<T>{w}, a.wanted);
    a.compare("prelu");
    for (std::size_t i = 0; i < a.x.size(); ++i)
        a.y[i] = simdact::prelu{}.backward(a.x[i], w, a.dy[i]);
    simdact::backward(simdact::prelu{}, shape, a.x, std::vector<T>{w}, a.dy, a.wanted);
    a.compare("prelu.backward");
}

} // namespace

int main() {
    examine_all<float>();
    examine_all<double>();
    return failures == 0 ? 0 : 1;
}
