/// Two translation units that both include and use everything make one program.

#include <simdact/simdact.hpp>

#include <vector>

std::vector<float> results_of_the_other_unit(const std::vector<float>& x);

namespace {

std::vector<float> results(const std::vector<float>& x) {
    std::vector<float> y(x.size()), dx(x.size()), dslopes(1);
    simdact::forward(simdact::elu{}, x, y);
    simdact::backward_from_output(simdact::leaky_relu{}, y, x, dx);
    simdact::forward(simdact::relu{}, y);
    simdact::backward(simdact::prelu{}, {.inner = x.size()}, x, std::vector<float>{0.5F}, y, dx, dslopes,
                      simdact::accumulate);
    y.insert(y.end(), dx.begin(), dx.end());
    y.insert(y.end(), dslopes.begin(), dslopes.end());
    return y;
}

} // namespace

#if defined(SECOND_UNIT)
std::vector<float> results_of_the_other_unit(const std::vector<float>& x) { return results(x); }
#else
int main() {
    const std::vector<float> x = {-2, -1, 0, 1, 2};
    return results(x) == results_of_the_other_unit(x) ? 0 : 1;
}
#endif
