#include "../allocations.hpp"
#include "../batches.hpp"
#include "../buffers.hpp"
#include "../catch.hpp"
#include "../inputs.hpp"
#include "../on_values.hpp"
#include "../refusal.hpp"
#include "../users_functors.hpp"
#include "called.hpp"

#include <simdact/functions.hpp>
#include <simdact/kernels/elementwise.hpp>

#include <array>
#include <functional>
#include <limits>
#include <new>
#include <span>
#include <string>
#include <utility>
#include <vector>

using namespace tests;
using simdact::elu;
using simdact::leaky_relu;
using simdact::relu;

namespace {

template <class T>
using batch = simdact::simd::batch<T>;
using default_arch = simdact::simd::default_arch;

/// The kernels on spans, those of the library's functions from the table, where they are compiled already.
template <class T, class Arch = default_arch>
struct kernels {
    using in = std::span<const T>;
    using out = std::span<T>;
    template <class F>
    static constexpr bool in_table = called::listed<F>&& std::is_same_v<Arch, default_arch>;

    template <class F>
    static void forward(const F& f, in x, out y) {
        if constexpr (in_table<F>)
            called::forward(f, x, y);
        else
            simdact::forward<Arch>(f, x, y);
    }
    template <class F>
    static void derivative(const F& f, in x, out d) {
        if constexpr (in_table<F>)
            called::derivative(f, x, d);
        else
            simdact::derivative<Arch>(f, x, d);
    }
    template <class F>
    static void backward(const F& f, in x, in dy, out dx) {
        if constexpr (in_table<F>)
            called::backward(f, x, dy, dx);
        else
            simdact::backward<Arch>(f, x, dy, dx);
    }
    template <class F>
    static void backward_from_output(const F& f, in y, in dy, out dx) {
        if constexpr (in_table<F>)
            called::backward_from_output(f, y, dy, dx);
        else
            simdact::backward_from_output<Arch>(f, y, dy, dx);
    }
};

template <class T>
using unary_kernel = std::function<void(std::span<const T> x, std::span<T> y)>;
template <class T>
using binary_kernel = std::function<void(std::span<const T> x, std::span<const T> dy, std::span<T> dx)>;

/// Arguments for kernels, and those of them whose NaN must come back bit for bit: x for the library's functions, none
/// for functions that compute with it.
template <class T>
struct sample {
    static constexpr std::size_t size = (simdact::detail::worth_aligning + 5) * width<T> + 40;
    std::vector<T> x = mixed_values<T>(size, 20);
    std::vector<T> dy = mixed_values<T>(size, 21);
    std::vector<T> kept = x;

    explicit sample(bool keeps_nan = true) {
        if (!keeps_nan)
            kept.assign(x.size(), T(0));
    }
};

/// What a direct call on values of type V gives for each element.
template <class V, class T, class Op, class... In>
std::vector<T> results_of(const Op& op, const std::vector<T>& x, const In&... in) {
    std::vector<T> results(x.size());
    on_values<V>(op, std::span<T>(results), x.data(), in.data()...);
    return results;
}

/// One call's place: which part of the sample, how long, and how far from an aligned place each buffer starts.
struct place {
    std::size_t start, size, x, dy, out;

