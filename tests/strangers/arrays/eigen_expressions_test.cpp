/// Functors in expressions of Eigen, with simdact/eigen.hpp.

#include "../../bits.hpp"
#include "../../catch.hpp"
#include "../../inputs.hpp"

#include <simdact/eigen.hpp>
#include <simdact/simdact.hpp>

using namespace tests;

namespace {

template <class T>
using column = Eigen::ArrayX<T>;

/// Whether an expression is computed a packet at a time.
template <class Expression>
constexpr bool takes_packets = (int(Eigen::internal::evaluator<std::remove_cvref_t<Expression>>::Flags) &
                                int(Eigen::PacketAccessBit)) != 0;
constexpr bool has_packets = Eigen::internal::packet_traits<float>::Vectorizable;

/// A user's.
struct twice_below_zero {
    template <simdact::value V>
    constexpr V forward(V x) const noexcept {
        return simdact::simd::select(x < V(0), x + x, x);
    }
    template <simdact::value V>
    constexpr V operator()(V x) const noexcept {
        return forward(x);
    }
};

/// Not for batches: Eigen calls it as it calls any other.
struct only_for_numbers {
    float operator()(float x) const { return -x; }
};

Eigen::ArrayXf a(3);
Eigen::ArrayXd b(3);
static_assert(takes_packets<decltype(a.unaryExpr(simdact::elu{}))> == has_packets);
static_assert(takes_packets<decltype((a * 2.0f).unaryExpr(twice_below_zero{}) + a)> == has_packets);
static_assert(takes_packets<decltype(b.unaryExpr(simdact::tanh{}))> ==
              bool(Eigen::internal::packet_traits<double>::Vectorizable));
static_assert(!takes_packets<decltype(a.unaryExpr(only_for_numbers{}))>);
static_assert(!takes_packets<decltype(a.reverse().unaryExpr([](float x) { return x; }))>);

/// `got` is f of each element of x, bit for bit.
template <class F, class X, class Y>
bool is_f_of(const F& f, const X& x, const Y& got) {
    bool same = x.rows() == got.rows() && x.cols() == got.cols();
    for (Eigen::Index c = 0; same && c < x.cols(); ++c)
        for (Eigen::Index r = 0; same && r < x.rows(); ++r)
            same = same_bits(f.forward(x(r, c)), got(r, c));
    return same;
}

/// On vectors of all lengths, from any place on: what all functions have in common.
template <class T, class F>
void check(const F& f) {
    const std::vector<T> values = mixed_values<T>(80, 90);
    for (Eigen::Index n = 0; n < 70; ++n) {
        INFO(n << " elements of " << sizeof(T) << " bytes");
        const Eigen::Map<const column<T>> x(values.data() + n % 4, n);
        const column<T> y = x.unaryExpr(f);
        CHECK(is_f_of(f, x, y));
    }
}

/// What one function will do for: sizes that the compiler knows, of half a packet too, parts of a matrix, what is
/// computed before.
template <class T, class F>
void check_expressions(const F& f) {
    const std::vector<T> values = mixed_values<T>(600, 91);
    const auto fixed = [&]<int Rows>(std::integral_constant<int, Rows>) {
        const Eigen::Array<T, Rows, 1> x = Eigen::Map<const Eigen::Array<T, Rows, 1>>(values.data());
        const Eigen::Array<T, Rows, 1> y = x.unaryExpr(f);
        CHECK(is_f_of(f, x, y));
    };
    fixed(std::integral_constant<int, 2>());
    fixed(std::integral_constant<int, 4>());
    fixed(std::integral_constant<int, 12>());
    fixed(std::integral_constant<int, 16>());
    const Eigen::ArrayXX<T> x = Eigen::Map<const Eigen::ArrayXX<T>>(values.data(), 20, 30);
    Eigen::ArrayXX<T> y = x.block(1, 2, 17, 13).unaryExpr(f);
    CHECK(is_f_of(f, x.block(1, 2, 17, 13), y));
    const Eigen::ArrayXX<T> before = (x * T(0.5)).transpose();
    y = (x * T(0.5)).transpose().unaryExpr(f);
    CHECK(is_f_of(f, before, y));
    y = y.reverse().eval();
    const Eigen::ArrayXX<T> reversed = y;
    y = y.unaryExpr(f); // in place
    CHECK(is_f_of(f, reversed, y));
    const Eigen::MatrixX<T> m = Eigen::MatrixX<T>::Constant(9, 9, T(-0.25)), product = m * m,
                            of_product = (m * m).unaryExpr(f);
    CHECK(is_f_of(f, product, of_product));
}

} // namespace

TEMPLATE_TEST_CASE("strangers: expressions of Eigen have the bits of scalar calls, a packet at a time",
                   "[arrays][eigen]", float, double) {
    simdact::elementwise_functions::for_each([](auto type) {
        using F = typename decltype(type)::type;
        INFO(F::name);
        check<TestType>(simdact::detail::with_numbers<F>());
    });
    check<TestType>(simdact::celu{.alpha = 0.3}); // which prepares
    check<TestType>(simdact::leaky_relu{.negative_slope = -2});
    check<TestType>(twice_below_zero{});
    check_expressions<TestType>(simdact::elu{.alpha = 0.5});
}

TEST_CASE("strangers: expressions of Eigen call what is not for batches as before", "[arrays][eigen]") {
    const Eigen::ArrayXf x = Eigen::ArrayXf::LinSpaced(33, -1, 1), y = x.unaryExpr(only_for_numbers{});
    CHECK((y == -x).all());
}
