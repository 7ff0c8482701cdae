#include "gate.hpp"

namespace tests {
namespace {

struct swish : describes_gate {
    static constexpr const char* name = "swish";
    template <class T>
    static constexpr T deepest = sizeof(T) == 4 ? T(-420) : T(-2600); // where f ends with the smallest usual beta
    static constexpr readme_text readme = {
        .f = "x / (1 + e^(-b x))", .derivative = "s(b x) (1 + b x s(-b x))", .source = "Ramachandran, Zoph, Le 2017"};
    static std::vector<stated_parameter> parameters() { return {{"beta", 1.0, "b"}}; }
    static std::vector<std::string> elsewhere() { return {"onnx Swish(alpha 1)"}; }
    static std::vector<parameter_set> usual() { return {{1.0}, {0.3}, {0.5}, {1.702}, {2.7}, {-1.5}}; }
    static std::vector<parameter_set> edge() {
        return {{0x1p-20}, {0x1p20}, {-0x1p20}, {0.01}, {100}, {-1e10}, {1e38}, {0.0}};
    }
    // below the range of the bounds, down to denormals and what rounds to 0
    static std::vector<parameter_set> special() { return {{-0.0}, {1e-10}, {0x1p-149}, {-1e-39}}; }
    static std::vector<parameter_set> refused() { return {{infinity<double>}, {-infinity<double>}, {not_a_number}}; }
    template <class T>
    static bool valid(const T* p) {
        return std::isfinite(p[0]);
    }

    template <class T>
    static bounds bound(const T* p) {
        if (p[0] != 0 && std::fabs(p[0]) < T(0x1p-20)) // only what the table below says
            return {.f = infinity<double>, .derivative = infinity<double>, .steps = 4};
        return describes_gate::bound(p);
    }
    template <class T>
    static std::vector<T> hardest() {
        return {T(-0x1.66e2f2p+0), T(-0x1.03515p+4), T(0x1.67b5e6p+0)};
    }
    template <class T>
    static std::vector<T> breakpoints() {
        return breakpoints_of_gate(T(1));
    }

    /// With any finite beta: at the ends f and f' are the limits, elsewhere f is off by 2^-22 |x|, f' by 2^-22.
    template <class T>
    static std::vector<row<T>> values(const T* p) {
        const T b = p[0], size = std::fabs(b), max = std::numeric_limits<T>::max();
        const double loose = sizeof(T) == 4 ? 0x1p-22 : 0x1p-51;
        const bool usual = b == 0 || size >= T(0x1p-20);
        const within_bounds<swish, T> within{p};
        const long double wide[] = {b};
        const auto f_at = [&](T x) {
            const long double truth = f(static_cast<long double>(x), wide);
            return usual ? within.f(x) : wanted<T>::within(0.5 + loose * double(std::fabs(x) / ulp<T>(truth)), truth);
        };
        const auto slope_at = [&](T x) {
            const long double truth = derivative(static_cast<long double>(x), wide);
            return usual ? within.derivative(x) : wanted<T>::within(loose / double(ulp<T>(truth)), truth);
        };
        const T low = b < 0 ? -infinity<T> : T(-0.0), high = b < 0 ? T(0) : infinity<T>;
        const T slope_low = b < 0 ? T(1) : T(-0.0), slope_high = b < 0 ? T(-0.0) : T(1);
        std::vector<row<T>> rows = {{T(-0.0), T(-0.0), T(0.5)}, {T(0), T(0), T(0.5)}};
        if (b == 0)
            rows.insert(rows.end(), {{-infinity<T>, -infinity<T>, T(0.5)}, {infinity<T>, infinity<T>, T(0.5)}});
        else
            rows.insert(rows.end(), {{-infinity<T>, low, slope_low}, {infinity<T>, high, slope_high}});
        for (const T x : {-max, T(-5), T(-1), -denormal<T>, denormal<T>, T(1), T(5), max})
            rows.push_back({x, f_at(x), slope_at(x)});
        return with_nan(std::move(rows));
    }
};

const described<swish> here;

} // namespace
} // namespace tests
