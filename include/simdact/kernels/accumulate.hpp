#ifndef SIMDACT_KERNELS_ACCUMULATE_HPP
#define SIMDACT_KERNELS_ACCUMULATE_HPP

/// How kernels write gradients: over what is there, or added to it.

#include <simdact/kernels/loop.hpp>
#include <simdact/kernels/refusals.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {

/// As the last argument it asks a kernel to add to the gradients of parameters, such as dslopes, instead of overwriting
/// them.
struct accumulate_t {
    explicit accumulate_t() = default;
};
inline constexpr accumulate_t accumulate{};

/// The same for all gradients that the kernel writes, dx among them: what it would have written is added to what is
/// there, one rounding more. That may be none of the inputs then, which is refused.
struct accumulate_all_t {
    explicit accumulate_all_t() = default;
};
inline constexpr accumulate_all_t accumulate_all{};

namespace detail {

/// What kernels do that are not asked for anything else.
struct overwrite_t {};

/// How dx is written.
template <class How>
concept way_to_write = bool(std::same_as<How, overwrite_t>) || bool(std::same_as<How, accumulate_all_t>);

/// How dx and the gradients of parameters are written.
template <class How>
concept way_to_write_both = way_to_write<How> || bool(std::same_as<How, accumulate_t>);

template <class How>
inline constexpr bool adds_to_all = std::same_as<How, accumulate_all_t>;

template <class Op, class R>
struct with_function {
    using type = typename Op::template with<R>;
};

/// What an op computes, added to the last argument. Made of the op's function, or of the op.
template <class Op>
struct added : Op {
    template <class R>
    using with = added<typename with_function<Op, R>::type>;

    template <class Member>
    SIMDACT_INLINE explicit added(const Member& member) noexcept : Op{member} {}

    template <class A, value V>
    SIMDACT_INLINE V operator()(A a, V b, V old) const noexcept {
        return old + simd::settled(Op::operator()(a, b));
    }
    template <class A, class B, value V>
    SIMDACT_INLINE V operator()(A a, B b, V c, V old) const noexcept {
        return old + simd::settled(Op::operator()(a, b, c));
    }
    template <class A, class B, value V>
    SIMDACT_INLINE V operator()(A a, B b, V c, V d, V old) const noexcept {
        return old + simd::settled(Op::operator()(a, b, c, d));
    }
};

/// body(op, what is there already...) for an op whose result is written to dx in this way.
template <class How, class Op, class T, class Body>
SIMDACT_INLINE void written(Op op, T* dx, Body body) noexcept {
    if constexpr (adds_to_all<How>)
        body(added<Op>(op.f), static_cast<const T*>(dx));
    else
        body(op);
}

/// A gradient that is added to is no input.
template <class How, class... Inputs>
SIMDACT_INLINE void check_written([[SIMDACT_DETAIL_MAYBE_UNUSED]] const char* kernel,
                                  [[SIMDACT_DETAIL_MAYBE_UNUSED]] const plain_argument& dx,
                                  [[SIMDACT_DETAIL_MAYBE_UNUSED]] const Inputs&... inputs) {
    if constexpr (adds_to_all<How>)
        (detail::check_apart(kernel, dx, inputs), ...);
}

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
