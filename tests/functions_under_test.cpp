#include "functions_under_test.hpp"

#include "batches.hpp"
#include "functions/ways.hpp"

#include <simdact/simdact.hpp>

#include <algorithm>
#include <array>

namespace tests {
namespace {

using simdact::detail::parameters_of;
using simdact::detail::values_of;
using simdact::detail::with_values;

template <class F>
constexpr bool has_slope = simdact::channelwise_functions::has<F>;

/// F with its parameters, and with its slope where it has one: as a function of x alone.
template <class F, class V>
struct function_at {
    F f;
    V slope;

    explicit function_at(const double* p) : f(with_values<F>(p)), slope(slope_of(p)) {}
    static V slope_of(const double* p) {
        if constexpr (has_slope<F>)
            return simdact::simd::splat<V>(p[parameters_of<F>()]);
        else
            return V(0);
    }

    V operator()(V x) const {
        if constexpr (has_slope<F>)
            return f(x, slope);
        else
            return f(x);
    }
    V forward(V x) const {
        if constexpr (has_slope<F>)
            return f.forward(x, slope);
        else
            return f.forward(x);
    }
    V derivative(V x) const {
        if constexpr (has_slope<F>)
            return f.derivative(x, slope);
        else
            return f.derivative(x);
    }
    V backward(V x, V dy) const {
        if constexpr (has_slope<F>)
            return f.backward(x, slope, dy);
        else
            return f.backward(x, dy);
    }
};

template <class F, class T>
constexpr bool has_output = simdact::output_differentiable<F, T>;
template <class F, class T>
constexpr bool has_bit = simdact::mask_differentiable<F, T> ||
                         (has_slope<F> && simdact::channelwise_mask_differentiable<F, T>);

template <class V, class F, class T>
way_to_call<T> calls(const std::string& name, bool same_as_scalar) {
    using in = std::span<const T>;
    using out = std::span<T>;
    using function = function_at<F, V>;
    way_to_call<T> way{
        .name = name,
        .same_as_scalar = same_as_scalar,
        .is_scalar = std::is_same_v<V, T>,
        .f = [](const double* p, in x,
                out y) { on_values<V>([f = function(p)](V v) { return f.forward(v); }, y, x.data()); },
        .derivative = [](const double* p, in x,
                         out d) { on_values<V>([f = function(p)](V v) { return f.derivative(v); }, d, x.data()); },
        .backward =
            [](const double* p, in x, in dy, out dx) {
                on_values<V>([f = function(p)](V v, V g) { return f.backward(v, g); }, dx, x.data(), dy.data());
            },
    };
    if constexpr (has_output<F, T>) {
        way.from_output = [](const double* p, in y, out d) {
            on_values<V>([f = with_values<F>(p)](V v) { return f.derivative_from_output(v); }, d, y.data());
        };
        way.backward_from_output = [](const double* p, in y, in dy, out dx) {
            on_values<V>([f = with_values<F>(p)](V v, V g) { return f.backward_from_output(v, g); }, dx, y.data(),
                         dy.data());
        };
    }
    return way;
}

template <class F, class T>
struct calls_on_all {
    template <class... Archs>
    struct list {
        static void append_to([[maybe_unused]] std::vector<way_to_call<T>>& ways) {
            (ways.push_back(calls<simdact::simd::batch<T, Archs>, F, T>(
                 "batch of " + architecture_name<Archs>(), std::is_same_v<Archs, simdact::simd::default_arch>)),
             ...);
        }
    };
};

/// One slope for all out of place, one for each element in place.
template <class T>
struct slopes {
    std::vector<T> values;
    simdact::channel_shape shape;
};
template <class F, class T>
slopes<T> one_slope(const double* p, std::size_t n) {
    return {{static_cast<T>(p[parameters_of<F>()])}, {.inner = n}};
}
template <class F, class T>
slopes<T> a_slope_each(const double* p, std::size_t n) {
    return {std::vector<T>(n, static_cast<T>(p[parameters_of<F>()])), {.channels = n}};
}

template <class F, class T, bool InPlace>
way_to_call<T> kernels() {
    using in = std::span<const T>;
    using out = std::span<T>;
    constexpr auto slopes_for = InPlace ? &a_slope_each<F, T> : &one_slope<F, T>;
    static constexpr auto placed = [](in from, out to) {
        if constexpr (InPlace) {
            std::ranges::copy(from, to.begin());
            return in(to);
        } else {
            return from;
        }
    };
    way_to_call<T> way{
        .name = InPlace ? "kernel in place" : "kernel",
        .same_as_scalar = true,
        .is_kernel = true,
        .f =
            [](const double* p, in x, out y) {
                const F f = with_values<F>(p);
                const in from = placed(x, y);
                if constexpr (has_slope<F>) {
                    const auto w = slopes_for(p, x.size());
                    simdact::forward(f, w.shape, from, w.values, y);
                } else if constexpr (InPlace) {
                    simdact::forward(f, y);
                } else {
                    simdact::forward(f, from, y);
                }
            },
        .derivative =
            [](const double* p, in x, out d) {
                const F f = with_values<F>(p);
                const in from = placed(x, d);
                if constexpr (has_slope<F>) {
                    const auto w = slopes_for(p, x.size());
                    simdact::derivative(f, w.shape, from, w.values, d);
                } else {
                    simdact::derivative(f, from, d);
                }
            },
        .backward =
            [](const double* p, in x, in dy, out dx) {
                const F f = with_values<F>(p);
                const in from = placed(dy, dx);
                if constexpr (has_slope<F>) {
                    const auto w = slopes_for(p, x.size());
                    simdact::backward(f, w.shape, x, w.values, from, dx);
                } else {
                    simdact::backward(f, x, from, dx);
                }
            },
    };
    if constexpr (has_slope<F>)
        way.backward_with_slopes = [](const double* p, in x, in dy, out dx) {
            const auto w = slopes_for(p, x.size());
            std::vector<T> dslopes(w.values.size());
            simdact::backward(with_values<F>(p), w.shape, x, w.values, placed(dy, dx), dx, dslopes);
        };
    if constexpr (has_output<F, T>)
        way.backward_from_output = [](const double* p, in y, in dy, out dx) {
            simdact::backward_from_output(with_values<F>(p), y, placed(dy, dx), dx);
        };
    if constexpr (has_bit<F, T>) {
        way.with_mask = [](const double* p, in x, out y, std::span<std::uint8_t> mask) {
            const F f = with_values<F>(p);
            const in from = placed(x, y);
            if constexpr (has_slope<F>) {
                const auto w = slopes_for(p, x.size());
                simdact::forward_with_mask(f, w.shape, from, w.values, y, mask);
            } else {
                simdact::forward_with_mask(f, from, y, mask);
            }
        };
        way.from_mask = [](const double* p, std::span<const std::uint8_t> mask, in dy, out dx) {
            const F f = with_values<F>(p);
            const in from = placed(dy, dx);
            if constexpr (has_slope<F>) {
                const auto w = slopes_for(p, dy.size());
                simdact::backward_from_mask(f, w.shape, mask, w.values, from, dx);
            } else {
                simdact::backward_from_mask(f, mask, from, dx);
            }
        };
    }
    return way;
}

template <class F, class T>
std::vector<way_to_call<T>> every_way_to_call() {
    std::vector<way_to_call<T>> ways = {calls<T, F, T>("scalar", true)};
    ways.push_back({.name = "scalar operator()",
                    .same_as_scalar = true,
                    .is_scalar = true,
                    .f = [](const double* p, std::span<const T> x, std::span<T> y) {
                        on_values<T>([f = function_at<F, T>(p)](T v) { return f(v); }, y, x.data());
                    }});
    with_every_architecture<calls_on_all<F, T>::template list>::append_to(ways);
    ways.push_back(kernels<F, T, false>());
    ways.push_back(kernels<F, T, true>());
    return ways;
}

template <class F>
function_under_test made_of() {
    function_under_test of{.name = F::name,
                           .parameters = {},
                           .defaults = {},
                           .has_slope = has_slope<F>,
                           .of_float = every_way_to_call<F, float>(),
                           .of_double = every_way_to_call<F, double>()};
    if constexpr (parameters_of<F>() > 0)
        for (std::size_t i = 0; i < parameters_of<F>(); ++i) {
            of.parameters.push_back({F::parameters[i].name, F::parameters[i].fallback});
            of.defaults.push_back(values_of(F{}).values[i]);
        }
    return of;
}

} // namespace

const std::vector<function_under_test>& functions_under_test() {
    static const std::vector<function_under_test> all = [] {
        std::vector<function_under_test> made;
        const auto add = [&](auto type) { made.push_back(made_of<typename decltype(type)::type>()); };
        simdact::elementwise_functions::for_each(add);
        simdact::channelwise_functions::for_each(add);
        return made;
    }();
    return all;
}

} // namespace tests
