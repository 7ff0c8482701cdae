/// When the kernels write past the caches, and that they make it visible to other threads before they return, which no
/// result tells. The instructions are counted where the library asks for them, so this is a program of its own.

#include "../catch.hpp"
#include "../inputs.hpp"

#include <xsimd/xsimd.hpp>

namespace {

int streamed = 0;     ///< stores past the caches so far
bool pending = false; ///< there was one after the last fence
[[maybe_unused]] void count() {
    ++streamed;
    pending = true;
}

} // namespace

#define _mm_stream_ps(...) (count(), _mm_stream_ps(__VA_ARGS__))
#define _mm256_stream_ps(...) (count(), _mm256_stream_ps(__VA_ARGS__))
#define _mm512_stream_ps(...) (count(), _mm512_stream_ps(__VA_ARGS__))
#define _mm_sfence() (pending = false, _mm_sfence())

#include <simdact/simdact.hpp>

#include <cstdint>
#include <initializer_list>
#include <limits>
#include <memory>
#include <span>
#include <vector>

using namespace tests;
using namespace simdact;

namespace {

constexpr bool streams = SIMDACT_DETAIL_STREAMS;

/// The stores past the caches of a call; less than 0 if some are not fenced.
template <class Call>
int streamed_by(const Call& call) {
    streamed = 0;
    call();
    return pending ? -1 : streamed;
}

/// Arguments of one size, `out` at the start of a line.
struct arguments {
    std::vector<float> x, dy, storage;
    std::span<float> out;
    std::vector<std::uint8_t> mask;

    explicit arguments(std::size_t n)
        : x(ordinary_values<float>(n, 80)), dy(ordinary_values<float>(n, 81)), storage(n + 16), mask((n + 7) / 8) {
        void* start = storage.data();
        std::size_t room = storage.size() * sizeof(float);
        out = {static_cast<float*>(std::align(64, n * sizeof(float), start, room)), n};
    }
};

} // namespace

TEST_CASE("streamed stores: from one byte above the threshold on, and not in place", "[streaming]") {
    constexpr std::size_t n = 1 << 15;
    arguments a(n);
    const auto forward_when_more_than = [&](std::size_t bytes, auto x) {
        simdact::streaming_threshold(bytes);
        return streamed_by([&] { simdact::forward(leaky_relu{}, x, a.out); });
    };
    const std::size_t touched = 2 * n * sizeof(float), before = simdact::streaming_threshold();
    const std::span<const float> x = a.x, y = a.out;
    CHECK((forward_when_more_than(touched - 1, x) > 0) == streams);
    CHECK(forward_when_more_than(touched, x) == 0);
    CHECK(forward_when_more_than(1, y) == 0);
    CHECK(forward_when_more_than(std::numeric_limits<std::size_t>::max(), x) == 0);
    CHECK((forward_when_more_than(1, x) > 0) == streams);
    // Two inputs: three arrays are touched. One of them is the output: nothing is streamed.
    simdact::streaming_threshold(3 * n * sizeof(float) - 1);
    CHECK((streamed_by([&] { simdact::backward(elu{}, a.x, a.dy, a.out); }) > 0) == streams);
    CHECK(streamed_by([&] { simdact::backward(elu{}, a.out, a.dy, a.out); }) == 0);
    CHECK(streamed_by([&] { simdact::backward(elu{}, a.x, a.out, a.out); }) == 0);
    simdact::streaming_threshold(3 * n * sizeof(float));
    CHECK(streamed_by([&] { simdact::backward(elu{}, a.x, a.dy, a.out); }) == 0);
    simdact::streaming_threshold(before);
}

TEST_CASE("streamed stores: no cache counts for more than 64 MiB", "[streaming]") {
    CHECK(detail::last_level_cache() <= std::size_t(64) << 20);
    CHECK(detail::last_level_cache() >= std::size_t(1) << 16);
}

TEST_CASE("streamed stores: every kernel fences them before it returns, at every alignment", "[streaming]") {
    const std::size_t before = simdact::streaming_threshold();
    simdact::streaming_threshold(1);
    const channel_shape shapes[] = {{4, 16, 512}, {4, 3, 700}, {2048, 16, 1}, {4096, 8, 1}, {3000, 5, 2}};
    for (const std::size_t shift : std::initializer_list<std::size_t>{0, 1, 4, 8})
        for (const channel_shape& shape : shapes) {
            const std::size_t n = shape.size();
            arguments a(n + shift);
            const auto x = std::span(a.x).first(n), dy = std::span(a.dy).first(n), out = a.out.subspan(shift);
            const auto mask = std::span(a.mask).first((n + 7) / 8);
            const std::vector<float> slopes(shape.channels, 0.5f);
            std::vector<float> dslopes(shape.channels);
            INFO(shape.outer << " x " << shape.channels << " x " << shape.inner << " misaligned by " << shift);
            const auto check = [&](const auto& call) { CHECK((streamed_by(call) > 0) == streams); };
            check([&] { simdact::forward(relu{}, x, out); });
            check([&] { simdact::forward(elu{}, x, out); });
            check([&] { simdact::backward(elu{}, x, dy, out); });
            check([&] { simdact::forward_with_mask(relu{}, x, out, mask); });
            check([&] { simdact::backward_from_mask(relu{}, mask, dy, out); });
            check([&] { simdact::forward(prelu{}, shape, x, slopes, out); });
            check([&] { simdact::backward(prelu{}, shape, x, slopes, dy, out); });
            const auto with_dslopes = [&] { simdact::backward(prelu{}, shape, x, slopes, dy, out, dslopes); };
            // It is written where it is computed, if that is in whole batches, on what memory is aligned to.
            if (shift % 4 == 0 && (shape.inner < 16 ? shape.channels * shape.inner : shape.inner) % 16 == 0)
                check(with_dslopes);
            else
                CHECK(streamed_by(with_dslopes) == 0);
            CHECK(!pending);
        }
    simdact::streaming_threshold(before);
}
