/// Every kernel as object code, for undefined_symbols.cmake to see what it calls.

#include "../every_kernel.hpp"

namespace tests {

template struct kernels_of<float, simdact::relu>;
template struct kernels_of<double, simdact::relu>;
template struct kernels_of<float, simdact::leaky_relu>;
template struct kernels_of<double, simdact::leaky_relu>;
template struct channelwise_kernels_of<float, simdact::prelu>;
template struct channelwise_kernels_of<double, simdact::prelu>;

// have no mask
template void kernels_of<float, simdact::elu>::forward(const arguments<float>&);
template void kernels_of<float, simdact::elu>::derivative(const arguments<float>&);
template void kernels_of<float, simdact::elu>::backward(const arguments<float>&);
template void kernels_of<float, simdact::elu>::backward_from_output(const arguments<float>&);
template void kernels_of<double, simdact::elu>::forward(const arguments<double>&);
template void kernels_of<double, simdact::elu>::derivative(const arguments<double>&);
template void kernels_of<double, simdact::elu>::backward(const arguments<double>&);
template void kernels_of<double, simdact::elu>::backward_from_output(const arguments<double>&);
template void kernels_of<float, simdact::sigmoid>::forward(const arguments<float>&);
template void kernels_of<float, simdact::sigmoid>::derivative(const arguments<float>&);
template void kernels_of<float, simdact::sigmoid>::backward(const arguments<float>&);
template void kernels_of<float, simdact::sigmoid>::backward_from_output(const arguments<float>&);
template void kernels_of<double, simdact::sigmoid>::forward(const arguments<double>&);
template void kernels_of<double, simdact::sigmoid>::derivative(const arguments<double>&);
template void kernels_of<double, simdact::sigmoid>::backward(const arguments<double>&);
template void kernels_of<double, simdact::sigmoid>::backward_from_output(const arguments<double>&);
template void kernels_of<float, simdact::tanh>::forward(const arguments<float>&);
template void kernels_of<float, simdact::tanh>::derivative(const arguments<float>&);
template void kernels_of<float, simdact::tanh>::backward(const arguments<float>&);
template void kernels_of<float, simdact::tanh>::backward_from_output(const arguments<float>&);
template void kernels_of<double, simdact::tanh>::forward(const arguments<double>&);
template void kernels_of<double, simdact::tanh>::derivative(const arguments<double>&);
template void kernels_of<double, simdact::tanh>::backward(const arguments<double>&);
template void kernels_of<double, simdact::tanh>::backward_from_output(const arguments<double>&);

} // namespace tests
