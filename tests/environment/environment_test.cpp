#include "../bits.hpp"
#include "../catch.hpp"
#include "../definition.hpp"
#include "../denormals_as_zero.hpp"
#include "../inputs.hpp"

#include <algorithm>
#include <array>
#include <cfenv>
#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

using namespace tests;

namespace {

constexpr call_shape shape{.outer = 2, .channels = 7, .inner = 229};

/// Finite arguments and what a kernel makes of them.
template <class T>
struct problem {
    parameter_set parameters;
    std::vector<T> x, dy, slopes, out, dslopes;
    std::vector<std::uint8_t> mask;

    problem(parameter_set parameters_, std::vector<T> x_, std::vector<T> dy_)
        : parameters(std::move(parameters_)), x(std::move(x_)), dy(std::move(dy_)),
          slopes(ordinary_values<T>(shape.channels, 102)), out(x.size()), dslopes(shape.channels),
          mask((x.size() + 7) / 8) {}

    void solve(const kernel<T>& k) {
        std::ranges::fill(dslopes, T(0));
        mask = mask_of<T>(k, parameters.data(), x);
        k.run({parameters.data(), shape, x, dy, slopes, out, dslopes, mask});
    }
};

/// Within [-1000, 1000], so that sums and products are finite.
template <class T>
std::vector<T> moderate_values() {
    std::vector<T> x = negative_values<T>(shape.size() - 600, sizeof(T) == 4 ? T(-110) : T(-760));
    append_log_spaced(x, denormal<T>, T(1000), 600);
    x.resize(shape.size());
    for (T& v : x)
        v = std::max(v, T(-1000));
    return x;
}

template <class T>
std::vector<T> moderate_values(const kernel<T>& k, const parameter_set& p) {
    return arguments_for(k, rounded_parameters<T>(p), moderate_values<T>());
}

/// Gives the rounding mode back.
class rounding {
    int before_ = std::fegetround();

public:
    explicit rounding(int mode) { std::fesetround(mode); }
    ~rounding() { std::fesetround(before_); }
    rounding(const rounding&) = delete;
    rounding& operator=(const rounding&) = delete;
};

/// Whether it is approximated, and not computed in a step or two.
template <class T>
bool is_approximated(const kernel<T>& k, const parameter_set& p) {
    return description_of(k.function).template of<T>().bound(rounded_parameters<T>(p).as_T.data()).f > 0.5;
}

/// The largest of the parameters, or 1 where there is none.
double size_of(const parameter_set& parameters) {
    double size = parameters.empty() ? 1 : 0;
    for (const double p : parameters)
        size = std::max(size, std::fabs(p));
    return size;
}

/// As they may be rounded where denormals are taken for zero.
template <class T>
parameter_set zeros_for_denormals(parameter_set parameters) {
    for (double& p : parameters)
        p = std::fabs(static_cast<T>(p)) < std::numeric_limits<T>::min() ? std::copysign(0.0, p) : p;
    return parameters;
}

/// Whether f' jumps near x as f is rounded there.
template <class T>
bool jumps_near(const description& d, const rounded_parameters<T>& p, T x) {
    const auto f = d.of<T>().rounded_derivative;
    const T step = T(1e-5) * std::max(std::fabs(x), T(1));
    return f && f(x - step, p.as_T.data()) != f(x + step, p.as_T.data());
}

/// How far a result may be from the one of rounding to nearest: where it is approximated 1e-4 of the parameter, or of
/// 1, or of the unit of f' if that is more (times dy), or of itself, else some steps, since the parameter is rounded in
/// the other mode as well.
template <class T>
long double tolerance_of_other_modes(const kernel<T>& k, const problem<T>& p, std::size_t i, T nearest) {
    constexpr long double eps = std::numeric_limits<T>::epsilon(), least = denormal<T>;
    const description& d = description_of(k.function);
    const rounded_parameters<T> as_T(p.parameters);
    // A sum that is rounded once may be small beside what it is of.
    const described_for<T>& of_T = d.of<T>();
    const bool sum = of_T.is_straight(p.x[i], as_T.as_T.data()) && of_T.bound(as_T.as_T.data()).f > 0;
    long double size = std::max(std::fabs(nearest), sum ? std::fabs(p.x[i]) : T(0));
    if (of_T.rounded_derivative)
        size = std::max<long double>(size, 1 + size_of(p.parameters));
    if (!k.name.starts_with("forward") && k.name != "backward_from_output" && jumps_near(d, as_T, p.x[i]))
        return std::numeric_limits<T>::max();
    const long double steps = 4 * (size * eps + least);
    if (!is_approximated(k, p.parameters) || (d.facts.keeps_x_above_zero && p.x[i] > 0))
        return steps;
    const long double dy = k.uses.dy ? std::fabs(static_cast<long double>(p.dy[i])) : 1;
    const double unit = d.of<T>().bound(rounded_parameters<T>(p.parameters).as_T.data()).unit;
    const double one = d.has_both_signs() ? 1 : 0; // what parameters scale is x there
    const long double usual = static_cast<T>(std::max({size_of(p.parameters), std::fabs(unit), one}));
    return 1e-4L * static_cast<long double>(d.in_other_modes) * std::max<long double>(usual * dy, std::fabs(nearest)) +
           steps;
}

/// Whether the kernel takes them, and, where `most` is what they may be at most, its sums and products are finite.
template <class T>
bool takes(const kernel<T>& k, const parameter_set& parameters, double most) {
    const described_for<T>& d = description_of(k.function).template of<T>();
    const rounded_parameters<T> p(parameters);
    return p.all_finite() && d.valid(p.as_T.data()) &&
           (k.name != "backward_from_output" || d.output_tells(p.as_T.data())) &&
           (size_of(parameters) <= most || (is_approximated(k, parameters) && !k.uses.dy));
}

} // namespace