    std::string text() const {
        return "size " + std::to_string(size) + ", misaligned by " + std::to_string(x) + ", " + std::to_string(dy) +
               ", " + std::to_string(out) + " elements: ";
    }
};

/// Calls check(place) for every length from 0 to four widths and one more, and for some of which stores are aligned,
/// with every misalignment of every buffer. Stops at the first that returns a text.
template <class T, class Check>
std::string first_failure(const Check& check) {
    constexpr std::size_t aligned = simdact::detail::worth_aligning * width<T>;
    std::vector<std::size_t> sizes = {aligned - 1, aligned, aligned + 1, aligned + 4 * width<T> + 3};
    for (std::size_t size = 0; size <= 4 * width<T> + 1; ++size)
        sizes.push_back(size);
    for (const std::size_t size : sizes)
        for (std::size_t shift = 0; shift < width<T>; ++shift) {
            const place at{.start = (7 * size + 3 * shift) % 30,
                           .size = size,
                           .x = shift,
                           .dy = (5 * shift + size) % width<T>,
                           .out = (3 * shift + size / 2) % width<T>};
            if (const std::string failure = check(at); !failure.empty())
                return at.text() + failure;
        }
    return "";
}

/// kernel(x, y) gives what is wanted at every place, out of place and in place, and writes nothing else.
template <class T>
std::string unary_failure(const unary_kernel<T>& kernel, const sample<T>& in, const std::vector<T>& results) {
    return first_failure<T>([&](const place& at) -> std::string {
        const auto values = std::span(in.x).subspan(at.start, at.size), kept = std::span(in.kept).subspan(at.start);
        const auto wanted = std::span(results).subspan(at.start, at.size);
        const guarded<T> x(values, at.x);
        guarded<T> y(at.size, at.out), x_and_y(values, at.out);
        kernel(x.all(), y.all());
        if (!x.still_holds(values) || !y.guards_untouched())
            return "something else was written";
        if (const std::string difference = first_difference<T>(y.all(), wanted, kept); !difference.empty())
            return difference;
        kernel(x_and_y.all(), x_and_y.all());
        if (!x_and_y.guards_untouched())
            return "something else was written in place";
        return first_difference<T>(x_and_y.all(), wanted, kept);
    });
}

/// The same for kernel(x, dy, dx), with dx apart, dx as dy, dx as x, and all three as one.
template <class T>
std::string binary_failure(const binary_kernel<T>& kernel, const sample<T>& in, const std::vector<T>& results,
                           const std::vector<T>& results_for_x_as_dy) {
    return first_failure<T>([&](const place& at) -> std::string {
        const auto values = std::span(in.x).subspan(at.start, at.size), kept = std::span(in.kept).subspan(at.start);
        const auto gradients = std::span(in.dy).subspan(at.start, at.size);
        const auto wanted = std::span(results).subspan(at.start, at.size);
        const auto wanted_for_x_as_dy = std::span(results_for_x_as_dy).subspan(at.start, at.size);

        const guarded<T> x(values, at.x), dy(gradients, at.dy);
        guarded<T> dx(at.size, at.out), dx_as_dy(gradients, at.dy), dx_as_x(values, at.x), all_one(values, at.out);
        kernel(x.all(), dy.all(), dx.all());
        kernel(x.all(), dx_as_dy.all(), dx_as_dy.all());
        kernel(dx_as_x.all(), dy.all(), dx_as_x.all());
        kernel(all_one.all(), all_one.all(), all_one.all());
        if (!x.still_holds(values) || !dy.still_holds(gradients) || !dx.guards_untouched() ||
            !dx_as_dy.guards_untouched() || !dx_as_x.guards_untouched() || !all_one.guards_untouched())
            return "something else was written";
        for (const guarded<T>* result : {&dx, &dx_as_dy, &dx_as_x})
            if (const std::string difference = first_difference<T>(result->all(), wanted, kept); !difference.empty())
                return (result == &dx ? "" : result == &dx_as_dy ? "dx as dy: " : "dx as x: ") + difference;
        return first_difference<T>(all_one.all(), wanted_for_x_as_dy, kept);
    });
}

/// Where the function has no backward of its own, kernels take the product.
template <class V>
constexpr auto backward_of = [](const auto& f, V x, V dy) {
    if constexpr (requires { f.backward(x, dy); })
        return f.backward(x, dy);
    else
        return dy * f.derivative(x);
};

template <class V>
constexpr auto backward_from_output_of = [](const auto& f, V y, V dy) {
    if constexpr (requires { f.backward_from_output(y, dy); })
        return f.backward_from_output(y, dy);
    else
        return dy * f.derivative_from_output(y);
};

/// The kernels give the bits of calls on batches of their architecture at every place.
template <class T, class Arch, class F>
void check_forward_kernel(const F& f, const sample<T>& in) {
    using V = simdact::simd::batch<T, Arch>;
    CHECK(unary_failure<T>([&](std::span<const T> x, std::span<T> y) { kernels<T, Arch>::forward(f, x, y); }, in,
                           results_of<V>([&](V x) { return f.forward(x); }, in.x)) == "");
}

template <class T, class Arch, class F>
void check_derivative_kernel(const F& f, const sample<T>& in) {
    using V = simdact::simd::batch<T, Arch>;
    CHECK(unary_failure<T>([&](std::span<const T> x, std::span<T> d) { kernels<T, Arch>::derivative(f, x, d); }, in,
                           results_of<V>([&](V x) { return f.derivative(x); }, in.x)) == "");
}

template <class T, class Arch, class F>
void check_backward_kernel(const F& f, const sample<T>& in) {
    using V = simdact::simd::batch<T, Arch>;
    const auto call = [&](V x, V dy) { return backward_of<V>(f, x, dy); };
    CHECK(binary_failure<T>([&](std::span<const T> x, std::span<const T> dy,
                                std::span<T> dx) { kernels<T, Arch>::backward(f, x, dy, dx); },
                            in, results_of<V>(call, in.x, in.dy), results_of<V>(call, in.x, in.x)) == "");
}

template <class T, class Arch, class F>
void check_backward_from_output_kernel(const F& f, const sample<T>& in) {
    using V = simdact::simd::batch<T, Arch>;
    const auto call = [&](V y, V dy) { return backward_from_output_of<V>(f, y, dy); };
    CHECK(binary_failure<T>([&](std::span<const T> y, std::span<const T> dy,
                                std::span<T> dx) { kernels<T, Arch>::backward_from_output(f, y, dy, dx); },
                            in, results_of<V>(call, in.x, in.dy), results_of<V>(call, in.x, in.x)) == "");
}

} // namespace

