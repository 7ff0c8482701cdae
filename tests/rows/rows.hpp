#pragma once

#include <simdact/concepts.hpp>

#include <span>
#include <string_view>

namespace tests {

/// The kernels over rows, compiled once for some architectures. Where `l` is empty its logarithms are not asked for.
template <class T>
struct row_kernels {
    using shape = simdact::channel_shape;
    using in = std::span<const T>;
    using out = std::span<T>;

    std::string_view architecture;
    void (*softmax)(double scale, bool empty_rows_are_zero, const shape&, in x, out y, out l);
    void (*log_softmax)(double scale, bool empty_rows_are_zero, const shape&, in x, out y, out l);
    void (*logsumexp)(double scale, const shape&, in x, out l);
    void (*softmax_gradient)(double scale, const shape&, in y, in dy, out dx);
    void (*log_softmax_gradient)(double scale, const shape&, in y, in dy, out dx);
};

template <class T>
std::span<const row_kernels<T>> all_row_kernels();
template <>
std::span<const row_kernels<float>> all_row_kernels<float>();
template <>
std::span<const row_kernels<double>> all_row_kernels<double>();

} // namespace tests
