#include "checks.hpp"

#include "../bits.hpp"
#include "../definition.hpp"
#include "../inputs.hpp"
#include "../refusal.hpp"
#include "../ulp.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace tests {
namespace {

/// Where something is wrong: the first of each kind is told.
class report {
    const function_under_test& f_;
    findings& to_;

public:
    report(const function_under_test& f, findings& to) : f_(f), to_(to) {}
    std::string name() const { return std::string(f_.name); }

    template <class T>
    void add(const parameter_set& p, std::string_view way, const char* what, T x, T got, const std::string& wanted) {
        to_.push_back(name() + text_of(p) + ": " + what + " by " + std::string(way) + " at " + show(x) + " is " +
                      show(got) + ", not " + wanted);
    }
    void add(const std::string& what) { to_.push_back(name() + ": " + what); }

    /// The first element of which wanted(i) says what it should have been.
    template <class T, class Wanted>
    void add_first(const parameter_set& p, std::string_view way, const char* what, const std::vector<T>& x,
                   const std::vector<T>& got, Wanted wanted) {
        for (std::size_t i = 0; i < x.size(); ++i)
            if (const std::string text = wanted(i); !text.empty())
                return add(p, way, what, x[i], got[i], text);
    }
};

std::vector<parameter_set> joined(std::initializer_list<std::vector<parameter_set>> lists) {
    std::vector<parameter_set> all;
    for (const auto& list : lists)
        all.insert(all.end(), list.begin(), list.end());
    return all;
}

/// Both signs of every kind of number, and what surrounds the hardest arguments.
template <class T>
std::vector<T> many_values(const described_for<T>& d, std::size_t count) {
    std::vector<T> x = negative_values<T>(count / 2, d.deepest);
    for (std::size_t i = 0, n = x.size(); i < n; ++i)
        x.push_back(-x[i]);
    for (const T v : with_neighbours<T>(d.hardest))
        x.push_back(v);
    return x;
}

bool nonnegative(const parameter_set& p) {
    return std::all_of(p.begin(), p.end(), [](double value) { return value >= 0; });
}

/// Whether the output tells f' for these.
template <class T>
bool output_tells(const description& d, const parameter_set& p) {
    return d.of<T>().output_tells(rounded_parameters<T>(p).as_T.data());
}

} // namespace

