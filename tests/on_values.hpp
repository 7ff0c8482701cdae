#pragma once

#include <simdact/simd.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <type_traits>

namespace tests {

template <class V, class T>
V load_value(const T* p) {
    if constexpr (std::is_same_v<V, T>)
        return *p;
    else
        return V::load_unaligned(p);
}

template <class V, class T>
void store_value(T* p, V x) {
    if constexpr (std::is_same_v<V, T>)
        *p = x;
    else
        x.store_unaligned(p);
}

/// result[i] = op(in[i]...) on values of type V; the last ones in a batch filled up with zeros.
template <class V, class T, class Op, class... In>
void on_values(const Op& op, std::span<T> result, const In*... in) {
    constexpr std::size_t lanes = simdact::simd::lanes<V>;
    std::size_t i = 0;
    for (; i + lanes <= result.size(); i += lanes)
        store_value<V>(result.data() + i, op(load_value<V>(in + i)...));
    if constexpr (lanes > 1) { // one lane leaves nothing
        const std::size_t rest = result.size() - i;
        if (rest == 0)
            return;
        const auto filled_up = [&](const T* p) {
            std::array<T, lanes> values{};
            std::copy_n(p + i, rest, values.begin());
            return load_value<V>(values.data());
        };
        std::array<T, lanes> values;
        store_value<V>(values.data(), op(filled_up(in)...));
        std::copy_n(values.begin(), rest, result.begin() + std::ptrdiff_t(i));
    }
}

} // namespace tests
