#include "../batches.hpp"
#include "../buffers.hpp"
#include "../catch.hpp"
#include "../inputs.hpp"
#include "../threshold.hpp"

#include <simdact/simdact.hpp>

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <limits>
#include <span>
#include <vector>

using namespace tests;

namespace {

template <class T>
using kernel = std::function<void(std::span<const T> x, std::span<const T> dy, std::span<T> out)>;

/// The kernel writes the same past the caches as it does into them, and nothing around.
template <class T>
void check_same(const kernel<T>& run) {
    constexpr std::size_t size = (std::size_t(1) << 17) / sizeof(T) + 5;
    const std::vector<T> x = mixed_values<T>(size, 70), dy = mixed_values<T>(size, 71);
    guarded<T> wanted(size, 0);
    {
        const threshold never(std::numeric_limits<std::size_t>::max());
        run(x, dy, wanted.all());
    }
    const threshold always(1);
    for (std::size_t shift = 0; shift < 16; ++shift) {
        guarded<T> out(size, shift % 64);
        run(x, dy, out.all());
        INFO("misaligned by " << shift << " elements");
        REQUIRE(out.guards_untouched());
        bool same = true;
        for (std::size_t i = 0; i < size; ++i)
            same = same && same_bits(out.all()[i], wanted.all()[i]);
        REQUIRE(same);
    }
}

} // namespace

static_assert(noexcept(simdact::streaming_threshold()) && noexcept(simdact::streaming_threshold(1)));

TEST_CASE("streaming: the threshold is the size of a cache until it is set", "[streaming]") {
    CHECK(simdact::streaming_threshold() >= std::size_t(64) << 10);
    CHECK(simdact::streaming_threshold() <= std::uint64_t(4) << 30);
    {
        const threshold one(1);
        CHECK(simdact::streaming_threshold() == 1);
        const threshold none(0); // would mean "not known"
        CHECK(simdact::streaming_threshold() == 1);
    }
    CHECK(simdact::streaming_threshold() >= std::size_t(64) << 10);
}

TEMPLATE_TEST_CASE("streaming: results are the same bits past the caches", "[streaming]", float, double) {
    using T = TestType;
    using in = std::span<const T>;
    using out = std::span<T>;
    check_same<T>([](in x, in, out y) { simdact::forward(simdact::relu{}, x, y); });
    check_same<T>([](in x, in, out y) { simdact::forward(simdact::elu{}, x, y); });
    check_same<T>([](in x, in dy, out dx) { simdact::backward(simdact::leaky_relu{}, x, dy, dx); });
    check_same<T>([](in x, in dy, out dx) {
        std::vector<std::uint8_t> mask((x.size() + 7) / 8);
        simdact::forward_with_mask(simdact::relu{}, x, dx, mask);
        simdact::backward_from_mask(simdact::leaky_relu{}, mask, dy, dx);
    });
    check_same<T>([](in x, in, out y) {
        simdact::forward(simdact::prelu{}, {1, 1, x.size()}, x, std::vector<T>{T(-0.3)}, y);
    });
    struct layout {
        std::size_t channels, inner;
    };
    // few channels, and more than are treated at a time
    for (const layout l : std::initializer_list<layout>{
             {7, 1}, {7, 4}, {7, 49}, {7, 1024}, {600, 33}, {600, 64}, {1024, 3}, {1024, 4}, {5000, 1}}) {
        INFO(l.channels << " channels of " << l.inner);
        check_same<T>([l](in x, in dy, out dx) {
            const std::size_t outer = x.size() / (l.channels * l.inner), n = outer * l.channels * l.inner;
            const std::vector<T> slopes = ordinary_values<T>(l.channels, 72);
            std::vector<T> dslopes(l.channels);
            simdact::backward(simdact::prelu{}, {outer, l.channels, l.inner}, x.first(n), slopes, dy.first(n),
                              dx.first(n), dslopes);
        });
    }
}
