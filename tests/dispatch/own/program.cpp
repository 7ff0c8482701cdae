/// Calls every kernel of the functors of my_functions by dispatch, with the results of the functors themselves; and a
/// library that has another list. Prints what was chosen for each of the two lists.

#include "library.hpp"
#include "my_functions.hpp"

#include <cstdint>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

namespace dispatch = simdact::dispatch;

int failures = 0;

template <class T>
void check(const char* what, const std::vector<T>& got, const std::vector<T>& wanted) {
    if (got != wanted) {
        std::printf("%s of %zu bytes: wrong\n", what, sizeof(T));
        ++failures;
    }
}

/// f on each of x.
template <class T, class Function>
std::vector<T> of_each(const std::vector<T>& x, Function function) {
    std::vector<T> y;
    for (const T& v : x)
        y.push_back(function(v));
    return y;
}

template <class F, class T>
void check_function(const char* name, const F& f, const std::vector<T>& x) {
    std::vector<T> y(x.size());
    dispatch::forward(f, x, y);
    check(name, y, of_each(x, [&](T v) { return f.forward(v); }));
    y = x;
    dispatch::forward(f, y);
    check(name, y, of_each(x, [&](T v) { return f.forward(v); }));
    dispatch::derivative(f, x, y);
    check(name, y, of_each(x, [&](T v) { return f.derivative(v); }));
    dispatch::backward<my_functions>(f, x, x, y);
    check(name, y, of_each(x, [&](T v) { return v * f.derivative(v); }));
}

template <class T>
void check_all() {
    std::vector<T> x;
    for (int i = -60; i < 61; ++i)
        x.push_back(T(i) / 8);
    check_function("ramp", ramp{2, 4}, x);
    check_function("halved", halved{}, x);

    std::vector<T> y(x.size());
    dispatch::backward_from_output(halved{}, x, x, y);
    check("halved from its output", y, of_each(x, [](T v) { return v * halved{}.derivative(v); }));
    std::vector<std::uint8_t> mask(x.size() / 8 + 1);
    dispatch::forward_with_mask(halved{}, x, y, mask);
    check("halved with a mask", y, of_each(x, [](T v) { return halved{}.forward(v); }));
    dispatch::backward_from_mask(halved{}, mask, x, y);
    check("halved from its mask", y, of_each(x, [](T v) { return v * halved{}.derivative(v); }));

    const std::vector<T> slopes = {T(0.5)};
    const simdact::channel_shape shape{.outer = x.size()};
    std::vector<T> dslopes(1);
    dispatch::forward(bent{}, shape, x, slopes, y);
    check("bent", y, of_each(x, [](T v) { return bent{}.forward(v, T(0.5)); }));
    dispatch::derivative(bent{}, shape, x, slopes, y);
    check("bent", y, of_each(x, [](T v) { return bent{}.derivative(v, T(0.5)); }));
    dispatch::backward(bent{}, shape, x, slopes, x, y);
    check("bent", y, of_each(x, [](T v) { return bent{}.backward(v, T(0.5), v); }));
    dispatch::backward(bent{}, shape, x, slopes, x, y, dslopes);
    T sum = 0;
    for (const T v : x)
        sum += v * bent{}.slope_derivative(v);
    check("the gradient of bent's slope", dslopes, {sum});

    dispatch::forward(dispatch::find<my_functions>("ramp", {{"beta", 4}, {"gain", 2}}), x, y);
    check("ramp by its name", y, of_each(x, [](T v) { return ramp{2, 4}.forward(v); }));
    dispatch::forward(simdact::elu{.alpha = 0}, x, y);
    check("elu", y, of_each(x, [](T v) { return v < 0 ? T(0) : v; }));
}

void check_refusals() {
    std::vector<float> x(3), y(2);
    try {
        dispatch::forward(ramp{8, 1}, x);
        ++failures;
    } catch (const std::invalid_argument& e) {
        failures += std::string(e.what()) != "simdact::dispatch::forward: gain is 8, but must be at most 4";
    }
    try {
        dispatch::forward(ramp{}, x, y);
        ++failures;
    } catch (const std::invalid_argument& e) {
        failures += std::string(e.what()) != "simdact::dispatch::forward: y has 2 elements, but x has 3";
    }
}

} // namespace

int main() {
    check_all<float>();
    check_all<double>();
    check_refusals();
    failures += failures_of_library();
    std::printf("%s %s\n", dispatch::isa<my_functions>(), isa_of_library());
    return failures;
}
