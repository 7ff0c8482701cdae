#pragma once

#include "bits.hpp"
#include "under_test.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

/// Every kernel of the library in one table, for tests that do the same with all of them.
namespace tests {

/// What kernels are given; each takes what it needs.
template <class T>
struct arguments {
    double parameter = 1; ///< negative_slope or alpha
    simdact::channel_shape shape;
    std::span<const T> x, dy, slopes; ///< x stands for y = f(x) where a kernel wants that
    std::span<T> out, dslopes;
    std::span<std::uint8_t> mask; ///< of x > 0, read or written

    T slope_of(std::size_t element) const {
        return slopes[slopes.size() == 1 ? 0 : element / shape.inner % shape.channels];
    }
};

/// Which of them.
struct uses {
    bool x = false, dy = false, reads_mask = false, writes_mask = false, shape = false, dslopes = false;
    bool limited_parameter = false; ///< it must not be negative
};

template <class T>
struct kernel {
    const char* function;
    const char* name;
    tests::uses uses;
    void (*run)(const arguments<T>&);
    T (*scalar)(double parameter, T x, T slope, T dy); ///< what a call on scalars gives for an element of out
    bool passes_dy = false;                            ///< dx is dy where x > 0

    std::string text() const { return std::string(function) + ": " + name; }
    T scalar_at(const arguments<T>& a, std::size_t i) const {
        const T slope = uses.shape ? a.slope_of(i) : T(0);
        return scalar(a.parameter, a.x[i], slope, uses.dy ? a.dy[i] : T(0));
    }
    /// The argument whose NaN comes back as it is.
    T kept_at(const arguments<T>& a, std::size_t i) const {
        return uses.dy && a.x[i] > 0 && passes_dy ? a.dy[i] : uses.x ? a.x[i] : T(0);
    }
};

/// The first of its parameters is this one.
template <class F>
constexpr F with_parameter(double parameter) {
    auto of = simdact::detail::values_of(F{});
    of.values[0] = parameter;
    return simdact::detail::with_values<F>(of.values);
}

template <class T, class F>
struct kernels_of {
    using in = const arguments<T>&;
    static F f(in a) { return with_parameter<F>(a.parameter); }

    static void forward(in a) { under_test::forward(f(a), a.x, a.out); }
    static void derivative(in a) { under_test::derivative(f(a), a.x, a.out); }
    static void backward(in a) { under_test::backward(f(a), a.x, a.dy, a.out); }
    static void backward_from_output(in a) { under_test::backward_from_output(f(a), a.x, a.dy, a.out); }
    static void forward_with_mask(in a) { under_test::forward_with_mask(f(a), a.x, a.out, a.mask); }
    static void backward_from_mask(in a) { under_test::backward_from_mask(f(a), a.mask, a.dy, a.out); }
};

template <class T, class F>
struct channelwise_kernels_of {
    using in = const arguments<T>&;

    static void forward(in a) { under_test::forward(F{}, a.shape, a.x, a.slopes, a.out); }
    static void derivative(in a) { under_test::derivative(F{}, a.shape, a.x, a.slopes, a.out); }
    static void backward(in a) { under_test::backward(F{}, a.shape, a.x, a.slopes, a.dy, a.out); }
    static void backward_with_slopes(in a) {
        under_test::backward(F{}, a.shape, a.x, a.slopes, a.dy, a.out, a.dslopes);
    }
    static void accumulate(in a) {
        under_test::backward(F{}, a.shape, a.x, a.slopes, a.dy, a.out, a.dslopes, simdact::accumulate);
    }
    static void forward_with_mask(in a) { under_test::forward_with_mask(F{}, a.shape, a.x, a.slopes, a.out, a.mask); }
    static void backward_from_mask(in a) {
        under_test::backward_from_mask(F{}, a.shape, a.mask, a.slopes, a.dy, a.out);
    }
};

template <class T, class F>
struct scalars_of {
    static F f(double parameter) { return with_parameter<F>(parameter); }

