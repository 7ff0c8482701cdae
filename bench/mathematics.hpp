#pragma once

/// The functions of simdact/math.hpp that are no activation, as functors of a user's: sigmoid and tanh are measured
/// anyway. log1p is taken of |x|, since values have either sign.

#include <simdact/functions.hpp>
#include <simdact/math.hpp>

#include <cmath>

namespace bench {

struct exp_of_x {
    static constexpr const char* name = "exp";
    template <simdact::value V>
    V forward(V x) const noexcept {
        return simdact::math::exp(x);
    }
    static long double truth(long double x) { return std::exp(x); }
    static long double derivative_of_truth(long double x) { return std::exp(x); }
};

struct expm1_of_x {
    static constexpr const char* name = "expm1";
    template <simdact::value V>
    V forward(V x) const noexcept {
        return simdact::math::expm1(x);
    }
    static long double truth(long double x) { return std::expm1(x); }
    static long double derivative_of_truth(long double x) { return std::exp(x); }
};

struct log1p_of_size {
    static constexpr const char* name = "log1p";
    template <simdact::value V>
    V forward(V x) const noexcept {
        return simdact::math::log1p(simdact::simd::abs(x));
    }
    static long double truth(long double x) { return std::log1p(std::fabs(x)); }
    static long double derivative_of_truth(long double x) { return 1 / (1 + std::fabs(x)); }
};

using mathematics = simdact::function_list<exp_of_x, expm1_of_x, log1p_of_size>;

} // namespace bench
