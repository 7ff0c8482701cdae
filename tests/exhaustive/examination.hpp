#pragma once

#include "arguments.hpp"
#include "subjects.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <span>
#include <string>
#include <tuple>
#include <vector>

namespace exhaustive {

/// What was found of one kernel.
template <class T>
struct finding {
    double error = 0; ///< the largest, in ULP, and the argument it is at: of equal ones that of the fewest bits
    T at = 0;
    std::uint64_t not_correctly_rounded = 0;
    std::uint64_t wrong = 0; ///< beyond the bound, or with other bits where bits are promised
    T wrong_at = 0;
    std::string first_wrong;

    void take(double e, T x) {
        if (e > error || (e == error && e > 0 && tests::bits(x) < tests::bits(at))) {
            error = e;
            at = x;
        }
    }
    void take_wrong(T x, T got, T wanted) {
        if (wrong++ == 0 || tests::bits(x) < tests::bits(wrong_at)) {
            wrong_at = x;
            first_wrong = "at " + tests::show(x) + " it gives " + tests::show(got) + ", not " + tests::show(wanted);
        }
    }
    void take(const finding& other) {
        take(other.error, other.at);
        not_correctly_rounded += other.not_correctly_rounded;
        if (other.wrong > 0 && (wrong == 0 || tests::bits(other.wrong_at) < tests::bits(wrong_at))) {
            wrong_at = other.wrong_at;
            first_wrong = other.first_wrong;
        }
        wrong += other.wrong;
    }
};

/// Runs the kernels of a subject on blocks of arguments and judges what they give.
template <class T>
class examination {
    /// A truth on the arguments of a block.
    struct answers {
        std::vector<wide<T>> values;
        std::vector<T> wanted;       ///< the truth, rounded to T; a NaN x itself
        bool are_exact = false;      ///< all of these are the truth
        bool judge_rounding = false; ///< a kernel has the errors of rounding
        finding<T> rounding;         ///< these
    };

    subject<T> subject_;
    std::vector<answers> answers_;
    std::vector<std::vector<T>> results_;   ///< of each kernel
    std::vector<std::size_t> same_results_; ///< for each the first that has given the same so far, and is judged alike
    std::vector<wide<T>> errors_;

public:
    std::vector<finding<T>> findings; ///< of each kernel
    std::uint64_t wrong_references =
        0; ///< those that are off by more than they are supposed to be, of all that MPFR saw

    explicit examination(const subject<T>& s)
        : subject_(s), answers_(s.truths.size()), results_(s.kernels.size()), findings(s.kernels.size()) {
        for (const kernel<T>& k : s.kernels) {
            const auto first = std::find_if(s.kernels.begin(), s.kernels.end(),
                                            [&](const kernel<T>& other) { return judged_alike(k, other); });
            same_results_.push_back(static_cast<std::size_t>(first - s.kernels.begin()));
            answers_[k.truth].judge_rounding |= k.bound == 0;
        }
    }

    void run(std::span<const T> x) {
        for (std::size_t i = 0; i < answers_.size(); ++i)
            answer(x, subject_.truths[i], answers_[i]);
        for (std::size_t i = 0; i < findings.size(); ++i) {
            const kernel<T>& k = subject_.kernels[i];
            std::vector<T>& results = results_[i];
            results.resize(x.size());
            k.run(x, results);
            const std::vector<T>& others = results_[same_results_[i]];
            if (std::memcmp(results.data(), others.data(), x.size() * sizeof(T)) != 0)
                same_results_[i] = i;
            if (same_results_[i] != i)
                findings[i] = findings[same_results_[i]];
            else if (k.bound == 0)
                judge_bits(x, results, k, answers_[k.truth], findings[i]);
            else
                judge_errors(x, results, k, answers_[k.truth], findings[i]);
        }
    }

