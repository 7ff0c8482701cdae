#if __has_include(<simdact.hpp>)
#include <simdact.hpp> // vendored
#else
#include <simdact/simdact.hpp>
#endif

#include <cstdio>

static_assert(sizeof(OPTIONS_FROM_SIMDACT) == sizeof(""), "a target that uses simdact gets no compiler option from it");

int main() {
    const float y = simdact::elu{.alpha = 0.5}(-1.0F);
    std::printf("elu(-1) = %.5f\n", double(y));
    return y > -0.31607F && y < -0.31605F ? 0 : 1; // 0.5 * (1/e - 1)
}
