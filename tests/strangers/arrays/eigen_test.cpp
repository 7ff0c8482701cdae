/// Matrices of Eigen, and views of them.

#include "../../refusal.hpp"
#include "every_call.hpp"

#include <Eigen/Core>

using namespace tests;
using simdact::input_array;
using simdact::output_array;

namespace {

template <class T>
using vector = Eigen::VectorX<T>;
using matrix = Eigen::MatrixXf;
using row_major = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using strided = Eigen::Map<vector<float>, 0, Eigen::InnerStride<2>>;
using some_stride = Eigen::Map<vector<float>, 0, Eigen::InnerStride<>>;

matrix a(2, 3), b(2, 3);
vector<float> v(6);
row_major r(2, 3);

template <class Expression>
using plain = std::remove_cvref_t<Expression>;

// What is in memory, one element after the other, is an array.
static_assert(input_array<vector<float>> && input_array<Eigen::RowVectorXd> && input_array<Eigen::Vector4f>);
static_assert(input_array<matrix> && input_array<row_major> && input_array<Eigen::ArrayXXd> &&
              input_array<Eigen::ArrayXf>);
static_assert(input_array<Eigen::Map<const matrix>> && input_array<Eigen::Ref<const vector<float>>>);
static_assert(input_array<plain<decltype(v.head(2))>> && input_array<plain<decltype(a.middleCols(0, 1))>>);
static_assert(input_array<plain<decltype(a.array())>> && input_array<plain<decltype(a.col(1))>>);
static_assert(input_array<plain<decltype(r.row(1))>> && input_array<plain<decltype(a.topRows(1))>>);

// What it would have to be brought from is none.
static_assert(!input_array<strided> && !input_array<some_stride> && !input_array<Eigen::VectorXi>);
static_assert(!input_array<plain<decltype(a + b)>> && !input_array<plain<decltype(v.reverse())>>);
static_assert(!input_array<plain<decltype(a.transpose())>> && !input_array<plain<decltype(v.transpose())>>);
static_assert(!input_array<plain<decltype(a.row(1))>> && !input_array<plain<decltype(r.col(1))>>);
static_assert(!input_array<plain<decltype(a.diagonal())>> && !input_array<plain<decltype(a * b)>>);
static_assert(!input_array<plain<decltype(a.cast<double>())>> && !input_array<plain<decltype(v.asDiagonal())>>);
static_assert(!input_array<Eigen::VectorXcf> && !input_array<plain<decltype(Eigen::VectorXcf().real())>>);

// Written are variables, and views whose elements are not const.
static_assert(output_array<matrix&> && output_array<Eigen::Vector4f&> && output_array<Eigen::Map<matrix>>);
static_assert(output_array<Eigen::Map<matrix>&> && output_array<Eigen::Ref<vector<float>>>);
static_assert(output_array<decltype(v.tail(2))> && output_array<decltype(a.col(1))> &&
              output_array<decltype(a.array())>);
static_assert(!output_array<matrix> && !output_array<vector<float>> && !output_array<Eigen::ArrayXf>);
static_assert(!output_array<const matrix&> && !output_array<const Eigen::ArrayXf&>);
static_assert(!output_array<Eigen::Map<const matrix>> && !output_array<Eigen::Map<const matrix>&>);
static_assert(!output_array<Eigen::Ref<const vector<float>>&> && !output_array<decltype(std::as_const(v).head(2))>);

// Row-major beside column-major would permute; a vector is beside either.
template <class Y, class X>
constexpr bool output_for = simdact::output_for<Y, X>;
static_assert(output_for<matrix&, matrix> && output_for<row_major&, row_major>);
static_assert(!output_for<row_major&, matrix> && !output_for<matrix&, row_major>);
static_assert(output_for<vector<float>&, matrix> && output_for<std::vector<float>&, row_major>);
static_assert(output_for<row_major&, std::vector<float>> && output_for<matrix&, Eigen::RowVectorXf>);
static_assert(!simdact::input_beside<row_major, matrix> && simdact::input_beside<std::vector<float>, matrix>);
static_assert(!simdact::output_for<row_major&, std::vector<float>, matrix>); // dx beside dy

} // namespace

