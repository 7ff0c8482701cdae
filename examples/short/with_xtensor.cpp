// xtensor: a kernel on the memory of a tensor, a functor inside a lazy expression. Prints:
//
//   -0.865 -0.632  0.000
//    1.000  2.000  3.000
//   elu(0 - 1) = -0.632
#include <simdact/simdact.hpp>

#if __has_include(<xtensor/containers/xtensor.hpp>) // since xtensor 0.26
#include <xtensor/containers/xtensor.hpp>
#include <xtensor/core/xmath.hpp>
#else
#include <xtensor/xmath.hpp>
#include <xtensor/xtensor.hpp>
#endif

#include <cstdio>
#include <span>

int main() {
    const xt::xtensor<float, 2> x = {{-2.0f, -1.0f, 0.0f}, {1.0f, 2.0f, 3.0f}};
    xt::xtensor<float, 2> y = xt::empty_like(x);
    const simdact::elu f{.alpha = 1.0};

    simdact::forward(f, std::span(x.data(), x.size()), std::span(y.data(), y.size()));
    std::printf("%6.3f %6.3f %6.3f\n%6.3f %6.3f %6.3f\n", y(0, 0), y(0, 1), y(0, 2), y(1, 0), y(1, 1), y(1, 2));

    // Computed when it is asked for, one float at a time.
    const auto lazy = xt::make_lambda_xfunction(f, x - 1.0f);
    std::printf("elu(%.0f - 1) = %.3f\n", x(0, 2), lazy(0, 2));
}
