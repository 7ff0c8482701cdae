#include "../allocations.hpp"
#include "../batches.hpp"
#include "../buffers.hpp"
#include "../catch.hpp"
#include "../inputs.hpp"
#include "../masks.hpp"
#include "../refusal.hpp"
#include "called.hpp"

#include <simdact/functions.hpp>
#include <simdact/kernels/mask.hpp>

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <vector>

using namespace tests;
using simdact::channel_shape;
using simdact::leaky_relu;
using simdact::prelu;
using simdact::relu;

namespace {

using bytes = std::vector<std::uint8_t>;

/// A mask among bytes that must stay as they are. All ones at first: bits that belong to no element must be cleared.
class guarded_mask {
    bytes storage_;

public:
    explicit guarded_mask(std::size_t elements) : storage_((elements + 7) / 8 + 32, 0xff) {}
    std::span<std::uint8_t> all() { return std::span(storage_).subspan(16, storage_.size() - 32); }
    bool holds(const bytes& wanted) {
        bytes expected(16, 0xff);
        expected.insert(expected.end(), wanted.begin(), wanted.end());
        expected.resize(expected.size() + 16, 0xff);
        return storage_ == expected;
    }
};

/// For every length from 0 to four widths and nine more, and every misalignment: y has the bits that forward() gives,
/// the mask is right, and dx is chosen by it; in place as well.
template <class T, class F, class Dx>
std::string failure(const F& f, const Dx& wanted_dx) {
    const std::vector<T> xs = mixed_values<T>(4 * width<T> + 40, 60), dys = mixed_values<T>(4 * width<T> + 40, 61);
    for (std::size_t size = 0; size <= 4 * width<T> + 9; ++size)
        for (std::size_t shift = 0; shift < width<T>; ++shift) {
            const auto values = std::span<const T>(xs).subspan((3 * size + shift) % 30, size);
            const auto gradient = std::span<const T>(dys).subspan((5 * size + shift) % 30, size);
            std::vector<T> y(size), dx(size);
            called::forward(f, values, y);
            for (std::size_t i = 0; i < size; ++i)
                dx[i] = wanted_dx(values[i] > 0, gradient[i]);
            const bytes mask = mask_of(values);

            const guarded<T> x(values, shift), dy(gradient, (shift * 3) % width<T>);
            guarded<T> out(size, (shift * 5) % width<T>), same(values, shift), same_dy(gradient, shift);
            guarded_mask out_mask(size), same_mask(size);
            called::forward_with_mask(f, x.all(), out.all(), out_mask.all());
            called::forward_with_mask(f, same.all(), same.all(), same_mask.all());
            const std::string at = std::to_string(size) + " elements, misaligned by " + std::to_string(shift) + ": ";
            if (!out_mask.holds(mask) || !same_mask.holds(mask))
                return at + "the mask";
            if (!x.still_holds(values) || !out.guards_untouched() || !same.guards_untouched())
                return at + "something else was written";
            for (const std::span<const T> got : {std::span<const T>(out.all()), std::span<const T>(same.all())})
                if (const std::string difference = first_difference<T>(got, y, values); !difference.empty())
                    return at + "y: " + difference;

            called::backward_from_mask(f, mask, dy.all(), out.all());
            called::backward_from_mask(f, mask, same_dy.all(), same_dy.all());
            const std::vector<T> no_kept(size);
            for (const std::span<const T> got : {std::span<const T>(out.all()), std::span<const T>(same_dy.all())})
                if (const std::string difference = first_difference<T>(got, dx, no_kept); !difference.empty())
                    return at + "dx: " + difference;
            if (!dy.still_holds(gradient) || !out.guards_untouched() || !same_dy.guards_untouched())
                return at + "something else was written";
        }
    return "";
}

} // namespace

TEMPLATE_TEST_CASE("mask: relu's is right at every length and place", "[mask]", float, double) {
    CHECK(failure<TestType>(relu{}, [](bool positive, TestType dy) { return positive ? dy : TestType(0); }) == "");
}

TEMPLATE_TEST_CASE("mask: leaky_relu's is right for any slope", "[mask]", float, double) {
    for (const double slope : {0.01, 1.5, -0.5, 0.0})
        CHECK(failure<TestType>(leaky_relu{.negative_slope = slope}, [slope](bool positive, TestType dy) {
                  return positive ? dy : dy * TestType(slope);
              }) == "");
}

TEMPLATE_TEST_CASE("mask: prelu's is right for every shape", "[mask]", float, double) {
    using T = TestType;
    using sizes = std::initializer_list<std::size_t>;
    for (const std::size_t outer : sizes{0, 1, 2, 5})
        for (const std::size_t channels : sizes{0, 1, 2, 3, 8, 64, 300})
            for (const std::size_t inner : sizes{0, 1, 2, 3, 4, 7, 8, 15, 16, 17, 31, 49}) {
                const channel_shape shape{outer, channels, inner};
                const std::size_t n = shape.size();
                const std::vector<T> x = mixed_values<T>(n, 62), dy = mixed_values<T>(n, 63),
                                     slopes = ordinary_values<T>(channels, 64), no_kept(n);
                std::vector<T> y(n), wanted(n), dx(n);
                guarded_mask mask(n);
                INFO(outer << " x " << channels << " x " << inner);
                called::forward(prelu{}, shape, x, slopes, wanted);
                called::forward_with_mask(prelu{}, shape, x, slopes, y, mask.all());
                REQUIRE(mask.holds(mask_of<T>(x)));
                REQUIRE(first_difference<T>(y, wanted, x) == "");
                for (std::size_t i = 0; i < n; ++i)
                    wanted[i] = x[i] > 0 ? dy[i] : dy[i] * slopes[i / inner % channels];
                called::backward_from_mask(prelu{}, shape, mask.all(), slopes, dy, dx);
                REQUIRE(first_difference<T>(dx, wanted, no_kept) == "");
            }
}

