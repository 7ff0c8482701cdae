#if defined(FEW_FUNCTIONS)
#include "../exported/few_functions.hpp"
using functions = few_functions;
#else
#include <simdact/dispatch.hpp>
using functions = simdact::functions;
#endif

#include <cstdio>
#include <vector>

#if defined(__AVX__)
#error "this file should be for the oldest CPU"
#endif

int main() {
    std::vector<float> x = {-1.0F, 2.0F};
    simdact::dispatch::forward(simdact::elu{.alpha = 0.5}, x);
    std::printf("%s: %.5f %g\n", simdact::dispatch::isa<functions>(), double(x[0]), double(x[1]));
    return x[0] > -0.31607F && x[0] < -0.31605F && x[1] == 2.0F ? 0 : 1;
}
