#ifndef SIMDACT_FUNCTIONS_GATED_HPP
#define SIMDACT_FUNCTIONS_GATED_HPP

#include <simdact/functions/gelu.hpp>
#include <simdact/functions/identity.hpp>
#include <simdact/functions/relu.hpp>
#include <simdact/functions/sigmoid.hpp>
#include <simdact/functions/silu.hpp>

#include <cstddef>

namespace simdact {
inline namespace SIMDACT_ISA {

/// Gated linear unit: y = f(gate) value, where f is any function of one argument, a user's own too: gated<silu>{}, or
/// gated{elu{0.5}}. For kernels over two arrays, or over one in which both are packed (kernels/gated.hpp).
/// Error of y: that of f, in units of f(gate), times |value|, and 0.5 ULP of y. IEEE where 0 meets an infinity; some
/// NaN where the gate or the value is one.
/// dgate = f.backward(gate, dy * value), or (dy * value) * f'(gate) where f has no backward(); dvalue = dy * f(gate):
/// each product is rounded, in this order.  Dauphin, Fan, Auli, Grangier 2016; Shazeer 2020.
template <class F>
struct gated final {
    F activation;
};

template <class F>
gated(F) -> gated<F>;

using glu = gated<sigmoid>;
using reglu = gated<relu>;
using geglu = gated<gelu>;
using swiglu = gated<silu>;
using bilinear = gated<identity>;

/// Where the gates are in a row in which they are packed with the values. Frameworks disagree: the `glu` of PyTorch,
/// JAX and Keras has them in the second half, ONNX's SwiGLU and LLaMA's weights in the first, gpt-oss alternates.
enum class gate_at : unsigned char {
    nowhere,     ///< nothing was said: refused
    first_half,  ///< all gates, then all values
    second_half, ///< all values, then all gates
    alternating, ///< a gate, its value, the next gate, ...
};

/// `rows` rows of `width` gates and as many values each, 2 * width elements: {tokens, d, gate_at::first_half}. What is
/// computed of them has rows * width elements.
struct gated_shape {
    std::size_t rows = 1;
    std::size_t width = 1;
    gate_at gate = gate_at::nowhere;
};

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
