#include "../library.hpp"

#include "../few_functions.hpp"

std::string FUNCTION(float& x) {
    simdact::dispatch::forward(simdact::elu{.alpha = 0.5}, std::span<float>(&x, 1));
    simdact::dispatch::forward(steep{.slope = 2}, std::span<float>(&x, 1));
    x /= 2;
    return simdact::dispatch::isa<few_functions>();
}
