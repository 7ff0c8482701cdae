#include "rows.hpp"

#include "../batches.hpp"

#include <simdact/kernels/rows.hpp>

namespace tests {
namespace {

template <class Arch, class T>
struct of_architecture {
    using shape = simdact::channel_shape;
    using in = std::span<const T>;
    using out = std::span<T>;

    template <class F>
    static void forward(double scale, bool empty_rows_are_zero, const shape& s, in x, out y, out l) {
        const F f{.scale = scale, .empty_rows_are_zero = empty_rows_are_zero};
        if (l.empty())
            simdact::forward<Arch>(f, s, x, y);
        else
            simdact::forward<Arch>(f, s, x, y, l);
    }
    static void logsumexp(double scale, const shape& s, in x, out l) {
        simdact::forward<Arch>(simdact::logsumexp{.scale = scale}, s, x, l);
    }
    template <class F>
    static void gradient(double scale, const shape& s, in y, in dy, out dx) {
        simdact::backward_from_output<Arch>(F{.scale = scale}, s, y, dy, dx);
    }

    static constexpr row_kernels<T> all{architecture_name<Arch>(),     forward<simdact::softmax>,
                                        forward<simdact::log_softmax>, logsumexp,
                                        gradient<simdact::softmax>,    gradient<simdact::log_softmax>};
};

template <class T>
struct ways {
    template <class... Archs>
    struct list {
        static constexpr row_kernels<T> all[] = {of_architecture<Archs, T>::all...};
    };
#if defined(SOME_ARCHITECTURES) && !defined(XSIMD_NO_SUPPORTED_ARCHITECTURE)
    static constexpr std::span<const row_kernels<T>> all = with_some_architectures<list>::all;
#else
    static constexpr std::span<const row_kernels<T>> all = list<simdact::simd::default_arch>::all;
#endif
};

} // namespace

template <>
std::span<const row_kernels<float>> all_row_kernels<float>() {
    return ways<float>::all;
}
template <>
std::span<const row_kernels<double>> all_row_kernels<double>() {
    return ways<double>::all;
}

} // namespace tests