TEST_CASE("elementwise kernels: the compiler's square roots are rounded once", "[elementwise]") {
    constexpr simdact::squared_relu f{};
    static_assert(f.derivative_from_output(2.0) == 2 * 0x1.6a09e667f3bcdp+0);
    static_assert(f.derivative_from_output(3.0f) == 2 * 0x1.bb67aep+0f);
    static_assert(f.derivative_from_output(denormal<double>) == 0x1p-536);
    static_assert(f.derivative_from_output(denormal<float>) == 0x1.6a09e6p-74f);
    static_assert(f.derivative_from_output(0x1.fffffep127f) == 0x1.fffffep64f);
    CHECK(f.derivative_from_output(7.0) == 2 * std::sqrt(7.0));
}

TEMPLATE_TEST_CASE("elementwise kernels: a user's own functor gives the bits of a batch call at every position",
                   "[elementwise]", float, double) {
    using T = TestType;
    const sample<T> in(false);
    check_forward_kernel<T, default_arch>(quadratic{}, in);
    check_derivative_kernel<T, default_arch>(quadratic{}, in);
    check_backward_kernel<T, default_arch>(quadratic{}, in);
    check_forward_kernel<T, default_arch>(users_square{}, in);
    check_backward_kernel<T, default_arch>(users_square{}, in);
    check_forward_kernel<T, default_arch>(right_on_batches_only{}, in);
    check_forward_kernel<T, default_arch>(halving_relu{}, in);
    check_backward_from_output_kernel<T, default_arch>(halving_relu{}, in);
}

