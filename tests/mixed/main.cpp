/// Prints the hashes of the halves that are asked for: those for the oldest CPU by default, of the other one with an
/// argument.

#include <cstdint>
#include <cstdio>

std::uint64_t baseline_half();
std::uint64_t other_half() __attribute__((weak)); // there is a program without it

int main(int argc, char**) {
    std::printf("%016llx\n", static_cast<unsigned long long>(argc > 1 ? other_half() : baseline_half()));
}
