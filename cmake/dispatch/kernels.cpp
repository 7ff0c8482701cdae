/// The kernels of a list of functions, SIMDACT_DISPATCH_LIST, for one instruction set, SIMDACT_DISPATCH_ISA, of psABI
/// level SIMDACT_DISPATCH_LEVEL: compiled once for each by simdact_add_dispatch().

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
        detail::apply_with_gradient<group<T>>(shape_of(shape), slopes, op,
                                              detail::slope_gradient<F, T>{f, dslopes, add}, false, dx, x, dy);
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
    if constexpr (activation<F, batch<T>>)
        of.forward = forward_for<F, T>;
    if constexpr (differentiable<F, batch<T>>)
        of.derivative = derivative_for<F, T>;
    if constexpr (differentiable<F, batch<T>> || backpropagates<F, batch<T>>)
        of.backward = backward_for<F, T>;
    if constexpr (output_differentiable<F, batch<T>> || backpropagates_from_output<F, batch<T>>)
        of.backward_from_output = backward_from_output_for<F, T>;
    if constexpr (activation<F, batch<T>> && mask_differentiable<F, batch<T>>)
        of.forward_with_mask = forward_with_mask_for<F, T>;
    if constexpr (mask_differentiable<F, batch<T>>)
        of.backward_from_mask = backward_from_mask_for<F, T>;
    return of;
}

template <class F, class T>
constexpr dispatched::channelwise<T> channelwise_for() noexcept {
    dispatched::channelwise<T> of{};
    if constexpr (channelwise_activation<F, batch<T>>)
        of.forward = channelwise_forward_for<F, T>;
    if constexpr (channelwise_differentiable<F, batch<T>>)
        of.derivative = channelwise_derivative_for<F, T>;
    if constexpr (channelwise_trainable<F, batch<T>>)
        of.backward = channelwise_backward_for<F, T>;
    if constexpr (channelwise_activation<F, batch<T>> && channelwise_mask_differentiable<F, batch<T>>)
        of.forward_with_mask = channelwise_forward_with_mask_for<F, T>;
    if constexpr (channelwise_mask_differentiable<F, batch<T>>)
        of.backward_from_mask = channelwise_backward_from_mask_for<F, T>;
    return of;
}

template <class F>
unsigned valid_for(const double* parameters) noexcept {
    const auto values = detail::values_of(detail::with_values<F>(parameters));
    return (detail::are_valid<float, false>(values) ? dispatched::for_float : 0u) |
           (detail::are_valid<double, false>(values) ? dispatched::for_double : 0u) |
           (detail::are_valid<float, true>(values) ? dispatched::for_float_from_output : 0u) |
           (detail::are_valid<double, true>(values) ? dispatched::for_double_from_output : 0u);
}

template <class F>
void refuse_for(const char* kernel, const double* parameters, unsigned uses) {
    const F f = detail::with_values<F>(parameters);
    if (uses & dispatched::for_double)
        detail::check_parameters<double>(kernel, f);
    else if (uses & dispatched::for_float)
        detail::check_parameters<float>(kernel, f);
    else if (uses & dispatched::for_float_from_output)
        detail::check_parameters<float, true>(kernel, f);
    else
        detail::check_parameters<double, true>(kernel, f);
}

/// For messages.
template <class F>
constexpr const char* name_of() noexcept {
    if constexpr (requires { F::name; })
        return F::name;
    else
        return "a function";
}

#if defined(__GNUC__) && !defined(__clang__)
/// Whether SIMDACT_ISA is in the name of F. Clang leaves inline namespaces out of names; it is found there, as
/// everywhere, at the first call.
template <class F>
constexpr bool is_in_namespace() noexcept {
    return std::string_view(__PRETTY_FUNCTION__).rfind(SIMDACT_DETAIL_TEXT(SIMDACT_ISA) "::") >
           std::string_view(__PRETTY_FUNCTION__).find("F = ");
}
#else
template <class F>
constexpr bool is_in_namespace() noexcept {
    return true;
}
#endif

/// Whether F is made of functions that have parameters, which do not cross the boundary.
template <class F>
constexpr bool has_hidden_parameters() noexcept {
    if constexpr (requires { F::parts_have_parameters; })
        return F::parts_have_parameters;
    else
        return false;
}

/// The rows of all functions of a list.
template <class List>
struct rows_of;
template <class... Fs>
struct rows_of<function_list<Fs...>> {
    static_assert(sizeof...(Fs) > 0, "there are functions in the list");
    static_assert((!has_hidden_parameters<Fs>() && ...),
                  "parameters of what a function is made of do not come here: give it an F without parameters");
    static_assert(
        (is_in_namespace<Fs>() && ...),
        "every functor of a list is inside of `inline namespace SIMDACT_ISA`, or files for different CPUs share it");
    template <class T>
    static constexpr dispatched::elementwise<T> elementwise[] = {elementwise_for<Fs, T>()...};
    template <class T>
    static constexpr dispatched::channelwise<T> channelwise[] = {channelwise_for<Fs, T>()...};
    static constexpr const char* names[] = {name_of<Fs>()...};
    static constexpr const void* objects[] = {&dispatched::home_of<Fs>...};
    static constexpr dispatched::parameter_checks checks[] = {{valid_for<Fs>, refuse_for<Fs>}...};
};

std::size_t threshold() noexcept { return simdact::streaming_threshold(); }
void set_threshold(std::size_t bytes) noexcept { simdact::streaming_threshold(bytes); }

} // namespace
} // namespace dispatch
} // namespace SIMDACT_ISA

namespace dispatched {
inline namespace SIMDACT_DISPATCH_VERSION {

struct SIMDACT_DISPATCH_TABLE; // named after the instruction set

template <>
SIMDACT_DISPATCH_ANY_COPY const table&
table_of<dispatch::detail::key_of<SIMDACT_DISPATCH_LIST::list>(), SIMDACT_DISPATCH_TABLE>() noexcept {
    using list = SIMDACT_DISPATCH_LIST::list;
    using rows = dispatch::rows_of<list>;
    static constexpr table built = {SIMDACT_DISPATCH_ISA,
                                    list::size,
                                    rows::names,
                                    rows::objects,
                                    rows::checks,
                                    {rows::template elementwise<float>, rows::template channelwise<float>},
                                    {rows::template elementwise<double>, rows::template channelwise<double>},
                                    dispatch::threshold,
                                    dispatch::set_threshold};
    return built;
}

} // namespace SIMDACT_DISPATCH_VERSION
} // namespace dispatched
} // namespace simdact
