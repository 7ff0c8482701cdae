#pragma once

#include "wanted.hpp"
#if defined(SIMDACT_TESTS_EXACT)
#include "exhaustive/truth.hpp"
#endif

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What the tests know about a function, told once in functions/NAME.cpp and independently of the library's code: they
/// check the function against this, and what the function says of itself against what is said here again.
namespace tests {

/// For parameters.
inline constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// By how many ULP of the true result f and its derivatives may be off; exact, if they are 0.
struct bounds {
    double f = 0, derivative = 0;
    double derivative_absolute = 0; ///< or by no more than this, where that is more: f' crosses zero
    double derivative_beyond = 0;   ///< but not more ULP than these where x is not near that zero
    double derivative_unit = 0;     ///< or in ULP of this, if it is not 0
    double from_output = 0;         ///< f' from y = f(x), beside f'(x): in ULP of `unit`, or of f'(x) if that is 0
    double unit = 0;
    double from_output_absolute = 0;    ///< or by no more than this, where that is more
    int steps = 0;                      ///< how far f and f' of a build without FMA may be from those of one with it
    bool derivative_may_vanish = false; ///< f' may be 0 where it is below the smallest normal number

    /// That of f' in ULP where it is `truth`.
    template <class T>
    double of_derivative(long double truth, bool near_zero) const {
        if (derivative_unit > 0)
            return derivative * static_cast<double>(ulp<T>(derivative_unit) / ulp<T>(truth));
        const double most = std::max(derivative, static_cast<double>(derivative_absolute / ulp<T>(truth)));
        return derivative_absolute == 0 || near_zero ? most : std::min(most, derivative_beyond);
    }
};

/// Which properties hold. Each has a check of its own; those with parameters hold for the usual ones.
struct facts {
    bool keeps_x_above_zero = false;      ///< f(x) is x itself where x is not less than 0, and f'(x) is 1 where x > 0
    bool flat_below_zero = false;         ///< f(x) is 0 there, and dx is +0 whatever dy is
    bool odd = false;                     ///< f(-x) = -f(x), bit for bit
    bool even_derivative = false;         ///< f'(-x) = f'(x), bit for bit
    bool monotone = false;                ///< for parameters that are not negative; to some ULP where f is not exact
    int falls = 1;                        ///< and those are how many
    bool from_output = false;             ///< f' is known from y = f(x)
    bool rounds_output_once = false;      ///< and is that formula of y, correctly rounded
    bool from_bit = false;                ///< f' is known from the bit of x
    bool in_constant_expressions = false; ///< scalars may be evaluated by the compiler
    bool by_maximum = false; ///< or by a product, and so zeros of x's sign where the processor takes denormals for them
    bool loses_denormals = false; ///< f and f' are sums that may lose denormals where the processor takes them for zero
    bool raises_no_flags = false; ///< of overflow or invalid operations: f, f' and backward, where x is a number
    double lowest = -std::numeric_limits<double>::infinity(); ///< no result is below, whatever the parameters are
    double highest = std::numeric_limits<double>::infinity();
};

/// A parameter, again.
struct stated_parameter {
    std::string name;
    double fallback;
    std::string letter = {}; ///< in README's formulas
};

/// A set of parameters in the order of the function's.
using parameter_set = std::vector<double>;

/// The formulas as README's tables show them.
struct readme_text {
    const char* f; ///< where x < 0, if f is x itself above zero
    const char* derivative;
    const char* from_output = ""; ///< of y; not shown if f is x itself above zero
    const char* called = "";      ///< if not by its name
    const char* source = "";      ///< who has it first
};

/// Most doubles of the exhaustive run are between these and 0, or their negatives and 0.
struct reach {
    double near = -2, middle = -40, far = -760;
    double farthest = -800; ///< spaced by their logarithms
};

/// f and its derivatives for real numbers of type R. NaN is for the checks: it comes back.
template <class R>
struct formulas {
    R (*f)(R x, const R* parameters) = nullptr;
    R (*derivative)(R x, const R* parameters) = nullptr;
    R (*from_output)(R y, const R* parameters) = nullptr; ///< null where the output does not tell
    R (*by_slope)(R x, const R* parameters) = nullptr;    ///< of f, by the parameter of a channel, where there is one
};

/// What depends on the type of the elements. Parameters are given as rounded to T.
template <class T>
struct described_for {
    formulas<T> formula; ///< in T's own arithmetic, whose rounding must not show: e^(x / a) needs x / a in two parts
    tests::bounds (*bound)(const T* parameters) = nullptr;
    T (*rounded_derivative)(T x, const T* parameters) = nullptr;   ///< in place of the formula, if how f rounds matters
    bool (*valid)(const T* parameters) = nullptr;                  ///< or else every kernel refuses them
    bool (*output_tells)(const T* parameters) = nullptr;           ///< or else backward_from_output does
    bool (*straight)(T x, const T* parameters) = nullptr;          ///< null if f is so nowhere that facts do not tell
    bool (*output_straight)(T y, const T* parameters) = nullptr;   ///< the same of f' from y, if that is another y
    bool (*crossing)(T x, const T* parameters) = nullptr;          ///< f' crosses zero near there, if it does anywhere
    bool (*bit)(T x, const T* parameters) = nullptr;               ///< null if it is x > 0
    std::vector<row<T>> (*special)(const T* parameters) = nullptr; ///< x, f(x), f'(x)
    std::vector<T> hardest;     ///< among all floats those that come closest to a bound, with FMA or without
    T deepest = 0;              ///< beyond it and its negative nothing happens any more
    std::vector<T> breakpoints; ///< what the exhaustive run looks around, beside the special values

