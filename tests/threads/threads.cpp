/// Many threads give the same functor disjoint parts of the same arrays, parts that share lines of the cache, while
/// others read and set streaming_threshold(): the results of one thread, bit for bit, and with ThreadSanitizer no data
/// race.

#include "../buffers.hpp"
#include "../inputs.hpp"
#include "../masks.hpp"
#include "../tables/table.hpp"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <limits>
#include <string>
#include <thread>
#include <vector>

using namespace tests;

namespace {

constexpr std::size_t parts = 8, channels = 3, inner = 5;

/// The arrays that all threads share.
template <class T>
struct arrays {
    call_shape shape; ///< of a part
    const double* parameters;
    std::vector<T> x, dy, slopes, out, dslopes;
    std::vector<std::uint8_t> mask;

    arrays(const kernel<T>& k, std::size_t rows)
        : shape{rows, channels, inner}, parameters(k.defaults), x(mixed_values<T>(parts * shape.size(), 90)),
          dy(mixed_values<T>(parts * shape.size(), 91)), slopes(ordinary_values<T>(channels, 92)), out(x.size(), T(7)),
          dslopes(ordinary_values<T>(parts * channels, 93)), mask(mask_of<T>(x)) {
        if (k.uses.writes_mask)
            std::ranges::fill(mask, std::uint8_t(0xff));
    }

    arguments<T> part(std::size_t i) {
        const std::size_t n = shape.size();
        return {.parameters = parameters,
                .shape = shape,
                .x = std::span<const T>(x).subspan(i * n, n),
                .dy = std::span<const T>(dy).subspan(i * n, n),
                .slopes = slopes,
                .out = std::span(out).subspan(i * n, n),
                .dslopes = std::span(dslopes).subspan(i * channels, channels),
                .mask = std::span(mask).subspan(i * n / 8, n / 8)};
    }
};

/// step(i) for every part, all at the same time.
template <class Step>
void at_once(const Step& step) {
    std::atomic<std::size_t> ready{0};
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < parts; ++i)
        threads.emplace_back([&, i] {
            for (++ready; ready < parts;)
                std::this_thread::yield();
            step(i);
        });
    for (std::thread& t : threads)
        t.join();
}

template <class T>
bool same_as_one_thread(const kernel<T>& k, std::size_t rows) {
    arrays<T> together(k, rows), alone(k, rows);
    at_once([&](std::size_t i) {
        if (i % 3 == 0)
            under_test.set_streaming_threshold(i == 0 ? 1 : std::numeric_limits<std::size_t>::max());
        for (int repeated = 0; repeated < (k.uses.dslopes ? 1 : 3); ++repeated)
            k.run(together.part(i));
    });
    for (std::size_t i = 0; i < parts; ++i)
        k.run(alone.part(i));
    // Which NaN a sum becomes is not promised, and may differ past the caches.
    const auto same_sum = [](T a, T b) { return same_result(a, b, T(0)); };
    return std::ranges::equal(together.out, alone.out, same_bits<T>) &&
           std::ranges::equal(together.dslopes, alone.dslopes, same_sum) && together.mask == alone.mask;
}

template <class T>
int failures() {
    int count = 0;
    for (const kernel<T>& k : every_kernel<T>())
        for (const std::size_t rows : {std::size_t(8), std::size_t(1304)}) // the second writes past the caches, or not
            if (!same_as_one_thread(k, rows)) {
                std::printf("%s of %s: not the results of one thread\n", k.text().c_str(),
                            sizeof(T) == 4 ? "float" : "double");
                ++count;
            }
    return count;
}

} // namespace

int main() {
    // The size of the cache is found out by whoever asks first.
    std::vector<std::size_t> thresholds(parts);
    at_once([&](std::size_t i) { thresholds[i] = under_test.streaming_threshold(); });
    const bool agreed = std::ranges::count(thresholds, thresholds.front()) == parts;
    if (!agreed)
        std::printf("threads see several thresholds\n");
    const int failed = failures<float>() + failures<double>();
    std::printf("%zu threads, %zu kernels: %d failed\n", parts,
                every_kernel<float>().size() + every_kernel<double>().size(), failed);
    return agreed && failed == 0 ? 0 : 1;
}
