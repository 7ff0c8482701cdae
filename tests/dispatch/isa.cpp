/// Prints the instruction set that is chosen, or why none is.

#include <simdact/dispatch.hpp>

#include <cstdio>
#include <stdexcept>

int main() {
    try {
        std::printf("%s\n", simdact::dispatch::isa());
    } catch (const std::invalid_argument& refused) {
        std::printf("%s\n", refused.what());
    }
}
