#pragma once

#include <simdact/simd.hpp>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <span>
#include <type_traits>

namespace tests {

/// The values from p on, of which there are `count`; the others are 0.
template <class V, class T>
SIMDACT_DETAIL_NOINLINE void load_values(V& v, const T* p, std::size_t count) {
    T values[simdact::simd::lanes<V>] = {};
    std::memcpy(values, p, std::min(count, simdact::simd::lanes<V>) * sizeof(T));
    v = V::load_unaligned(values);
}

template <class V, class T>
SIMDACT_DETAIL_NOINLINE void store_values(T* p, const V& v, std::size_t count) {
    T values[simdact::simd::lanes<V>];
    v.store_unaligned(values);
    std::memcpy(p, values, std::min(count, simdact::simd::lanes<V>) * sizeof(T));
}

/// result[i] = op(in[i]...) on values of type V; the last ones in a batch filled up with zeros. The op is written out
/// once: it is what takes long to compile. Of scalars compilers may make batches, as of a user's loop.
template <class V, class T, class Op, class... In>
void on_values(const Op& op, std::span<T> result, const In*... in) {
    constexpr std::size_t lanes = simdact::simd::lanes<V>;
    for (std::size_t i = 0; i < result.size(); i += lanes)
        if constexpr (std::is_same_v<V, T>) {
            result[i] = op(in[i]...);
        } else {
            const std::size_t left = result.size() - i;
            const auto loaded = [&](const T* p) {
                V v;
                load_values(v, p + i, left);
                return v;
            };
            store_values(result.data() + i, op(loaded(in)...), left);
        }
}

} // namespace tests
