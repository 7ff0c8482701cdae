#ifndef SIMDACT_KERNELS_OWN_KERNELS_HPP
#define SIMDACT_KERNELS_OWN_KERNELS_HPP

/// The doors to the kernels of functions that have arguments of their own: softmax and its kin (rows.hpp), gated units
/// (gated.hpp), crelu (crelu.hpp). Which arguments, those files say. Of a name there is one overload with a
/// channel_shape, which may be written in braces, and one without for all of them, and each takes as many arguments as
/// there may be: compilers name every overload where a call does not fit, and one for another number in few lines.

#include <simdact/concepts.hpp>
#include <simdact/kernels/accumulate.hpp>

#include <utility>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

/// The kernels of F, as static members. One of a function that has some says `function`.
template <class F>
struct own_kernels {};

/// F has some; no concept, of which compilers tell more where it is not met.
template <class F>
inline constexpr bool with_own_kernels = requires {
    typename own_kernels<F>::function;
};

/// Something else than the shape of a tensor.
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

template <class Arch = simd::default_arch, class F, class A, class B, class C>
requires(detail::with_own_kernels<F>&& detail::no_channel_shape<A>&& detail::has_forward_for<F, Arch, A, B, C>)
    SIMDACT_INLINE void forward(const F& f, A&& a, B&& b, C&& c) {
    detail::own_kernels<F>::template forward<Arch>(f, std::forward<A>(a), std::forward<B>(b), std::forward<C>(c));
}

template <class Arch = simd::default_arch, class F, class A, class B, class... More>
requires(detail::with_own_kernels<F>&& detail::has_forward_for<F, Arch, const channel_shape&, A, B, More...>)
    SIMDACT_INLINE void forward(const F& f, const channel_shape& shape, A&& a, B&& b, More&&... more) {
    detail::own_kernels<F>::template forward<Arch>(f, shape, std::forward<A>(a), std::forward<B>(b),
                                                   std::forward<More>(more)...);
}

template <class Arch = simd::default_arch, class F, class A, class B, class C, class D, class... More>
requires(
    detail::with_own_kernels<F>&& detail::no_channel_shape<A>&& detail::has_backward_for<F, Arch, A, B, C, D, More...>)
    SIMDACT_INLINE void backward(const F& f, A&& a, B&& b, C&& c, D&& d, More&&... more) {
    detail::own_kernels<F>::template backward<Arch>(f, std::forward<A>(a), std::forward<B>(b), std::forward<C>(c),
                                                    std::forward<D>(d), std::forward<More>(more)...);
}

template <class Arch = simd::default_arch, class F, class A, class B, class C, class How = detail::overwrite_t>
requires(detail::with_own_kernels<F>&& detail::has_backward_for<F, Arch, const channel_shape&, A, B, C, How>)
    SIMDACT_INLINE void backward(const F& f, const channel_shape& shape, A&& a, B&& b, C&& c, How how = {}) {
    detail::own_kernels<F>::template backward<Arch>(f, shape, std::forward<A>(a), std::forward<B>(b),
                                                    std::forward<C>(c), how);
}

template <class Arch = simd::default_arch, class F, class A, class B, class C, class D, class E,
          class How = detail::overwrite_t>
requires(detail::with_own_kernels<F>&& detail::has_backward_from_output_for<F, Arch, A, B, C, D, E, How>) SIMDACT_INLINE
    void backward_from_output(const F& f, A&& a, B&& b, C&& c, D&& d, E&& e, How how = {}) {
    detail::own_kernels<F>::template backward_from_output<Arch>(
        f, std::forward<A>(a), std::forward<B>(b), std::forward<C>(c), std::forward<D>(d), std::forward<E>(e), how);
}

template <class Arch = simd::default_arch, class F, class A, class B, class C, class How = detail::overwrite_t>
requires(detail::with_own_kernels<F>&&
             detail::has_backward_from_output_for<F, Arch, const channel_shape&, A, B, C, How>) SIMDACT_INLINE
    void backward_from_output(const F& f, const channel_shape& shape, A&& a, B&& b, C&& c, How how = {}) {
    detail::own_kernels<F>::template backward_from_output<Arch>(f, shape, std::forward<A>(a), std::forward<B>(b),
                                                                std::forward<C>(c), how);
}

template <class Arch = simd::default_arch, class F, class A, class B, class C, class D, class E>
requires(detail::with_own_kernels<F>&& detail::has_forward_with_mask_for<F, Arch, A, B, C, D, E>) SIMDACT_INLINE
    void forward_with_mask(const F& f, A&& a, B&& b, C&& c, D&& d, E&& e) {
    detail::own_kernels<F>::template forward_with_mask<Arch>(
        f, std::forward<A>(a), std::forward<B>(b), std::forward<C>(c), std::forward<D>(d), std::forward<E>(e));
}

template <class Arch = simd::default_arch, class F, class A, class B, class C, class D, class E,
          class How = detail::overwrite_t>
requires(detail::with_own_kernels<F>&& detail::has_backward_from_mask_for<F, Arch, A, B, C, D, E, How>) SIMDACT_INLINE
    void backward_from_mask(const F& f, A&& a, B&& b, C&& c, D&& d, E&& e, How how = {}) {
    detail::own_kernels<F>::template backward_from_mask<Arch>(
        f, std::forward<A>(a), std::forward<B>(b), std::forward<C>(c), std::forward<D>(d), std::forward<E>(e), how);
}

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