    bool crosses_zero(T x, const T* parameters) const { return crossing && crossing(x, parameters); }
    bool is_straight(T x, const T* parameters) const { return straight && straight(x, parameters); }
    bool is_straight_at_output(T y, const T* parameters) const {
        return output_straight ? output_straight(y, parameters) : is_straight(y, parameters);
    }
    bool bit_of(T x, const T* parameters) const { return bit ? bit(x, parameters) : x > 0; }
    /// Some x whose bit is not set, as a NaN's is not.
    T without_bit(const T* parameters) const {
        for (const T x : {T(0), -infinity<T>})
            if (!bit_of(x, parameters))
                return x;
        return infinity<T>;
    }
};

struct description {
    std::string name;
    std::vector<stated_parameter> parameters;
    std::vector<std::string> elsewhere; ///< what it is called, such as "onnx LeakyRelu(alpha 0.01)"
    std::vector<parameter_set> usual;   ///< every promise holds for these; the first has the defaults
    std::vector<parameter_set> edge;    ///< the bounds hold for these, too, however steep f is
    std::vector<parameter_set> special; ///< only the table of special values holds
    std::vector<parameter_set> refused; ///< by every kernel
    std::vector<parameter_set> refused_from_output;
    std::vector<double> constants; ///< rounded as parameters are, but f has them: last in all sets but the refused
    tests::facts facts;
    readme_text readme;
    tests::reach reach;
    double in_other_modes; ///< of rounding: how many times as much as that of others a result may change
    int digits_lost;       ///< by the formulas, of those that they have with one exponential
    formulas<long double> truth;
    described_for<float> of_float;
    described_for<double> of_double;

    /// Whether x > 0 is as interesting as x < 0.
    bool has_both_signs() const { return !facts.keeps_x_above_zero; }

