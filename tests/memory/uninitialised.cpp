/// Built with MemorySanitizer, and without Catch2, which is not: no kernel computes with what nobody has written,
/// within its buffers or around them, and each writes all of its output.

#include "../tables/table.hpp"

#include <sanitizer/msan_interface.h>

#include <cstdio>
#include <cstdlib>
#include <initializer_list>
#include <memory>

using namespace tests;

namespace {

struct release {
    void operator()(void* p) const { std::free(p); }
};

/// Memory that nobody has written, with more of it before and after; then some of it is.
template <class T>
class unwritten {
    std::unique_ptr<T[], release> memory_;
    std::size_t size_, first_;

public:
    unwritten(std::size_t size, std::size_t misalignment)
        : memory_(static_cast<T*>(std::malloc((size + 192) * sizeof(T)))), size_(size), first_(64 + misalignment) {
        __msan_poison(memory_.get(), (size + 192) * sizeof(T));
    }
    std::span<T> all() const { return {memory_.get() + first_, size_}; }
    std::span<T> written(unsigned seed) const {
        for (T& v : all()) {
            seed = seed * 1664525U + 1013904223U;
            v = static_cast<T>(seed >> 8) / T(1 << 20) - T(8);
        }
        return all();
    }
};

template <class T>
void call(const kernel<T>& k, const call_shape& shape, std::size_t misalignment) {
    const std::size_t n = shape.size();
    const unwritten<T> x(n, misalignment), dy(n, misalignment / 2), out(n, misalignment), slopes(shape.channels, 0),
        dslopes(shape.channels, 0);
    const unwritten<std::uint8_t> mask((n + 7) / 8, misalignment);
    arguments<T> a;
    a.parameters = k.defaults;
    a.shape = shape;
    if (k.uses.x)
        a.x = x.written(1);
    if (k.uses.dy)
        a.dy = dy.written(2);
    a.slopes = slopes.written(3);
    a.out = out.all();
    a.dslopes = k.adds_to_dslopes() ? dslopes.written(4) : dslopes.all();
    a.mask = mask.all();
    if (k.uses.reads_mask)
        for (std::uint8_t& byte : a.mask)
            byte = 0x5a;
    k.run(a); // which is where a report ends the program
    __msan_check_mem_is_initialized(a.out.data(), a.out.size_bytes());
    if (k.uses.dslopes)
        __msan_check_mem_is_initialized(a.dslopes.data(), a.dslopes.size_bytes());
    if (k.uses.writes_mask)
        __msan_check_mem_is_initialized(a.mask.data(), a.mask.size_bytes());
}

template <class T>
std::size_t call_all() {
    std::size_t calls = 0;
    const std::size_t width = under_test.width<T>();
    for (const kernel<T>& k : every_kernel<T>())
        for (std::size_t n = 0; n <= 4 * width + 1; ++n)
            for (const call_shape shape : std::initializer_list<call_shape>{
                     {1, 1, n}, {1, n, 1}, {n, 2, 1}, {2, n, 3}, {3, 2, n}, {1, 2, 520 + n}, {200, n, 1}})
                for (std::size_t misalignment = 0; misalignment < width; misalignment += 3) {
                    call(k, shape, misalignment);
                    ++calls;
                }
    return calls;
}

template <class T>
std::size_t call_past_the_caches() {
    std::size_t calls = 0;
    for (const kernel<T>& k : every_kernel<T>())
        for (const call_shape shape : std::initializer_list<call_shape>{{1, 1, 16389}, {5463, 3, 1}, {2, 167, 49}}) {
            call(k, shape, 1);
            ++calls;
        }
    return calls;
}

} // namespace

int main() {
    std::printf("%zu calls on float, ", call_all<float>());
    std::printf("%zu on double\n", call_all<double>());
    under_test.set_streaming_threshold(1);
    std::printf("%zu past the caches\n", call_past_the_caches<float>() + call_past_the_caches<double>());
}
