#pragma once

/// All competitors of one cell, checked and timed in turns.

#include "../tests/description.hpp"
#include "mathematics.hpp"
#include "stage.hpp"

#include <cmath>
#include <map>
#include <tuple>

namespace bench {

struct entry {
    const competitor* who;
    std::vector<double> seconds; // a call, one for each turn
    double ulp = 0;              // the largest error, of a function that is not exact
    bool wrong = false;          // computes something else

    double median() const {
        std::vector<double> sorted = seconds;
        std::nth_element(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2), sorted.end());
        return sorted[sorted.size() / 2];
    }
};

/// What a cell's competitors are compared with: f and f' as numbers of x.
struct reference {
    std::function<long double(long double)> f, derivative;
    bool exact = false; // what the cell computes is correctly rounded
};

template <class T>
reference reference_of(const cell& c, T slope) {
    reference found;
    mathematics::for_each([&]<class F>(std::type_identity<F>) {
        if (c.fn == F::name)
            found = {F::truth, F::derivative_of_truth};
    });
    if (found.f)
        return found;
    const tests::description& truth = tests::description_of(c.fn);
    std::vector<T> parameters;
    for (std::size_t i = 0; i < truth.parameters.size(); ++i)
        parameters.push_back(static_cast<T>(c.parameters[i]));
    if (truth.constants.empty())
        parameters.push_back(slope); // read only where there is one
    for (const double value : truth.constants)
        parameters.push_back(static_cast<T>(value));
    const std::vector<long double> wide(parameters.begin(), parameters.end());
    const tests::bounds bounds = truth.of<T>().bound(parameters.data());
    return {[&truth, wide](long double x) { return truth.truth.f(x, wide.data()); },
            [&truth, wide](long double x) { return truth.truth.derivative(x, wide.data()); },
            (c.op == op::forward ? bounds.f : bounds.derivative) <= 0.5};
}

/// The largest error of a competitor in units in the last place, for a function that is not exact by its description in
/// the tests: for normal values, and for negative ones of all magnitudes for which neither x nor f'(x) is denormal.
template <class T>
double max_ulp(const competitor& who, const cell& like) {
    static std::map<std::tuple<std::string, std::string_view, op>, double> known;
    if ((like.op != op::forward && like.op != op::derivative && like.op != op::backward) ||
        (who.role != role::ours && who.role != role::peer))
        return 0;
    const auto [place, unknown] = known.try_emplace({who.name, like.fn, like.op});
    if (!unknown)
        return place->second;

    cell c = like;
    c.in_place = false;
    c.outer = c.channels = 1;
    c.inner = 60'000;
    stage<T> s(c);
    const reference truth = reference_of<T>(c, s.slopes()[0]);
    if (truth.exact)
        return 0;

    std::vector<T> x(s.x(), s.x() + s.elements()), ones(s.elements(), T(1));
    const double largest = std::log(sizeof(T) == 4 ? 87.0 : 700.0),
                 smallest = std::log(sizeof(T) == 4 ? 1e-30 : 1e-200);
    for (std::size_t i = 0; i < x.size(); i += 2)
        x[i] = static_cast<T>(-std::exp(smallest + (largest - smallest) * double(i) / double(x.size())));
    s.put(x, ones);
    s.pass(who.offer<T>(c));
    for (std::size_t i = 0; i < x.size(); ++i) {
        const long double slope = truth.derivative(x[i]);
        if (std::fabs(slope) < std::numeric_limits<T>::min())
            continue;
        place->second =
            std::max(place->second, double(tests::ulp_error(s.out()[i], c.op == op::forward ? truth.f(x[i]) : slope)));
    }
    return place->second;
}

/// Whether what the stage holds is what simdact left there, but for rounding: exp(x) - 1 passes for elu.
template <class T>
bool agrees(const competitor& who, const cell& c, const stage<T>& s, const std::vector<T>& out,
            const std::vector<T>& dslopes, const std::vector<std::uint8_t>& mask) {
    const double relative = sizeof(T) == 4 ? who.within : who.within * 1e-6, absolute = relative / 10;
    for (std::size_t i = 0; i < out.size(); ++i)
        if (!(std::abs(double(s.out()[i]) - double(out[i])) <= absolute + relative * std::abs(double(out[i]))))
            return false;
    // A sum of many products may be far smaller than they are, and some peers add them one by one.
    const double share = 0.01 * std::sqrt(double(c.outer * c.inner)) + 1e-9 * double(c.outer * c.inner);
    for (std::size_t i = 0; c.channelwise && c.has_dy() && i < dslopes.size(); ++i)
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
        if (entries[k].who->role == role::peer && !agrees(*entries[k].who, c, s, out, dslopes, mask))
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