TEMPLATE_TEST_CASE("environment: in every rounding mode results are finite and close to those of rounding to nearest",
                   "[environment]", float, double) {
    using T = TestType;
    for (const kernel<T>& k : every_kernel<T>())
        for (const parameter_set& parameters : own_parameters_of(k.function)) {
            // A denormal is another number when it is rounded in another mode, and what is nearly infinite infinite.
            const bool keeps =
                std::ranges::all_of(parameters, [](double p) { return p == 0 || std::isnormal(static_cast<T>(p)); });
            if (!takes(k, parameters, 1e20) || !keeps || size_of(parameters) > 3.4e38)
                continue;
            const bool exponential = is_approximated(k, parameters);
            std::vector<T> x = moderate_values(k, parameters);
            if (exponential && !k.uses.dy) {
                using limits = std::numeric_limits<T>;
                x[100] = -infinity<T>;
                x[200] = limits::lowest();
                x[300] = limits::max();
            }
            problem<T> nearest(parameters, x, ordinary_values<T>(shape.size(), 103));
            nearest.solve(k);
            for (const int mode : {FE_DOWNWARD, FE_UPWARD, FE_TOWARDZERO}) {
                problem<T> p = nearest;
                std::vector<T> scalars(p.out.size());
                {
                    const rounding other(mode);
                    p.solve(k);
                    for (std::size_t i = 0; i < scalars.size(); ++i)
                        scalars[i] = k.scalar_at({parameters.data(), shape, p.x, p.dy, p.slopes, {}, {}, {}}, i);
                }
                std::string difference;
                std::vector<T> sizes(shape.channels);
                for (std::size_t i = 0; i < p.out.size(); ++i) {
                    for (const T got : {p.out[i], scalars[i]}) {
                        // What overflows may stop at the largest number, and the other way round.
                        const T to = nearest.out[i];
                        if (std::min(std::fabs(got), std::fabs(to)) >= std::numeric_limits<T>::max() &&
                            std::signbit(got) == std::signbit(to))
                            continue;
                        const long double error = std::fabs(static_cast<long double>(got) - to);
                        if (!(error <= tolerance_of_other_modes(k, p, i, nearest.out[i])))
                            difference =
                                "x = " + show(p.x[i]) + " gives " + show(got) + ", not " + show(nearest.out[i]);
                    }
                    sizes[i / shape.inner % shape.channels] += std::fabs(p.x[i] * p.dy[i]);
                }
                for (std::size_t c = 0; c < shape.channels; ++c)
                    if (!(std::fabs(p.dslopes[c] - nearest.dslopes[c]) <= T(1e-6) * sizes[c]))
                        difference = "dslopes";
                INFO(k.text() << text_of(parameters) << ", mode " << mode);
                CHECK(difference == "");
            }
        }
}