    template <class T>
    const described_for<T>& of() const {
        if constexpr (sizeof(T) == 4)
            return of_float;
        else
            return of_double;
    }
};

/// "(0.5, 2)", or nothing where there is none.
std::string text_of(const parameter_set& p);

/// Those that are linked into the program. description_of() throws where there is none.
std::vector<description>& descriptions();
const description& description_of(std::string_view name);

/// What a description may leave out; and straight(x, parameters): f' is the constant 0 or 1 there, f and f' are
/// correctly rounded, and dx is +0 or dy itself, whatever dy is; output_straight(y, parameters), where dx from the
/// output is so, if that is not straight(y, parameters); bit(x, parameters), if that is not x > 0;
/// crossing(x, parameters), where f' is so near a zero that its formula is wrong by as much as where f' is 1;
/// constants of f that are rounded to its type, given behind the parameters;
/// rounded_derivative(x, parameters), if f' is known from the rounded f(x) alone.
struct describes {
    static constexpr readme_text readme = {.f = "", .derivative = ""}; ///< of a user's functor
    static std::vector<stated_parameter> parameters() { return {}; }
    static std::vector<std::string> elsewhere() { return {}; }
    static std::vector<parameter_set> usual() { return {{}}; }
    static std::vector<parameter_set> edge() { return {}; }
    static std::vector<parameter_set> special() { return {}; }
    static std::vector<parameter_set> refused() { return {}; }
    static std::vector<double> constants() { return {}; }
    static std::vector<parameter_set> refused_from_output() { return {}; }
    template <class T>
    static bool valid(const T*) {
        return true;
    }
    template <class T>
    static bool output_tells(const T*) {
        return true;
    }
    template <class T>
    static std::vector<T> hardest() {
        return {};
    }
    static constexpr tests::reach reach = {};
    static constexpr int digits_lost = 0; ///< binary ones
    static constexpr double in_other_modes = 1;
    template <class T>
    static std::vector<T> breakpoints() {
        return {};
    }
};

/// The formulas of D for numbers of type R.
template <class D, class R>
formulas<R> formulas_of() {
    formulas<R> of{.f = [](R x, const R* p) { return D::f(x, p); },
                   .derivative = [](R x, const R* p) { return D::derivative(x, p); }};
    if constexpr (requires(R y, const R* p) { D::from_output(y, p); })
        of.from_output = [](R y, const R* p) { return D::from_output(y, p); };
    if constexpr (requires(R x, const R* p) { D::by_slope(x, p); })
        of.by_slope = [](R x, const R* p) { return D::by_slope(x, p); };
    return of;
}

template <class D, class T>
described_for<T> described_for_elements() {
    described_for<T> of{.formula = formulas_of<D, T>(),
                        .bound = [](const T* p) { return D::bound(p); },
                        .valid = [](const T* p) { return D::valid(p); },
                        .output_tells = [](const T* p) { return D::output_tells(p); },
                        .special = [](const T* p) { return D::template values<T>(p); },
                        .hardest = D::template hardest<T>(),
                        .deepest = D::template deepest<T>,
                        .breakpoints = D::template breakpoints<T>()};
    if constexpr (requires(T x, const T* p) { D::straight(x, p); })
        of.straight = [](T x, const T* p) { return D::straight(x, p); };
    if constexpr (requires(T x, const T* p) { D::crossing(x, p); })
        of.crossing = [](T x, const T* p) { return D::crossing(x, p); };
    if constexpr (requires(T x, const T* p) { D::rounded_derivative(x, p); })
        of.rounded_derivative = [](T x, const T* p) { return D::rounded_derivative(x, p); };
    if constexpr (requires(T y, const T* p) { D::output_straight(y, p); })
        of.output_straight = [](T y, const T* p) { return D::output_straight(y, p); };
    if constexpr (requires(T x, const T* p) { D::bit(x, p); })
        of.bit = [](T x, const T* p) { return D::bit(x, p); };
    return of;
}

#if defined(SIMDACT_TESTS_EXACT)
/// The formulas for numbers of as many digits as it takes, in a program that decides by them.
void add_exact_formulas(const char* name, const formulas<exhaustive::exact>& of);
#endif

/// Adds D to the descriptions: `const described<D> here;` in the function's file.
template <class D>
struct described {
    described() {
        const auto complete = [](std::vector<parameter_set> sets) {
            const std::vector<double> constants = D::constants();
            for (parameter_set& set : sets)
                set.insert(set.end(), constants.begin(), constants.end());
            return sets;
        };
        descriptions().push_back({.name = D::name,
                                  .parameters = D::parameters(),
                                  .elsewhere = D::elsewhere(),
                                  .usual = complete(D::usual()),
                                  .edge = complete(D::edge()),
                                  .special = complete(D::special()),
                                  .refused = D::refused(),
                                  .refused_from_output = D::refused_from_output(),
                                  .constants = D::constants(),
                                  .facts = D::fact,
                                  .readme = D::readme,
                                  .reach = D::reach,
                                  .in_other_modes = D::in_other_modes,
                                  .digits_lost = D::digits_lost,
                                  .truth = formulas_of<D, long double>(),
                                  .of_float = described_for_elements<D, float>(),
                                  .of_double = described_for_elements<D, double>()});
#if defined(SIMDACT_TESTS_EXACT)
        add_exact_formulas(D::name, formulas_of<D, exhaustive::exact>());
#endif
    }
};

/// For tables of special values: f(x) and f'(x) within their bounds, by D's formulas.
template <class D, class T>
struct within_bounds {
    const T* parameters;

    wanted<T> f(T x) const { return wanted<T>::within(D::bound(parameters).f, at(&D::template f<long double>, x)); }
    wanted<T> derivative(T x) const {
        const long double truth = at(&D::template derivative<long double>, x);
        bool crossing = false;
        if constexpr (requires { D::crossing(x, parameters); })
            crossing = D::crossing(x, parameters);
        return wanted<T>::within(D::bound(parameters).template of_derivative<T>(truth, crossing), truth);
    }

private:
    long double at(long double (*formula)(long double, const long double*), T x) const {
        const std::vector<long double> wide(parameters, parameters + D::parameters().size() + D::constants().size());
        return formula(x, wide.data());
    }
};

/// What every function does with NaN, for the same.
template <class T>
std::vector<row<T>> with_nan(std::vector<row<T>> rows) {
    for (const T nan : {payload_nan<T>, negative_payload_nan<T>})
        rows.push_back({nan, nan, nan});
    return rows;
}

/// And what those do that are x itself above zero.
template <class T>
std::vector<row<T>> with_x_above_zero(std::vector<row<T>> rows) {
    for (const T x : {denormal<T>, T(1), std::numeric_limits<T>::max(), infinity<T>})
        rows.push_back({x, x, T(1)});
    return with_nan(std::move(rows));
}

} // namespace tests
