// PyTorch's kernels, on one thread, without autograd, into tensors over the buffers where there is a form that takes
// one.

#include "../cell.hpp"

#include <cstdlib>

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <torch/csrc/api/include/torch/version.h>

namespace {
using namespace bench;

template <class T>
at::Tensor tensor(const T* p, at::IntArrayRef sizes) {
    const auto type = sizeof(T) == sizeof(float) ? at::kFloat : at::kDouble;
    return at::from_blob(const_cast<T*>(p), sizes, at::TensorOptions(type));
}

/// Runs f(x, dy, out) on tensors.
template <class T, class F>
kernel<T> on_tensors(const cell& c, F f) {
    return [f, dy = c.has_dy(), n = static_cast<std::int64_t>(c.size())](const arrays<T>& a) {
        const at::InferenceMode mode;
        at::Tensor out = tensor(a.out, {n});
        f(tensor(a.x, {n}), dy ? tensor(a.dy, {n}) : at::Tensor(), out);
    };
}

template <class T>
kernel<T> relu(const cell& c) {
    using at::Tensor;
    if (c.op == op::forward)
        return on_tensors<T>(c, [](const Tensor& x, const Tensor&, Tensor& y) { at::clamp_min_out(y, x, 0); });
    if (c.op == op::backward || c.op == op::backward_from_output)
        return on_tensors<T>(
            c, [](const Tensor& x, const Tensor& dy, Tensor& dx) { at::threshold_backward_out(dx, dy, x, 0); });
    return {};
}

template <class T>
kernel<T> leaky_relu(const cell& c) {
    using at::Tensor;
    const double s = c.parameters[0];
    const bool from_output = c.op == op::backward_from_output;
    if (c.op == op::forward)
        return on_tensors<T>(c, [s](const Tensor& x, const Tensor&, Tensor& y) { at::leaky_relu_out(y, x, s); });
    if (c.op == op::backward || from_output)
        return on_tensors<T>(c, [=](const Tensor& x, const Tensor& dy, Tensor& dx) {
            at::leaky_relu_backward_out(dx, dy, x, s, from_output);
        });
    return {};
}

template <class T>
kernel<T> elu(const cell& c) {
    using at::Tensor;
    const double alpha = c.parameters[0];
    const bool from_output = c.op == op::backward_from_output;
    if (c.op == op::forward)
        return on_tensors<T>(c, [alpha](const Tensor& x, const Tensor&, Tensor& y) { at::elu_out(y, x, alpha); });
    if (c.op == op::backward || from_output)
        return on_tensors<T>(c, [=](const Tensor& x, const Tensor& dy, Tensor& dx) {
            at::elu_backward_out(dx, dy, alpha, 1, 1, from_output, x);
        });
    return {};
}

/// What clamps or lets through: f and its gradient from x.
template <class T, class F, class Backward>
kernel<T> of_input(const cell& c, F f, Backward backward) {
    using at::Tensor;
    if (c.op == op::forward)
        return on_tensors<T>(c, [=](const Tensor& x, const Tensor&, Tensor& y) { f(y, x); });
    if (c.op == op::backward)
        return on_tensors<T>(c, backward);
    return {};
}

template <class T>
kernel<T> piecewise(const cell& c) {
    using at::Tensor;
    const double a = c.parameters[0], b = c.parameters[1], low = c.fn == "relu6" ? 0 : a,
                 high = c.fn == "relu6" ? 6 : b;
    if (c.fn == "relu6" || c.fn == "hard_tanh")
        return of_input<T>(
            c, [=](Tensor& y, const Tensor& x) { at::hardtanh_out(y, x, low, high); },
            [=](const Tensor& x, const Tensor& dy, Tensor& dx) { at::hardtanh_backward_out(dx, dy, x, low, high); });
    if (c.fn == "threshold" || c.fn == "thresholded_relu")
        return of_input<T>(
            c, [a, v = c.fn == "threshold" ? b : 0.0](Tensor& y, const Tensor& x) { at::threshold_out(y, x, a, v); },
            [=](const Tensor& x, const Tensor& dy, Tensor& dx) { at::threshold_backward_out(dx, dy, x, a); });
    if (c.fn == "hard_shrink")
        return of_input<T>(
            c, [=](Tensor& y, const Tensor& x) { at::hardshrink_out(y, x, a); },
            [=](const Tensor& x, const Tensor& dy, Tensor& dx) { at::hardshrink_backward_out(dx, dy, x, a); });
    if (c.fn == "soft_shrink")
        return of_input<T>(
            c, [=](Tensor& y, const Tensor& x) { at::softshrink_out(y, x, a); },
            [=](const Tensor& x, const Tensor& dy, Tensor& dx) { at::softshrink_backward_out(dx, dy, x, a); });
    if (c.fn == "hard_sigmoid")
        return of_input<T>(
            c, [](Tensor& y, const Tensor& x) { at::hardsigmoid_out(y, x); },
            [](const Tensor& x, const Tensor& dy, Tensor& dx) { at::hardsigmoid_backward_out(dx, dy, x); });
    if (c.fn == "hard_swish")
        return of_input<T>(
            c, [](Tensor& y, const Tensor& x) { at::hardswish_out(y, x); },
            [](const Tensor& x, const Tensor& dy, Tensor& dx) { dx.copy_(at::hardswish_backward(dy, x)); });
    return {};
}

/// Those that bend everywhere, and whose gradient takes x.
template <class T>
kernel<T> smooth(const cell& c) {
    using at::Tensor;
    const double a = c.parameters[0];
    if (c.fn == "silu")
        return of_input<T>(
            c, [](Tensor& y, const Tensor& x) { at::silu_out(y, x); },
            [](const Tensor& x, const Tensor& dy, Tensor& dx) { at::silu_backward_out(dx, dy, x); });
    if (c.fn == "gelu" || c.fn == "gelu_tanh")
        return of_input<T>(
            c, [how = c.fn == "gelu" ? "none" : "tanh"](Tensor& y, const Tensor& x) { at::gelu_out(y, x, how); },
            [how = c.fn == "gelu" ? "none" : "tanh"](const Tensor& x, const Tensor& dy, Tensor& dx) {
                at::gelu_backward_out(dx, dy, x, how);
            });
    if (c.fn == "mish")
        return of_input<T>(
            c, [](Tensor& y, const Tensor& x) { at::mish_out(y, x); },
            [](const Tensor& x, const Tensor& dy, Tensor& dx) { dx.copy_(at::mish_backward(dy, x)); });
    if (c.fn == "softplus")
        return of_input<T>(
            c, [a](Tensor& y, const Tensor& x) { at::softplus_out(y, x, a, 20); },
            [a](const Tensor& x, const Tensor& dy, Tensor& dx) { at::softplus_backward_out(dx, dy, x, a, 20); });
    if (c.op != op::forward)
        return {};
    if (c.fn == "log_sigmoid")
        return on_tensors<T>(c, [](const Tensor& x, const Tensor&, Tensor& y) { at::log_sigmoid_out(y, x); });
    if (c.fn == "selu")
        return on_tensors<T>(c, [](const Tensor& x, const Tensor&, Tensor& y) {
            at::elu_out(y, x, 1.6732632423543772, 1.0507009873554805);
        });
    if (c.fn == "celu")
        return on_tensors<T>(c, [a](const Tensor& x, const Tensor&, Tensor& y) { at::elu_out(y, x, a, 1, 1 / a); });
    if (c.fn == "exponential")
        return on_tensors<T>(c, [](const Tensor& x, const Tensor&, Tensor& y) { at::exp_out(y, x); });
    return {};
}

// The gradients of these two take the output.
template <class T>
kernel<T> sigmoid(const cell& c) {
    using at::Tensor;
    if (c.op == op::forward)
        return on_tensors<T>(c, [](const Tensor& x, const Tensor&, Tensor& y) { at::sigmoid_out(y, x); });
    if (c.op == op::backward_from_output)
        return on_tensors<T>(
            c, [](const Tensor& y, const Tensor& dy, Tensor& dx) { at::sigmoid_backward_out(dx, dy, y); });
    return {};
}

template <class T>
kernel<T> tanh(const cell& c) {
    using at::Tensor;
    if (c.op == op::forward)
        return on_tensors<T>(c, [](const Tensor& x, const Tensor&, Tensor& y) { at::tanh_out(y, x); });
    if (c.op == op::backward_from_output)
        return on_tensors<T>(c,
                             [](const Tensor& y, const Tensor& dy, Tensor& dx) { at::tanh_backward_out(dx, dy, y); });
    return {};
}

/// prelu returns new tensors. The first call, which is not timed, copies them out to be checked.
template <class T>
kernel<T> prelu(const cell& c) {
    if (c.op != op::forward && c.op != op::backward)
        return {};
    return [c, checked = false](const arrays<T>& a) mutable {
        const at::InferenceMode mode;
        const auto n = static_cast<std::int64_t>(c.outer), channels = static_cast<std::int64_t>(c.channels),
                   inner = static_cast<std::int64_t>(c.inner);
        const at::Tensor x = tensor(a.x, {n, channels, inner}), slopes = tensor(a.slopes, {channels});
        at::Tensor out, sums;
        if (c.op == op::forward) {
            out = at::prelu(x, slopes);
        } else {
            const at::Tensor dy = tensor(a.dy, {n, channels, inner});
#if TORCH_VERSION_MAJOR >= 2
            const auto result = at::_prelu_kernel_backward(dy, x, slopes.view({1, channels, 1}));
            out = std::get<0>(result);
            const std::int64_t others[] = {0, 2};
            sums = at::sum(std::get<1>(result), at::IntArrayRef(others));
#else
            std::tie(out, sums) = at::prelu_backward(dy, x, slopes);
#endif
        }
        if (!checked) {
            tensor(a.out, {n, channels, inner}).copy_(out);
            if (sums.defined())
                tensor(a.dslopes, {channels}).copy_(sums);
            checked = true;
        }
    };
}

template <class T>
kernel<T> offer(const cell& c) {
    static const bool prepared = [] {
        at::set_num_threads(1);
        return !stay_at_avx2 || setenv("ATEN_CPU_CAPABILITY", "avx2", 1) == 0; // read by the first kernel
    }();
    if (!prepared)
        return {};
    if (c.fn == "relu")
        return relu<T>(c);
    if (c.fn == "leaky_relu")
        return leaky_relu<T>(c);
    if (c.fn == "elu")
        return elu<T>(c);
    if (c.fn == "sigmoid")
        return sigmoid<T>(c);
    if (c.fn == "tanh")
        return tanh<T>(c);
    if (c.fn == "prelu")
        return prelu<T>(c);
    if (kernel<T> found = piecewise<T>(c))
        return found;
    return smooth<T>(c);
}

const bool added = add({"libtorch", TORCH_VERSION, role::peer, offer<float>, offer<double>});

} // namespace
