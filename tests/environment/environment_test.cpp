#include "../batches.hpp"
#include "../bits.hpp"
#include "../catch.hpp"
#include "../denormals_as_zero.hpp"
#include "../description.hpp"
#include "../every_kernel.hpp"
#include "../functions/ways.hpp"
#include "../inputs.hpp"
#include "../masks.hpp"

#include <algorithm>
#include <cfenv>
#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

using namespace tests;
using simdact::channel_shape;
using simdact::elu;

namespace {

constexpr channel_shape shape{.outer = 2, .channels = 7, .inner = 229};

/// Finite arguments and what a kernel makes of them.
template <class T>
struct problem {
    double parameter;
    std::vector<T> x, dy, slopes, out, dslopes;
    std::vector<std::uint8_t> mask;

    problem(double parameter_, std::vector<T> x_, std::vector<T> dy_)
        : parameter(parameter_), x(std::move(x_)), dy(std::move(dy_)), slopes(ordinary_values<T>(shape.channels, 102)),
          out(x.size()), dslopes(shape.channels), mask(mask_of<T>(x)) {}

    void solve(const kernel<T>& k) {
        std::ranges::fill(dslopes, T(0));
        k.run({parameter, shape, x, dy, slopes, out, dslopes, mask});
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

/// Outputs are not beyond their range.
template <class T>
std::vector<T> moderate_values(const kernel<T>& k) {
    std::vector<T> x = moderate_values<T>();
    if (description_of(k.function).facts.highest == 1 && std::string_view(k.name) == "backward_from_output")
        for (T& v : x)
            v /= 1000;
    return x;
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
bool is_approximated(const kernel<T>& k, double parameter) {
    const T p = static_cast<T>(parameter);
    return description_of(k.function).template of<T>().bound(&p).f > 0.5;
}

/// How far a result may be from the one of rounding to nearest: where it is approximated 1e-4 of the parameter, or of 1
/// (times dy), else some steps, since the parameter is rounded in the other mode as well.
template <class T>
long double tolerance_of_other_modes(const kernel<T>& k, const problem<T>& p, std::size_t i, T nearest) {
    constexpr long double eps = std::numeric_limits<T>::epsilon(), least = denormal<T>;
    const long double steps = 4 * (std::fabs(static_cast<long double>(nearest)) * eps + least);
    const description& d = description_of(k.function);
    if (!is_approximated(k, p.parameter) || (d.facts.keeps_x_above_zero && p.x[i] > 0))
        return steps;
    const long double dy = k.uses.dy ? std::fabs(static_cast<long double>(p.dy[i])) : 1;
    const T alpha = d.parameters.empty() ? T(1) : static_cast<T>(p.parameter);
    return 1e-4L * std::fabs(static_cast<long double>(alpha)) * dy + steps;
}

} // namespace

TEMPLATE_TEST_CASE("environment: in every rounding mode results are finite and close to those of rounding to nearest",
                   "[environment]", float, double) {
    using T = TestType;
    for (const double parameter : {1.0, 0.01, 0.7, 1.67, 1e-30, 1e30, 3.4e38, 0.0, -0.7, -1e30})
        for (const kernel<T>& k : every_kernel<T>()) {
            const bool exponential = is_approximated(k, parameter);
            if (std::fabs(parameter) > 1e20 && (!exponential || k.uses.dy))
                continue; // the products overflow
            if (parameter < 0 && k.uses.limited_parameter)
                continue; // refused
            std::vector<T> x = moderate_values(k);
            if (exponential && !k.uses.dy) {
                using limits = std::numeric_limits<T>;
                x[100] = -infinity<T>;
                x[200] = limits::lowest();
                x[300] = limits::max();
            }
            problem<T> nearest(parameter, x, ordinary_values<T>(shape.size(), 103));
            nearest.solve(k);
            for (const int mode : {FE_DOWNWARD, FE_UPWARD, FE_TOWARDZERO}) {
                problem<T> p = nearest;
                std::vector<T> scalars(p.out.size());
                {
                    const rounding other(mode);
                    p.solve(k);
                    for (std::size_t i = 0; i < scalars.size(); ++i)
                        scalars[i] = k.scalar_at({parameter, shape, p.x, p.dy, p.slopes, {}, {}, {}}, i);
                }
                std::string difference;
                std::vector<T> sizes(shape.channels);
                for (std::size_t i = 0; i < p.out.size(); ++i) {
                    for (const T got : {p.out[i], scalars[i]}) {
                        const long double error = std::fabs(static_cast<long double>(got) - nearest.out[i]);
                        if (!(error <= tolerance_of_other_modes(k, p, i, nearest.out[i])))
                            difference =
                                "x = " + show(p.x[i]) + " gives " + show(got) + ", not " + show(nearest.out[i]);
                    }
                    sizes[i / shape.inner % shape.channels] += std::fabs(p.x[i] * p.dy[i]);
                }
                for (std::size_t c = 0; c < shape.channels; ++c)
                    if (!(std::fabs(p.dslopes[c] - nearest.dslopes[c]) <= T(1e-6) * sizes[c]))
                        difference = "dslopes";
                INFO(k.text() << ", parameter " << parameter << ", mode " << mode);
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
    for (const double parameter : {1.0, 0.01, 1.67, 1e-42, 1e30})
        for (const kernel<T>& k : every_kernel<T>()) {
            const std::vector<T> x = moderate_values(k);
            std::vector<T> without_denormals = x;
            for (T& v : without_denormals)
                v = std::fabs(v) < least ? std::copysign(T(0), v) : v;
            // f' at a positive denormal is 1, or that at 0.
            problem<T> as_itself(parameter, x, dy), as_zero(parameter, without_denormals, dy);
            as_itself.solve(k);
            as_zero.solve(k);
            const T allowed = 8192 * least * static_cast<T>(std::max(parameter, 1.0)); // dy and slopes are up to 1024
            for (const unsigned where : {denormals_as_zero::arguments, denormals_as_zero::results,
                                         denormals_as_zero::arguments | denormals_as_zero::results}) {
                problem<T> p(parameter, x, dy);
                {
                    const denormals_as_zero mode(where);
                    p.solve(k);
                }
                std::string difference;
                for (std::size_t i = 0; i < p.out.size(); ++i)
                    if (!(std::fabs(p.out[i] - as_itself.out[i]) <= allowed) &&
                        !(std::fabs(p.out[i] - as_zero.out[i]) <= allowed))
                        difference = "x = " + show(p.x[i]) + ", dy = " + show(p.dy[i]) + " gives " + show(p.out[i]);
                for (std::size_t c = 0; c < shape.channels; ++c)
                    if (!(std::fabs(p.dslopes[c] - as_itself.dslopes[c]) <= std::fabs(as_itself.dslopes[c]) / 1000))
                        difference = "dslopes";
                INFO(k.text() << ", parameter " << parameter << ", mode " << where);
                CHECK(difference == "");
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

TEMPLATE_TEST_CASE(
    "environment: elu's f, f' and backward raise no flag of overflow or invalid operations where x is a number",
    "[environment]", float, double) {
    using T = TestType;
    std::vector<T> x = negative_values<T>(4000, sizeof(T) == 4 ? T(-110) : T(-760));
    append_log_spaced(x, T(0), std::numeric_limits<T>::max(), 500);
    for (const T v : {infinity<T>, -infinity<T>, T(-0.0)})
        for (std::size_t i = 0; i < width<T> + 1; ++i)
            x.push_back(v);
    // Where f' is not 1 their product must not overflow by itself.
    std::vector<T> dy, out(x.size());
    append_evenly_spaced<T>(dy, T(-1), T(1), x.size());
    for (std::size_t i = 0; i < x.size(); ++i)
        if (x[i] > 0)
            dy[i] = i % 3 == 0 ? std::numeric_limits<T>::max() : i % 3 == 1 ? -infinity<T> : T(0);
    const std::vector<way<elu, T>> ways = {calls_on<T, elu, T>("scalar", true),
                                           calls_on<simdact::simd::batch<T>, elu, T>("batch", true),
                                           way<elu, T>{.name = "kernel",
                                                       .same_as_scalar = true,
                                                       .forward = &kernels_for<elu, T>::forward,
                                                       .derivative = &kernels_for<elu, T>::derivative,
                                                       .backward = &kernels_for<elu, T>::backward}};
    using limits = std::numeric_limits<T>;
    for (const T alpha : {T(1), T(0.01), T(0.7), T(1.67), T(-0.7), T(0), denormal<T>, limits::min(), T(1e30),
                          limits::max(), limits::lowest()})
        for (const way<elu, T>& way : ways) {
            const elu f{.alpha = static_cast<double>(alpha)};
            INFO(way.name << " with alpha " << show(alpha));
            CHECK(flags_of([&] { way.forward(f, x, out); }) == 0);
            CHECK(flags_of([&] { way.derivative(f, x, out); }) == 0);
            CHECK(flags_of([&] { way.backward(f, x, dy, out); }) == 0);
        }
}
