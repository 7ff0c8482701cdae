// The feed-forward block of LLaMA and its like, y = (silu(x W) * (x V)) U, forward and backward, with W and V side by
// side in one matrix, so that one product computes both. Prints:
//
//   loss 0.1209
//   gradient of a weight of W: -0.017358, by differences -0.017358
//   gradient of a weight of V: -0.056598, by differences -0.056598
#include <simdact/simdact.hpp>

#include <Eigen/Core>

#include <cmath>
#include <cstdio>

namespace {

using matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

constexpr int tokens = 3, size = 4, hidden = 6;
// Gates in the first half of each row, as LLaMA's weights are packed. Others have them elsewhere, so it has to be said.
constexpr simdact::gated_shape shape{tokens, hidden, simdact::gate_at::first_half};

matrix filled(int rows, int columns, double step) {
    return matrix::NullaryExpr(rows, columns, [=](auto i, auto j) {
        return std::sin(step * (1.0 + static_cast<double>(i) + 3.0 * static_cast<double>(j)));
    });
}

double loss(const matrix& x, const matrix& wv, const matrix& u, matrix& packed, matrix& gated, matrix& y) {
    packed = x * wv;
    simdact::forward(simdact::swiglu{}, shape, packed, gated);
    y = gated * u;
    return y.squaredNorm() / 2;
}

} // namespace

int main() {
    const matrix x = filled(tokens, size, 0.7), u = filled(hidden, size, 1.3);
    matrix wv = filled(size, 2 * hidden, 0.4), packed, gated(tokens, hidden), y;
    std::printf("loss %.4f\n", loss(x, wv, u, packed, gated, y));

    matrix dgated = y * u.transpose();
    simdact::backward(simdact::swiglu{}, shape, packed, dgated, packed); // in place: the gradient is packed alike
    const matrix dwv = x.transpose() * packed;

    for (const int column : {1, hidden + 1}) {
        double& weight = wv(2, column);
        const double at = weight, h = 1e-5;
        weight = at + h;
        const double above = loss(x, wv, u, packed, gated, y);
        weight = at - h;
        const double below = loss(x, wv, u, packed, gated, y);
        weight = at;
        std::printf("gradient of a weight of %c: %.6f, by differences %.6f\n", column < hidden ? 'W' : 'V',
                    dwv(2, column), (above - below) / (2 * h));
    }
}
