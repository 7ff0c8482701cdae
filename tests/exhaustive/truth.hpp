#pragma once

#include "../bits.hpp"
#include "../ulp.hpp"

#include <mpfr.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <functional>
#include <limits>
#include <span>
#include <type_traits>
#include <utility>

/// What results are compared with: the arithmetic of a wider type for all of them, MPFR for those it leaves open.
namespace exhaustive {

/// For double a long double of 64 bits or more: without one the program refuses to run.
template <class T>
using wide = std::conditional_t<sizeof(T) == 4, double, long double>;

/// A real number, of so many bits.
class real {
    mpfr_t value_;

public:
    explicit real(mpfr_prec_t precision) { mpfr_init2(value_, precision); }
    template <std::floating_point T>
    explicit real(T x) : real(std::numeric_limits<T>::digits) {
        mpfr_set_ld(value_, x, MPFR_RNDN);
    }
    real(const real&) = delete;
    real& operator=(const real&) = delete;
    ~real() { mpfr_clear(value_); }
    operator mpfr_ptr() { return value_; }
    operator mpfr_srcptr() const { return value_; }
};

/// The nearest T, denormals and infinities included.
template <class T>
T rounded(const real& x) {
    if constexpr (sizeof(T) == 4)
        return mpfr_get_flt(x, MPFR_RNDN);
    else
        return mpfr_get_d(x, MPFR_RNDN);
}

/// 1 / tests::ulp(truth) without its calls of ilogb and ldexp. `nearest` is the truth rounded to T, and has its
/// exponent or, if it is `beyond` the truth in magnitude and a power of two, one more.
template <class T>
wide<T> ulps_in_one(T nearest, bool beyond) {
    constexpr int mantissa_bits = std::numeric_limits<T>::digits - 1, bias = std::numeric_limits<T>::max_exponent - 1;
    static const auto table = [] {
        std::array<wide<T>, 2 * bias + 2> result;
        for (int i = 0; i < 2 * bias + 2; ++i)
            result[std::size_t(i)] = std::ldexp(wide<T>(1), bias + mantissa_bits - std::clamp(i, 1, 2 * bias));
        return result;
    }();
    const auto magnitude = tests::bits(nearest) & ~tests::sign_bit<T>;
    const bool power_of_two = (magnitude << (8 * sizeof(T) - mantissa_bits)) == 0;
    return table[std::size_t(magnitude >> mantissa_bits) - (magnitude != 0 && power_of_two && beyond)];
}

/// The value after the largest, which is what infinity stands for.
template <class T>
inline const wide<T> after_the_largest = std::ldexp(wide<T>(1), std::numeric_limits<T>::max_exponent);

/// |got - truth| / unit as in tests::ulp_error; a NaN where one of the two is.
template <class T>
wide<T> error_in(wide<T> units_in_one, T got, wide<T> truth) {
    const wide<T> end = after_the_largest<T>;
    return std::fabs(std::clamp(wide<T>(got), -end, end) - std::clamp(truth, -end, end)) * units_in_one;
}

/// |got - truth| in ULP of `unit`, or of the truth if that is 0, to the last digit; for a truth within the range of T.
template <class T>
double exact_error(T got, const real& truth, T unit) {
    real difference(mpfr_get_prec(truth) + 64);
    mpfr_sub(difference, real(got), truth, MPFR_RNDN);
    const long double one = tests::ulp<T>(unit > 0 ? unit : mpfr_get_ld(truth, MPFR_RNDZ));
    return static_cast<double>(std::fabs(mpfr_get_ld(difference, MPFR_RNDN)) / one);
}

/// A function of x that kernels compute.
template <class T>
struct truth {
    std::function<void(std::span<const T> x, std::span<wide<T>> values)> values;
    wide<T> slack = 0; ///< how wrong `values` may be, relative; 0: they round as the truth
    std::function<void(T x, real& value)> exactly = {}; ///< where there is slack: wrong by 2^-190, relative
    bool both_signs = false;                            ///< slack is for every finite x but 0, not for x < 0 alone
};

template <class T, class F>
truth<T> truth_of(F f) {
    return {.values = [f](std::span<const T> x, std::span<wide<T>> values) {
        std::transform(x.begin(), x.end(), values.begin(), f);
    }};
}

template <class T, class F, class Exactly>
truth<T> truth_of(F f, wide<T> slack, Exactly exactly) {
    truth<T> result = truth_of<T>(f);
    result.slack = slack;
    result.exactly = exactly;
    return result;
}

/// x where x is not less than 0, slope * x elsewhere. A product of two floats is exact in double.
template <class T>
truth<T> sloped(T slope) {
    const auto value = [slope](T x) { return x < 0 ? wide<T>(slope) * x : wide<T>(x); };
    if constexpr (sizeof(T) == 4)
        return truth_of<T>(value);
    return truth_of<T>(value, wide<T>(0x1p-63), [slope](T x, real& product) {
        mpfr_set_prec(product, 2 * std::numeric_limits<T>::digits);
        mpfr_mul(product, real(slope), real(x), MPFR_RNDN);
    });
}

/// The derivative of that: 1 where x > 0, slope elsewhere.
template <class T>
truth<T> step(T slope) {
    return truth_of<T>([slope](T x) { return tests::is_nan(x) ? wide<T>(x) : wide<T>(x > 0 ? T(1) : slope); });
}

/// The same from a mask, which does not tell a NaN.
template <class T>
truth<T> step_of_mask(T slope) {
    return truth_of<T>([slope](T x) { return wide<T>(x > 0 ? T(1) : slope); });
}

// glibc's manual ("Errors in Math Functions") gives 1 ULP for exp and expm1 in double, and in long double 1 and 3 on
// x86-64, 1 and 2 where it has 113 bits. The product adds half of one. Each run checks what is supposed here on a
// sample.
template <class T>
inline constexpr wide<T> exponential_slack = 4 * std::numeric_limits<wide<T>>::epsilon();

/// ELU. The exponential rounded towards zero: a tiny x must not seem to lie on a tie that x + x^2 / 2 lies beside.
template <class T>
truth<T> elu_forward(T alpha) {
    const wide<T> a = std::isinf(alpha) ? std::numeric_limits<wide<T>>::quiet_NaN() : wide<T>(alpha);
    return truth_of<T>([a](T x) { return x < 0 ? a * std::expm1(wide<T>(x)) : wide<T>(x); }, exponential_slack<T>,
                       [alpha](T x, real& value) {
                           real e(200);
                           mpfr_expm1(e, real(x), MPFR_RNDZ);
                           mpfr_set_prec(value, 200 + std::numeric_limits<T>::digits);
                           mpfr_mul(value, e, real(alpha), MPFR_RNDN);
                       });
}

template <class T>
truth<T> elu_derivative(T alpha) {
    const wide<T> a = alpha;
    return truth_of<T>([a](T x) { return x > 0    ? wide<T>(1)
                                         : x <= 0 ? a * std::exp(wide<T>(x))
                                                  : wide<T>(x); },
                       exponential_slack<T>,
                       [alpha](T x, real& value) {
                           real e(200);
                           mpfr_exp(e, real(x), MPFR_RNDZ);
                           mpfr_set_prec(value, 200 + std::numeric_limits<T>::digits);
                           mpfr_mul(value, e, real(alpha), MPFR_RNDN);
                       });
}

/// 1 where y > 0, y + alpha elsewhere. A sum of floats that was rounded to double rounds to float as if it had not been
/// (53 >= 2 * 24 + 2); one of doubles is exact in 2200 bits.
template <class T>
truth<T> elu_derivative_from_output(T alpha) {
    const wide<T> a = alpha;
    const auto value = [a](T y) { return y > 0 ? wide<T>(1) : y <= 0 ? y + a : wide<T>(y); };
    if constexpr (sizeof(T) == 4)
        return truth_of<T>(value);
    return truth_of<T>(value, wide<T>(0x1p-63), [alpha](T y, real& sum) {
        mpfr_set_prec(sum, 2200);
        mpfr_add(sum, real(y), real(alpha), MPFR_RNDN);
    });
}

/// e^(-factor |x|), rounded towards zero as above.
template <class T>
void decay(T x, unsigned long factor, real& e) {
    mpfr_abs(e, real(x), MPFR_RNDN);
    mpfr_mul_ui(e, e, factor, MPFR_RNDN);
    mpfr_neg(e, e, MPFR_RNDN);
    mpfr_exp(e, e, MPFR_RNDZ);
}

// Half an ULP each for the sums, squares and quotients that follow stays within the same slack.

/// 1 / (1 + e^-x), of e^-|x| alone.
template <class T>
truth<T> logistic() {
    truth<T> result = truth_of<T>(
        [](T x) {
            const wide<T> e = std::exp(-std::fabs(wide<T>(x)));
            return (x < 0 ? e : wide<T>(1)) / (1 + e);
        },
        exponential_slack<T>,
        [](T x, real& value) {
            real e(250), sum(250);
            decay(x, 1, e);
            mpfr_add_ui(sum, e, 1, MPFR_RNDZ);
            mpfr_set_prec(value, 250);
            x < 0 ? mpfr_div(value, e, sum, MPFR_RNDZ) : mpfr_ui_div(value, 1, sum, MPFR_RNDZ);
        });
    result.both_signs = true;
    return result;
}

/// factor^2 e^(-factor |x|) / (1 + e^(-factor |x|))^2: the derivative of the sigmoid for 1, of tanh for 2.
template <class T>
truth<T> logistic_slope(unsigned factor) {
    truth<T> result = truth_of<T>(
        [factor](T x) {
            const wide<T> e = std::exp(-std::fabs(wide<T>(x)) * factor);
            return factor * factor * e / ((1 + e) * (1 + e));
        },
        exponential_slack<T>,
        [factor](T x, real& value) {
            real e(250), sum(250);
            decay(x, factor, e);
            mpfr_add_ui(sum, e, 1, MPFR_RNDZ);
            mpfr_sqr(sum, sum, MPFR_RNDZ);
            mpfr_set_prec(value, 250);
            mpfr_div(value, e, sum, MPFR_RNDZ);
            mpfr_mul_ui(value, value, factor * factor, MPFR_RNDN);
        });
    result.both_signs = true;
    return result;
}

/// glibc gives 2 ULP for tanh in double, and 4 in long double at most.
template <class T>
truth<T> hyperbolic_tangent() {
    truth<T> result = truth_of<T>([](T x) { return std::tanh(wide<T>(x)); }, exponential_slack<T>,
                                  [](T x, real& value) {
                                      mpfr_set_prec(value, 250);
                                      mpfr_tanh(value, real(x), MPFR_RNDZ);
                                  });
    result.both_signs = true;
    return result;
}

} // namespace exhaustive
