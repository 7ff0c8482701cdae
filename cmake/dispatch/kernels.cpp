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
void forward_for(const double* parameters, size_t n, const T* x, T* y) noexcept {
    detail::apply<batch<T>>(n, detail::forward_of<F>{detail::with_values<F>(parameters)}, y, x);
}

template <class F, class T>
void derivative_for(const double* parameters, size_t n, const T* x, T* d) noexcept {
    detail::apply<batch<T>>(n, detail::derivative_of<F>{detail::with_values<F>(parameters)}, d, x);
}

template <class F, class T>
void backward_for(const double* parameters, size_t n, const T* x, const T* dy, T* dx) noexcept {
    detail::apply<batch<T>>(n, detail::backward_of<F>{detail::with_values<F>(parameters)}, dx, x, dy);
}

template <class F, class T>
void backward_from_output_for(const double* parameters, size_t n, const T* y, const T* dy, T* dx) noexcept {
    detail::apply<batch<T>>(n, detail::backward_from_output_of<F>{detail::with_values<F>(parameters)}, dx, y, dy);
}

template <class F, class T>
void forward_with_mask_for(const double* parameters, size_t n, const T* x, T* y, uint8_t* mask) noexcept {
    detail::apply_with_mask<group<T>>(n, detail::forward_with_mask_of<F>{{detail::with_values<F>(parameters)}}, y, mask,
                                      x);
}

template <class F, class T>
void backward_from_mask_for(const double* parameters, size_t n, const uint8_t* mask, const T* dy, T* dx) noexcept {
    detail::apply<group<T>>(n, detail::backward_from_mask_of<F>{detail::with_values<F>(parameters)}, dx,
                            detail::bit_source{mask, detail::mask_bytes(n)}, dy);
}

template <class F, class T>
void channelwise_forward_for(const double* parameters, const size_t* shape, const T* x, const T* slopes,
                             T* y) noexcept {
    const detail::channelwise_forward_of<F> op{detail::with_values<F>(parameters)};
    detail::apply_channelwise<group<T>>(shape_of(shape), slopes, op, detail::no_gradient{}, y, x);
}

template <class F, class T>
void channelwise_derivative_for(const double* parameters, const size_t* shape, const T* x, const T* slopes,
                                T* d) noexcept {
    const detail::channelwise_derivative_of<F> op{detail::with_values<F>(parameters)};
    detail::apply_channelwise<group<T>>(shape_of(shape), slopes, op, detail::no_gradient{}, d, x);
}

template <class F, class T>
void channelwise_backward_for(const double* parameters, const size_t* shape, const T* x, const T* slopes, const T* dy,
                              T* dx, T* dslopes, bool add) noexcept {
    const F f = detail::with_values<F>(parameters);
    const detail::channelwise_backward_of<F> op{f};
    if (dslopes)
        detail::apply_channelwise<group<T>>(shape_of(shape), slopes, op, detail::slope_gradient<F, T>{f, dslopes, add},
                                            dx, x, dy);
    else
        detail::apply_channelwise<group<T>>(shape_of(shape), slopes, op, detail::no_gradient{}, dx, x, dy);
}

template <class F, class T>
void channelwise_forward_with_mask_for(const double* parameters, const size_t* shape, const T* x, const T* slopes, T* y,
                                       uint8_t* mask) noexcept {
    const channel_shape s = shape_of(shape);
    if (s.size() % 8 != 0)
        mask[s.size() / 8] = 0; // the bits that belong to no element
    const detail::channelwise_forward_of<F> op{detail::with_values<F>(parameters)};
    detail::apply_channelwise<group<T>>(s, slopes, op, detail::mask_of{mask}, y, x);
}

template <class F, class T>
void channelwise_backward_from_mask_for(const double* parameters, const size_t* shape, const uint8_t* mask,
                                        const T* slopes, const T* dy, T* dx) noexcept {
    const channel_shape s = shape_of(shape);
    const detail::channelwise_backward_from_mask_of<F> op{detail::with_values<F>(parameters)};
    detail::apply_channelwise<group<T>>(s, slopes, op, detail::no_gradient{}, dx,
                                        detail::bit_source{mask, detail::mask_bytes(s.size())}, dy);
}

template <class F, class T>
constexpr dispatched::elementwise<T> elementwise_for() noexcept {
    dispatched::elementwise<T> of{};
    of.forward = forward_for<F, T>;
    if constexpr (differentiable<F, T>)
        of.derivative = derivative_for<F, T>;
    if constexpr (differentiable<F, T> || backpropagates<F, T>)
        of.backward = backward_for<F, T>;
    if constexpr (output_differentiable<F, T> || backpropagates_from_output<F, T>)
        of.backward_from_output = backward_from_output_for<F, T>;
    if constexpr (mask_differentiable<F, T>) {
        of.forward_with_mask = forward_with_mask_for<F, T>;
        of.backward_from_mask = backward_from_mask_for<F, T>;
    }
    return of;
}

template <class F, class T>
constexpr dispatched::channelwise<T> channelwise_for() noexcept {
    return {channelwise_forward_for<F, T>, channelwise_derivative_for<F, T>, channelwise_backward_for<F, T>,
            channelwise_forward_with_mask_for<F, T>, channelwise_backward_from_mask_for<F, T>};
}

/// The kernels of all functions of the lists.
template <class T, class Elementwise, class Channelwise>
struct kernels_of_lists;
template <class T, class... Es, class... Cs>
struct kernels_of_lists<T, function_list<Es...>, function_list<Cs...>> {
    static constexpr dispatched::elementwise<T> elementwise[] = {elementwise_for<Es, T>()...};
    static constexpr dispatched::channelwise<T> channelwise[] = {channelwise_for<Cs, T>()...};
};

template <class T>
constexpr dispatched::kernels<T> all_kernels() noexcept {
    using all = kernels_of_lists<T, elementwise_functions, channelwise_functions>;
    return {all::elementwise, all::channelwise};
}

std::size_t threshold() noexcept { return simdact::streaming_threshold(); }
void set_threshold(std::size_t bytes) noexcept { simdact::streaming_threshold(bytes); }

} // namespace
} // namespace dispatch
} // namespace SIMDACT_ISA

namespace dispatched {
inline namespace SIMDACT_DISPATCH_VERSION {

/// In every unit under the same name, so that the one that chooses need not know their flags.
SIMDACT_DISPATCH_ANY_COPY extern const table SIMDACT_DISPATCH_TABLE;
constinit const table SIMDACT_DISPATCH_TABLE = {SIMDACT_DISPATCH_ISA, dispatch::all_kernels<float>(),
                                                dispatch::all_kernels<double>(), dispatch::threshold,
                                                dispatch::set_threshold};

} // namespace SIMDACT_DISPATCH_VERSION
} // namespace dispatched
} // namespace simdact