TEMPLATE_TEST_CASE("environment: denormals taken for zero make no NaN and change no more than a denormal may",
                   "[environment]", float, double) {
    using T = TestType;
    constexpr T least = std::numeric_limits<T>::min();
    std::vector<T> dy = ordinary_values<T>(shape.size(), 104);
    for (std::size_t i = 0; i < dy.size(); i += 5)
        dy[i] = std::copysign(least / 3, dy[i]);
    for (const kernel<T>& k : every_kernel<T>())
        for (const parameter_set& parameters : own_parameters_of(k.function)) {
            if (!takes(k, parameters, 1e31))
                continue;
            const std::vector<T> x = moderate_values(k, parameters);
            std::vector<T> without_denormals = x;
            for (T& v : without_denormals)
                v = std::fabs(v) < least ? std::copysign(T(0), v) : v;
            // f' at a positive denormal is 1, or that at 0.
            problem<T> as_itself(parameters, x, dy), as_zero(parameters, without_denormals, dy),
                for_zeros(zeros_for_denormals<T>(parameters), without_denormals, dy),
                as_result(for_zeros.parameters, x, dy);
            as_itself.solve(k);
            as_zero.solve(k);
            if (takes(k, for_zeros.parameters, 1e31)) {
                for_zeros.solve(k);
                as_result.solve(k);
            }
            const T allowed =
                8192 * least * static_cast<T>(std::max(size_of(parameters), 1.0)); // dy and slopes are up to 1024
            for (const unsigned where : {denormals_as_zero::arguments, denormals_as_zero::results,
                                         denormals_as_zero::arguments | denormals_as_zero::results}) {
                problem<T> p(parameters, x, dy);
                {
                    const denormals_as_zero mode(where);
                    p.solve(k);
                }
                std::string difference;
                for (std::size_t i = 0; i < p.out.size(); ++i)
                    // A denormal dy may be a zero, which times infinity is NaN.
                    if (!(std::fabs(dy[i]) < least && (p.out[i] == 0 || std::isinf(as_itself.out[i]))) &&
                        std::ranges::none_of(std::array{&as_itself, &as_zero, &for_zeros, &as_result},
                                             [&](const problem<T>* other) {
                                                 const T to = other->out[i];
                                                 return p.out[i] == to || std::fabs(p.out[i] - to) <= allowed;
                                             }))
                        difference = "x = " + show(p.x[i]) + ", dy = " + show(p.dy[i]) + " gives " + show(p.out[i]);
                for (std::size_t c = 0; c < shape.channels; ++c)
                    if (!(std::fabs(p.dslopes[c] - as_itself.dslopes[c]) <= std::fabs(as_itself.dslopes[c]) / 1000))
                        difference = "dslopes";
                INFO(k.text() << text_of(parameters) << ", mode " << where);
                CHECK(difference == "");
            }
        }
}

