// The loops a user would write without a library. Built by each compiler there is, so that all of it but the offer to
// the registry is in an unnamed namespace.

#include "../cell.hpp"

#include <cmath>

namespace {
using namespace bench;

template <class T, class F>
void map(std::size_t n, F f, const T* x, T* y) {
    for (std::size_t i = 0; i < n; ++i)
        y[i] = f(x[i]);
}

template <class T, class F>
void map(std::size_t n, F f, const T* x, const T* dy, T* dx) {
    for (std::size_t i = 0; i < n; ++i)
        dx[i] = f(x[i], dy[i]);
}

template <class T, class F>
void map_in_place(std::size_t n, F f, T* x) {
    for (std::size_t i = 0; i < n; ++i)
        x[i] = f(x[i]);
}

template <class T, class F>
void map_in_place(std::size_t n, F f, const T* x, T* dy) {
    for (std::size_t i = 0; i < n; ++i)
        dy[i] = f(x[i], dy[i]);
}

template <class T, class F>
kernel<T> unary(const cell& c, F f) {
    const std::size_t n = c.size();
    if (c.in_place)
        return [=](const arrays<T>& a) { map_in_place(n, f, a.out); };
    return [=](const arrays<T>& a) { map(n, f, a.x, a.out); };
}

template <class T, class F>
kernel<T> binary(const cell& c, F f) {
    const std::size_t n = c.size();
    if (c.in_place)
        return [=](const arrays<T>& a) { map_in_place(n, f, a.x, a.out); };
    return [=](const arrays<T>& a) { map(n, f, a.x, a.dy, a.out); };
}

/// negative(x) for x < 0.
template <class T, class Negative, class Slope, class SlopeFromOutput>
kernel<T> elementwise(const cell& c, Negative negative, Slope slope, SlopeFromOutput slope_from_output) {
    switch (c.op) {
    case op::forward:
        return unary<T>(c, [=](T x) { return x < 0 ? negative(x) : x; });
    case op::derivative:
        return unary<T>(c, [=](T x) { return x > 0 ? T(1) : slope(x); });
    case op::backward:
        return binary<T>(c, [=](T x, T dy) { return x > 0 ? dy : slope(x) * dy; });
    case op::backward_from_output:
        return binary<T>(c, [=](T y, T dy) { return y > 0 ? dy : slope_from_output(y) * dy; });
    case op::forward_with_mask:
        return [=, n = c.size()](const arrays<T>& a) {
            for (std::size_t i = 0; i < n; i += 8) {
                unsigned bits = 0;
                for (std::size_t j = i; j < n && j < i + 8; ++j) {
                    bits |= unsigned(a.x[j] > 0) << (j - i);
                    a.out[j] = a.x[j] < 0 ? negative(a.x[j]) : a.x[j];
                }
                a.mask[i / 8] = static_cast<std::uint8_t>(bits);
            }
        };
    case op::backward_from_mask:
        return [=, n = c.size()](const arrays<T>& a) {
            for (std::size_t i = 0; i < n; ++i)
                a.out[i] = (a.mask[i / 8] >> i % 8 & 1) != 0 ? a.dy[i] : slope(T(-1)) * a.dy[i];
        };
    }
    return {};
}

/// One formula for all x, and its derivative from the output.
template <class T, class F, class Slope>
kernel<T> smooth(const cell& c, F f, Slope slope) {
    switch (c.op) {
    case op::forward:
        return unary<T>(c, f);
    case op::derivative:
        return unary<T>(c, [=](T x) { return slope(f(x)); });
    case op::backward:
        return binary<T>(c, [=](T x, T dy) { return slope(f(x)) * dy; });
    case op::backward_from_output:
        return binary<T>(c, [=](T y, T dy) { return slope(y) * dy; });
    default:
        return {};
    }
}

/// f(x), and dx(x, dy), or another one of the output.
template <class T, class F, class Dx, class DxFromOutput>
kernel<T> piecewise(const cell& c, F f, Dx dx, DxFromOutput from_output) {
    switch (c.op) {
    case op::forward:
        return unary<T>(c, f);
    case op::derivative:
        return unary<T>(c, [=](T x) { return dx(x, T(1)); });
    case op::backward:
        return binary<T>(c, dx);
    case op::backward_from_output:
        return binary<T>(c, from_output);
    default:
        return {};
    }
}
template <class T, class F, class Dx>
kernel<T> piecewise(const cell& c, F f, Dx dx) {
    return piecewise<T>(c, f, dx, dx);
}

/// What is x, or a line, between two numbers, and constants beside them.
template <class T>
kernel<T> limited(const cell& c) {
    const auto clamped = [](T x, T low, T high) { return x < low ? low : x > high ? high : x; };
    const auto between = [](T low, T high, T slope) {
        return [=](T x, T dy) { return x > low && x < high ? dy * slope : T(0); };
    };
    const T a = static_cast<T>(c.parameters[0]), b = static_cast<T>(c.parameters[1]);
    if (c.fn == "relu6")
        return piecewise<T>(
            c, [=](T x) { return clamped(x, 0, 6); }, between(0, 6, 1));
    if (c.fn == "hard_tanh")
        return piecewise<T>(
            c, [=](T x) { return clamped(x, a, b); }, between(a, b, 1));
    if (c.fn == "hard_sigmoid" && c.op != op::backward_from_output)
        return piecewise<T>(
            c, [=](T x) { return clamped(x + 3, 0, 6) / 6; }, between(-3, 3, T(1) / 6));
    if (c.fn == "hard_sigmoid_affine")
        return piecewise<T>(
            c, [=](T x) { return clamped(a * x + b, 0, 1); }, between(-b / a, (1 - b) / a, a), between(0, 1, a));
    return {};
}

template <class T>
kernel<T> bent(const cell& c) {
    if (c.op == op::backward_from_output)
        return {};
    const auto clamped = [](T x, T high) { return x < 0 ? T(0) : x > high ? high : x; };
    if (c.fn == "hard_swish")
        return piecewise<T>(
            c, [=](T x) { return x * clamped(x + 3, 6) / 6; },
            [](T x, T dy) { return x <= -3 ? T(0)
                                   : x < 3 ? dy * (x / 3 + T(0.5))
                                           : dy; });
    return piecewise<T>(
        c, [=](T x) { return x * clamped(x + 2, 2) / 2; },
        [](T x, T dy) { return x <= -2 ? T(0)
                               : x < 0 ? dy * (x + 1)
                                       : dy; });
}

template <class T>
kernel<T> gated(const cell& c) {
    const T l = static_cast<T>(c.parameters[0]), v = static_cast<T>(c.fn == "threshold" ? c.parameters[1] : 0);
    const auto above = [=](T x, T dy) { return x > l ? dy : T(0); };
    const auto beyond = [=](T x, T dy) { return std::abs(x) > l ? dy : T(0); };
    if (c.fn == "threshold" || c.fn == "thresholded_relu")
        return piecewise<T>(
            c, [=](T x) { return x > l ? x : v; }, above);
    if (c.fn == "hard_shrink")
        return piecewise<T>(
            c, [=](T x) { return std::abs(x) > l ? x : T(0); }, beyond);
    return piecewise<T>(
        c, [=](T x) { return x > l    ? x - l
                             : x < -l ? x + l
                                      : T(0); }, beyond,
        [](T y, T dy) { return y > 0 || y < 0 ? dy : T(0); });
}

/// f(x) and f'(x) of functions that the output does not lead back.
template <class T, class F, class Slope>
kernel<T> of_input(const cell& c, F f, Slope slope) {
    if (c.op == op::backward_from_output)
        return {};
    return piecewise<T>(c, f, [=](T x, T dy) { return dy * slope(x); });
}

template <class T>
T logistic(T x) {
    return 1 / (1 + std::exp(-x));
}

template <class T>
kernel<T> swish(const cell& c, double beta) {
    const T b = static_cast<T>(beta);
    return of_input<T>(
        c, [=](T x) { return x * logistic(b * x); },
        [=](T x) {
            const T s = logistic(b * x);
            return s * (1 + b * x * (1 - s));
        });
}

template <class T>
kernel<T> softplus(const cell& c) {
    const auto rest = [](T x) { return std::log1p(std::exp(-std::abs(x))); };
    if (c.fn == "softplus") {
        const T b = static_cast<T>(c.parameters[0]);
        return of_input<T>(
            c, [=](T x) { return (x > 0 ? x : T(0)) + rest(b * x) / b; }, [=](T x) { return logistic(b * x); });
    }
    if (c.fn == "log_sigmoid")
        return of_input<T>(
            c, [=](T x) { return (x < 0 ? x : T(0)) - rest(x); }, [](T x) { return logistic(-x); });
    return of_input<T>(
        c, [](T x) { return x * std::tanh(std::log1p(std::exp(x))); },
        [](T x) {
            const T t = std::tanh(std::log1p(std::exp(x)));
            return t + x * logistic(x) * (1 - t * t);
        });
}

template <class T>
kernel<T> gelu(const cell& c) {
    const T half = T(0.5), root = T(0.70710678118654752), density = T(0.39894228040143268);
    const T k = T(0.79788456080286536), q = T(0.044715);
    if (c.fn == "gelu")
        return of_input<T>(
            c, [=](T x) { return half * x * (1 + std::erf(x * root)); },
            [=](T x) { return half * (1 + std::erf(x * root)) + x * density * std::exp(-half * x * x); });
    return of_input<T>(
        c, [=](T x) { return half * x * (1 + std::tanh(k * (x + q * x * x * x))); },
        [=](T x) {
            const T t = std::tanh(k * (x + q * x * x * x));
            return half * (1 + t) + half * x * (1 - t * t) * k * (1 + 3 * q * x * x);
        });
}

template <class T>
void prelu_forward(cell c, const T* x, const T* slopes, T* y) {
    for (std::size_t o = 0; o < c.outer; ++o)
        for (std::size_t ch = 0; ch < c.channels; ++ch)
            for (std::size_t i = 0; i < c.inner; ++i, ++x, ++y)
                *y = *x < 0 ? slopes[ch] * *x : *x;
}

template <class T>
void prelu_backward(cell c, const T* x, const T* slopes, const T* dy, T* dx, T* dslopes) {
    for (std::size_t ch = 0; ch < c.channels; ++ch)
        dslopes[ch] = 0;
    for (std::size_t o = 0; o < c.outer; ++o)
        for (std::size_t ch = 0; ch < c.channels; ++ch) {
            T sum = 0;
            for (std::size_t i = 0; i < c.inner; ++i, ++x, ++dy, ++dx) {
                sum += *x > 0 ? T(0) : *x * *dy;
                *dx = *x > 0 ? *dy : slopes[ch] * *dy;
            }
            dslopes[ch] += sum;
        }
}

template <class T>
kernel<T> relu(const cell& c) {
    if (c.op == op::backward || c.op == op::backward_from_output)
        return binary<T>(c, [](T x, T dy) { return x > 0 ? dy : T(0); });
    if (c.op == op::forward)
        return unary<T>(c, [](T x) { return x > 0 ? x : T(0); });
    const auto zero = [](T) { return T(0); };
    return elementwise<T>(c, zero, zero, zero);
}

template <class T>
kernel<T> leaky_relu(const cell& c) {
    const auto slope = [s = static_cast<T>(c.parameters[0])](T) { return s; };
    return elementwise<T>(
        c, [=](T x) { return slope(x) * x; }, slope, slope);
}

template <class T>
kernel<T> elu(const cell& c) {
    const T a = static_cast<T>(c.parameters[0]);
    return elementwise<T>(
        c, [=](T x) { return a * std::expm1(x); }, [=](T x) { return a * std::exp(x); }, [=](T y) { return y + a; });
}

template <class T>
kernel<T> prelu(const cell& c) {
    if (c.op == op::forward)
        return [c](const arrays<T>& a) { prelu_forward(c, a.x, a.slopes, a.out); };
    if (c.op == op::backward)
        return [c](const arrays<T>& a) { prelu_backward(c, a.x, a.slopes, a.dy, a.out, a.dslopes); };
    return {};
}

template <class T>
kernel<T> offer(const cell& c) {
    if (c.fn == "relu")
        return relu<T>(c);
    if (c.fn == "leaky_relu")
        return leaky_relu<T>(c);
    if (c.fn == "elu")
        return elu<T>(c);
    if (c.fn == "sigmoid")
        return smooth<T>(
            c, [](T x) { return 1 / (1 + std::exp(-x)); }, [](T y) { return y * (1 - y); });
    if (c.fn == "tanh")
        return smooth<T>(
            c, [](T x) { return std::tanh(x); }, [](T y) { return 1 - y * y; });
    if (c.fn == "prelu")
        return prelu<T>(c);
    for (const char* name : {"relu6", "hard_tanh", "hard_sigmoid", "hard_sigmoid_affine"})
        if (c.fn == name)
            return limited<T>(c);
    for (const char* name : {"threshold", "thresholded_relu", "hard_shrink", "soft_shrink"})
        if (c.fn == name)
            return gated<T>(c);
    if (c.fn == "hard_swish" || c.fn == "hard_mish")
        return bent<T>(c);
    if (c.fn == "squared_relu")
        return piecewise<T>(
            c, [](T x) { return x > 0 ? x * x : T(0); }, [](T x, T dy) { return x > 0 ? dy * (2 * x) : T(0); },
            [](T y, T dy) { return dy * (2 * std::sqrt(y)); });
    if (c.fn == "softsign")
        return piecewise<T>(
            c, [](T x) { return x / (1 + std::abs(x)); },
            [](T x, T dy) { return dy / ((1 + std::abs(x)) * (1 + std::abs(x))); },
            [](T y, T dy) { return dy * (1 - std::abs(y)) * (1 - std::abs(y)); });
    if (c.fn == "celu") {
        const T a = static_cast<T>(c.parameters[0]);
        return elementwise<T>(
            c, [=](T x) { return a * std::expm1(x / a); }, [=](T x) { return std::exp(x / a); },
            [=](T y) { return (y + a) / a; });
    }
    if (c.fn == "selu") {
        const T lambda = T(1.0507009873554805), both = T(1.7580993408473766);
        return of_input<T>(
            c, [=](T x) { return x < 0 ? both * std::expm1(x) : lambda * x; },
            [=](T x) { return x > 0 ? lambda : both * std::exp(x); });
    }
    if (c.fn == "exponential")
        return smooth<T>(
            c, [](T x) { return std::exp(x); }, [](T y) { return y; });
    if (c.fn == "gaussian")
        return of_input<T>(
            c, [](T x) { return std::exp(-x * x); }, [](T x) { return -2 * x * std::exp(-x * x); });
    if (const double b = swish_factor(c); b != 0)
        return swish<T>(c, b);
    for (const char* name : {"softplus", "log_sigmoid", "mish"})
        if (c.fn == name)
            return softplus<T>(c);
    if (c.fn == "gelu" || c.fn == "gelu_tanh")
        return gelu<T>(c);
    if (c.fn == "tanh_shrink")
        return of_input<T>(
            c, [](T x) { return x - std::tanh(x); },
            [](T x) {
                const T t = std::tanh(x);
                return t * t;
            });
    if (c.fn == "snake") {
        const T a = static_cast<T>(c.parameters[0]);
        return of_input<T>(
            c,
            [=](T x) {
                const T sine = std::sin(a * x);
                return x + sine * sine / a;
            },
            [=](T x) { return 1 + std::sin(2 * a * x); });
    }
    if (c.op == op::forward && c.fn == "exp")
        return unary<T>(c, [](T x) { return std::exp(x); });
    if (c.op == op::forward && c.fn == "expm1")
        return unary<T>(c, [](T x) { return std::expm1(x); });
    if (c.op == op::forward && c.fn == "log1p")
        return unary<T>(c, [](T x) { return std::log1p(std::abs(x)); });
    return {};
}

#if defined __clang__
const bool added = add({"plain clang++", __clang_version__, role::peer, offer<float>, offer<double>});
#else
const bool added = add({"plain g++", __VERSION__, role::peer, offer<float>, offer<double>});
#endif

} // namespace
