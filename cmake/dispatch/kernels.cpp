/// simdact's kernels for one instruction set, SIMDACT_DISPATCH_ISA, of psABI level SIMDACT_DISPATCH_LEVEL: compiled
/// once for each by simdact_add_dispatch().

#include <simdact/dispatch.hpp>

#if SIMDACT_DISPATCH_LEVEL != 0 && SIMDACT_DISPATCH_LEVEL != SIMDACT_DETAIL_LEVEL
#error "simdact_add_dispatch: flags of the project ask for other instructions in every file; leave -m... out of them"
#endif
#if SIMDACT_DISPATCH_LEVEL == 1 || SIMDACT_DISPATCH_LEVEL == 2
#if defined(__AVX__)
#error "simdact_add_dispatch: flags of the project ask for AVX in every file; leave -m... out of them"
#endif
#elif SIMDACT_DISPATCH_LEVEL == 3
#if defined(__AVX512F__)
#error "simdact_add_dispatch: flags of the project ask for AVX-512 in every file; leave -m... out of them"
#endif
#endif

namespace simdact {
inline namespace SIMDACT_ISA {
namespace dispatch {
namespace {

using std::size_t;
using std::uint8_t;

template <class T>
using batch = simd::batch<T>;
template <class T>
using group = detail::group_batch<batch<T>>;

channel_shape shape_of(const size_t* numbers) noexcept { return {numbers[0], numbers[1], numbers[2]}; }

// The wrappers in dispatch.hpp have checked the arguments.

template <class F, class T>
void forward_for(double parameter, size_t n, const T* x, T* y) noexcept {
    detail::apply<batch<T>>(n, detail::forward_of<F>{detail::with_parameter<F>(parameter)}, y, x);
}

template <class F, class T>
void derivative_for(double parameter, size_t n, const T* x, T* d) noexcept {
    detail::apply<batch<T>>(n, detail::derivative_of<F>{detail::with_parameter<F>(parameter)}, d, x);
}

template <class F, class T>
void backward_for(double parameter, size_t n, const T* x, const T* dy, T* dx) noexcept {
    detail::apply<batch<T>>(n, detail::backward_of<F>{detail::with_parameter<F>(parameter)}, dx, x, dy);
}

template <class F, class T>
void backward_from_output_for(double parameter, size_t n, const T* y, const T* dy, T* dx) noexcept {
    detail::apply<batch<T>>(n, detail::backward_from_output_of<F>{detail::with_parameter<F>(parameter)}, dx, y, dy);
}

template <class F, class T>
void forward_with_mask_for(double parameter, size_t n, const T* x, T* y, uint8_t* mask) noexcept {
    detail::apply_with_mask<group<T>>(n, detail::forward_of<F>{detail::with_parameter<F>(parameter)}, y, mask, x);
}

template <class F, class T>
void backward_from_mask_for(double parameter, size_t n, const uint8_t* mask, const T* dy, T* dx) noexcept {
    detail::apply<group<T>>(n, detail::backward_from_mask_of<F>{detail::with_parameter<F>(parameter)}, dx,
                            detail::bit_source{mask, detail::mask_bytes(n)}, dy);
}

template <class T>
void prelu_forward(const size_t* shape, const T* x, const T* slopes, T* y) noexcept {
    detail::apply_channelwise<group<T>>(shape_of(shape), slopes, detail::channelwise_forward_of<prelu>{},
                                        detail::no_gradient{}, y, x);
}

template <class T>
void prelu_derivative(const size_t* shape, const T* x, const T* slopes, T* d) noexcept {
    detail::apply_channelwise<group<T>>(shape_of(shape), slopes, detail::channelwise_derivative_of<prelu>{},
                                        detail::no_gradient{}, d, x);
}

template <class T>
void prelu_backward(const size_t* shape, const T* x, const T* slopes, const T* dy, T* dx, T* dslopes,
                    bool add) noexcept {
    const detail::channelwise_backward_of<prelu> op{};
    if (dslopes)
        detail::apply_channelwise<group<T>>(shape_of(shape), slopes, op,
                                            detail::slope_gradient<prelu, T>{prelu{}, dslopes, add}, dx, x, dy);
    else
        detail::apply_channelwise<group<T>>(shape_of(shape), slopes, op, detail::no_gradient{}, dx, x, dy);
}

template <class T>
void prelu_forward_with_mask(const size_t* shape, const T* x, const T* slopes, T* y, uint8_t* mask) noexcept {
    const channel_shape s = shape_of(shape);
    if (s.size() % 8 != 0)
        mask[s.size() / 8] = 0; // the bits that belong to no element
    detail::apply_channelwise<group<T>>(s, slopes, detail::channelwise_forward_of<prelu>{}, detail::mask_of{mask}, y,
                                        x);
}

template <class T>
void prelu_backward_from_mask(const size_t* shape, const uint8_t* mask, const T* slopes, const T* dy, T* dx) noexcept {
    const channel_shape s = shape_of(shape);
    detail::apply_channelwise<group<T>>(s, slopes, detail::channelwise_backward_from_mask_of<prelu>{},
                                        detail::no_gradient{}, dx,
                                        detail::bit_source{mask, detail::mask_bytes(s.size())}, dy);
}

/// One bit does not tell elu's derivative.
template <class F, class T>
constexpr auto to_mask() noexcept -> typename dispatched::kernels<T>::to_mask {
    if constexpr (mask_differentiable<F, T>)
        return forward_with_mask_for<F, T>;
    else
        return nullptr;
}
template <class F, class T>
constexpr auto from_mask() noexcept -> typename dispatched::kernels<T>::from_mask {
    if constexpr (mask_differentiable<F, T>)
        return backward_from_mask_for<F, T>;
    else
        return nullptr;
}

template <class T, class... Fs>
constexpr dispatched::kernels<T> kernels_of(const std::tuple<Fs...>*) noexcept {
    return {{forward_for<Fs, T>...},    {derivative_for<Fs, T>...},
            {backward_for<Fs, T>...},   {backward_from_output_for<Fs, T>...},
            {to_mask<Fs, T>()...},      {from_mask<Fs, T>()...},
            prelu_forward<T>,           prelu_derivative<T>,
            prelu_backward<T>,          prelu_forward_with_mask<T>,
            prelu_backward_from_mask<T>};
}

constexpr const detail::functions* all = nullptr;

std::size_t threshold() noexcept { return simdact::streaming_threshold(); }
void set_threshold(std::size_t bytes) noexcept { simdact::streaming_threshold(bytes); }

} // namespace
} // namespace dispatch
} // namespace SIMDACT_ISA

namespace dispatched {
inline namespace SIMDACT_DISPATCH_VERSION {

/// In every unit under the same name, so that the one that chooses need not know their flags.
SIMDACT_DISPATCH_ANY_COPY extern const table SIMDACT_DISPATCH_TABLE;
constinit const table SIMDACT_DISPATCH_TABLE = {SIMDACT_DISPATCH_ISA, dispatch::kernels_of<float>(dispatch::all),
                                                dispatch::kernels_of<double>(dispatch::all), dispatch::threshold,
                                                dispatch::set_threshold};

} // namespace SIMDACT_DISPATCH_VERSION
} // namespace dispatched
} // namespace simdact
