#include "sloped.hpp"

namespace tests {
namespace {

/// With one slope for all, which is as a parameter. The gradient of the slopes is channelwise_test's.
struct prelu : sloped {
    static constexpr const char* name = "prelu";
    static std::vector<parameter_set> usual() { return {{0.25}, {0.01}, {0.5}, {1.0}, {1.7}, {3.0}}; }
    static constexpr facts fact = {.keeps_x_above_zero = true, .monotone = true, .from_bit = true};
};

const described<prelu> here;

} // namespace
} // namespace tests