    void take(const examination& other) {
        for (std::size_t i = 0; i < findings.size(); ++i)
            findings[i].take(other.findings[i]);
        wrong_references += other.wrong_references;
    }

private:
    static bool judged_alike(const kernel<T>& a, const kernel<T>& b) {
        const auto how = [](const kernel<T>& k) {
            return std::tuple(k.truth, k.bound, k.unit, k.absolute, k.bound_where_large, k.keeps_nan,
                              k.may_flush_denormals, k.any_zero, k.or_nan);
        };
        return how(a) == how(b);
    }

    /// Whether bounds are promised at x, and not bits.
    static bool is_approximated(const truth<T>& t, T x) {
        constexpr T largest = std::numeric_limits<T>::max();
        return ((x < 0 && x >= -largest) || (t.both_signs && x > 0 && x <= largest) || (t.rounded_at_zero && x == 0)) &&
               !(t.straight && t.straight(x));
    }

    static bool has_slack(const truth<T>& t, T x, wide<T> value) {
        return t.slack > 0 && is_approximated(t, x) && std::isfinite(value);
    }

    static wide<T> slack_at(const truth<T>& t, T x, wide<T> value) {
        return t.crossing && t.crossing(x) ? t.slack : t.slack * std::fabs(value);
    }

    void answer(std::span<const T> x, const truth<T>& t, answers& a) {
        a.values.resize(x.size());
        a.wanted.resize(x.size());
        a.rounding = {};
        t.values(x, a.values);
        std::transform(a.values.begin(), a.values.end(), a.wanted.begin(), [](wide<T> v) { return static_cast<T>(v); });
        a.are_exact = std::equal(a.values.begin(), a.values.end(), a.wanted.begin()); // none is a NaN
        for (std::size_t i = 0; i < x.size() && !a.are_exact; ++i) {
            const wide<T> value = a.values[i];
            if (value != value) {
                if (tests::is_nan(x[i]))
                    a.wanted[i] = x[i];
            } else if (a.wanted[i] != value) {
                const wide<T> slack = slack_at(t, x[i], value);
                if (has_slack(t, x[i], value) && static_cast<T>(value - slack) != static_cast<T>(value + slack)) {
                    real exact(64);
                    t.exactly(x[i], exact);
                    a.wanted[i] = rounded<T>(exact);
                }
                if (!a.judge_rounding)
                    continue;
                // where the values are not exact they may make it seem a little more than half
                const wide<T> e = error(a.wanted[i], value, a.wanted[i]);
                a.rounding.take(static_cast<double>(std::min(e, wide<T>(0.5))), x[i]);
            }
        }
        check_reference(x[(x.size() - 1) / 2], t, a.values[(x.size() - 1) / 2]);
    }

    static wide<T> error(T got, wide<T> value, T nearest) {
        const bool beyond = std::fabs(wide<T>(nearest)) >= std::fabs(value);
        return error_in<T>(ulps_in_one(nearest, beyond), got, value);
    }

    void check_reference(T x, const truth<T>& t, wide<T> value) {
        if (!has_slack(t, x, value))
            return;
        real exact(64);
        t.exactly(x, exact);
        real difference(64);
        mpfr_sub(difference, real(value), exact, MPFR_RNDA);
        if (t.crossing && t.crossing(x))
            mpfr_set_d(exact, static_cast<double>(t.slack), MPFR_RNDZ);
        else
            mpfr_mul_d(exact, exact, static_cast<double>(t.slack), MPFR_RNDZ);
        // What is as good as 0 in T may come from where `wide` has denormals.
        const bool tiny = std::fabs(value) < std::numeric_limits<T>::denorm_min() / wide<T>(4);
        wrong_references += mpfr_cmpabs(difference, exact) > 0 && !tiny;
    }

