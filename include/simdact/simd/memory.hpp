#ifndef SIMDACT_SIMD_MEMORY_HPP
#define SIMDACT_SIMD_MEMORY_HPP

/// Loads and stores.

#include <simdact/simd/bits.hpp>
#include <simdact/simd/lane_bits.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace simd {

/// The next lanes<V> elements at p, which needs no alignment.
template <value V>
requires std::floating_point<V> SIMDACT_INLINE V load(const V* p)
noexcept { return *p; }

template <std::floating_point T>
SIMDACT_INLINE void store(T* p, T x) noexcept {
    *p = x;
}

#if !defined(XSIMD_NO_SUPPORTED_ARCHITECTURE)

template <value V>
requires(!std::floating_point<V>) SIMDACT_INLINE V load(const element_t<V>* p)
noexcept { return V::load_unaligned(p); }

template <class T, class Arch>
SIMDACT_INLINE void store(T* p, const xsimd::batch<T, Arch>& x) noexcept {
    x.store_unaligned(p);
}

#endif

/// The batch of doubles, or the double, of V's architecture.
template <value V>
struct widened {
    using type = double;
};

#if !defined(XSIMD_NO_SUPPORTED_ARCHITECTURE)
template <class T, class Arch>
struct widened<xsimd::batch<T, Arch>> {
    using type = simd::batch<double, Arch>;
};
#endif

/// The next lanes<D> elements at p, converted to double.
template <value D>
requires std::same_as < element_t<D>,
double > SIMDACT_INLINE D load_wide(const double* p) noexcept { return simd::load<D>(p); }

template <value D>
requires std::same_as < element_t<D>,
double > SIMDACT_INLINE D load_wide(const float* p) noexcept {
    if constexpr (lanes<D> == 1) {
        return *p;
    } else if constexpr (requires { native<D>::load_wide(p); }) {
        return native<D>::load_wide(p);
    } else { // as xsimd converts
        double wide[lanes<D>];
        for (std::size_t i = 0; i < lanes<D>; ++i)
            wide[i] = static_cast<double>(p[i]);
        return simd::load<D>(wide);
    }
}

/// x in the first n lanes, n < lanes<V> <= 16, and zeros in the lanes after them.
template <value V>
SIMDACT_INLINE V first_lanes(V x, [[SIMDACT_DETAIL_MAYBE_UNUSED]] std::size_t n) noexcept {
    if constexpr (lanes<V> == 1) {
        return V(0); // n = 0
    } else {
        using B = bits_t<element_t<V>>;
        static_assert(lanes<V> <= 16);
        return simd::from_bits<V>(simd::to_bits(x) & bits_t<V>::load_unaligned(lane_bits<B>.bits + 16 - n));
    }
}

/// The first n elements at p, 0 < n < lanes<V>, and zeros in the lanes after them. Reads no others.
template <value V>
SIMDACT_INLINE V load_some(const element_t<V>* p, std::size_t n) noexcept {
    if constexpr (requires { native<V>::load_some(p, n); }) {
        return native<V>::load_some(p, n);
    } else {
        element_t<V> elements[lanes<V>] = {};
        for (std::size_t i = 0; i < n; ++i)
            elements[i] = p[i];
        return simd::load<V>(elements);
    }
}

/// Stores the first n lanes, 0 < n < lanes<V>. Writes nothing else.
template <value V>
SIMDACT_INLINE void store_some(element_t<V>* p, std::size_t n, V x) noexcept {
    if constexpr (requires { native<V>::store_some(p, n, x); }) {
        native<V>::store_some(p, n, x);
    } else {
        element_t<V> elements[lanes<V>];
        simd::store(elements, x);
        for (std::size_t i = 0; i < n; ++i)
            p[i] = elements[i];
    }
}

/// Like store() to a p that is aligned to the size of V, but past the caches where there are such stores. After the
/// last one comes stream_end().
template <value V>
SIMDACT_INLINE void stream(element_t<V>* p, V x) noexcept {
    if constexpr (requires { native<V>::stream(p, x); })
        native<V>::stream(p, x);
    else
        simd::store(p, x);
}

/// Makes what was streamed visible to other threads in the order of the program.
SIMDACT_INLINE void stream_end() noexcept {
#if SIMDACT_DETAIL_STREAMS
    simd::native_stream_end();
#endif
}

} // namespace simd
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
