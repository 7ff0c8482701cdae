// A dense layer with Eigen: a kernel on the memory of a matrix, a functor inside an expression. Prints:
//
//    1.000 -0.632 -0.777
//    0.500  7.000  0.500
//   sum of elu(x - 1): 1.110
//   0 0 1 2
#include <simdact/eigen.hpp>
#include <simdact/simdact.hpp>

#include <Eigen/Core>

#include <cstdio>
#include <vector>

int main() {
    Eigen::MatrixXf weights(2, 2), x(2, 3);
    weights << 1.0f, -1.0f, 0.5f, 2.0f;
    x << 1.0f, 2.0f, -1.0f, 0.0f, 3.0f, 0.5f;
    const simdact::elu f{.alpha = 1.0};

    Eigen::MatrixXf y = weights * x;
    simdact::forward(f, y); // the whole matrix, in place
    std::printf("%6.3f %6.3f %6.3f\n%6.3f %6.3f %6.3f\n", y(0, 0), y(0, 1), y(0, 2), y(1, 0), y(1, 1), y(1, 2));

    // A packet at a time, by simdact/eigen.hpp, and without memory for what the expression computes.
    std::printf("sum of elu(x - 1): %.3f\n", (x.array() - 1.0f).unaryExpr(f).sum());

    std::vector<float> buffer = {-2.0f, -1.0f, 1.0f, 2.0f};
    simdact::forward(simdact::relu{}, Eigen::Map<Eigen::Array22f>(buffer.data())); // memory that Eigen does not own
    std::printf("%.0f %.0f %.0f %.0f\n", buffer[0], buffer[1], buffer[2], buffer[3]);
}