    /// Bit for bit; the error is that of rounding.
    void judge_bits(std::span<const T> x, const std::vector<T>& results, const kernel<T>& k, const answers& a,
                    finding<T>& found) {
        found.take(a.rounding.error, a.rounding.at);
        if (std::memcmp(results.data(), a.wanted.data(), x.size() * sizeof(T)) == 0)
            return;
        for (std::size_t i = 0; i < x.size(); ++i)
            if (!has_right_bits(k, x[i], results[i], a.wanted[i])) {
                ++found.not_correctly_rounded;
                found.take_wrong(x[i], results[i], a.wanted[i]);
            }
    }

    static bool has_right_bits(const kernel<T>& k, T x, T got, T wanted) {
        return tests::same_result(got, wanted, k.keeps_nan ? x : T(0)) || (k.any_zero && got == 0 && wanted == 0);
    }

    /// In two passes, so that where errors grow from one argument to the next MPFR sees the last of a block only.
    void judge_errors(std::span<const T> x, const std::vector<T>& results, const kernel<T>& k, const answers& a,
                      finding<T>& found) {
        // Correctly rounded in all: then no error is larger than half, or than 0 where nothing is rounded.
        if ((a.are_exact || (k.unit == 0 && found.error >= 0.5)) &&
            std::memcmp(results.data(), a.wanted.data(), x.size() * sizeof(T)) == 0)
            return;
        const truth<T>& t = subject_.truths[k.truth];
        const wide<T> margin = t.slack * std::ldexp(wide<T>(1), std::numeric_limits<T>::digits);
        const wide<T> units = k.unit > 0 ? ulps_in_one(k.unit, false) : wide<T>(0);
        errors_.assign(x.size(), 0);
        wide<T> largest = 0;
        for (std::size_t i = 0; i < x.size(); ++i) {
            const T got = results[i], wanted = a.wanted[i];
            const wide<T> value = a.values[i];
            if (!is_approximated(t, x[i]) || value != value) {
                if (!has_right_bits(k, x[i], got, wanted))
                    found.take_wrong(x[i], got, wanted);
                continue;
            }
            found.not_correctly_rounded += got != wanted;
            if (got == wanted && units == 0 && found.error >= 0.5)
                continue; // that of a correctly rounded result is not larger
            if ((k.or_nan && (tests::is_nan(got) || got == wanted)) ||
                (k.may_flush_denormals && got == 0 && std::fabs(value) < std::numeric_limits<T>::min()) ||
                (std::fabs(got - value) <= k.absolute && (!t.crossing || t.crossing(x[i]))))
                continue;
            const wide<T> e = units > 0 ? error_in<T>(units, got, value) : error(got, value, wanted);
            errors_[i] = e == e ? e : std::numeric_limits<wide<T>>::infinity();
            largest = std::max(largest, errors_[i]);
        }
        // Below 1/8 it is not the largest in the end.
        const double smallest_bound = k.bound_where_large > 0 ? k.bound_where_large : k.bound;
        const wide<T> interesting = std::max<wide<T>>(
            0.125, std::min<wide<T>>(smallest_bound, std::max<wide<T>>(found.error, largest)) - margin);
        if (largest < interesting)
            return;
        for (std::size_t i = 0; i < x.size(); ++i)
            if (errors_[i] >= interesting)
                take_exact_error(t, k, x[i], results[i], a.wanted[i], errors_[i], margin, found);
    }

    void take_exact_error(const truth<T>& t, const kernel<T>& k, T x, T got, T nearest, wide<T> approximate,
                          wide<T> margin, finding<T>& found) {
        real exact(64);
        t.exactly(x, exact);
        const double e = exact_error(got, exact, k.unit);
        wrong_references += std::isfinite(e) && std::fabs(approximate - e) > margin * std::max(wide<T>(e), wide<T>(1));
        found.take(e, x);
        double most = k.bound;
        if (k.bound_where_large > 0)
            most =
                std::min(most, std::max(k.bound_where_large, static_cast<double>(k.absolute / tests::ulp<T>(nearest))));
        if (!(e <= most))
            found.take_wrong(x, got, nearest);
    }
};

} // namespace exhaustive