TEMPLATE_TEST_CASE("elementwise kernels: one NaN anywhere in a long array, in place too", "[elementwise]", float,
                   double) {
    using T = TestType;
    using V = batch<T>;
    constexpr std::size_t size = (simdact::detail::worth_aligning + 2) * width<T> + 3;
    const std::vector<T> numbers = ordinary_values<T>(size, 27), gradients = ordinary_values<T>(size, 28);
    const auto check = [&](const auto& call, const binary_kernel<T>& kernel) {
        for (std::size_t at = 0; at < size; ++at) {
            std::vector<T> x = numbers;
            x[at] = payload_nan<T>;
            const std::vector<T> wanted = results_of<V>(call, x, gradients);
            const guarded<T> apart(x, at % width<T>), dy(gradients, 0);
            guarded<T> dx(size, at % 7), dx_as_x(x, 1 + at % 5), dx_as_dy(gradients, 1);
            kernel(apart.all(), dy.all(), dx.all());
            kernel(dx_as_x.all(), dy.all(), dx_as_x.all());
            kernel(apart.all(), dx_as_dy.all(), dx_as_dy.all());
            for (const guarded<T>* result : {&dx, &dx_as_x, &dx_as_dy})
                if (const std::string difference = first_difference<T>(result->all(), wanted, x); !difference.empty())
                    FAIL("NaN at " << at
                                   << (result == &dx        ? ""
                                       : result == &dx_as_x ? ", dx as x"
                                                            : ", dx as dy")
                                   << ": " << difference);
        }
    };
    const leaky_relu leaky{.negative_slope = 0.3};
    check(
        [&](V x, V dy) { return leaky.backward(x, dy); },
        [&](std::span<const T> x, std::span<const T> dy, std::span<T> dx) { kernels<T>::backward(leaky, x, dy, dx); });
    check([](V x, V dy) { return elu{}.backward_from_output(x, dy); },
          [](std::span<const T> y, std::span<const T> dy, std::span<T> dx) {
              kernels<T>::backward_from_output(elu{}, y, dy, dx);
          });
}

TEMPLATE_TEST_CASE("elementwise kernels: every misalignment of x beside every misalignment of y", "[elementwise]",
                   float, double) {
    using T = TestType;
    const sample<T> in;
    const std::vector<T> results = results_of<batch<T>>([](batch<T> x) { return elu{}.forward(x); }, in.x);
    for (std::size_t x_shift = 0; x_shift < width<T>; ++x_shift)
        for (std::size_t y_shift = 0; y_shift < width<T>; ++y_shift)
            for (const std::size_t size : {width<T> - 1, width<T>, 2 * width<T> + 1, 4 * width<T> + 1}) {
                const auto values = std::span(in.x).first(size);
                const guarded<T> x(values, x_shift);
                guarded<T> y(size, y_shift);
                kernels<T>::forward(elu{}, x.all(), y.all());
                if (!y.guards_untouched() ||
                    !first_difference<T>(y.all(), std::span(results).first(size), values).empty())
                    FAIL_CHECK("wrong for size " << size << " misaligned by " << x_shift << " and " << y_shift);
            }
    CHECK(results.size() == in.x.size());
}

TEMPLATE_TEST_CASE("elementwise kernels: long arrays too have the bits of a batch call at every position",
                   "[elementwise]", float, double) {
    using T = TestType;
    using V = batch<T>;
    for (const std::size_t size : std::initializer_list<std::size_t>{999, 1000, 1024, 4099, 100003}) {
        INFO("size " << size);
        const std::vector<T> x = mixed_values<T>(size, 22), dy = mixed_values<T>(size, 23);
        std::vector<T> y(size), d(size), dx(size), wanted(size);
        const auto difference_from = [&](const std::vector<T>& got) { return first_difference<T>(got, wanted, x); };
        const elu f{.alpha = 1.67};
        on_values<V>([&](V v) { return f.forward(v); }, std::span<T>(wanted), x.data());
        kernels<T>::forward(f, x, y);
        CHECK(difference_from(y) == "");
        y = x;
        simdact::forward(f, y);
        CHECK(difference_from(y) == "");
        on_values<V>([&](V v) { return f.derivative(v); }, std::span<T>(wanted), x.data());
        kernels<T>::derivative(f, x, d);
        CHECK(difference_from(d) == "");
        on_values<V>([&](V v, V g) { return f.backward(v, g); }, std::span<T>(wanted), x.data(), dy.data());
        kernels<T>::backward(f, x, dy, dx);
        CHECK(difference_from(dx) == "");
        dx = dy;
        kernels<T>::backward(f, x, dx, dx);
        CHECK(difference_from(dx) == "");
        on_values<V>([&](V v, V g) { return f.backward_from_output(v, g); }, std::span<T>(wanted), x.data(), dy.data());
        kernels<T>::backward_from_output(f, x, dy, dx);
        CHECK(difference_from(dx) == "");
    }
}

