#pragma once

#include "bits.hpp"
#include "ulp.hpp"

#include <charconv>
#include <string>

namespace tests {

/// In as few digits as tell it from others.
template <class T>
std::string shortest(T x) {
    char text[40];
    return {text, std::to_chars(text, text + sizeof text, x).ptr};
}

/// A wanted result: certain bits, a NaN of any kind, a zero of either sign, or a value within so many ULP.
template <class T>
class wanted {
    enum class rule { bits, any_nan, nan_or_bits, any_zero, within };
    rule rule_ = rule::bits;
    T value_{};
    long double truth_ = 0;
    double ulps_ = 0;

public:
    wanted(T value) : value_(value) {}
    static wanted any_nan() { return {rule::any_nan, 0, 0}; }
    static wanted nan_or(T value) {
        wanted result(value);
        result.rule_ = rule::nan_or_bits;
        return result;
    }
    static wanted any_zero() { return {rule::any_zero, 0, 0}; }
    static wanted within(double ulps, long double truth) { return {rule::within, truth, ulps}; }

    bool holds_for(T got) const {
        switch (rule_) {
        case rule::any_nan:
            return is_nan(got);
        case rule::nan_or_bits:
            return is_nan(got) || same_bits(got, value_);
        case rule::any_zero:
            return got == 0;
        case rule::within:
            return ulp_error(got, truth_) <= ulps_ + reference_error<T>;
        default:
            return same_bits(got, value_);
        }
    }

    /// In a table.
    std::string short_text() const {
        return rule_ == rule::any_nan       ? "NaN"
               : rule_ == rule::nan_or_bits ? shortest(value_) + " or NaN"
               : rule_ == rule::within      ? shortest(static_cast<T>(truth_))
                                            : shortest(value_);
    }

    std::string text() const {
        switch (rule_) {
        case rule::any_nan:
            return "a NaN";
        case rule::nan_or_bits:
            return "a NaN or " + show(value_);
        case rule::any_zero:
            return "a zero";
        case rule::within:
            return show(static_cast<T>(truth_)) + " within " + std::to_string(ulps_) + " ULP";
        default:
            return show(value_);
        }
    }

private:
    wanted(rule r, long double truth, double ulps) : rule_(r), truth_(truth), ulps_(ulps) {}
};

template <class T>
struct row {
    T x;
    wanted<T> f;
    wanted<T> derivative;
};

} // namespace tests
