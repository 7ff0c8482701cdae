#pragma once

#include <simdact/simd.hpp>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <span>
#include <type_traits>

namespace tests {

#if defined(_MSC_VER)
#define SIMDACT_TESTS_NOINLINE __declspec(noinline)
#else
#define SIMDACT_TESTS_NOINLINE __attribute__((noinline))
#endif

/// The values from p on, of which there are `count`; the others are 0.
template <class V, class T>
SIMDACT_TESTS_NOINLINE void load_values(V& v, const T* p, std::size_t count) {
    if constexpr (std::is_same_v<V, T>) {
        v = *p;
    } else {
        T values[simdact::simd::lanes<V>] = {};
        std::memcpy(values, p, std::min(count, simdact::simd::lanes<V>) * sizeof(T));
        v = V::load_unaligned(values);
    }
}

template <class V, class T>
SIMDACT_TESTS_NOINLINE void store_values(T* p, const V& v, std::size_t count) {
    if constexpr (std::is_same_v<V, T>) {
        *p = v;
    } else {
        T values[simdact::simd::lanes<V>];
        v.store_unaligned(values);
        std::memcpy(p, values, std::min(count, simdact::simd::lanes<V>) * sizeof(T));
    }
}

/// result[i] = op(in[i]...) on values of type V; the last ones in a batch filled up with zeros. The op is written out
/// once, in a loop that compilers leave as it is: it is what takes long to compile.
template <class V, class T, class Op, class... In>
void on_values(const Op& op, std::span<T> result, const In*... in) {
    const auto loaded = [](const T* p, std::size_t count) {
        V v;
        load_values(v, p, count);
        return v;
    };
    for (std::size_t i = 0; i < result.size(); i += simdact::simd::lanes<V>) {
        const std::size_t left = result.size() - i;
        store_values(result.data() + i, op(loaded(in + i, left)...), left);
    }
}

} // namespace tests
