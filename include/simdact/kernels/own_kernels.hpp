#ifndef SIMDACT_KERNELS_OWN_KERNELS_HPP
#define SIMDACT_KERNELS_OWN_KERNELS_HPP

/// The doors to the kernels of functions that have arguments of their own: softmax and its kin (rows.hpp), gated units
/// (gated.hpp), crelu (crelu.hpp). Which arguments, those files say. Of a name there is one overload for all of them:
/// compilers name every overload where a call does not fit. Its first argument may be a shape in braces.

#include <simdact/concepts.hpp>

#include <utility>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

/// The kernels of F, as static members. One of a function that has some says `braced`: what a
/// first argument in braces is.
template <class F>
struct own_kernels {};

/// F has some; no concept, of which compilers tell more where it is not met.
template <class F>
inline constexpr bool with_own_kernels = requires {
    typename own_kernels<F>::braced;
};

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

template <class Arch = simd::default_arch, class F, class A = typename detail::own_kernels<F>::braced, class B, class C,
          class... More>
requires(detail::with_own_kernels<F>&& detail::has_forward_for<F, Arch, A, B, C, More...>) SIMDACT_INLINE
    void forward(const F& f, A&& a, B&& b, C&& c, More&&... more) {
    detail::own_kernels<F>::template forward<Arch>(f, std::forward<A>(a), std::forward<B>(b), std::forward<C>(c),
                                                   std::forward<More>(more)...);
}

template <class Arch = simd::default_arch, class F, class A = typename detail::own_kernels<F>::braced, class B, class C,
          class D, class... More>
requires(detail::with_own_kernels<F>&& detail::has_backward_for<F, Arch, A, B, C, D, More...>) SIMDACT_INLINE
    void backward(const F& f, A&& a, B&& b, C&& c, D&& d, More&&... more) {
    detail::own_kernels<F>::template backward<Arch>(f, std::forward<A>(a), std::forward<B>(b), std::forward<C>(c),
                                                    std::forward<D>(d), std::forward<More>(more)...);
}

template <class Arch = simd::default_arch, class F, class A = typename detail::own_kernels<F>::braced, class B, class C,
          class D, class... More>
requires(detail::with_own_kernels<F>&& detail::has_backward_from_output_for<F, Arch, A, B, C, D, More...>)
    SIMDACT_INLINE void backward_from_output(const F& f, A&& a, B&& b, C&& c, D&& d, More&&... more) {
    detail::own_kernels<F>::template backward_from_output<Arch>(
        f, std::forward<A>(a), std::forward<B>(b), std::forward<C>(c), std::forward<D>(d), std::forward<More>(more)...);
}

template <class Arch = simd::default_arch, class F, class A, class B, class C, class D, class E>
requires(detail::with_own_kernels<F>&& detail::has_forward_with_mask_for<F, Arch, A, B, C, D, E>) SIMDACT_INLINE
    void forward_with_mask(const F& f, A&& a, B&& b, C&& c, D&& d, E&& e) {
    detail::own_kernels<F>::template forward_with_mask<Arch>(
        f, std::forward<A>(a), std::forward<B>(b), std::forward<C>(c), std::forward<D>(d), std::forward<E>(e));
}

template <class Arch = simd::default_arch, class F, class A, class B, class C, class D, class E, class... More>
requires(detail::with_own_kernels<F>&& detail::has_backward_from_mask_for<F, Arch, A, B, C, D, E, More...>)
    SIMDACT_INLINE void backward_from_mask(const F& f, A&& a, B&& b, C&& c, D&& d, E&& e, More&&... more) {
    detail::own_kernels<F>::template backward_from_mask<Arch>(f, std::forward<A>(a), std::forward<B>(b),
                                                              std::forward<C>(c), std::forward<D>(d),
                                                              std::forward<E>(e), std::forward<More>(more)...);
}

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
