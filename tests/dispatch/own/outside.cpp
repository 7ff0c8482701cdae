/// Prints why nothing is chosen.

#include "outside.hpp"

#include <cstdio>
#include <stdexcept>
#include <vector>

int main() {
    std::vector<float> x(4);
    try {
        simdact::dispatch::forward<outside>(astray{}, x);
        std::puts("it is called");
    } catch (const std::invalid_argument& refused) {
        std::printf("%s\n", refused.what());
    }
}
