// simdact itself, and beside its kernels with masks the kernels that they replace. With DISPATCHED: through
// simdact_add_dispatch(), from a file built for the oldest CPU.

#include "../cell.hpp"

#if defined DISPATCHED
#include <simdact/dispatch.hpp>
namespace kernels = simdact::dispatch;
#else
#include <simdact/simdact.hpp>
namespace kernels = simdact;
#endif

#include <span>

namespace {
using namespace bench;

template <class T, class F>
kernel<T> elementwise(F f, op o, bool in_place, std::size_t n) {
    switch (o) {
    case op::forward:
        if (in_place)
            return [=](const arrays<T>& a) { kernels::forward(f, std::span(a.out, n)); };
        return [=](const arrays<T>& a) { kernels::forward(f, std::span(a.x, n), std::span(a.out, n)); };
    case op::derivative:
        return [=](const arrays<T>& a) { kernels::derivative(f, std::span(a.x, n), std::span(a.out, n)); };
    case op::backward:
        return [=](const arrays<T>& a) {
            kernels::backward(f, std::span(a.x, n), std::span(a.dy, n), std::span(a.out, n));
        };
    case op::backward_from_output:
        return [=](const arrays<T>& a) {
            kernels::backward_from_output(f, std::span(a.x, n), std::span(a.dy, n), std::span(a.out, n));
        };
    case op::forward_with_mask:
        if constexpr (requires(std::span<T> s, std::span<std::uint8_t> m) { kernels::forward_with_mask(f, s, s, m); })
            return [=](const arrays<T>& a) {
                kernels::forward_with_mask(f, std::span(a.x, n), std::span(a.out, n), std::span(a.mask, (n + 7) / 8));
            };
        break;
    case op::backward_from_mask:
        if constexpr (requires(std::span<T> s, std::span<std::uint8_t> m) { kernels::backward_from_mask(f, m, s, s); })
            return [=](const arrays<T>& a) {
                kernels::backward_from_mask(f, std::span(a.mask, (n + 7) / 8), std::span(a.dy, n), std::span(a.out, n));
            };
        break;
    }
    return {};
}

template <class T>
kernel<T> prelu(const cell& c) {
    const simdact::channel_shape shape{c.outer, c.channels, c.inner};
    if (c.op == op::forward)
        return [=](const arrays<T>& a) {
            kernels::forward(simdact::prelu{}, shape, std::span(a.x, shape.size()), std::span(a.slopes, shape.channels),
                             std::span(a.out, shape.size()));
        };
    return [=](const arrays<T>& a) {
        kernels::backward(simdact::prelu{}, shape, std::span(a.x, shape.size()), std::span(a.slopes, shape.channels),
                          std::span(a.dy, shape.size()), std::span(a.out, shape.size()),
                          std::span(a.dslopes, shape.channels));
    };
}

template <class T>
kernel<T> offer(const cell& c) {
    switch (c.fn) {
    case fn::relu:
        return elementwise<T>(simdact::relu{}, c.op, c.in_place, c.size());
    case fn::leaky_relu:
        return elementwise<T>(simdact::leaky_relu{negative_slope}, c.op, c.in_place, c.size());
    case fn::elu:
        return elementwise<T>(simdact::elu{alpha}, c.op, c.in_place, c.size());
    case fn::sigmoid:
        return elementwise<T>(simdact::sigmoid{}, c.op, c.in_place, c.size());
    case fn::tanh:
        return elementwise<T>(simdact::tanh{}, c.op, c.in_place, c.size());
    case fn::prelu:
        return prelu<T>(c);
    }
    return {};
}

#if defined DISPATCHED
const bool added = add({"dispatched", "", role::reference, offer<float>, offer<double>});
#else
template <class T>
kernel<T> without_mask(const cell& c) {
    cell same = c;
    if (c.op == op::forward_with_mask)
        same.op = op::forward;
    else if (c.op == op::backward_from_mask)
        same.op = op::backward;
    else
        return {};
    return offer<T>(same);
}

const bool added = add({"simdact", "", role::ours, offer<float>, offer<double>}) &&
                   add({"no mask", "", role::reference, without_mask<float>, without_mask<double>});
#endif

} // namespace