namespace {

template <class T, class Arch>
void check_kernels_of_architecture() {
    INFO(architecture_name<Arch>());
    check_forward_kernel<T, Arch>(elu{.alpha = 0.7}, sample<T>{});
    constexpr bool is_scalar = std::is_same_v<simdact::simd::batch<T, Arch>, T>; // double on 32-bit NEON
    if constexpr (!is_scalar)
        check_backward_kernel<T, Arch>(quadratic{}, sample<T>(false));
}

template <class T>
struct on_architectures {
    template <class... Archs>
    struct list {
        static void check() { (check_kernels_of_architecture<T, Archs>(), ...); }
    };
};

} // namespace

TEMPLATE_TEST_CASE("elementwise kernels: another architecture of the build gives its own bits at every position",
                   "[elementwise]", float, double) {
    with_some_architectures<on_architectures<TestType>::template list>::check();
}

namespace {

/// As in some frameworks: its size is signed.
class signed_size {
    std::vector<float> values_;

public:
    explicit signed_size(std::vector<float> values) : values_(std::move(values)) {}
    float* begin() { return values_.data(); }
    const float* begin() const { return values_.data(); }
    float* end() { return begin() + size(); }
    const float* end() const { return begin() + size(); }
    std::ptrdiff_t size() const { return std::ssize(values_); }
};

/// Only one that is not const can be gone through.
struct not_const_range {
    float* begin() { return nullptr; }
    float* end() { return nullptr; }
};
static_assert(!simdact::input_array<not_const_range> && simdact::output_array<not_const_range&>);

} // namespace

TEST_CASE("elementwise kernels: take every contiguous range of known size", "[elementwise]") {
    using T = float;
    const std::vector<T> wanted = {T(0), T(2), T(0), T(4)};
    const std::vector<T> vector = {T(-1), T(2), T(-3), T(4)};
    const std::array<T, 4> array = {T(-1), T(2), T(-3), T(4)};
    const T c_array[] = {T(-1), T(2), T(-3), T(4)};
    std::vector<T> vector_out(4);
    std::array<T, 4> array_out;
    T c_array_out[4];
    const auto check = [&](const auto& x) {
        vector_out.assign(4, T(9));
        simdact::forward(relu{}, x, vector_out);
        CHECK(vector_out == wanted);
        array_out.fill(T(9));
        simdact::forward(relu{}, x, array_out);
        CHECK(std::vector<T>(array_out.begin(), array_out.end()) == wanted);
        simdact::forward(relu{}, x, c_array_out);
        CHECK(std::vector<T>(std::begin(c_array_out), std::end(c_array_out)) == wanted);
        vector_out.assign(4, T(9));
        simdact::forward(relu{}, x, std::span(vector_out)); // a temporary view of a variable
        CHECK(vector_out == wanted);
        T* pointer = array_out.data();
        array_out.fill(T(9));
        simdact::forward(relu{}, x, std::span(pointer, 4));
        CHECK(std::vector<T>(array_out.begin(), array_out.end()) == wanted);
    };
    check(vector);
    check(array);
    check(c_array);
    check(std::span<const T>(vector));
    check(std::span<const T, 4>(array));
    check(std::vector<T>(vector)); // an input may be a temporary
    check(signed_size(vector));
    signed_size signed_out(std::vector<T>(4, T(9)));
    simdact::forward(relu{}, vector, signed_out);
    CHECK(std::vector<T>(signed_out.begin(), signed_out.end()) == wanted);

    std::vector<T> in_place = vector;
    simdact::forward(relu{}, in_place);
    CHECK(in_place == wanted);
    array_out = array;
    simdact::forward(relu{}, array_out);
    CHECK(std::vector<T>(array_out.begin(), array_out.end()) == wanted);
    in_place = vector;
    simdact::forward(relu{}, std::span(in_place));
    CHECK(in_place == wanted);

    std::vector<T> mutable_x = vector, dx(4);
    simdact::derivative(relu{}, mutable_x, array_out);
    CHECK(array_out == std::array<T, 4>{T(0), T(1), T(0), T(1)});
    simdact::backward(relu{}, array, mutable_x, dx);
    CHECK(dx == wanted);
    simdact::backward_from_output(relu{}, std::span(c_array), array, dx);
    CHECK(dx == wanted);
}

