#include "../library.hpp"

#include <simdact/dispatch.hpp>

std::string FUNCTION(float& x) {
    simdact::dispatch::forward(simdact::elu{.alpha = 0.5}, std::span<float>(&x, 1));
    return simdact::dispatch::isa();
}
