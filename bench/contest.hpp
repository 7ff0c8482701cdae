#pragma once

/// All competitors of one cell, checked and timed in turns.

#include "stage.hpp"

#include <cmath>
#include <map>
#include <tuple>

namespace bench {

struct entry {
    const competitor* who;
    std::vector<double> seconds; // a call, one for each turn
    double ulp = 0;              // elu, sigmoid, tanh: the largest error
    bool wrong = false;          // computes something else

    double median() const {
        std::vector<double> sorted = seconds;
        std::nth_element(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2), sorted.end());
        return sorted[sorted.size() / 2];
    }
};

template <class T>
double ulp_of(double reference) {
    const int exponent = std::max(std::ilogb(reference), std::numeric_limits<T>::min_exponent - 1);
    return std::ldexp(1.0, exponent - std::numeric_limits<T>::digits + 1);
}

/// f(x), or f'(x), of a function that has e^x in it.
inline long double truth(fn f, op o, long double x) {
    const bool value = o == op::forward;
    const long double e = std::exp(-std::fabs(x));
    switch (f) {
    case fn::sigmoid:
        return value ? (x < 0 ? e : 1) / (1 + e) : e / ((1 + e) * (1 + e));
    case fn::tanh:
        return value ? std::tanh(x) : 1 / (std::cosh(x) * std::cosh(x));
    default: // elu
        return x > 0 ? (value ? x : 1) : value ? std::expm1(x) : e;
    }
}

/// The largest error of a competitor's elu, sigmoid or tanh in units in the last place: for normal values, and for
/// negative ones of all magnitudes for which neither x nor f'(x) is denormal.
template <class T>
double max_ulp(const competitor& who, const cell& like) {
    static std::map<std::tuple<std::string, fn, op>, double> known;
    if ((like.fn != fn::elu && like.fn != fn::sigmoid && like.fn != fn::tanh) ||
        (like.op != op::forward && like.op != op::derivative && like.op != op::backward) ||
        (who.role != role::ours && who.role != role::peer))
        return 0;
    const auto [place, unknown] = known.try_emplace({who.name, like.fn, like.op});
    if (!unknown)
        return place->second;

    stage<T> s(cell{like.fn, like.op, false, 1, 1, 60'000});
    std::vector<T> x(s.x(), s.x() + s.elements()), ones(s.elements(), T(1));
    const double largest = std::log((sizeof(T) == 4 ? 87.0 : 700.0) / (like.fn == fn::tanh ? 2 : 1)),
                 smallest = std::log(sizeof(T) == 4 ? 1e-30 : 1e-200);
    for (std::size_t i = 0; i < x.size(); i += 2)
        x[i] = static_cast<T>(-std::exp(smallest + (largest - smallest) * double(i) / double(x.size())));
    s.put(x, ones);
    s.pass(who.offer<T>(cell{like.fn, like.op, false, 1, 1, 60'000}));
    for (std::size_t i = 0; i < x.size(); ++i) {
        const long double reference = truth(like.fn, like.op, x[i]);
        const long double error = std::fabs(static_cast<long double>(s.out()[i]) - reference);
        place->second = std::max(place->second, double(error) / ulp_of<T>(double(reference)));
    }
    return place->second;
}

/// Whether what the stage holds is what simdact left there, but for rounding: exp(x) - 1 passes for elu.
template <class T>
bool agrees(const cell& c, const stage<T>& s, const std::vector<T>& out, const std::vector<T>& dslopes,
            const std::vector<std::uint8_t>& mask) {
    const double relative = sizeof(T) == 4 ? 1e-4 : 1e-10, absolute = relative / 10;
    for (std::size_t i = 0; i < out.size(); ++i)
        if (!(std::abs(double(s.out()[i]) - double(out[i])) <= absolute + relative * std::abs(double(out[i]))))
            return false;
    // A sum of many products may be far smaller than they are, and some peers add them one by one.
    const double share = 0.01 * std::sqrt(double(c.outer * c.inner)) + 1e-9 * double(c.outer * c.inner);
    for (std::size_t i = 0; c.fn == fn::prelu && c.has_dy() && i < dslopes.size(); ++i)
        if (!(std::abs(double(s.dslopes()[i]) - double(dslopes[i])) <= share))
            return false;
    return s.mask() == mask;
}

/// Checks the competitors of a cell, then lets them take turns in an order shuffled anew each round. `kernels` are
/// those of the entries; the first is simdact. Who is five times slower has three turns; with large arrays one, which
/// is the check.
template <class T>
void compete(const cell& c, const std::vector<kernel<T>>& kernels, std::vector<entry>& entries, std::size_t rounds) {
    for (entry& e : entries)
        e.ulp = max_ulp<T>(*e.who, c);

    stage<T> s(c);
    const double ours = s.once(kernels[0]);
    const std::size_t compared = std::min<std::size_t>(c.size(), 1 << 20);
    const std::vector<T> out(s.out(), s.out() + compared), dslopes = s.dslopes();
    const std::vector<std::uint8_t> mask = s.mask();
    for (std::size_t k = 1; k < kernels.size(); ++k) {
        const double seconds = s.once(kernels[k]);
        if (entries[k].who->role == role::peer && !agrees(c, s, out, dslopes, mask))
            entries[k].wrong = true;
        else if (c.size() > compared && seconds > 5 * ours)
            entries[k].seconds.push_back(seconds);
    }

    std::mt19937 generator(2);
    std::vector<std::size_t> order;
    for (std::size_t k = 0; k < kernels.size(); ++k)
        if (!entries[k].wrong && entries[k].seconds.empty())
            order.push_back(k);
    for (std::size_t round = 0; round < rounds; ++round) {
        std::shuffle(order.begin(), order.end(), generator);
        for (const std::size_t k : order)
            entries[k].seconds.push_back(s.turn(kernels[k]));
        if (round == 2)
            std::erase_if(order, [&](std::size_t k) { return entries[k].median() > 5 * entries[0].median(); });
    }
}

} // namespace bench