// xsimd's own fma rounds twice for some instruction sets that have the instruction.
TEMPLATE_TEST_CASE("simd: where the instruction set has FMA, lanes round once as scalars do", "[elementwise]", float,
                   double) {
    using T = TestType;
    using V = simdact::simd::batch<T>;
    namespace simd = simdact::simd;
    const std::vector<T> a = ordinary_values<T>(width<T>, 25), b = ordinary_values<T>(width<T>, 26);
    std::vector<T> sum(width<T>);
    std::vector<T> product(width<T>);
    simd::store(product.data(), simd::load<V>(a.data()) * simd::load<V>(b.data()));
    simd::store(sum.data(),
                simd::fma(simd::load<V>(a.data()), simd::load<V>(b.data()), -simd::load<V>(product.data())));
    for (std::size_t i = 0; i < width<T>; ++i) {
        CHECK(same_bits(sum[i], simd::fma(a[i], b[i], -product[i])));
        if (simd::fused)
            CHECK(sum[i] != 0);
    }
}

TEMPLATE_TEST_CASE("elementwise kernels: read nothing outside their buffers", "[elementwise]", float, double) {
    using T = TestType;
    // The heap blocks are just as long as the buffers, so AddressSanitizer sees a read beyond them.
    for (std::size_t size = 0; size <= 4 * width<T> + 1; ++size) {
        const std::vector<T> x(size, T(-1)), dy(size, T(2));
        std::vector<T> y(size), d(size), dx(size), again(size);
        kernels<T>::forward(leaky_relu{.negative_slope = 0.5}, x, y);
        kernels<T>::derivative(leaky_relu{.negative_slope = 0.5}, x, d);
        kernels<T>::backward(leaky_relu{.negative_slope = 0.5}, x, dy, dx);
        kernels<T>::backward_from_output(leaky_relu{.negative_slope = 0.5}, y, dy, again);
        CHECK(y == std::vector<T>(size, T(-0.5)));
        CHECK(d == std::vector<T>(size, T(0.5)));
        CHECK(dx == std::vector<T>(size, T(1)));
        CHECK(again == dx);
    }
}