findings check_descriptions(const table& functions, const std::vector<description>& descriptions) {
    findings found;
    const auto is_in = [](std::string_view name, std::span<const std::string_view> names) {
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    for (const std::string_view name : functions.listed)
        if (!is_in(name, functions.described))
            found.push_back(std::string(name) + " has no description: write tests/functions/" + std::string(name) +
                            ".cpp");
    for (const std::string_view name : functions.described)
        if (!is_in(name, functions.listed))
            found.push_back(std::string(name) + " is described, but in none of the lists of functions.hpp");
    for (const function_under_test* f : functions.functions)
        if (std::count_if(descriptions.begin(), descriptions.end(),
                          [&](const description& d) { return d.name == f->name; }) != 1)
            found.push_back("tests/functions/" + std::string(f->name) + ".cpp does not describe it, or more than once");
    for (const description& d : descriptions)
        if (std::none_of(functions.functions.begin(), functions.functions.end(),
                         [&](const function_under_test* f) { return d.name == f->name; }))
            found.push_back(d.name + " is described in a file of another name");
    return found;
}

findings check_facts(const function_under_test& f, const description& d) {
    findings found;
    report r(f, found);
    if (f.parameters.size() != d.parameters.size())
        r.add("has " + std::to_string(f.parameters.size()) + " parameters, but is described with " +
              std::to_string(d.parameters.size()));
    else
        for (std::size_t i = 0; i < d.parameters.size(); ++i) {
            const own_parameter& own = f.parameters[i];
            const stated_parameter& stated = d.parameters[i];
            if (own.name != stated.name)
                r.add("its parameter " + std::string(own.name) + " is described as " + stated.name);
            if (!same_bits(own.fallback, stated.fallback) || !same_bits(own.value, stated.fallback))
                r.add(std::string(own.name) + " is " + show(own.value) + ", said to be " + show(own.fallback) +
                      ", but described as " + show(stated.fallback));
        }
    const auto count = [&](const std::vector<parameter_set>& sets, std::size_t constants) {
        for (const parameter_set& p : sets)
            if (p.size() != d.parameters.size() + f.has_slope + constants)
                r.add("is described with " + std::to_string(p.size() - constants) + " parameters" + text_of(p));
    };
    count(joined({d.usual, d.edge, d.special}), d.constants.size());
    count(joined({d.refused, d.refused_from_output}), 0);
    for (const parameter_set& p : d.refused)
        if (d.of_double.valid(p.data()))
            r.add("is described as refusing" + text_of(p) + ", and as taking it");
    for (const parameter_set& p : d.refused_from_output)
        if (output_tells<double>(d, p))
            r.add("is described as refusing" + text_of(p) + " where f' is wanted from the output, and as taking it");
    const auto tells = [&](const auto& ways) {
        bool output = false, bit = false;
        for (const auto& way : ways) {
            output = output || way.backward_from_output;
            bit = bit || way.with_mask;
        }
        if (output != d.facts.from_output || output != (d.truth.from_output != nullptr))
            r.add(output ? "knows f' from the output, but is not described so"
                         : "is described as known from its output, but has no such derivative");
        if (bit != d.facts.from_bit)
            r.add(bit ? "knows f' from a bit, but is not described so"
                      : "is described as known from a bit, but has no such derivative");
    };
    tells(f.ways<float>());
    tells(f.ways<double>());
    if (f.in_constant_expressions != d.facts.in_constant_expressions)
        r.add(d.facts.in_constant_expressions ? "is no constant expression, but is described so"
                                              : "is a constant expression, but is not described so");
    return found;
}

findings check_truth(const description& d) {
    findings found;
    for (const parameter_set& p : d.usual) {
        const std::vector<long double> wide(p.begin(), p.end());
        const long double h = std::ldexp(1.0L, -16);
        for (const double x : ordinary_values<double>(2000, 5)) {
            if (std::fabs(x) < 2 * static_cast<double>(h))
                continue; // a corner may lie at 0
            const long double above = d.truth.f(x + h, wide.data()), below = d.truth.f(x - h, wide.data());
            const long double slope = (above - below) / (2 * h), derivative = d.truth.derivative(x, wide.data());
            // The step's own error is h^2 / 6 times the third derivative, which is 4 at most.
            if (!(std::fabs(slope - derivative) <=
                  (1.0e-9L + difference_tolerance) * std::max(1.0L, std::fabs(derivative)))) {
                found.push_back(d.name + text_of(p) + ": described with f' = " + show(static_cast<double>(derivative)) +
                                " at " + show(x) + ", where the slope of f is " + show(static_cast<double>(slope)));
                break;
            }
        }
    }
    return found;
}

template <class T>
findings checks<T>::special_values(const function_under_test& f, const description& d) {
    findings found;
    report r(f, found);
    for (const parameter_set& p : joined({d.usual, d.edge, d.special})) {
        const rounded_parameters<T> rounded(p);
        std::vector<row<T>> rows = d.of<T>().special(rounded.as_T.data());
        // With an odd number of rows, one after the other as often as there are lanes, each comes into every lane.
        if (rows.size() % 2 == 0)
            rows.push_back(rows.front());
        std::vector<T> x;
        for (std::size_t lane = 0; lane < 64; ++lane)
            for (const row<T>& one : rows)
                x.push_back(one.x);
        std::vector<T> results(x.size());
        for (const way_to_call<T>& way : f.ways<T>()) {
            const auto check = [&](const char* what, auto evaluate, wanted<T> row<T>::*column) {
                if (!evaluate)
                    return;
                evaluate(p.data(), x, results);
                r.add_first(p, way.name, what, x, results, [&](std::size_t i) {
                    const wanted<T>& result = rows[i % rows.size()].*column;
                    return result.holds_for(results[i]) ? "" : result.text();
                });
            };
            check("f", way.f, &row<T>::f);
            check("f'", way.derivative, &row<T>::derivative);
        }
    }
    return found;
}

/// At the infinities and the zeros, for a thousand parameters of any bits that are numbers.
template <class T>
findings checks<T>::ends_for_any_parameter(const function_under_test& f, const description& d) {
    findings found;
    report r(f, found);
    if (d.parameters.empty())
        return found;
    std::vector<T> numbers = {std::numeric_limits<T>::max(), std::numeric_limits<T>::min(), denormal<T>};
    append_random_bits<T>(numbers, 0, 1000 * d.parameters.size(), 11);
    for (std::size_t i = 0; i + d.parameters.size() <= numbers.size(); i += d.parameters.size()) {
        parameter_set p(numbers.begin() + static_cast<std::ptrdiff_t>(i),
                        numbers.begin() + static_cast<std::ptrdiff_t>(i + d.parameters.size()));
        p.insert(p.end(), d.constants.begin(), d.constants.end());
        const rounded_parameters<T> rounded(p);
        if (!rounded.all_finite() || !d.of<T>().valid(rounded.as_T.data()))
            continue;
        std::vector<row<T>> rows = d.of<T>().special(rounded.as_T.data());
        std::erase_if(rows, [](const row<T>& one) { return one.x != 0 && !std::isinf(one.x); });
        std::vector<T> x, results(rows.size());
        for (const row<T>& one : rows)
            x.push_back(one.x);
        for (const way_to_call<T>& way : f.ways<T>())
            if (way.same_as_scalar) {
                way.f(p.data(), x, results);
                r.add_first(p, way.name, "f", x, results,
                            [&](std::size_t k) { return rows[k].f.holds_for(results[k]) ? "" : rows[k].f.text(); });
            }
    }
    return found;
}

template <class T>
findings checks<T>::errors(const function_under_test& f, const description& d) {
    findings found;
    report r(f, found);
    const std::vector<T> x = many_values<T>(d.of<T>(), 4000);
    std::vector<T> results(x.size());
    for (const parameter_set& p : joined({d.usual, d.edge})) {
        const rounded_parameters<T> rounded(p);
        const bounds bound = d.of<T>().bound(rounded.as_T.data());
        const auto judge = [&](std::string_view way, const char* what, auto truth, auto most, bool may_vanish) {
            const auto allowed = [&](T at, long double value) {
                const double usual = most(at, value);
                return d.of<T>().is_straight(at, rounded.as_T.data()) ? std::min(usual, one_rounding) : usual;
            };
            long double excess = 0;
            std::size_t at = 0;
            for (std::size_t i = 0; i < x.size(); ++i) {
                const long double value = truth(x[i]);
                const bool vanished = may_vanish && results[i] == 0 && std::fabs(value) < std::numeric_limits<T>::min();
                const long double error = vanished ? 0 : ulp_error(results[i], value);
                if (!(error - allowed(x[i], value) <= excess)) {
                    excess = error - allowed(x[i], value);
                    at = i;
                }
            }
            if (excess <= reference_error<T>)
                return;
            const long double value = truth(x[at]);
            const double most_there = allowed(x[at], value);
            r.add(p, way, what, x[at], results[at],
                  show(static_cast<T>(value)) + " within " + std::to_string(most_there) + " ULP: it is off by " +
                      std::to_string(static_cast<double>(excess) + most_there));
        };
        for (const way_to_call<T>& way : f.ways<T>()) {
            way.f(p.data(), x, results);
            judge(
                way.name, "f", [&](T at) { return d.truth.f(at, rounded.real.data()); },
                [&](T, long double) { return bound.f; }, false);
            if (!way.derivative)
                continue;
            way.derivative(p.data(), x, results);
            judge(
                way.name, "f'", [&](T at) { return true_derivative(d, rounded, at); },
                [&](T at, long double value) {
                    return bound.of_derivative<T>(value, d.of<T>().crosses_zero(at, rounded.as_T.data()));
                },
                bound.derivative_may_vanish);
        }
    }
    return found;
}

template <class T>
findings checks<T>::same_bits_everywhere(const function_under_test& f, const description& d) {
    findings found;
    report r(f, found);
    for (const std::size_t n : {1u, 2u, 3u, 7u, 16u, 31u, 67u, 1003u}) {
        const std::vector<T> x = mixed_values<T>(n, 60), dy = mixed_values<T>(n, 61);
        std::vector<T> scalar(n), result(n);
        for (const parameter_set& p : joined({d.usual, d.edge})) {
            const auto compare = [&](const char* what, auto run) {
                bool is_first = true;
                for (const way_to_call<T>& way : f.ways<T>()) {
                    if (!way.same_as_scalar || !run(way, is_first ? scalar : result))
                        continue;
                    if (!is_first)
                        r.add_first(p, way.name, what, x, result, [&](std::size_t i) {
                            return same_result(result[i], scalar[i], x[i]) ? "" : show(scalar[i]) + " as the scalar";
                        });
                    is_first = false;
                }
            };
            compare("f", [&](const auto& way, auto& to) {
                way.f(p.data(), x, to);
                return true;
            });
            compare("f'", [&](const auto& way, auto& to) {
                if (way.derivative)
                    way.derivative(p.data(), x, to);
                return way.derivative != nullptr;
            });
            compare("dx", [&](const auto& way, auto& to) {
                if (way.backward)
                    way.backward(p.data(), x, dy, to);
                return way.backward != nullptr;
            });
            if (output_tells<T>(d, p))
                compare("dx from the output", [&](const auto& way, auto& to) {
                    if (way.backward_from_output)
                        way.backward_from_output(p.data(), x, dy, to);
                    return way.backward_from_output != nullptr;
                });
        }
    }
    return found;
}

template <class T>
findings checks<T>::lone_nan(const function_under_test& f, const description& d) {
    findings found;
    report r(f, found);
    // Loops look for NaN in several batches at once.
    std::vector<T> x = ordinary_values<T>(9 * under_test.width<T>() + 3, 22);
    const std::vector<T> dy = ordinary_values<T>(x.size(), 23);
    std::vector<T> wanted(x.size()), result(x.size());
    const parameter_set& p = d.usual.front();
    for (std::size_t i = 0; i < x.size(); ++i) {
        const T number = std::exchange(x[i], payload_nan<T>);
        const auto compare = [&](const char* what, auto of, auto call) {
            for (const way_to_call<T>& way : f.ways<T>()) {
                if (!way.same_as_scalar || !(way.*of))
                    continue;
                call(way.*of, &way == &f.ways<T>().front() ? wanted : result);
                if (&way != &f.ways<T>().front())
                    r.add_first(p, way.name, what, x, result, [&](std::size_t k) {
                        return same_result(result[k], wanted[k], x[k]) ? "" : show(wanted[k]) + " as the scalar";
                    });
            }
        };
        const auto unary = [&](auto run, std::vector<T>& to) { run(p.data(), x, to); };
        const auto binary = [&](auto run, std::vector<T>& to) { run(p.data(), x, dy, to); };
        compare("f", &way_to_call<T>::f, unary);
        compare("f'", &way_to_call<T>::derivative, unary);
        compare("dx", &way_to_call<T>::backward, binary);
        compare("dx from the output", &way_to_call<T>::backward_from_output, binary);
        x[i] = number;
    }
    return found;
}

template <class T>
findings checks<T>::x_itself(const function_under_test& f, const description& d) {
    findings found;
    if (!d.facts.keeps_x_above_zero)
        return found;
    report r(f, found);
    const std::vector<T> x = not_negative_values<T>(3000);
    std::vector<T> y(x.size()), slope(x.size());
    for (const parameter_set& p : joined({d.usual, d.edge, d.special}))
        for (const way_to_call<T>& way : f.ways<T>()) {
            way.f(p.data(), x, y);
            r.add_first(p, way.name, "f", x, y, [&](std::size_t i) {
                const bool zero_of_its_sign = way.is_scalar && same_bits(y[i], std::copysign(T(0), x[i]));
                return same_bits(y[i], x[i]) || zero_of_its_sign ? "" : "x itself";
            });
            if (!way.derivative)
                continue;
            way.derivative(p.data(), x, slope);
            r.add_first(p, way.name, "f'", x, slope, [&](std::size_t i) {
                const bool right = x[i] == 0 || same_bits(slope[i], is_nan(x[i]) ? x[i] : T(1));
                return right ? "" : is_nan(x[i]) ? "x itself" : "1";
            });
        }
    return found;
}

template <class T>
findings checks<T>::symmetry(const function_under_test& f, const description& d) {
    findings found;
    report r(f, found);
    const std::vector<T> x = many_values<T>(d.of<T>(), 6000);
    std::vector<T> opposite = x, at(x.size()), at_opposite(x.size());
    for (T& v : opposite)
        v = -v;
    for (const parameter_set& p : d.usual)
        for (const way_to_call<T>& way : f.ways<T>()) {
            if (d.facts.odd) {
                way.f(p.data(), x, at);
                way.f(p.data(), opposite, at_opposite);
                r.add_first(p, way.name, "f", opposite, at_opposite, [&](std::size_t i) {
                    return same_bits(at_opposite[i], -at[i]) ? "" : show(-at[i]) + ", as it is odd";
                });
            }
            if (d.facts.even_derivative && way.derivative) {
                way.derivative(p.data(), x, at);
                way.derivative(p.data(), opposite, at_opposite);
                r.add_first(p, way.name, "f'", opposite, at_opposite, [&](std::size_t i) {
                    return same_bits(at_opposite[i], at[i]) ? "" : show(at[i]) + ", as it is even";
                });
            }
        }
    return found;
}

template <class T>
findings checks<T>::order_and_range(const function_under_test& f, const description& d) {
    findings found;
    report r(f, found);
    std::vector<T> x = many_values<T>(d.of<T>(), 6000);
    x.push_back(-infinity<T>);
    x.push_back(infinity<T>);
    std::sort(x.begin(), x.end());
    std::vector<T> y(x.size());
    for (const parameter_set& p : d.usual)
        for (const way_to_call<T>& way : f.ways<T>()) {
            way.f(p.data(), x, y);
            const rounded_parameters<T> rounded(p);
            const bool exact = d.of<T>().bound(rounded.as_T.data()).f == 0;
            if (d.facts.monotone && nonnegative(p))
                r.add_first(p, way.name, "f", x, y, [&](std::size_t i) {
                    const bool falls = i > 0 && y[i] < y[i - 1] &&
                                       (exact || steps_between(y[i], y[i - 1]) > bits_of<T>(d.facts.falls));
                    return falls ? "at least " + show(y[i - 1]) + ", as at " + show(x[i - 1]) : "";
                });
            // An end that is a number is reached.
            const auto [low, high] = std::minmax_element(y.begin(), y.end());
            const auto index = [&](auto place) { return static_cast<std::size_t>(place - y.begin()); };
            if (std::isfinite(d.facts.lowest) && *low != static_cast<T>(d.facts.lowest))
                r.add(p, way.name, "the least f", x[index(low)], *low, show(static_cast<T>(d.facts.lowest)));
            if (std::isfinite(d.facts.highest) && *high != static_cast<T>(d.facts.highest))
                r.add(p, way.name, "the largest f", x[index(high)], *high, show(static_cast<T>(d.facts.highest)));
        }
    return found;
}

namespace {

/// Every special value as x beside every special value as dy, and ordinary ones beside them.
template <class T>
void append_pairs(std::vector<T>& x, std::vector<T>& dy) {
    std::vector<T> values = special_values<T>();
    values.push_back(signalling_nan<T>);
    for (const T v : ordinary_values<T>(16, 7))
        values.push_back(v);
    for (const T a : values)
        for (const T b : values) {
            x.push_back(a);
            dy.push_back(b);
        }
}

/// dx is x where that is NaN, dy or +0 where f is straight, and dy * slope, rounded once, elsewhere; all of it
/// selected.
template <class T>
void judge_dx(report& r, const description& d, const parameter_set& p, std::string_view way, const char* what,
              const std::vector<T>& x, const std::vector<T>& dy, const std::vector<T>& slope, const std::vector<T>& dx,
              bool from_output = false) {
    const rounded_parameters<T> rounded(p);
    r.add_first(p, way, what, x, dx, [&](std::size_t i) {
        const std::optional<T> copied =
            is_nan(x[i]) ? x[i] : selected_dx(d, rounded.as_T.data(), x[i], dy[i], from_output);
        const T wanted = copied.value_or(dy[i] * slope[i]);
        const bool right = copied ? same_bits(dx[i], wanted) : same_result(dx[i], wanted, T(0));
        return right ? "" : show(wanted) + " for dy = " + show(dy[i]);
    });
}

} // namespace

template <class T>
findings checks<T>::backward(const function_under_test& f, const description& d) {
    findings found;
    report r(f, found);
    std::vector<T> x, dy;
    append_pairs(x, dy);
    std::vector<T> slope(x.size()), dx(x.size());
    for (const parameter_set& p : joined({d.usual, d.edge, d.special}))
        for (const way_to_call<T>& way : f.ways<T>()) {
            if (!way.backward)
                continue;
            way.derivative(p.data(), x, slope);
            way.backward(p.data(), x, dy, dx);
            judge_dx(r, d, p, way.name, "dx", x, dy, slope, dx);
        }
    return found;
}

template <class T>
findings checks<T>::from_output(const function_under_test& f, const description& d) {
    findings found;
    if (!d.facts.from_output)
        return found;
    report r(f, found);
    const std::vector<T> x = many_values<T>(d.of<T>(), 4000), ones(x.size(), T(1));
    std::vector<T> pairs_y, pairs_dy;
    append_pairs(pairs_y, pairs_dy);
    std::vector<T> y(x.size()), of_y(x.size()), slope(pairs_y.size()), dx(pairs_y.size());
    for (const parameter_set& p : joined({d.usual, d.edge})) {
        if (!output_tells<T>(d, p))
            continue;
        const rounded_parameters<T> rounded(p);
        const bounds bound = d.of<T>().bound(rounded.as_T.data());
        for (const way_to_call<T>& way : f.ways<T>()) {
            if (!way.backward_from_output)
                continue;
            way.f(p.data(), x, y);
            way.backward_from_output(p.data(), y, ones, of_y);
            r.add_first(p, way.name, "f' from the output", x, of_y, [&](std::size_t i) {
                if (bound.from_output_absolute > 0 && std::isinf(y[i]) && std::isinf(of_y[i]))
                    return std::string(); // f overflows
                const long double truth = true_derivative(d, rounded, x[i]);
                const bool relative = bound.unit == 0 || differ_by_denormals<T>(of_y[i], static_cast<double>(truth));
                const long double error =
                    relative ? ulp_error(of_y[i], truth) : std::fabs(of_y[i] - truth) / ulp<T>(bound.unit);
                const bool right = error <= static_cast<long double>(bound.from_output) + reference_error<T> ||
                                   std::fabs(of_y[i] - truth) <= bound.from_output_absolute;
                return right ? std::string()
                             : show(static_cast<T>(truth)) + " within " + std::to_string(bound.from_output) + " ULP" +
                                   (bound.unit != 0 ? " of " + std::to_string(bound.unit) : "");
            });
            // A formula of y: one rounding, or three at most.
            const long double most = d.facts.rounds_output_once ? 0.5L : 2;
            r.add_first(p, way.name, "f' from the output", y, of_y, [&](std::size_t i) {
                const long double formula = d.truth.from_output(y[i], rounded.real.data());
                return ulp_error(of_y[i], formula) <= most + reference_error<T> ? "" : show(static_cast<T>(formula));
            });
            for (const way_to_call<T>& other : f.ways<T>())
                if (other.from_output && (other.name == way.name || way.is_kernel)) {
                    other.from_output(p.data(), pairs_y, slope);
                    break;
                }
            way.backward_from_output(p.data(), pairs_y, pairs_dy, dx);
            judge_dx(r, d, p, way.name, "dx from the output", pairs_y, pairs_dy, slope, dx, true);
        }
    }
    return found;
}

template <class T>
findings checks<T>::from_bit(const function_under_test& f, const description& d) {
    findings found;
    if (!d.facts.from_bit)
        return found;
    report r(f, found);
    for (const std::size_t n : {1u, 7u, 8u, 33u, 1003u}) {
        const std::vector<T> x = mixed_values<T>(n, 70), dy = mixed_values<T>(n, 71);
        std::vector<T> y(n), with_bit(n), dx(n), from(n);
        for (const parameter_set& p : joined({d.usual, d.edge, d.special})) {
            const rounded_parameters<T> rounded(p);
            for (const way_to_call<T>& way : f.ways<T>()) {
                if (!way.with_mask)
                    continue;
                std::vector<std::uint8_t> mask((n + 7) / 8, 0xff);
                way.f(p.data(), x, y);
                way.with_mask(p.data(), x, with_bit, mask);
                way.backward(p.data(), x, dy, dx);
                way.from_mask(p.data(), mask, dy, from);
                std::vector<T> bits(n);
                for (std::size_t i = 0; i < n; ++i)
                    bits[i] = T(mask[i / 8] >> (i % 8) & 1);
                r.add_first(p, way.name, "the bit", x, bits, [&](std::size_t i) {
                    const bool bit = d.of<T>().bit_of(x[i], rounded.as_T.data());
                    return (bits[i] != 0) == bit ? "" : show(T(bit));
                });
                r.add_first(p, way.name, "f beside its bit", x, with_bit,
                            [&](std::size_t i) { return same_result(with_bit[i], y[i], x[i]) ? "" : show(y[i]); });
                r.add_first(p, way.name, "dx from the bit", x, from, [&](std::size_t i) { // which tells no NaN
                    const T kept = selected_dx(d, rounded.as_T.data(), x[i], dy[i]).value_or(T(0));
                    return is_nan(x[i]) || same_result(from[i], dx[i], kept) ? "" : show(dx[i]);
                });
                if (n % 8 != 0 && mask.back() >> (n % 8) != 0)
                    r.add("bits that belong to no element are not 0");
            }
        }
    }
    return found;
}

template <class T>
findings checks<T>::nothing_else_written(const function_under_test& f, const description& d) {
    findings found;
    report r(f, found);
    constexpr std::size_t margin = 70;
    for (const std::size_t n : {0u, 1u, 5u, 16u, 67u}) {
        const std::vector<T> x = ordinary_values<T>(n, 90), dy = ordinary_values<T>(n, 91);
        std::vector<T> memory(n + 2 * margin);
        std::vector<std::uint8_t> bits((n + 7) / 8 + 2 * margin);
        const std::span<T> out = std::span(memory).subspan(margin, n);
        const std::span<std::uint8_t> mask = std::span(bits).subspan(margin, (n + 7) / 8);
        const parameter_set& p = d.usual.front();
        for (const way_to_call<T>& way : f.ways<T>()) {
            const auto judge = [&](const char* what, bool exists, auto run) {
                if (!exists)
                    return;
                std::fill(memory.begin(), memory.end(), T(7));
                std::fill(bits.begin(), bits.end(), std::uint8_t(7));
                run();
                const auto untouched = [](const auto& values, std::size_t from, std::size_t to) {
                    for (std::size_t i = 0; i < values.size(); ++i)
                        if ((i < from || i >= to) && values[i] != 7)
                            return false;
                    return true;
                };
                if (!untouched(memory, margin, margin + n) || !untouched(bits, margin, margin + mask.size()))
                    r.add(std::string(what) + " by " + std::string(way.name) + " of " + std::to_string(n) +
                          " elements writes outside of its output");
            };
            judge("f", way.f, [&] { way.f(p.data(), x, out); });
            judge("f'", way.derivative, [&] { way.derivative(p.data(), x, out); });
            judge("backward", way.backward, [&] { way.backward(p.data(), x, dy, out); });
            judge("backward_from_output", way.backward_from_output,
                  [&] { way.backward_from_output(p.data(), x, dy, out); });
            judge("forward_with_mask", way.with_mask, [&] { way.with_mask(p.data(), x, out, mask); });
            judge("backward_from_mask", way.from_mask, [&] { way.from_mask(p.data(), mask, dy, out); });
        }
    }
    return found;
}

template <class T>
findings checks<T>::refusals(const function_under_test& f, const description& d) {
    findings found;
    report r(f, found);
    const std::vector<T> x = ordinary_values<T>(37, 80), dy = ordinary_values<T>(37, 81), before(37, T(7));
    for (const auto& [sets, everywhere] :
         {std::pair(d.usual, false), std::pair(d.edge, false), std::pair(d.special, false), std::pair(d.refused, true)})
        for (const parameter_set& p : sets)
            for (const way_to_call<T>& way : f.ways<T>()) {
                if (!way.is_kernel)
                    continue;
                std::vector<T> out = before;
                const auto judge = [&](const char* kernel, bool must, auto run) {
                    out = before;
                    const std::string text = refusal(run);
                    if (must == (text == "not refused"))
                        r.add(std::string(kernel) + " by " + std::string(way.name) + text_of(p) +
                              (must ? " is not refused" : " is refused: " + text));
                    if (must && out != before && way.name == "kernel")
                        r.add(std::string(kernel) + text_of(p) + " is refused, but something was written");
                };
                if (way.name == "kernel") // in place there is one array
                    judge("f of fewer elements", true, [&] { way.f(p.data(), x, std::span(out).first(36)); });
                judge("f", everywhere, [&] { way.f(p.data(), x, out); });
                judge("f'", everywhere, [&] { way.derivative(p.data(), x, out); });
                judge("backward", everywhere, [&] { way.backward(p.data(), x, dy, out); });
                if (way.backward_from_output)
                    judge("backward_from_output", everywhere || !output_tells<T>(d, p),
                          [&] { way.backward_from_output(p.data(), x, dy, out); });
            }
    for (const parameter_set& p : d.refused_from_output)
        for (const way_to_call<T>& way : f.ways<T>())
            if (way.is_kernel && way.backward_from_output) {
                std::vector<T> out = before;
                if (refusal([&] { way.backward_from_output(p.data(), x, dy, out); }) == "not refused")
                    r.add("backward_from_output by " + std::string(way.name) + text_of(p) + " is not refused");
                if (out != before && way.name == "kernel")
                    r.add("backward_from_output" + text_of(p) + " is refused, but something was written");
            }
    return found;
}

template <class T>
const std::vector<typename checks<T>::named>& checks<T>::all() {
    static const std::vector<named> every = {
        {"special values", &special_values},
        {"the ends for any parameter", &ends_for_any_parameter},
        {"errors", &errors},
        {"the same bits everywhere", &same_bits_everywhere},
        {"a NaN alone among numbers", &lone_nan},
        {"x itself", &x_itself},
        {"symmetry", &symmetry},
        {"order and range", &order_and_range},
        {"backward", &backward},
        {"from the output", &from_output},
        {"from a bit", &from_bit},
        {"nothing else written", &nothing_else_written},
        {"refusals", &refusals},
    };
    return every;
}

template struct checks<float>;
template struct checks<double>;

} // namespace tests
