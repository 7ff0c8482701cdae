// Eigen's array expressions over maps of the buffers.

#include "formulas.hpp"

#include <Eigen/Core>
#include <unsupported/Eigen/SpecialFunctions>

namespace {
using namespace bench;

struct eigen {
    static constexpr bool evaluates_where_it_is_used = true, has_log1p = true, has_erf = true, has_sin = true;
    template <class T>
    using array = Eigen::Array<T, Eigen::Dynamic, 1>;

    template <class X, class S>
    static auto of(const X& x, S s) {
        if constexpr (requires { x.size(); })
            return array<S>::Constant(x.size(), s);
        else
            return s;
    }
    template <class C, class A, class B>
    static auto select(const C& condition, const A& a, const B& b) {
        return condition.select(a, b);
    }
    template <class A, class B>
    static auto max(const A& a, const B& b) {
        return a.max(b);
    }
    template <class A, class B>
    static auto min(const A& a, const B& b) {
        return a.min(b);
    }
    template <class X>
    static auto exp(const X& x) {
        return x.exp();
    }
    template <class X>
    static auto expm1(const X& x) {
        return x.expm1();
    }
    template <class X>
    static auto tanh(const X& x) {
        return x.tanh();
    }
    template <class X>
    static auto log1p(const X& x) {
        return x.log1p();
    }
    template <class X>
    static auto erf(const X& x) {
        return x.erf();
    }
    template <class X>
    static auto sin(const X& x) {
        return x.sin();
    }
    template <class X>
    static auto logistic(const X& x) {
        return x.logistic();
    }

    template <class T>
    static auto view(const T* p, std::size_t n) {
        return Eigen::Map<const array<T>>(p, static_cast<Eigen::Index>(n));
    }

    template <class F, class T, class... In>
    static void map(std::size_t n, F f, T* out, const In*... in) {
        Eigen::Map<array<T>>(out, static_cast<Eigen::Index>(n)) = f(view(in, n)...);
    }

    template <class F, class G, class T>
    static T map_and_sum(std::size_t n, F f, G g, T* out, const T* x, const T* dy) {
        const T sum = g(view(x, n), view(dy, n)).sum(); // first: out may be dy
        map(n, f, out, x, dy);
        return sum;
    }
};

// The first number is 3 in version 5, too.
const int numbers[] = {EIGEN_WORLD_VERSION, EIGEN_MAJOR_VERSION, EIGEN_MINOR_VERSION};
const std::string version = (numbers[1] < 5 ? std::to_string(numbers[0]) + '.' : "") + std::to_string(numbers[1]) +
                            '.' + std::to_string(numbers[2]);
const bool added = add({"Eigen", version, role::peer, by_formula<eigen, float>, by_formula<eigen, double>});

} // namespace