TEMPLATE_TEST_CASE("elementwise kernels: a size that differs is refused by name", "[elementwise]", float, double) {
    using T = TestType;
    const std::vector<T> x(4, T(-1)), short_dy(3, T(1));
    std::vector<T> four(4, T(7)), three(3, T(7)), five(5, T(7)), none;
    CHECK(refusal([&] { kernels<T>::forward(relu{}, x, three); }) == "simdact::forward: y has 3 elements, but x has 4");
    CHECK(refusal([&] { kernels<T>::forward(relu{}, x, five); }) == "simdact::forward: y has 5 elements, but x has 4");
    CHECK(refusal([&] { kernels<T>::forward(relu{}, x, none); }) == "simdact::forward: y has 0 elements, but x has 4");
    CHECK(refusal([&] { kernels<T>::forward(relu{}, none, four); }) ==
          "simdact::forward: y has 4 elements, but x has 0");
    CHECK(refusal([&] { kernels<T>::derivative(relu{}, x, three); }) ==
          "simdact::derivative: d has 3 elements, but x has 4");
    CHECK(refusal([&] { kernels<T>::backward(relu{}, x, short_dy, four); }) ==
          "simdact::backward: dy has 3 elements, but x has 4");
    CHECK(refusal([&] { kernels<T>::backward(relu{}, x, x, five); }) ==
          "simdact::backward: dx has 5 elements, but x has 4");
    CHECK(refusal([&] { kernels<T>::backward_from_output(relu{}, x, short_dy, four); }) ==
          "simdact::backward_from_output: dy has 3 elements, but y has 4");
    CHECK(refusal([&] { kernels<T>::backward_from_output(relu{}, x, x, three); }) ==
          "simdact::backward_from_output: dx has 3 elements, but y has 4");
    CHECK(four == std::vector<T>(4, T(7)));
    CHECK(three == std::vector<T>(3, T(7)));
    CHECK(five == std::vector<T>(5, T(7)));
}

TEMPLATE_TEST_CASE("elementwise kernels: a partial overlap is refused in both directions and at every distance",
                   "[elementwise]", float, double) {
    using T = TestType;
    constexpr std::size_t size = 10;
    const std::vector<T> before = ordinary_values<T>(3 * size + 2, 24);
    const std::string length = std::to_string(size * sizeof(T));
    for (std::size_t start = 0; start <= 2 * size + 2; ++start) {
        std::vector<T> memory = before;
        const std::span<T> x = std::span(memory).subspan(size + 1, size), out = std::span(memory).subspan(start, size);
        const std::vector<T> apart(size, T(1));
        const bool after = start > size + 1;
        const std::size_t distance = after ? start - (size + 1) : size + 1 - start;
        const bool refused = distance > 0 && distance < size;
        const auto text = [&](const std::string& kernel, const std::string& name, const std::string& other) {
            return !refused ? "not refused"
                            : "simdact::" + kernel + ": " + name + " overlaps " + other + " in part: it starts " +
                                  std::to_string(distance * sizeof(T)) + " bytes " + (after ? "after " : "before ") +
                                  other + ", which is " + length + " bytes long";
        };
        CHECK(refusal([&] { kernels<T>::forward(elu{}, x, out); }) == text("forward", "y", "x"));
        CHECK(refusal([&] { kernels<T>::derivative(elu{}, x, out); }) == text("derivative", "d", "x"));
        CHECK(refusal([&] { kernels<T>::backward(elu{}, x, apart, out); }) == text("backward", "dx", "x"));
        CHECK(refusal([&] { kernels<T>::backward(elu{}, apart, x, out); }) == text("backward", "dx", "dy"));
        CHECK(refusal([&] { kernels<T>::backward_from_output(elu{}, x, apart, out); }) ==
              text("backward_from_output", "dx", "y"));
        CHECK(refusal([&] { kernels<T>::backward_from_output(elu{}, apart, x, out); }) ==
              text("backward_from_output", "dx", "dy"));
        if (refused)
            CHECK(memory == before);
    }
}

TEMPLATE_TEST_CASE("elementwise kernels: two inputs may overlap in any way", "[elementwise]", float, double) {
    using T = TestType;
    const std::vector<T> memory = ordinary_values<T>(100, 25);
    for (std::size_t start = 0; start <= 40; ++start) {
        const std::span<const T> x = std::span(memory).subspan(20, 37), dy = std::span(memory).subspan(start, 37);
        std::vector<T> dx(37), wanted(37);
        kernels<T>::backward(elu{}, x, dy, dx);
        on_values<T>([](T v, T g) { return elu{}.backward(v, g); }, std::span<T>(wanted), x.data(), dy.data());
        CHECK(first_difference<T>(dx, wanted, x) == "");
    }
}

