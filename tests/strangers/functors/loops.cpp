/// The library's functors in loops of a user, which compilers turn into batches as they like: the bits of one call,
/// which are the kernels' (checks/ compares the two).

#include "../numbers.hpp"

#include <simdact/simdact.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

namespace {

int failures = 0;

template <class T>
struct arrays {
    std::vector<T> x = strangers::numbers<T>(1000), dy, y = x, wanted = x;

    arrays() {
        // A NaN or an infinity comes back where x > 0, and makes no NaN elsewhere.
        for (std::size_t i = 0; i < x.size(); ++i)
            dy.push_back(i % 7 == 0 && x[i] > 0 ? x[i / 7 * 5 % x.size()] : T(i % 9) - T(4.5));
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
SIMDACT_DETAIL_NOINLINE void alone(T* result, std::size_t i, const F& f) {
    *result = f(i);
}

/// wanted[i] = f(i), in a call of its own each.
template <class T, class F>
void one_by_one(std::vector<T>& wanted, F f) {
    for (std::size_t i = 0; i < wanted.size(); ++i)
        alone(&wanted[i], i, f);
}

template <class T, class F>
void examine(const F& f, const std::string& name) {
    arrays<T> a;
    const std::size_t n = a.x.size();
    T* const y = a.y.data();
    const T *const x = a.x.data(), *const dy = a.dy.data();
    for (std::size_t i = 0; i < n; ++i)
        y[i] = f(x[i]);
    one_by_one(a.wanted, [&](std::size_t i) { return f(x[i]); });
    a.compare((name + " in a loop").c_str());
    std::transform(a.x.begin(), a.x.end(), a.y.begin(), f);
    a.compare((name + " in std::transform").c_str());
    for (std::size_t i = 0; i < n; ++i)
        y[i] = f.derivative(x[i]);
    one_by_one(a.wanted, [&](std::size_t i) { return f.derivative(x[i]); });
    a.compare((name + ".derivative").c_str());
    for (std::size_t i = 0; i < n; ++i)
        y[i] = f.backward(x[i], dy[i]);
    one_by_one(a.wanted, [&](std::size_t i) { return f.backward(x[i], dy[i]); });
    a.compare((name + ".backward").c_str());
    if constexpr (simdact::output_differentiable<F, T>) {
        for (std::size_t i = 0; i < n; ++i)
            y[i] = f.derivative_from_output(x[i]);
        one_by_one(a.wanted, [&](std::size_t i) { return f.derivative_from_output(x[i]); });
        a.compare((name + ".derivative_from_output").c_str());
        for (std::size_t i = 0; i < n; ++i)
            y[i] = f.backward_from_output(x[i], dy[i]);
        one_by_one(a.wanted, [&](std::size_t i) { return f.backward_from_output(x[i], dy[i]); });
        a.compare((name + ".backward_from_output").c_str());
    }
}

template <class T, class F>
void examine_with_slope(const F& f) {
    arrays<T> a;
    const std::string name = F::name;
    const std::vector<T> w{T(0.25)};
    for (std::size_t i = 0; i < a.x.size(); ++i)
        a.y[i] = f(a.x[i], w[0]);
    const simdact::channel_shape shape{1, 1, a.x.size()};
    simdact::forward(f, shape, a.x, w, a.wanted);
    a.compare(name.c_str());
    for (std::size_t i = 0; i < a.x.size(); ++i)
        a.y[i] = f.backward(a.x[i], w[0], a.dy[i]);
    simdact::backward(f, shape, a.x, w, a.dy, a.wanted);
    a.compare((name + ".backward").c_str());
}

template <class T>
void examine_all() {
    simdact::elementwise_functions::for_each([](auto type) {
        using F = typename decltype(type)::type;
        examine<T>(simdact::detail::with_numbers<F>(), F::name);
    });
    examine<T>(simdact::elu{.alpha = 1.5}, "elu(1.5)");
    simdact::channelwise_functions::for_each([](auto type) { examine_with_slope<T>(typename decltype(type)::type{}); });
}

} // namespace

int main() {
    examine_all<float>();
    examine_all<double>();
    return failures == 0 ? 0 : 1;
}
