#ifndef SIMDACT_KERNELS_OWN_KERNELS_HPP
#define SIMDACT_KERNELS_OWN_KERNELS_HPP

/// The doors to the kernels of functions that have arguments of their own: softmax and its kin (rows.hpp), gated units
/// (gated.hpp), crelu (crelu.hpp). Which arguments, those files say. Of a name there is one overload with a
/// channel_shape and one without for all of them: compilers name each where a call does not fit.

#include <simdact/concepts.hpp>

#include <utility>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

/// The kernels of F, as static members. One of a function that has some says `function`.
template <class F>
struct own_kernels {};

template <class F>
concept with_own_kernels = requires {
    typename own_kernels<F>::function;
};

/// Something else than the shape of a tensor, which has an overload of its own: it may be written in braces.
template <class A>
concept no_channel_shape = !std::is_same_v<std::remove_cvref_t<A>, channel_shape>;

template <class F, class Arch, class... Arguments>
concept has_forward_for = requires(const F& f, Arguments&&... arguments) {
    own_kernels<F>::template forward<Arch>(f, std::forward<Arguments>(arguments)...);
};
template <class F, class Arch, class... Arguments>
concept has_backward_for = requires(const F& f, Arguments&&... arguments) {
    own_kernels<F>::template backward<Arch>(f, std::forward<Arguments>(arguments)...);
};
template <class F, class Arch, class... Arguments>
concept has_backward_from_output_for = requires(const F& f, Arguments&&... arguments) {
    own_kernels<F>::template backward_from_output<Arch>(f, std::forward<Arguments>(arguments)...);
};
template <class F, class Arch, class... Arguments>
concept has_forward_with_mask_for = requires(const F& f, Arguments&&... arguments) {
    own_kernels<F>::template forward_with_mask<Arch>(f, std::forward<Arguments>(arguments)...);
};
template <class F, class Arch, class... Arguments>
concept has_backward_from_mask_for = requires(const F& f, Arguments&&... arguments) {
    own_kernels<F>::template backward_from_mask<Arch>(f, std::forward<Arguments>(arguments)...);
};

} // namespace detail

template <class Arch = simd::default_arch, detail::with_own_kernels F, detail::no_channel_shape A, class... More>
requires detail::has_forward_for<F, Arch, A, More...> SIMDACT_INLINE void forward(const F& f, A&& first,
                                                                                  More&&... more) {
    detail::own_kernels<F>::template forward<Arch>(f, std::forward<A>(first), std::forward<More>(more)...);
}

template <class Arch = simd::default_arch, detail::with_own_kernels F, class... More>
requires detail::has_forward_for<F, Arch, const channel_shape&, More...> SIMDACT_INLINE void
forward(const F& f, const channel_shape& shape, More&&... more) {
    detail::own_kernels<F>::template forward<Arch>(f, shape, std::forward<More>(more)...);
}

template <class Arch = simd::default_arch, detail::with_own_kernels F, detail::no_channel_shape A, class... More>
requires detail::has_backward_for<F, Arch, A, More...> SIMDACT_INLINE void backward(const F& f, A&& first,
                                                                                    More&&... more) {
    detail::own_kernels<F>::template backward<Arch>(f, std::forward<A>(first), std::forward<More>(more)...);
}

template <class Arch = simd::default_arch, detail::with_own_kernels F, class... More>
requires detail::has_backward_for<F, Arch, const channel_shape&, More...> SIMDACT_INLINE void
backward(const F& f, const channel_shape& shape, More&&... more) {
    detail::own_kernels<F>::template backward<Arch>(f, shape, std::forward<More>(more)...);
}

template <class Arch = simd::default_arch, detail::with_own_kernels F, detail::no_channel_shape A, class... More>
requires detail::has_backward_from_output_for<F, Arch, A, More...> SIMDACT_INLINE void
backward_from_output(const F& f, A&& first, More&&... more) {
    detail::own_kernels<F>::template backward_from_output<Arch>(f, std::forward<A>(first), std::forward<More>(more)...);
}

template <class Arch = simd::default_arch, detail::with_own_kernels F, class... More>
requires detail::has_backward_from_output_for<F, Arch, const channel_shape&, More...> SIMDACT_INLINE void
backward_from_output(const F& f, const channel_shape& shape, More&&... more) {
    detail::own_kernels<F>::template backward_from_output<Arch>(f, shape, std::forward<More>(more)...);
}

template <class Arch = simd::default_arch, detail::with_own_kernels F, class... Arguments>
requires detail::has_forward_with_mask_for<F, Arch, Arguments...> SIMDACT_INLINE void
forward_with_mask(const F& f, Arguments&&... arguments) {
    detail::own_kernels<F>::template forward_with_mask<Arch>(f, std::forward<Arguments>(arguments)...);
}

template <class Arch = simd::default_arch, detail::with_own_kernels F, class... Arguments>
requires detail::has_backward_from_mask_for<F, Arch, Arguments...> SIMDACT_INLINE void
backward_from_mask(const F& f, Arguments&&... arguments) {
    detail::own_kernels<F>::template backward_from_mask<Arch>(f, std::forward<Arguments>(arguments)...);
}

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
