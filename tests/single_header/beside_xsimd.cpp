/// The single header has its own xsimd inside; two units of this program include the user's as well.

#include <simdact.hpp>

float with_xsimd_first(float x);
float with_xsimd_last(float x);

int main() {
    const float y = simdact::elu{}(-1.0F);
    return with_xsimd_first(-1.0F) == y && with_xsimd_last(-1.0F) == y ? 0 : 1;
}
