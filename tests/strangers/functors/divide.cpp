/// With -ffast-math compilers multiply by 1 / b for a / b where they know b: simd::divide() rounds once all the same.

#include <simdact/simd.hpp>

#include <cstdint>
#include <cstdio>
#include <cstring>

namespace {

template <class T>
int failures() {
    namespace simd = simdact::simd;
    using batch = simd::batch<T>;
    constexpr std::size_t width = simd::lanes<batch>;
    T x[1024], scalars[1024], lanes[1024];
    std::uint32_t state = 1;
    for (T& v : x)
        v = T((state = state * 1664525u + 1013904223u) >> 8) / T(1000);
    for (std::size_t i = 0; i < 1024; ++i)
        scalars[i] = simd::divide(x[i], T(3));
    for (std::size_t i = 0; i < 1024; i += width)
        simd::store(lanes + i, simd::divide(simd::load<batch>(x + i), batch(T(3))));
    int count = 0;
    for (std::size_t i = 0; i < 1024; ++i) {
        volatile T three = T(3); // what it is cannot be known
        const T wanted = x[i] / three;
        count += std::memcmp(&wanted, &scalars[i], sizeof(T)) != 0;
        count += std::memcmp(&wanted, &lanes[i], sizeof(T)) != 0;
    }
    std::printf("%d quotients of %zu bytes are wrong\n", count, sizeof(T));
    return count;
}

} // namespace

int main() { return failures<float>() + failures<double>() == 0 ? 0 : 1; }