TEMPLATE_TEST_CASE("elementwise kernels: an empty buffer overlaps nothing", "[elementwise]", float, double) {
    using T = TestType;
    std::vector<T> memory(8, T(-1));
    const std::span<T> none = std::span(memory).subspan(4, 0);
    kernels<T>::forward(elu{}, none, std::span(memory).subspan(2, 0));
    kernels<T>::backward(elu{}, none, none, none);
    simdact::forward(elu{}, std::span<T>{});
    kernels<T>::backward_from_output(elu{}, std::span<const T>{}, std::span<const T>{}, std::span<T>{});
    CHECK(memory == std::vector<T>(8, T(-1)));
}

TEMPLATE_TEST_CASE("elementwise kernels: backward_from_output refuses a parameter that makes it wrong", "[elementwise]",
                   float, double) {
    using T = TestType;
    const std::vector<T> y(4, T(-0.5)), dy(4, T(2));
    std::vector<T> dx(4, T(7));
    const auto with = [&](const auto& f) { return refusal([&] { kernels<T>::backward_from_output(f, y, dy, dx); }); };
    const double nan = std::numeric_limits<double>::quiet_NaN();
    CHECK(with(elu{.alpha = -0.5}) == "simdact::backward_from_output: alpha is -0.5, but must be at least 0");
    CHECK(with(elu{.alpha = nan}) == "simdact::backward_from_output: alpha is nan, but must be at least 0");
    CHECK(with(leaky_relu{.negative_slope = -2}) ==
          "simdact::backward_from_output: negative_slope is -2, but must be at least 0");
    CHECK(with(leaky_relu{.negative_slope = nan}) ==
          "simdact::backward_from_output: negative_slope is nan, but must be at least 0");
    CHECK(with(elu{.alpha = -infinity<double>}) ==
          "simdact::backward_from_output: alpha is -inf, but must be at least 0");
    CHECK(dx == std::vector<T>(4, T(7)));

    // Empty arrays make the parameter no better.
    const std::vector<T> none;
    std::vector<T> no_dx;
    CHECK(refusal([&] { kernels<T>::backward_from_output(elu{.alpha = -0.5}, none, none, no_dx); }) ==
          "simdact::backward_from_output: alpha is -0.5, but must be at least 0");

    for (const double valid : {0.0, -0.0, 5e-324, 1e300, infinity<double>}) {
        CHECK(with(elu{.alpha = valid}) == "not refused");
        CHECK(with(leaky_relu{.negative_slope = valid}) == "not refused");
    }
    // Judged as rounded to the element type: in float this one is -0.
    CHECK(with(leaky_relu{.negative_slope = -1e-300}) ==
          (sizeof(T) == 4 ? "not refused"
                          : "simdact::backward_from_output: negative_slope is -1e-300, but must be at least 0"));
    // All other kernels take any parameter.
    CHECK(refusal([&] { kernels<T>::forward(elu{.alpha = -0.5}, y, dx); }) == "not refused");
    CHECK(refusal([&] { kernels<T>::derivative(elu{.alpha = nan}, y, dx); }) == "not refused");
    CHECK(refusal([&] { kernels<T>::backward(leaky_relu{.negative_slope = -2}, y, dy, dx); }) == "not refused");
}

TEMPLATE_TEST_CASE("elementwise kernels: allocate nothing unless they refuse", "[elementwise]", float, double) {
    using T = TestType;
    const std::vector<T> x = mixed_values<T>(5003, 26), dy = mixed_values<T>(5003, 27);
    std::vector<T> out(x.size());
    const std::size_t before = allocations();
    kernels<T>::forward(elu{}, x, out);
    simdact::forward(quadratic{}, out);
    kernels<T>::derivative(elu{}, x, out);
    kernels<T>::backward(elu{}, x, dy, out);
    kernels<T>::backward(quadratic{}, x, dy, out);
    kernels<T>::backward_from_output(leaky_relu{}, x, dy, out);
    CHECK(allocations() == before);
    operator delete(operator new(1)); // a call that no compiler may leave out
    CHECK(allocations() == before + 1);
}
