#pragma once

#include "../bits.hpp"
#include "../catch.hpp"
#include "../wanted.hpp"
#include "ways.hpp"

#include <initializer_list>
#include <string>
#include <vector>

/// Tables of arguments and the results they must have, in every way to evaluate and in every lane.
namespace tests {

template <class T>
struct output_row {
    T y;
    wanted<T> derivative;
};

template <class T>
struct case_of {
    T x;
    wanted<T> result;
};

/// The first result that is not as wanted, in words; nothing where all are.
template <class F, class T>
std::string first_difference(const F& f, const way<F, T>& way, typename tests::way<F, T>::unary evaluate,
                             std::vector<case_of<T>> cases) {
    // With an odd number of rows, one after the other as often as there are lanes, each comes into every lane.
    if (cases.size() % 2 == 0)
        cases.push_back(cases.front());
    std::vector<T> x;
    for (std::size_t lane = 0; lane < 64; ++lane)
        for (const case_of<T>& c : cases)
            x.push_back(c.x);
    std::vector<T> results(x.size());
    evaluate(f, x, results);
    for (std::size_t i = 0; i < x.size(); ++i)
        if (const wanted<T>& result = cases[i % cases.size()].result; !result.holds_for(results[i]))
            return way.name + " at " + show(x[i]) + " gives " + show(results[i]) + ", not " + result.text();
    return "";
}

template <class T, class F>
void check_table(const F& f, std::initializer_list<row<T>> rows) {
    std::vector<case_of<T>> forward, derivative;
    for (const row<T>& r : rows) {
        forward.push_back({r.x, r.f});
        derivative.push_back({r.x, r.derivative});
    }
    for (const way<F, T>& way : every_way<F, T>()) {
        CHECK(first_difference(f, way, way.forward, forward) == "");
        CHECK(first_difference(f, way, way.derivative, derivative) == "");
    }
}

template <class T, class F>
void check_output_table(const F& f, std::initializer_list<output_row<T>> rows) {
    std::vector<case_of<T>> cases;
    for (const output_row<T>& r : rows)
        cases.push_back({r.y, r.derivative});
    for (const way<F, T>& way : every_way<F, T>())
        if (way.derivative_from_output)
            CHECK(first_difference(f, way, way.derivative_from_output, cases) == "");
}

} // namespace tests
