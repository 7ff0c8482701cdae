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

/// A number for the formulas of descriptions. The functions have 200 digits, rounded towards zero: a tiny x must not
/// seem to lie on a tie that x + x^2 / 2 lies beside. What is made of them has more, so that a product with a double is
/// exact: results are wrong by 2^-190, relative.
class exact {
    static constexpr mpfr_prec_t digits = 320, digits_of_functions = 200;
    mpfr_t value_;

    template <class Function>
    static exact of(Function function, const exact& x) {
        real value(digits_of_functions);
        function(value, x.value_, MPFR_RNDZ);
        exact result;
        mpfr_set(result.value_, value, MPFR_RNDN);
        return result;
    }

public:
    exact() {
        mpfr_init2(value_, digits);
        mpfr_set_zero(value_, 1);
    }
    exact(long double x) : exact() { mpfr_set_ld(value_, x, MPFR_RNDN); }
    exact(const exact& other) : exact() { mpfr_set(value_, other.value_, MPFR_RNDN); }
    exact& operator=(const exact& other) {
        mpfr_set(value_, other.value_, MPFR_RNDN);
        return *this;
    }
    ~exact() { mpfr_clear(value_); }
    void put(real& to) const {
        mpfr_set_prec(to, digits);
        mpfr_set(to, value_, MPFR_RNDN);
    }

    friend exact operator+(const exact& a, const exact& b) {
        exact c;
        mpfr_add(c.value_, a.value_, b.value_, MPFR_RNDN);
        return c;
    }
    friend exact operator-(const exact& a, const exact& b) {
        exact c;
        mpfr_sub(c.value_, a.value_, b.value_, MPFR_RNDN);
        return c;
    }
    friend exact operator*(const exact& a, const exact& b) {
        exact c;
        mpfr_mul(c.value_, a.value_, b.value_, MPFR_RNDN);
        return c;
    }
    friend exact operator/(const exact& a, const exact& b) {
        exact c;
        mpfr_div(c.value_, a.value_, b.value_, MPFR_RNDN);
        return c;
    }
    friend exact operator-(const exact& a) { return exact(0) - a; }
    friend bool operator<(const exact& a, const exact& b) { return mpfr_less_p(a.value_, b.value_) != 0; }
    friend bool operator>(const exact& a, const exact& b) { return b < a; }

    friend exact exp(const exact& x) { return of(mpfr_exp, x); }
    friend exact expm1(const exact& x) { return of(mpfr_expm1, x); }
    friend exact log1p(const exact& x) { return of(mpfr_log1p, x); }
    friend exact erfc(const exact& x) { return of(mpfr_erfc, x); }
    friend exact sin(const exact& x) { return of(mpfr_sin, x); }
    friend exact cos(const exact& x) { return of(mpfr_cos, x); }
    friend exact tanh(const exact& x) { return of(mpfr_tanh, x); }
    friend exact fabs(const exact& x) { return x < 0 ? -x : x; }
    friend exact sqrt(const exact& x) { return of(mpfr_sqrt, x); }
};

/// A function of x that kernels compute.
template <class T>
struct truth {
    std::function<void(std::span<const T> x, std::span<wide<T>> values)> values;
    wide<T> slack = 0; ///< how wrong `values` may be, relative; 0: they round as the truth
    std::function<void(T x, real& value)> exactly = {}; ///< where there is slack: wrong by 2^-190, relative
    bool both_signs = false;                            ///< slack is for every finite x but 0, not for x < 0 alone
    bool rounded_at_zero = false;                       ///< and for 0, too
    std::function<bool(T x)> straight = {};             ///< and not where this is so, if it is told
    std::function<bool(T x)> crossing = {};             ///< where this is so, it is as wide as for a value of 1
};

// glibc's manual ("Errors in Math Functions") gives 1 ULP for exp and expm1 in double, and in long double 1 and 3 on
// x86-64, 1 and 2 where it has 113 bits, 2 for tanh in double, and 4 in long double at most. Half an ULP each for what
// follows stays within the same slack. Each run checks what is supposed here on a sample.
template <class T>
inline constexpr wide<T> function_slack = 4 * std::numeric_limits<wide<T>>::epsilon();

} // namespace exhaustive
