#include "sloped.hpp"

namespace tests {
namespace {

/// With one slope for all, which is as a parameter. The gradient of the slopes is channelwise_test's.
struct prelu : sloped {
    static constexpr const char* name = "prelu";
    static constexpr facts fact = {.keeps_x_above_zero = true, .monotone = true, .from_bit = true};
};

const described<prelu> here;

} // namespace
} // namespace tests
