#include <array>
#include <type_traits>

float WITH_XSIMD(float x);

/// elu of x, once in a batch of the library's and carried there and back in one of the user's, if he has any.
float WITH_XSIMD(float x) {
    using batch = simdact::simd::batch<float>;
    std::array<float, simdact::simd::lanes<batch>> values{};
#if !defined(XSIMD_NO_SUPPORTED_ARCHITECTURE)
    static_assert(!std::is_same_v<batch, xsimd::batch<float>>, "one is renamed");
    std::array<float, xsimd::batch<float>::size> carried{};
    (xsimd::batch<float>(x) + xsimd::batch<float>(0.0F)).store_unaligned(carried.data());
    x = carried[0];
#endif
    simdact::simd::store(values.data(), simdact::elu{}(batch(x)));
    return values[0];
}
