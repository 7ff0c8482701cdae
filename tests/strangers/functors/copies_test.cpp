// Functors of users that are large, that allocate when they are copied, or that cannot be copied.

#include "../../catch.hpp"

#include <simdact/simdact.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <type_traits>
#include <vector>

namespace {

using simdact::value;

/// Every member that a kernel may call.
struct every_member {
    template <value V>
    V forward(V x) const noexcept {
        return x + V(1);
    }
    template <value V>
    V derivative(V x) const noexcept {
        return x + V(2);
    }
    template <value V>
    V backward(V x, V dy) const noexcept {
        return x + dy;
    }
    template <value V>
    V derivative_from_output(V y) const noexcept {
        return y + V(3);
    }
    template <value V>
    V backward_from_mask(simdact::simd::mask_t<V> positive, V dy) const noexcept {
        return simdact::simd::select(positive, dy, V(0));
    }
    template <value V>
    V forward(V x, V slope) const noexcept {
        return x + slope;
    }
    template <value V>
    V derivative(V, V slope) const noexcept {
        return slope;
    }
    template <value V>
    V backward(V, V slope, V dy) const noexcept {
        return slope + dy;
    }
    template <value V>
    V slope_derivative(V x) const noexcept {
        return simdact::simd::drop(x > V(0), x);
    }
    template <value V>
    V backward_from_mask(simdact::simd::mask_t<V> positive, V slope, V dy) const noexcept {
        return simdact::simd::select(positive, dy, slope);
    }
};

int copies = 0;

struct counted : every_member {
    counted() = default;
    counted(const counted& other) : every_member(other) { ++copies; }
};

struct neither_copied_nor_moved : every_member {
    neither_copied_nor_moved() = default;
    neither_copied_nor_moved(neither_copied_nor_moved&&) = delete;
};

struct moved_only : every_member { // trivially copyable all the same
    moved_only() = default;
    moved_only(const moved_only&) = delete;
    moved_only(moved_only&&) = default;
};
static_assert(std::is_trivially_copyable_v<moved_only> && !std::is_copy_constructible_v<moved_only>);

struct owner : every_member {
    std::vector<double> table = std::vector<double>(1000);
};

struct with_pointer : every_member {
    std::unique_ptr<int> p;
};

struct abstract : every_member {
    virtual int kind() const = 0;
    abstract() = default;
    abstract(const abstract&) = default;
    virtual ~abstract() = default;
};
struct concrete final : abstract {
    int kind() const override { return 1; }
};

struct prepares : every_member {
    /// What is prepared need not be copied either.
    struct ready : every_member {
        ready() = default;
        ready(const ready& other) : every_member(other) { ++copies; }
    };
    template <class T>
    ready prepared() const noexcept {
        return {};
    }
};

template <class F>
void call_every_kernel(const F& f, std::size_t n) {
    std::vector<float> x(n, 1.0F), y(n), w(2, 0.5F), dw(2);
    std::vector<std::uint8_t> mask((n + 7) / 8);
    const simdact::channel_shape shape{1, 2, n / 2};
    simdact::forward(f, x, y);
    CHECK(y.back() == 2.0F);
    simdact::forward(f, y);
    CHECK(y.front() == 3.0F);
    simdact::derivative(f, x, y);
    CHECK(y.back() == 3.0F);
    simdact::backward(f, x, x, y);
    CHECK(y.back() == 2.0F);
    simdact::backward_from_output(f, x, x, y);
    CHECK(y.back() == 4.0F);
    simdact::forward_with_mask(f, x, y, mask);
    CHECK(y.back() == 2.0F);
    simdact::backward_from_mask(f, mask, x, y);
    CHECK(y.back() == 1.0F);
    simdact::forward(f, shape, x, w, y);
    CHECK(y.back() == 1.5F);
    simdact::derivative(f, shape, x, w, y);
    CHECK(y.back() == 0.5F);
    simdact::backward(f, shape, x, w, x, y);
    CHECK(y.back() == 1.5F);
    simdact::backward(f, shape, x, w, x, y, dw);
    CHECK(dw.back() == 0.0F);
    simdact::forward_with_mask(f, shape, x, w, y, mask);
    CHECK(y.back() == 1.5F);
    simdact::backward_from_mask(f, shape, mask, w, x, y);
    CHECK(y.back() == 1.0F);
}

} // namespace

TEMPLATE_TEST_CASE("strangers: functors: no kernel copies one that is more than a few bytes", "[strangers]", counted,
                   owner, neither_copied_nor_moved, moved_only, with_pointer, prepares, concrete) {
    const TestType f;
    copies = 0;
    call_every_kernel(f, 100);
    CHECK(copies == 0);
    const std::size_t threshold = simdact::streaming_threshold();
    simdact::streaming_threshold(1); // past the caches
    call_every_kernel(f, 40000);
    simdact::streaming_threshold(threshold);
    CHECK(copies == 0);
}

TEST_CASE("strangers: functors: one whose class is abstract works by reference", "[strangers]") {
    const concrete f;
    call_every_kernel<abstract>(f, 100);
}
