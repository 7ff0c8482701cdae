/// A user's operators for everything, in the global namespace and before the library: those of expression templates
/// often are so. None of the library's expressions takes them.

#include <atomic>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <stdexcept>
#include <vector>
#include <xsimd/xsimd.hpp>

#include "called.hpp"
#include "traps_of_operators.hpp"

#include <simdact/simdact.hpp>

/// All there is to it, for its own lines would be trapped as well.
struct users_identity {
    template <simdact::value V>
    V forward(V x) const {
        return x;
    }
    template <simdact::value V>
    V derivative(V x) const {
        return x;
    }
    template <simdact::value V>
    V derivative_from_output(V y) const {
        return y;
    }
    template <simdact::value V>
    V backward_from_mask(simdact::simd::mask_t<V>, V dy) const {
        return dy;
    }
};

template <class F, class T>
void call(const F& f, const std::vector<T>& x, std::vector<T>& y, std::span<std::uint8_t> bits) {
    simdact::forward(f, x, y);
    simdact::derivative(f, x, y);
    simdact::backward(f, x, x, y);
    if constexpr (simdact::output_differentiable<F, T>)
        simdact::backward_from_output(f, x, x, y);
    if constexpr (simdact::mask_differentiable<F, T>) {
        simdact::forward_with_mask(f, x, y, bits);
        simdact::backward_from_mask(f, bits, x, y);
    }
}

template <class F, class T>
void call(const F& f, const simdact::channel_shape& shape, const std::vector<T>& x, std::vector<T>& y,
          std::span<std::uint8_t> bits) {
    simdact::forward(f, shape, x, x, y);
    simdact::derivative(f, shape, x, x, y);
    simdact::backward(f, shape, x, x, x, y);
    simdact::backward(f, shape, x, x, x, y, y, simdact::accumulate);
    simdact::forward_with_mask(f, shape, x, x, y, bits);
    simdact::backward_from_mask(f, shape, bits, x, x, y);
}

template <class T>
void call_all(const std::vector<T>& x, std::vector<T>& y, std::span<std::uint8_t> bits) {
    call(users_identity{}, x, y, bits);
    simdact::elementwise_functions::for_each(
        [&](auto type) { call(simdact::detail::with_numbers<typename decltype(type)::type>(), x, y, bits); });
    simdact::channelwise_functions::for_each(
        [&](auto type) { call(typename decltype(type)::type{}, simdact::channel_shape{}, x, y, bits); });
}

template void call_all<float>(const std::vector<float>&, std::vector<float>&, std::span<std::uint8_t>);
template void call_all<double>(const std::vector<double>&, std::vector<double>&, std::span<std::uint8_t>);
