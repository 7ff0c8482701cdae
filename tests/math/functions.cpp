#include "functions.hpp"

#include "../batches.hpp"

#include <simdact/functions.hpp>
#include <simdact/math.hpp>

namespace tests {
namespace {

/// F on values of type V.
template <class V, class T, class F>
void run(const T* x, T* y, std::size_t n) {
    for (std::size_t i = 0; i < n; i += simdact::simd::lanes<V>)
        simdact::simd::store(y + i, F()(simdact::simd::load<V>(x + i)));
}

/// On scalars, on batches of every architecture, and where an activation has the same formula, by that.
template <class T, class F, class Activation>
struct ways {
    template <class... Archs>
    struct list {
        static constexpr math_way<T> all[] = {
            {"scalars", run<T, T, F>},
            {"the activation", run<simdact::simd::batch<T>, T, Activation>},
            {architecture_name<Archs>(), run<simdact::simd::batch<T, Archs>, T, F>}...,
        };
    };
    static constexpr std::span<const math_way<T>> all = with_every_architecture<list>::all;
};

template <class F, class Activation = F>
constexpr math_function row(std::string_view name) {
    return {name, ways<float, F, Activation>::all, ways<double, F, Activation>::all};
}

// clang-format off
struct exp_of { template <simdact::value V> V operator()(V x) const { return simdact::math::exp(x); } };
struct expm1_of { template <simdact::value V> V operator()(V x) const { return simdact::math::expm1(x); } };
struct log1p_of { template <simdact::value V> V operator()(V x) const { return simdact::math::log1p(x); } };
struct logistic_of { template <simdact::value V> V operator()(V x) const { return simdact::math::logistic(x); } };
struct tanh_of { template <simdact::value V> V operator()(V x) const { return simdact::math::tanh(x); } };
// clang-format on

constexpr math_function all[] = {row<exp_of>("exp"), row<expm1_of>("expm1"), row<log1p_of>("log1p"),
                                 row<logistic_of, simdact::sigmoid>("logistic"), row<tanh_of, simdact::tanh>("tanh")};

} // namespace

const std::span<const math_function> math_functions = all;

} // namespace tests
