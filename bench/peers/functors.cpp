// simdact's functors in a loop of the user's, which the compiler makes what it can of: no kernel is called.

#include "../cell.hpp"

#include <simdact/functions.hpp>

namespace {
using namespace bench;

template <class T, class F>
kernel<T> elementwise(F f, const cell& c) {
    const std::size_t n = c.size();
    if (c.in_place)
        return {};
    switch (c.op) {
    case op::forward:
        return [=](const arrays<T>& a) {
            for (std::size_t i = 0; i < n; ++i)
                a.out[i] = f(a.x[i]);
        };
    case op::derivative:
        return [=](const arrays<T>& a) {
            for (std::size_t i = 0; i < n; ++i)
                a.out[i] = f.derivative(a.x[i]);
        };
    case op::backward:
        return [=](const arrays<T>& a) {
            for (std::size_t i = 0; i < n; ++i)
                a.out[i] = f.backward(a.x[i], a.dy[i]);
        };
    case op::backward_from_output:
        return [=](const arrays<T>& a) {
            for (std::size_t i = 0; i < n; ++i)
                a.out[i] = f.backward_from_output(a.x[i], a.dy[i]);
        };
    default:
        return {};
    }
}

template <class T>
kernel<T> prelu(const cell& c) {
    if (c.op != op::forward || c.in_place)
        return {};
    return [=](const arrays<T>& a) {
        for (std::size_t line = 0; line < c.outer * c.channels; ++line)
            for (std::size_t i = line * c.inner; i < (line + 1) * c.inner; ++i)
                a.out[i] = simdact::prelu{}(a.x[i], a.slopes[line % c.channels]);
    };
}

template <class T>
kernel<T> offer(const cell& c) {
    switch (c.fn) {
    case fn::relu:
        return elementwise<T>(simdact::relu{}, c);
    case fn::leaky_relu:
        return elementwise<T>(simdact::leaky_relu{negative_slope}, c);
    case fn::elu:
        return elementwise<T>(simdact::elu{alpha}, c);
    case fn::sigmoid:
        return elementwise<T>(simdact::sigmoid{}, c);
    case fn::tanh:
        return elementwise<T>(simdact::tanh{}, c);
    case fn::prelu:
        return prelu<T>(c);
    }
    return {};
}

const bool added = add({"functors", "", role::reference, offer<float>, offer<double>});

} // namespace
