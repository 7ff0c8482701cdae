#ifndef SIMDACT_EIGEN_HPP
#define SIMDACT_EIGEN_HPP

/// Functors in expressions of Eigen, 3.4 or newer, a packet at a time: after this include
/// `y = x.unaryExpr(simdact::elu{})` takes about as long as a kernel (up to twice as long where f is a few instructions
/// or has parameters and the compiler does not unroll or inline Eigen's loop), and needs no memory for what the
/// expression computes before. For float and double, and for every functor that has `forward` for numbers and for
/// batches, a user's own too, and an operator() as Eigen wants one; what it prepares (concepts.hpp) is computed once
/// for each expression. Results have the bits that they have without this header, element by element.
///
/// It is not part of simdact.hpp, and goes with the separate headers alone. Files of one program that evaluate the same
/// expression either all include it, or none does: they share the functions that Eigen makes of it, and are to be built
/// for the same CPU, as with Eigen alone.

#include <simdact/concepts.hpp>
#include <simdact/simd.hpp>

#include <Eigen/Core>

#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>

#if !EIGEN_VERSION_AT_LEAST(3, 4, 0)
#error "simdact/eigen.hpp needs Eigen 3.4 or newer"
#endif

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

/// What takes the place of F in an expression: F, or what it prepares where that can be kept.
template <class F, class T>
struct kept {
    using type = F;
};
template <class F, class T>
requires requires(const F& f) {
    { f.template prepared<T>() } -> activation<T>;
    { f.template prepared<T>() } -> activation<simd::batch<T>>;
    requires std::copy_constructible<std::remove_cvref_t<decltype(f.template prepared<T>())>>;
}
struct kept<F, T> {
    using type = std::remove_cvref_t<decltype(std::declval<const F&>().template prepared<T>())>;
};

/// The batch of so many elements; T itself for one, void if there is none.
template <class T, std::size_t Size>
struct sized {
#if defined(XSIMD_NO_SUPPORTED_ARCHITECTURE)
    using type = void;
#else
    using type = xsimd::make_sized_batch_t<T, Size>;
#endif
};
template <class T>
struct sized<T, 1> {
    using type = T;
};

/// A functor as Eigen wants it.
template <class F, class T>
class on_packets {
    using kept_type = typename kept<F, T>::type;
    kept_type f_;

    SIMDACT_INLINE static kept_type kept_of(const F& f) {
        if constexpr (std::same_as<kept_type, F>)
            return f;
        else
            return f.template prepared<T>();
    }

public:
    explicit on_packets(const F& f) : f_(kept_of(f)) {}

    SIMDACT_INLINE T operator()(T x) const noexcept { return f_.forward(x); }

    template <class Packet>
    SIMDACT_INLINE Packet packetOp(const Packet& packet) const noexcept {
        constexpr std::size_t size = Eigen::internal::unpacket_traits<Packet>::size;
        using V = typename sized<T, size>::type;
        T lanes[size];
        Eigen::internal::pstoreu(lanes, packet);
        if constexpr (std::is_void_v<V>)
            for (T& lane : lanes)
                lane = f_.forward(lane);
        else
            simd::store(lanes, f_.forward(simd::load<V>(lanes)));
        return Eigen::internal::ploadu<Packet>(lanes);
    }
};

template <class F, class T>
concept taken_by_packets = (std::same_as<T, float> ||
                            std::same_as<T, double>)&&activation<F, T>&& activation<F, simd::batch<T>>;

/// The expression with on_packets in the place of F; its evaluator may refer to it.
template <class F, class Nested>
struct expression_on_packets {
    using functor = on_packets<F, typename Nested::Scalar>;
    using type = Eigen::CwiseUnaryOp<functor, Nested>;
    type expression;

    explicit expression_on_packets(const Eigen::CwiseUnaryOp<F, Nested>& of)
        : expression(of.nestedExpression(), functor(of.functor())) {}
};

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact

namespace Eigen {
namespace internal {

template <class F, class T>
struct functor_traits<simdact::detail::on_packets<F, T>> {
    enum { Cost = functor_traits<F>::Cost, PacketAccess = packet_traits<T>::Vectorizable, IsRepeatable = true };
};

template <class F, class Nested>
requires simdact::detail::taken_by_packets<F, typename Nested::Scalar>
struct unary_evaluator<CwiseUnaryOp<F, Nested>, IndexBased>
    : private simdact::detail::expression_on_packets<F, Nested>,
      unary_evaluator<typename simdact::detail::expression_on_packets<F, Nested>::type, IndexBased> {
    using XprType = CwiseUnaryOp<F, Nested>;

    explicit unary_evaluator(const XprType& of)
        : simdact::detail::expression_on_packets<F, Nested>(of),
          unary_evaluator<typename simdact::detail::expression_on_packets<F, Nested>::type, IndexBased>(
              this->expression) {}
};

} // namespace internal
} // namespace Eigen

#endif