TEST_CASE("strangers: arrays: a Map of a vector, or of a mask", "[arrays][eigen]") {
    as_with_spans_everywhere<float>([]<class T>(memory<T>& m) {
        return Eigen::Map<vector<T>>(m.middle().data(), static_cast<Eigen::Index>(m.size));
    });
}

TEST_CASE("strangers: arrays: a block, a matrix for x and vectors for slopes", "[arrays][eigen]") {
    as_with_spans_everywhere<double>(
        []<class T>(memory<T>& m) {
            Eigen::Map<Eigen::Array<T, 1, Eigen::Dynamic>> all(m.all.data(), static_cast<Eigen::Index>(m.all.size()));
            return all.segment(memory<T>::before, static_cast<Eigen::Index>(m.size));
        },
        [](auto& m) { return m.middle(); });
    matrix x(2, 3), dx(2, 3);
    x << -1, 2, -3, 4, -5, 6;
    const Eigen::Vector2f slopes(0.5f, 2);
    Eigen::Array2f dslopes;
    simdact::backward(simdact::prelu{}, {.outer = 3, .channels = 2}, x, slopes, x, dx, dslopes);
    CHECK(dx == matrix{{-0.5f, 2, -1.5f}, {4, -10, 6}});
    CHECK(dslopes[0] == 10);
    CHECK(dslopes[1] == 25);
}

TEST_CASE("strangers: arrays: matrices and parts of them are changed in place, and nothing beside them",
          "[arrays][eigen]") {
    const matrix x{{-1, 2, -3, 4}, {-5, -6, 7, 8}};
    const simdact::leaky_relu f{.negative_slope = 0.5};
    matrix y(2, 4);
    simdact::forward(f, x, y);
    CHECK(y == matrix{{-0.5f, 2, -1.5f, 4}, {-2.5f, -3, 7, 8}});
    y = x;
    simdact::forward(f, y.middleCols(1, 2));
    CHECK(y == matrix{{-1, 2, -1.5f, 4}, {-5, -3, 7, 8}});
    simdact::dispatch::forward(f, y.col(0).array());
    CHECK(y == matrix{{-0.5f, 2, -1.5f, 4}, {-2.5f, -3, 7, 8}});
    row_major z = x;
    simdact::forward(f, z.row(1));
    simdact::dispatch::forward(f, z.row(0).head(2));
    CHECK(z == matrix{{-0.5f, 2, -3, 4}, {-2.5f, -3, 7, 8}});
    Eigen::Matrix<std::uint8_t, 1, 1> mask;
    simdact::forward_with_mask(simdact::relu{}, x, y, mask);
    CHECK(mask[0] == 0b11100100);
    simdact::backward_from_mask(simdact::relu{}, mask, x, y);
    CHECK(y == x.cwiseMax(0));
    matrix none(0, 3);
    simdact::forward(f, none);
    simdact::forward(f, none.topRows(0), none);
}

