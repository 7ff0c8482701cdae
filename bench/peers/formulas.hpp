#pragma once

/// The kernels in the words of a library of SIMD vectors or array expressions. A Peer has
///     of(x, s)                    the number s as a value like x
///     select(condition, a, b), max(a, b), min(a, b), exp(x), expm1(x), tanh(x)
///     logistic(x)                 if it likes
///     log1p(x), erf(x), sin(x)    if it likes, with has_log1p, has_erf and has_sin
///     evaluates_where_it_is_used  if f(x), used twice, is computed twice
///     map(n, f, out, in...)       out[i] = f(in[i]...)
///     map_and_sum(n, f, g, out, x, dy)   the same, and returns the sum of g(x[i], dy[i])

#include "../cell.hpp"

namespace bench {

template <class Peer, class T, class F>
kernel<T> unary(const cell& c, F f) {
    return [f, n = c.size()](const arrays<T>& a) { Peer::map(n, f, a.out, a.x); };
}

template <class Peer, class T, class F>
kernel<T> binary(const cell& c, F f) {
    return [f, n = c.size()](const arrays<T>& a) { Peer::map(n, f, a.out, a.x, a.dy); };
}

template <class Peer, class T>
kernel<T> relu(const cell& c) {
    using P = Peer;
    const T zero = 0;
    switch (c.op) {
    case op::forward:
        return unary<P, T>(c, [=](auto x) { return P::max(x, P::of(x, zero)); });
    case op::derivative:
        return unary<P, T>(c, [=](auto x) { return P::select(x > P::of(x, zero), P::of(x, T(1)), P::of(x, zero)); });
    case op::backward:
    case op::backward_from_output:
        return binary<P, T>(c, [=](auto x, auto dy) { return P::select(x > P::of(x, zero), dy, P::of(x, zero)); });
    default:
        return {};
    }
}

template <class Peer, class T>
kernel<T> leaky_relu(const cell& c) {
    using P = Peer;
    const T s = static_cast<T>(c.parameters[0]), zero = 0;
    switch (c.op) {
    case op::forward:
        return unary<P, T>(c, [=](auto x) { return P::max(x, P::of(x, s) * x); });
    case op::derivative:
        return unary<P, T>(c, [=](auto x) { return P::select(x > P::of(x, zero), P::of(x, T(1)), P::of(x, s)); });
    case op::backward:
    case op::backward_from_output:
        return binary<P, T>(c, [=](auto x, auto dy) { return P::select(x > P::of(x, zero), dy, P::of(x, s) * dy); });
    default:
        return {};
    }
}

template <class Peer, class T>
kernel<T> elu(const cell& c) {
    using P = Peer;
    const T a = static_cast<T>(c.parameters[0]), zero = 0;
    switch (c.op) {
    case op::forward:
        return unary<P, T>(c, [=](auto x) { return P::select(x < P::of(x, zero), P::of(x, a) * P::expm1(x), x); });
    case op::derivative:
        return unary<P, T>(
            c, [=](auto x) { return P::select(x > P::of(x, zero), P::of(x, T(1)), P::of(x, a) * P::exp(x)); });
    case op::backward:
        return binary<P, T>(
            c, [=](auto x, auto dy) { return P::select(x > P::of(x, zero), dy, P::of(x, a) * P::exp(x) * dy); });
    case op::backward_from_output:
        return binary<P, T>(c,
                            [=](auto y, auto dy) { return P::select(y > P::of(y, zero), dy, (y + P::of(y, a)) * dy); });
    default:
        return {};
    }
}

/// One formula for all x, and its derivative from the output.
template <class Peer, class T, class F, class Slope>
kernel<T> smooth(const cell& c, F f, Slope slope) {
    using P = Peer;
    if (c.op == op::forward)
        return unary<P, T>(c, f);
    if (c.op == op::backward_from_output)
        return binary<P, T>(c, [=](auto y, auto dy) { return slope(y) * dy; });
    if constexpr (!requires { P::evaluates_where_it_is_used; }) {
        if (c.op == op::derivative)
            return unary<P, T>(c, [=](auto x) { return slope(f(x)); });
        if (c.op == op::backward)
            return binary<P, T>(c, [=](auto x, auto dy) { return slope(f(x)) * dy; });
    }
    return {};
}

template <class P, class T, class X>
auto logistic(const X& x) {
    if constexpr (requires { P::logistic(x); })
        return P::logistic(x);
    else
        return P::of(x, T(1)) / (P::of(x, T(1)) + P::exp(P::of(x, T(0)) - x));
}

template <class Peer, class T>
kernel<T> sigmoid(const cell& c) {
    using P = Peer;
    return smooth<P, T>(
        c, [](auto x) { return bench::logistic<P, T>(x); }, [](auto y) { return y * (P::of(y, T(1)) - y); });
}

template <class Peer, class T>
kernel<T> tanh(const cell& c) {
    using P = Peer;
    return smooth<P, T>(
        c, [](auto x) { return P::tanh(x); }, [](auto y) { return P::of(y, T(1)) - y * y; });
}

/// f(x), and dx(x, dy), which is dx(y, dy) of the output y too where that tells f'.
template <class Peer, class T, class F, class Dx>
kernel<T> piecewise(const cell& c, F f, Dx dx) {
    switch (c.op) {
    case op::forward:
        return unary<Peer, T>(c, f);
    case op::derivative:
        return unary<Peer, T>(c, [=](auto x) { return dx(x, Peer::of(x, T(1))); });
    case op::backward:
    case op::backward_from_output:
        return binary<Peer, T>(c, dx);
    default:
        return {};
    }
}

/// Those that are x, or a straight line, between two numbers, and constants beside them.
template <class Peer, class T>
kernel<T> limited(const cell& c) {
    using P = Peer;
    const auto between = [](T low, T high, T slope) {
        return [=](auto x, auto dy) {
            const T zero = 0;
            return P::select(x > P::of(x, low), P::select(x < P::of(x, high), dy * P::of(x, slope), P::of(x, zero)),
                             P::of(x, zero));
        };
    };
    const auto clamped = [](auto x, T low, T high) { return P::min(P::max(x, P::of(x, low)), P::of(x, high)); };
    const T a = static_cast<T>(c.parameters[0]), b = static_cast<T>(c.parameters[1]), one = 1, sixth = one / 6;
    if (c.fn == "relu6")
        return piecewise<P, T>(
            c, [=](auto x) { return clamped(x, 0, 6); }, between(0, 6, 1));
    if (c.fn == "hard_tanh")
        return piecewise<P, T>(
            c, [=](auto x) { return clamped(x, a, b); }, between(a, b, 1));
    if (c.fn == "hard_sigmoid")
        return piecewise<P, T>(
            c, [=](auto x) { return clamped(x + P::of(x, T(3)), 0, 6) * P::of(x, sixth); }, between(-3, 3, sixth));
    if (c.fn == "hard_sigmoid_affine" && c.op != op::backward_from_output)
        return piecewise<P, T>(
            c, [=](auto x) { return clamped(x * P::of(x, a) + P::of(x, b), 0, 1); }, between(-b / a, (1 - b) / a, a));
    return {};
}

/// Those that bend between two numbers.
template <class Peer, class T>
kernel<T> bent(const cell& c) {
    using P = Peer;
    if (c.op == op::backward_from_output)
        return {};
    const auto with = [&](T low, T high, auto slope) {
        return [=](auto x, auto dy) {
            const T zero = 0;
            return P::select(x > P::of(x, low), P::select(x < P::of(x, high), dy * slope(x), dy), P::of(x, zero));
        };
    };
    const T one = 1, three = 3, two = 2, half = T(0.5), third = one / 3, sixth = one / 6;
    if (c.fn == "hard_swish")
        return piecewise<P, T>(
            c,
            [=](auto x) {
                return x * P::min(P::max(x + P::of(x, three), P::of(x, T(0))), P::of(x, T(6))) * P::of(x, sixth);
            },
            with(-3, 3, [=](auto x) { return x * P::of(x, third) + P::of(x, half); }));
    return piecewise<P, T>(
        c,
        [=](auto x) { return x * P::min(P::max(x + P::of(x, two), P::of(x, T(0))), P::of(x, two)) * P::of(x, half); },
        with(-2, 0, [=](auto x) { return x + P::of(x, one); }));
}

/// Those that are a constant up to a number, or around 0.
template <class Peer, class T>
kernel<T> gated(const cell& c) {
    using P = Peer;
    const T l = static_cast<T>(c.parameters[0]), v = static_cast<T>(c.fn == "threshold" ? c.parameters[1] : 0),
            zero = 0;
    const auto size = [=](auto x) { return P::max(x, P::of(x, zero) - x); };
    if (c.fn == "threshold" || c.fn == "thresholded_relu")
        return piecewise<P, T>(
            c, [=](auto x) { return P::select(x > P::of(x, l), x, P::of(x, v)); },
            [=](auto x, auto dy) { return P::select(x > P::of(x, l), dy, P::of(x, zero)); });
    const auto beyond = [=](auto x, auto dy) { return P::select(size(x) > P::of(x, l), dy, P::of(x, zero)); };
    if (c.fn == "hard_shrink")
        return piecewise<P, T>(
            c, [=](auto x) { return beyond(x, x); }, beyond);
    const T around = c.op == op::backward_from_output ? zero : l;
    return piecewise<P, T>(
        c, [=](auto x) { return x - P::min(P::max(x, P::of(x, -l)), P::of(x, l)); },
        [=](auto x, auto dy) { return P::select(size(x) > P::of(x, around), dy, P::of(x, zero)); });
}

template <class Peer, class T>
kernel<T> squared_relu(const cell& c) {
    using P = Peer;
    const T zero = 0, two = 2;
    const auto positive = [=](auto x) { return P::max(x, P::of(x, zero)); };
    if (c.op == op::backward_from_output)
        return {};
    return piecewise<P, T>(
        c, [=](auto x) { return positive(x) * positive(x); },
        [=](auto x, auto dy) { return dy * P::of(x, two) * positive(x); });
}

template <class Peer, class T>
kernel<T> softsign(const cell& c) {
    using P = Peer;
    const T zero = 0, one = 1;
    const auto size = [=](auto x) { return P::max(x, P::of(x, zero) - x); };
    if (c.op == op::backward_from_output)
        return binary<P, T>(
            c, [=](auto y, auto dy) { return dy * (P::of(y, one) - size(y)) * (P::of(y, one) - size(y)); });
    return piecewise<P, T>(
        c, [=](auto x) { return x / (P::of(x, one) + size(x)); },
        [=](auto x, auto dy) { return dy / ((P::of(x, one) + size(x)) * (P::of(x, one) + size(x))); });
}

/// One formula for all x, and its derivative from x.
template <class Peer, class T, class F, class Slope>
kernel<T> of_input(const cell& c, F f, Slope slope) {
    if (c.op == op::forward)
        return unary<Peer, T>(c, f);
    if constexpr (!requires { Peer::evaluates_where_it_is_used; }) {
        if (c.op == op::derivative)
            return unary<Peer, T>(c, slope);
        if (c.op == op::backward)
            return binary<Peer, T>(c, [=](auto x, auto dy) { return slope(x) * dy; });
    }
    return {};
}

/// Those made of exponential functions alone.
template <class Peer, class T>
kernel<T> exponential(const cell& c) {
    using P = Peer;
    const T a = static_cast<T>(c.parameters[0]), zero = 0, one = 1, inverse = 1 / a;
    if (c.fn == "exponential")
        return smooth<P, T>(
            c, [](auto x) { return P::exp(x); }, [](auto y) { return y; });
    if (c.fn == "gaussian")
        return of_input<P, T>(
            c, [=](auto x) { return P::exp(P::of(x, zero) - x * x); },
            [=](auto x) { return P::of(x, T(-2)) * x * P::exp(P::of(x, zero) - x * x); });
    if (c.fn == "selu") {
        const T lambda = T(1.0507009873554805), both = T(1.7580993408473766);
        return of_input<P, T>(
            c,
            [=](auto x) { return P::select(x < P::of(x, zero), P::of(x, both) * P::expm1(x), P::of(x, lambda) * x); },
            [=](auto x) { return P::select(x > P::of(x, zero), P::of(x, lambda), P::of(x, both) * P::exp(x)); });
    }
    if (c.fn == "celu")
        return of_input<P, T>(
            c, [=](auto x) { return P::select(x < P::of(x, zero), P::of(x, a) * P::expm1(x * P::of(x, inverse)), x); },
            [=](auto x) { return P::select(x > P::of(x, zero), P::of(x, one), P::exp(x * P::of(x, inverse))); });
    return {};
}

/// x times the logistic function of a multiple of x.
template <class Peer, class T>
kernel<T> swish(const cell& c, double beta) {
    using P = Peer;
    const T b = static_cast<T>(beta), one = 1;
    const auto part = [=](auto x) { return bench::logistic<P, T>(x * P::of(x, b)); };
    return of_input<P, T>(
        c, [=](auto x) { return x * part(x); },
        [=](auto x) {
            const auto s = part(x);
            return s * (P::of(x, one) + x * P::of(x, b) * (P::of(x, one) - s));
        });
}

/// log(1 + e^x), and what is made of it.
template <class Peer, class T>
kernel<T> softplus(const cell& c) {
    using P = Peer;
    const T zero = 0, one = 1, two = 2, twenty = 20;
    if constexpr (requires { P::has_log1p; }) {
        const auto rest = [=](auto x) { return P::log1p(P::exp(P::min(x, P::of(x, zero) - x))); };
        if (c.fn == "softplus" && c.parameters[0] == 1)
            return of_input<P, T>(
                c, [=](auto x) { return P::max(x, P::of(x, zero)) + rest(x); },
                [](auto x) { return bench::logistic<P, T>(x); });
        if (c.fn == "log_sigmoid")
            return of_input<P, T>(
                c, [=](auto x) { return P::min(x, P::of(x, zero)) - rest(x); },
                [=](auto x) { return bench::logistic<P, T>(P::of(x, zero) - x); });
    }
    if (c.fn == "mish") { // tanh(log(1 + e^x)) = w / (w + 2) with w = e^x (e^x + 2)
        const auto w = [=](auto x) {
            const auto e = P::exp(P::min(x, P::of(x, twenty)));
            return e * (e + P::of(x, two));
        };
        return of_input<P, T>(
            c,
            [=](auto x) {
                if constexpr (requires { P::evaluates_where_it_is_used; }) {
                    return x * P::tanh(P::log1p(P::exp(x)));
                } else {
                    const auto u = w(x);
                    return x * (u / (u + P::of(x, two)));
                }
            },
            [=](auto x) {
                const auto u = w(x), t = u / (u + P::of(x, two));
                return t + x * bench::logistic<P, T>(x) * (P::of(x, one) - t * t);
            });
    }
    return {};
}

/// Of the error function, tanh and the sine.
template <class Peer, class T>
kernel<T> by_other_function(const cell& c) {
    using P = Peer;
    const T a = static_cast<T>(c.parameters[0]), one = 1, half = T(0.5);
    if (c.fn == "tanh_shrink")
        return of_input<P, T>(
            c, [](auto x) { return x - P::tanh(x); },
            [](auto x) {
                const auto t = P::tanh(x);
                return t * t;
            });
    if (c.fn == "gelu_tanh") {
        const T k = T(0.79788456080286536), q = T(0.044715);
        const auto t = [=](auto x) { return P::tanh(P::of(x, k) * x * (P::of(x, one) + P::of(x, q) * x * x)); };
        return of_input<P, T>(
            c, [=](auto x) { return P::of(x, half) * x * (P::of(x, one) + t(x)); },
            [=](auto x) {
                const auto y = t(x), slope = P::of(x, k) * (P::of(x, one) + P::of(x, 3 * q) * x * x);
                return P::of(x, half) * (P::of(x, one) + y + x * (P::of(x, one) - y * y) * slope);
            });
    }
    if constexpr (requires { P::has_erf; })
        if (c.fn == "gelu") {
            const T root = T(0.70710678118654752), density = T(0.39894228040143268);
            return of_input<P, T>(
                c, [=](auto x) { return P::of(x, half) * x * (P::of(x, one) + P::erf(x * P::of(x, root))); },
                [=](auto x) {
                    return P::of(x, half) * (P::of(x, one) + P::erf(x * P::of(x, root))) +
                           x * P::of(x, density) * P::exp(P::of(x, -half) * x * x);
                });
        }
    if constexpr (requires { P::has_sin; })
        if (c.fn == "snake")
            return of_input<P, T>(
                c,
                [=, inverse = 1 / a](auto x) {
                    const auto s = P::sin(x * P::of(x, a));
                    return x + s * s * P::of(x, inverse);
                },
                [=](auto x) { return P::of(x, one) + P::sin(x * P::of(x, 2 * a)); });
    return {};
}

/// NCHW channel by channel, NHWC row by row.
template <class Peer, class T>
kernel<T> prelu(const cell& c) {
    using P = Peer;
    const T zero = 0;
    // Not a selection, of which compilers make a branch in tails, and Eigen 3.4 everywhere.
    const auto forward = [zero](auto x, auto s) { return P::max(x, P::of(x, zero)) + s * P::min(x, P::of(x, zero)); };
    const auto backward = [zero](auto x, auto dy, auto s) { return P::select(x > P::of(x, zero), dy, s * dy); };
    const auto product = [zero](auto x, auto dy) { return P::select(x > P::of(x, zero), P::of(x, zero), x * dy); };
    if (c.op == op::forward && c.inner == 1)
        return [=](const arrays<T>& a) {
            for (std::size_t row = 0; row < c.size(); row += c.channels)
                P::map(c.channels, forward, a.out + row, a.x + row, a.slopes);
        };
    if (c.op == op::forward)
        return [=](const arrays<T>& a) {
            for (std::size_t run = 0; run < c.outer * c.channels; ++run)
                P::map(
                    c.inner, [&, s = a.slopes[run % c.channels]](auto x) { return forward(x, P::of(x, s)); },
                    a.out + run * c.inner, a.x + run * c.inner);
        };
    if (c.op != op::backward)
        return {};
    return [=](const arrays<T>& a) {
        for (std::size_t i = 0; i < c.channels; ++i)
            a.dslopes[i] = 0;
        if (c.inner == 1) {
            for (std::size_t row = 0; row < c.size(); row += c.channels) {
                const T *x = a.x + row, *dy = a.dy + row, *sums = a.dslopes;
                const auto add = [&](auto sum, auto u, auto v) { return sum + product(u, v); };
                P::map(c.channels, add, a.dslopes, sums, x, dy);
                P::map(c.channels, backward, a.out + row, x, dy, a.slopes);
            }
        } else {
            for (std::size_t run = 0; run < c.outer * c.channels; ++run)
                a.dslopes[run % c.channels] += P::map_and_sum(
                    c.inner,
                    [&, s = a.slopes[run % c.channels]](auto x, auto dy) { return backward(x, dy, P::of(x, s)); },
                    product, a.out + run * c.inner, a.x + run * c.inner, a.dy + run * c.inner);
        }
    };
}

template <class Peer, class T>
kernel<T> mathematics_by_formula(const cell& c) {
    using P = Peer;
    if (c.op != op::forward)
        return {};
    if (c.fn == "exp")
        return unary<P, T>(c, [](auto x) { return P::exp(x); });
    if (c.fn == "expm1")
        return unary<P, T>(c, [](auto x) { return P::expm1(x); });
    if constexpr (requires { P::has_log1p; })
        if (c.fn == "log1p")
            return unary<P, T>(c, [](auto x) { return P::log1p(P::max(x, P::of(x, T(0)) - x)); });
    return {};
}

/// Nothing for a function that is not here.
template <class Peer, class T>
kernel<T> by_elementwise_formula(const cell& c) {
    if (c.fn == "relu")
        return relu<Peer, T>(c);
    if (c.fn == "leaky_relu")
        return leaky_relu<Peer, T>(c);
    if (c.fn == "elu")
        return elu<Peer, T>(c);
    if (c.fn == "sigmoid")
        return sigmoid<Peer, T>(c);
    if (c.fn == "tanh")
        return tanh<Peer, T>(c);
    for (const char* name : {"relu6", "hard_tanh", "hard_sigmoid", "hard_sigmoid_affine"})
        if (c.fn == name)
            return limited<Peer, T>(c);
    for (const char* name : {"threshold", "thresholded_relu", "hard_shrink", "soft_shrink"})
        if (c.fn == name)
            return gated<Peer, T>(c);
    if (c.fn == "hard_swish" || c.fn == "hard_mish")
        return bent<Peer, T>(c);
    if (c.fn == "squared_relu")
        return squared_relu<Peer, T>(c);
    if (c.fn == "softsign")
        return softsign<Peer, T>(c);
    for (const char* name : {"exponential", "gaussian", "selu", "celu"})
        if (c.fn == name)
            return exponential<Peer, T>(c);
    if (const double b = swish_factor(c); b != 0)
        return swish<Peer, T>(c, b);
    for (const char* name : {"softplus", "log_sigmoid", "mish"})
        if (c.fn == name)
            return softplus<Peer, T>(c);
    for (const char* name : {"tanh_shrink", "gelu", "gelu_tanh", "snake"})
        if (c.fn == name)
            return by_other_function<Peer, T>(c);
    return mathematics_by_formula<Peer, T>(c);
}

template <class Peer, class T>
kernel<T> by_formula(const cell& c) {
    return c.fn == "prelu" ? prelu<Peer, T>(c) : by_elementwise_formula<Peer, T>(c);
}

} // namespace bench
