/// Two libraries with the same list, each with a version of simdact of its own: prints what was chosen for each.

#include <cstdio>

int failures_of_first();
int failures_of_second();
const char* isa_of_first();
const char* isa_of_second();

int main() {
    std::printf("%s %s\n", isa_of_first(), isa_of_second());
    return failures_of_first() + failures_of_second();
}
