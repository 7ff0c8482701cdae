#include "../catch.hpp"

#include <simdact/kernels.hpp>

#include <cstdint>
#include <vector>

namespace {

/// Every member gives the number N, so that it can be seen whose was called.
template <int N>
struct members {
    template <simdact::value V>
    V forward(V) const {
        return V(simdact::simd::element_t<V>(N));
    }
    template <simdact::value V>
    V derivative(V x) const {
        return forward(x);
    }
    template <simdact::value V>
    V backward(V x, V) const {
        return forward(x);
    }
    template <simdact::value V>
    V derivative_from_output(V y) const {
        return forward(y);
    }
    template <simdact::value V>
    V backward_from_output(V y, V) const {
        return forward(y);
    }
    template <simdact::value V>
    V backward_from_mask(simdact::simd::mask_t<V>, V dy) const {
        return forward(dy);
    }
    template <simdact::value V>
    V forward(V x, V) const {
        return forward(x);
    }
    template <simdact::value V>
    V derivative(V x, V) const {
        return forward(x);
    }
    template <simdact::value V>
    V backward(V x, V, V) const {
        return forward(x);
    }
    template <simdact::value V>
    V slope_derivative(V x) const {
        return forward(x);
    }
    template <simdact::value V>
    V backward_from_mask(simdact::simd::mask_t<V>, V, V dy) const {
        return forward(dy);
    }
};

/// The bit is not set for any x.
struct with_bit : members<2> {
    template <simdact::value V>
    simdact::simd::mask_t<V> mask(V x) const {
        return x > x;
    }
};
struct forward_alone {
    template <simdact::value V>
    V forward(V) const {
        return V(simdact::simd::element_t<V>(2));
    }
};
struct nothing {};

/// Not copied, nor small.
struct heavy : members<2> {
    double numbers[64] = {};
    heavy() = default;
    heavy(const heavy&) = delete;
    heavy& operator=(const heavy&) = delete;
};

template <class Ready, class Own = members<1>>
struct with : Own {
    template <class T>
    Ready prepared() const noexcept {
        return {};
    }
};

template <class T>
struct results {
    std::vector<T> all;      ///< what every kernel has written, once
    std::vector<T> of_masks; ///< the same of forward_with_mask
    std::uint8_t mask = 0;
};

template <class T, class F>
results<T> every_kernel(const F& f) {
    results<T> r;
    const std::size_t n = 37;
    const std::vector<T> x(n, T(5)), w(1, T(3));
    const simdact::channel_shape shape{.inner = n};
    std::vector<T> y(n), dw(1);
    std::vector<std::uint8_t> mask((n + 7) / 8);
    const auto keep = [&](std::vector<T>& to) {
        CHECK(y == std::vector<T>(n, y[0]));
        to.push_back(y[0]);
    };
    simdact::forward(f, x, y), keep(r.all);
    simdact::forward(f, y = x), keep(r.all);
    simdact::derivative(f, x, y), keep(r.all);
    simdact::backward(f, x, x, y), keep(r.all);
    simdact::backward_from_output(f, x, x, y), keep(r.all);
    simdact::backward_from_mask(f, mask, x, y), keep(r.all);
    simdact::forward(f, shape, x, w, y), keep(r.all);
    simdact::derivative(f, shape, x, w, y), keep(r.all);
    simdact::backward(f, shape, x, w, x, y), keep(r.all);
    simdact::backward(f, shape, x, w, x, y, dw), keep(r.all);
    simdact::backward_from_mask(f, shape, mask, w, x, y), keep(r.all);
    simdact::forward_with_mask(f, shape, x, w, y, mask), keep(r.all);
    simdact::forward_with_mask(f, x, y, mask), keep(r.of_masks);
    r.mask = mask[0];
    return r;
}

template <class T>
std::vector<T> twelve(T value) {
    return std::vector<T>(12, value);
}

} // namespace

TEST_CASE("prepared: what is prepared may be large and not be copied", "[elementwise]") {
    const auto large = every_kernel<float>(with<heavy>());
    CHECK((large.all == twelve(2.f) && large.of_masks == std::vector{2.f} && large.mask == 0xff));
}

#if !defined(LIFETIME_ALONE)

// Which member is called does not depend on the type of the elements.
TEMPLATE_TEST_CASE("prepared: every kernel takes what a function prepares", "[elementwise]", float, double) {
    using T = TestType;
    const auto all = every_kernel<T>(with<members<2>>());
    CHECK((all.all == twelve(T(2)) && all.of_masks == std::vector<T>{2} && all.mask == 0xff));
}

TEST_CASE("prepared: where what is prepared lacks a member, the function gives it", "[elementwise]") {
    const auto lacking = every_kernel<float>(with<nothing>());
    CHECK((lacking.all == twelve(1.f) && lacking.of_masks == std::vector{1.f} && lacking.mask == 0xff));
    const auto forward = every_kernel<float>(with<forward_alone>());
    std::vector<float> forward_prepared = twelve(1.f);
    forward_prepared[0] = forward_prepared[1] = 2;
    CHECK((forward.all == forward_prepared && forward.of_masks == std::vector{2.f} && forward.mask == 0xff));
}

TEST_CASE("prepared: the bit of a function is its own, or of what it prepares", "[elementwise]") {
    const auto bit = every_kernel<double>(with<with_bit>());
    CHECK((bit.all == twelve(2.) && bit.of_masks == std::vector{2.} && bit.mask == 0));
    // What does not tell the bit does not stand for a function that does there.
    const auto own_bit = every_kernel<float>(with<forward_alone, with_bit>());
    CHECK((own_bit.all == twelve(2.f) && own_bit.of_masks == std::vector{2.f} && own_bit.mask == 0));
}

#endif