TEMPLATE_TEST_CASE("mask: one slope of prelu serves all channels", "[mask]", float, double) {
    using T = TestType;
    for (const channel_shape shape : {channel_shape{2, 3, 5}, {2, 3, 49}, {7, 64, 1}, {0, 3, 5}, {2, 0, 5}}) {
        const std::size_t n = shape.size();
        const std::vector<T> x = mixed_values<T>(n, 62), dy = mixed_values<T>(n, 63), slope = {T(0.25)}, no_kept(n);
        std::vector<T> y(n), wanted(n), dx(n);
        guarded_mask mask(n);
        INFO(shape.outer << " x " << shape.channels << " x " << shape.inner);
        called::forward(leaky_relu{.negative_slope = 0.25}, x, wanted);
        called::forward_with_mask(prelu{}, shape, x, slope, y, mask.all());
        CHECK(mask.holds(mask_of<T>(x)));
        CHECK(first_difference<T>(y, wanted, x) == "");
        called::backward_from_mask(leaky_relu{.negative_slope = 0.25}, mask.all(), dy, wanted);
        called::backward_from_mask(prelu{}, shape, mask.all(), slope, dy, dx);
        CHECK(first_difference<T>(dx, wanted, no_kept) == "");
    }
}

TEST_CASE("mask: a mask, a size or an overlap that does not fit is refused before anything is written", "[mask]") {
    std::vector<float> x(20, 1.0f), y(20, 7.0f), slopes(4, 0.5f);
    const std::vector<float> untouched = y;
    bytes mask(3), small(2), large(4);
    const channel_shape shape{1, 4, 5};
    const auto inside = [](std::vector<float>& v) {
        return std::span(reinterpret_cast<std::uint8_t*>(v.data()) + 4, 3);
    };

    CHECK(refusal([&] { called::forward_with_mask(relu{}, x, y, small); }) ==
          "simdact::forward_with_mask: mask has 2 bytes, but x has 20 elements, which need 3");
    CHECK(refusal([&] { called::backward_from_mask(relu{}, large, x, y); }) ==
          "simdact::backward_from_mask: mask has 4 bytes, but dy has 20 elements, which need 3");
    CHECK(refusal([&] { called::forward_with_mask(relu{}, x, std::span(y).first(19), mask); }) ==
          "simdact::forward_with_mask: y has 19 elements, but x has 20");
    CHECK(refusal([&] {
              called::forward_with_mask(relu{}, std::span(x).first(8), std::span(x).subspan(1, 8), large);
          }).starts_with("simdact::forward_with_mask: mask has 4 bytes"));
    CHECK(refusal([&] { called::forward_with_mask(relu{}, x, y, inside(x)); }) ==
          "simdact::forward_with_mask: mask overlaps x: it starts 4 bytes after x, which is 80 bytes long");
    CHECK(refusal([&] { called::backward_from_mask(relu{}, inside(y), x, y); }) ==
          "simdact::backward_from_mask: mask overlaps dx: it starts 4 bytes after dx, which is 80 bytes long");
    CHECK(refusal([&] { called::forward_with_mask(prelu{}, shape, x, slopes, y, large); }) ==
          "simdact::forward_with_mask: mask has 4 bytes, but x has 20 elements, which need 3");
    CHECK(refusal([&] { called::backward_from_mask(prelu{}, shape, inside(slopes), slopes, x, y); }) ==
          "simdact::backward_from_mask: mask overlaps slopes: it starts 4 bytes after slopes, which is 16 bytes long");
    CHECK(refusal([&] {
              called::backward_from_mask(prelu{}, {1, 4, 6}, mask, slopes, x, y);
          }) == "simdact::backward_from_mask: shape 1 x 4 x 6 has 24 elements, but dy has 20");
    CHECK(y == untouched);
}

// g++ sees how small it is.
TEST_CASE("mask: a small one causes no warning", "[mask]") {
    std::vector<double> x(9, -1.0), y(9);
    bytes mask(2);
    simdact::forward(simdact::elu{}, x, y);
    simdact::forward_with_mask(relu{}, x, y, mask);
    CHECK(y == std::vector<double>(9));
    CHECK(mask == bytes(2));
}

TEST_CASE("mask: nothing is allocated", "[mask]") {
    std::vector<float> x(1000, -1.0f), slopes(10, 0.5f);
    bytes mask(125);
    const std::size_t before = allocations();
    called::forward_with_mask(relu{}, x, x, mask);
    called::backward_from_mask(relu{}, mask, x, x);
    called::forward_with_mask(prelu{}, {2, 10, 50}, x, slopes, x, mask);
    called::backward_from_mask(prelu{}, {2, 10, 50}, mask, slopes, x, x);
    CHECK(allocations() == before);
}