TEMPLATE_TEST_CASE("environment: where denormals are taken for zero, x comes back as it is or as its sign's zero",
                   "[environment]", float, double) {
    if (!denormals_as_zero::available)
        return;
    using T = TestType;
    const T largest = std::nextafter(std::numeric_limits<T>::min(), T(0));
    const std::vector<T> denormals = {denormal<T>, -denormal<T>, largest, -largest, largest / 3, -largest / 3};
    std::vector<T> x, y(6 * 65);
    while (x.size() < y.size())
        x.insert(x.end(), denormals.begin(), denormals.end());
    const std::vector<T> ones(x.size(), T(1));
    for (const function_under_test* f : under_test.functions) {
        const facts& known = description_of(f->name).facts;
        if (!known.keeps_x_above_zero)
            continue;
        for (const parameter_set& p : description_of(f->name).usual)
            for (const way_to_call<T>& way : f->ways<T>()) {
                if (way.name == "constant expressions")
                    continue; // the compiler takes none for zero
                INFO(f->name << text_of(p) << " by " << way.name);
                const auto all_kept = [&](bool zeros_too) {
                    for (std::size_t i = 0; i < x.size(); ++i)
                        if ((!same_bits(y[i], x[i]) && !(zeros_too && same_bits(y[i], std::copysign(T(0), x[i])))) ||
                            !same_bits(y[i], y[i % denormals.size()])) // wherever it lies
                            return false;
                    return true;
                };
                {
                    const denormals_as_zero mode;
                    way.f(p.data(), x, y);
                }
                // They are not less than zero then. Compilers may make a maximum of a scalar, which gives a zero.
                CHECK(all_kept(way.is_scalar || known.by_maximum));
                if (!way.backward)
                    continue;
                {
                    const denormals_as_zero mode;
                    way.backward(p.data(), ones, x, y);
                }
                CHECK(all_kept(false));
            }
    }
}

namespace {

/// The flags of overflow, division by zero and invalid operations that a call raises.
template <class Call>
int flags_of(const Call& call) {
    constexpr int flags = FE_INVALID | FE_OVERFLOW | FE_DIVBYZERO;
    std::feclearexcept(FE_ALL_EXCEPT);
    call();
    return std::fetestexcept(flags);
}

} // namespace

TEMPLATE_TEST_CASE("environment: where it is promised, f, f' and dx raise no flag of overflow or invalid operations",
                   "[environment]", float, double) {
    using T = TestType;
    std::vector<T> x = negative_values<T>(4000, sizeof(T) == 4 ? T(-110) : T(-760));
    append_log_spaced(x, T(0), std::numeric_limits<T>::max(), 500);
    for (const T v : {infinity<T>, -infinity<T>, T(-0.0)})
        for (std::size_t i = 0; i < under_test.width<T>() + 1; ++i)
            x.push_back(v);
    // Where f' is not 1 their product must not overflow by itself.
    std::vector<T> dy, out(x.size());
    append_evenly_spaced<T>(dy, T(-1), T(1), x.size());
    for (std::size_t i = 0; i < x.size(); ++i)
        if (x[i] > 0)
            dy[i] = i % 3 == 0 ? std::numeric_limits<T>::max() : i % 3 == 1 ? -infinity<T> : T(0);
    for (const function_under_test* f : under_test.functions) {
        if (!description_of(f->name).facts.raises_no_flags)
            continue;
        for (const parameter_set& p : parameters_of(f->name))
            for (const way_to_call<T>& way : f->ways<T>()) {
                if (!rounded_parameters<T>(p).all_finite())
                    continue;
                INFO(f->name << text_of(p) << " by " << way.name);
                CHECK(flags_of([&] { way.f(p.data(), x, out); }) == 0);
                if (way.derivative)
                    CHECK(flags_of([&] { way.derivative(p.data(), x, out); }) == 0);
                if (way.backward)
                    CHECK(flags_of([&] { way.backward(p.data(), x, dy, out); }) == 0);
            }
    }
}