    static T forward(double p, T x, T, T) { return f(p).forward(x); }
    static T derivative(double p, T x, T, T) { return f(p).derivative(x); }
    static T backward(double p, T x, T, T dy) { return f(p).backward(x, dy); }
    static T backward_from_output(double p, T x, T, T dy) { return f(p).backward_from_output(x, dy); }
    static T backward_from_mask(double p, T x, T, T dy) { return f(p).backward_from_mask(x > 0, dy); }
};

template <class T, class F>
struct channelwise_scalars_of {
    static T forward(double, T x, T slope, T) { return F{}.forward(x, slope); }
    static T derivative(double, T x, T slope, T) { return F{}.derivative(x, slope); }
    static T backward(double, T x, T slope, T dy) { return F{}.backward(x, slope, dy); }
    static T backward_from_mask(double, T x, T slope, T dy) { return F{}.backward_from_mask(x > 0, slope, dy); }
};

// clang-format off
template <class T, class F, class C = kernels_of<T, F>, class S = scalars_of<T, F>>
std::vector<kernel<T>> elementwise_kernels() {
    const char* const function = F::name;
    const bool limited = simdact::detail::parameters_of<F>() > 0;
    std::vector<kernel<T>> rows = {
        {function, "forward",              {.x = true},             &C::forward,    &S::forward},
        {function, "derivative",           {.x = true},             &C::derivative, &S::derivative},
        {function, "backward",             {.x = true, .dy = true}, &C::backward,   &S::backward},
        {function, "backward_from_output", {.x = true, .dy = true, .limited_parameter = limited},
         &C::backward_from_output, &S::backward_from_output},
    };
    if constexpr (simdact::mask_differentiable<F, T>) {
        rows.push_back({function, "forward_with_mask", {.x = true, .writes_mask = true},
                        &C::forward_with_mask, &S::forward});
        rows.push_back({function, "backward_from_mask", {.dy = true, .reads_mask = true},
                        &C::backward_from_mask, &S::backward_from_mask});
    }
    return rows;
}

template <class T, class F, class C = channelwise_kernels_of<T, F>, class S = channelwise_scalars_of<T, F>>
std::vector<kernel<T>> channelwise_kernels() {
    const char* const function = F::name;
    return {
        {function, "forward",    {.x = true, .shape = true},             &C::forward,    &S::forward},
        {function, "derivative", {.x = true, .shape = true},             &C::derivative, &S::derivative},
        {function, "backward",   {.x = true, .dy = true, .shape = true}, &C::backward,   &S::backward},
        {function, "backward with dslopes", {.x = true, .dy = true, .shape = true, .dslopes = true},
         &C::backward_with_slopes, &S::backward},
        {function, "backward that adds to dslopes", {.x = true, .dy = true, .shape = true, .dslopes = true},
         &C::accumulate, &S::backward},
        {function, "forward_with_mask", {.x = true, .writes_mask = true, .shape = true},
         &C::forward_with_mask, &S::forward},
        {function, "backward_from_mask", {.dy = true, .reads_mask = true, .shape = true},
         &C::backward_from_mask, &S::backward_from_mask},
    };
}
// clang-format on

template <class T>
const std::vector<kernel<T>>& every_kernel() {
    static const std::vector<kernel<T>> all = [] {
        std::vector<kernel<T>> rows;
        const auto add = [&](std::vector<kernel<T>> of_one) {
            const T dy = payload_nan<T>;
            for (kernel<T>& k : of_one)
                k.passes_dy = k.uses.x && k.uses.dy && same_bits(k.scalar(1, T(2), T(1) / 4, dy), dy);
            rows.insert(rows.end(), of_one.begin(), of_one.end());
        };
        simdact::elementwise_functions::for_each(
            [&](auto type) { add(elementwise_kernels<T, typename decltype(type)::type>()); });
        simdact::channelwise_functions::for_each(
            [&](auto type) { add(channelwise_kernels<T, typename decltype(type)::type>()); });
        return rows;
    }();
    return all;
}

} // namespace tests
