/// Built twice, against two versions of the library, for one program.

#include <simdact.hpp>

#include <string>
#include <typeinfo>
#include <vector>

std::string later_name();
std::vector<float> later_result(const std::vector<float>& x);

namespace {

std::vector<float> result(const std::vector<float>& x) {
    std::vector<float> y(x.size());
    simdact::forward(simdact::elu{}, x, y);
    simdact::backward(simdact::leaky_relu{}, x, y, y);
    return y;
}

} // namespace

#if defined(LATER)
static_assert(SIMDACT_VERSION_MINOR == 99);
std::string later_name() { return typeid(simdact::elu).name(); }
std::vector<float> later_result(const std::vector<float>& x) { return result(x); }
#else
static_assert(SIMDACT_VERSION_MINOR != 99);
int main() {
    const std::vector<float> x = {-2, -1, 0, 1, 2};
    return later_name() != typeid(simdact::elu).name() && result(x) == later_result(x) ? 0 : 1;
}
#endif