TEST_CASE("strangers: arrays: gaps between the columns of a block are refused, before anything is written",
          "[arrays][eigen]") {
    matrix large = matrix::Constant(8, 3, -1), x = matrix::Constant(5, 3, -1), w = matrix::Constant(1, 3, 2);
    row_major rows = row_major::Constant(3, 8, -1);
    const std::vector<float> plain(15), one(1);
    std::vector<std::uint8_t> mask(2, 7);
    using namespace simdact;
    const relu f;
    const std::string y = ": y has an outer stride of 8, but 5 rows", x_ = ": x has an outer stride of 8, but 5 rows",
                      dx = ": dx has an outer stride of 8, but 5 rows";
    CHECK(refusal([&] { forward(f, x, large.topRows(5)); }) == "simdact::forward" + y);
    CHECK(refusal([&] { forward(f, large.topRows(5)); }) == "simdact::forward" + x_);
    CHECK(refusal([&] { forward(f, std::as_const(large).topRows(5), x); }) == "simdact::forward" + x_);
    CHECK(refusal([&] { dispatch::forward(f, x, large.bottomRows(5)); }) == "simdact::dispatch::forward" + y);
    CHECK(refusal([&] { dispatch::forward(f, large.topRows(5)); }) == "simdact::dispatch::forward" + x_);
    CHECK(refusal([&] { forward(f, rows.leftCols(5)); }) ==
          "simdact::forward: x has an outer stride of 8, but 5 columns");
    CHECK(refusal([&] { derivative(f, large.topRows(5), x); }) == "simdact::derivative" + x_);
    CHECK(refusal([&] { backward(f, plain, x, large.topRows(5)); }) == "simdact::backward" + dx);
    CHECK(refusal([&] { backward(f, plain, large.topRows(5), x); }) ==
          "simdact::backward: dy has an outer stride of 8, but 5 rows");
    CHECK(refusal([&] { backward_from_output(f, large.topRows(5), x, x); }) ==
          "simdact::backward_from_output: y has an outer stride of 8, but 5 rows");
    CHECK(refusal([&] { forward_with_mask(f, x, large.topRows(5), mask); }) == "simdact::forward_with_mask" + y);
    CHECK(refusal([&] { backward_from_mask(f, mask, x, large.topRows(5)); }) == "simdact::backward_from_mask" + dx);
    const channel_shape shape{.outer = 3, .channels = 5};
    CHECK(refusal([&] { forward(prelu{}, shape, x, one, large.topRows(5)); }) == "simdact::forward" + y);
    CHECK(refusal([&] { forward(prelu{}, {.outer = 5, .channels = 3}, x, large.topRows(1), x); }) ==
          "simdact::forward: slopes has an outer stride of 8, but 1 rows");
    CHECK(refusal([&] { backward(prelu{}, {.outer = 5, .channels = 3}, x, w, x, x, large.topRows(1)); }) ==
          "simdact::backward: dslopes has an outer stride of 8, but 1 rows");
    CHECK(large == matrix::Constant(8, 3, -1));
    CHECK(rows == row_major::Constant(3, 8, -1));
    CHECK(x == matrix::Constant(5, 3, -1));
    CHECK(mask == std::vector<std::uint8_t>(2, 7));

    // One column has no gaps, whatever its stride; nor have columns that are as far apart as they are long.
    forward(f, large.topRows(5).leftCols(1));
    CHECK(large.sum() == -19);
    forward(f, Eigen::Map<matrix, 0, Eigen::OuterStride<>>(large.data(), 8, 3, Eigen::OuterStride<>(8)));
    CHECK(large.sum() == 0);
}

TEST_CASE("strangers: arrays: matrices of other numbers of rows are refused", "[arrays][eigen]") {
    const matrix x = matrix::Constant(2, 3, -1);
    matrix y = matrix::Zero(3, 2);
    row_major rows = row_major::Zero(3, 2);
    CHECK(refusal([&] { simdact::forward(simdact::relu{}, x, y); }) == "simdact::forward: y has 3 rows, but x has 2");
    CHECK(refusal([&] { simdact::forward(simdact::relu{}, row_major(x), rows); }) ==
          "simdact::forward: y has 2 columns, but x has 3");
    CHECK(refusal([&] { simdact::dispatch::backward(simdact::relu{}, std::vector<float>(6), x, y); }) ==
          "simdact::dispatch::backward: dx has 3 rows, but dy has 2");
    CHECK(refusal([&] { simdact::forward(simdact::relu{}, x, y.topRows(1)); }) ==
          "simdact::forward: y has an outer stride of 3, but 1 rows");
    CHECK(refusal([&] { simdact::forward(simdact::relu{}, x, y.leftCols(1)); }) ==
          "simdact::forward: y has 3 elements, but x has 6");
    CHECK(y.isZero());
}
