#include "../buffers.hpp"
#include "../catch.hpp"
#include "../inputs.hpp"
#include "../masks.hpp"
#include "../threshold.hpp"

#include <cstdint>
#include <initializer_list>
#include <limits>
#include <vector>

using namespace tests;

namespace {

/// What a kernel writes, in buffers that are as far from an aligned place.
template <class T>
struct outputs {
    guarded<T> out, dslopes;
    std::vector<std::uint8_t> mask;

    outputs(const kernel<T>& k, const call_shape& shape, const std::vector<T>& x, const std::vector<T>& dy,
            const std::vector<T>& slopes, std::size_t misalignment)
        : out(shape.size(), misalignment), dslopes(std::vector<T>(shape.channels, T(3)), 0), mask(mask_of<T>(x)) {
        k.run({k.defaults, shape, x, dy, slopes, out.all(), dslopes.all(), mask});
    }

    bool same_as(const outputs& other) const {
        const auto same = [](T a, T b) { return same_bits(a, b); };
        // Which NaN a sum becomes is not promised, and may differ past the caches.
        const auto same_sum = [](T a, T b) { return same_result(a, b, T(0)); };
        return std::ranges::equal(out.all(), other.out.all(), same) &&
               std::ranges::equal(dslopes.all(), other.dslopes.all(), same_sum) && mask == other.mask;
    }
};

/// The kernel writes the same past the caches as it does into them, and nothing around.
template <class T>
void check_same(const kernel<T>& k, const call_shape& shape) {
    INFO(k.text() << " of " << shape.outer << " x " << shape.channels << " x " << shape.inner);
    const std::vector<T> x = mixed_values<T>(shape.size(), 70), dy = mixed_values<T>(shape.size(), 71),
                         slopes = ordinary_values<T>(shape.channels, 72);
    const auto run = [&](std::size_t misalignment) { return outputs<T>(k, shape, x, dy, slopes, misalignment); };
    const auto never = [&] {
        const threshold of(std::numeric_limits<std::size_t>::max());
        return run(0);
    }();
    const threshold always(1);
    for (std::size_t shift = 0; shift < 16; ++shift) {
        const outputs<T> got = run(shift);
        INFO("misaligned by " << shift << " elements");
        REQUIRE(got.out.guards_untouched());
        REQUIRE(got.dslopes.guards_untouched());
        REQUIRE(got.same_as(never));
    }
}

} // namespace

TEST_CASE("streaming: the threshold is the size of a cache until it is set", "[streaming]") {
    CHECK(under_test.streaming_threshold() >= std::size_t(64) << 10);
    CHECK(under_test.streaming_threshold() <= std::uint64_t(4) << 30);
    {
        const threshold one(1);
        CHECK(under_test.streaming_threshold() == 1);
        const threshold none(0); // would mean "not known"
        CHECK(under_test.streaming_threshold() == 1);
    }
    CHECK(under_test.streaming_threshold() >= std::size_t(64) << 10);
}

TEMPLATE_TEST_CASE("streaming: results are the same bits past the caches", "[streaming]", float, double) {
    using T = TestType;
    constexpr std::size_t size = (std::size_t(1) << 17) / sizeof(T) + 5;
    for (const kernel<T>& k : every_kernel<T>()) {
        check_same<T>(k, {1, 1, size});
        if (!k.uses.shape)
            continue;
        // few channels, and more than are treated at a time
        for (const call_shape l : std::initializer_list<call_shape>{{.channels = 7, .inner = 1},
                                                                    {.channels = 7, .inner = 4},
                                                                    {.channels = 7, .inner = 49},
                                                                    {.channels = 7, .inner = 1024},
                                                                    {.channels = 600, .inner = 33},
                                                                    {.channels = 600, .inner = 64},
                                                                    {.channels = 1024, .inner = 3},
                                                                    {.channels = 1024, .inner = 4},
                                                                    {.channels = 5000, .inner = 1}})
            check_same<T>(k, {size / l.size(), l.channels, l.inner});
    }
}
