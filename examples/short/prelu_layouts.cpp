// PReLU with a learned slope for each channel, on the same images in both usual layouts. Prints:
//
//   NCHW: dslopes = 2.25 3.00 10.00
//   NHWC: dslopes = 2.25 3.00 10.00
//   0 values or gradients differ
#include <simdact/simdact.hpp>

#include <cstdio>
#include <vector>

constexpr std::size_t N = 2, C = 3, HW = 4; // two images of 2 x 2 pixels with three channels

int main() {
    const simdact::channel_shape nchw{.outer = N, .channels = C, .inner = HW};
    const simdact::channel_shape nhwc{.outer = N * HW, .channels = C, .inner = 1};
    const std::vector<float> slopes = {0.25f, 0.5f, 1.0f};
    std::vector<float> x(nchw.size()), x2(x), y(x), y2(x), dx(x), dx2(x), dslopes(C), dslopes2(C);

    for (std::size_t i = 0; i < x.size(); ++i)
        x[i] = static_cast<float>(i % 5) - 2.0f;
    const auto in_nhwc = [](std::size_t i) { return (i / (C * HW) * HW + i % HW) * C + i / HW % C; };
    for (std::size_t i = 0; i < x.size(); ++i)
        x2[in_nhwc(i)] = x[i];

    simdact::forward(simdact::prelu{}, nchw, x, slopes, y);
    simdact::forward(simdact::prelu{}, nhwc, x2, slopes, y2);
    simdact::backward(simdact::prelu{}, nchw, x, slopes, y, dx, dslopes); // the loss is half the sum of y^2, so dy is y
    simdact::backward(simdact::prelu{}, nhwc, x2, slopes, y2, dx2, dslopes2);

    int different = 0;
    for (std::size_t i = 0; i < x.size(); ++i)
        different += (y[i] != y2[in_nhwc(i)]) + (dx[i] != dx2[in_nhwc(i)]);
    std::printf("NCHW: dslopes = %.2f %.2f %.2f\n", dslopes[0], dslopes[1], dslopes[2]);
    std::printf("NHWC: dslopes = %.2f %.2f %.2f\n", dslopes2[0], dslopes2[1], dslopes2[2]);
    std::printf("%d values or gradients differ\n", different);
}
