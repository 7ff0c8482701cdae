#include "../bits.hpp"
#include "../catch.hpp"
#include "../inputs.hpp"
#include "../refusal.hpp"

#include <simdact/dispatch.hpp>

#include <cstdint>
#include <cstring>
#include <string>
#include <type_traits>
#include <vector>

using namespace tests;
namespace dispatch = simdact::dispatch;
using simdact::named_parameter;

namespace {

template <class T>
struct outputs {
    std::vector<T> out, dslopes;
    std::vector<std::uint8_t> mask;

    outputs() : out(99, T(7)), dslopes(3, T(5)), mask(13, std::uint8_t(0xff)) {}
    friend bool operator==(const outputs& a, const outputs& b) {
        return std::memcmp(a.out.data(), b.out.data(), a.out.size() * sizeof(T)) == 0 &&
               std::memcmp(a.dslopes.data(), b.dslopes.data(), a.dslopes.size() * sizeof(T)) == 0 && a.mask == b.mask;
    }
};

/// call(f, outputs) gives the same for the functor as for what is found by its name.
template <class T, class F, class Call>
void check_same(const char* kernel, const F& f, const dispatch::function& found, const Call& call) {
    INFO(F::name << ' ' << kernel);
    outputs<T> by_type, by_name;
    call(f, by_type);
    call(found, by_name);
    CHECK(by_type == by_name);
}

template <class T, class F>
void check_function(const F& f, const dispatch::function& found) {
    const std::vector<T> x = mixed_values<T>(99, 70), dy = mixed_values<T>(99, 71);
    const auto same = [&](const char* kernel, const auto& call) { check_same<T>(kernel, f, found, call); };
    if constexpr (simdact::elementwise_functions::has<F>) {
        same("forward", [&](const auto& g, outputs<T>& o) { dispatch::forward(g, x, o.out); });
        same("forward in place", [&](const auto& g, outputs<T>& o) { dispatch::forward(g, o.out = x); });
        same("derivative", [&](const auto& g, outputs<T>& o) { dispatch::derivative(g, x, o.out); });
        same("backward", [&](const auto& g, outputs<T>& o) { dispatch::backward(g, x, dy, o.out); });
        if constexpr (simdact::output_differentiable<F, T>)
            same("backward_from_output",
                 [&](const auto& g, outputs<T>& o) { dispatch::backward_from_output(g, x, dy, o.out); });
        if constexpr (simdact::mask_differentiable<F, T>) {
            same("forward_with_mask",
                 [&](const auto& g, outputs<T>& o) { dispatch::forward_with_mask(g, x, o.out, o.mask); });
            same("backward_from_mask", [&](const auto& g, outputs<T>& o) {
                o.mask.back() = 0;
                dispatch::backward_from_mask(g, o.mask, dy, o.out);
            });
        }
    } else {
        const simdact::channel_shape shape{.outer = 3, .channels = 3, .inner = 11};
        const std::vector<T> w = {T(0.5), T(-2), T(0)};
        same("forward", [&](const auto& g, outputs<T>& o) { dispatch::forward(g, shape, x, w, o.out); });
        same("derivative", [&](const auto& g, outputs<T>& o) { dispatch::derivative(g, shape, x, w, o.out); });
        same("backward", [&](const auto& g, outputs<T>& o) { dispatch::backward(g, shape, x, w, dy, o.out); });
        same("backward with dslopes",
             [&](const auto& g, outputs<T>& o) { dispatch::backward(g, shape, x, w, dy, o.out, o.dslopes); });
        same("backward that adds", [&](const auto& g, outputs<T>& o) {
            dispatch::backward(g, shape, x, w, dy, o.out, o.dslopes, simdact::accumulate);
        });
        same("forward_with_mask",
             [&](const auto& g, outputs<T>& o) { dispatch::forward_with_mask(g, shape, x, w, o.out, o.mask); });
        same("backward_from_mask", [&](const auto& g, outputs<T>& o) {
            o.mask.back() = 0;
            dispatch::backward_from_mask(g, shape, o.mask, w, dy, o.out);
        });
    }
}

} // namespace

TEMPLATE_TEST_CASE("dispatch by name: every kernel of every function gives the bits of a call by type", "[dispatch]",
                   float, double) {
    simdact::for_each_function([]<class F>(const F&) { // with numbers for what has no default
        std::vector<named_parameter> given;
        const auto f = simdact::detail::with_numbers<F>();
        if constexpr (requires { F::parameters; })
            for (std::size_t i = 0; i < std::size(F::parameters); ++i)
                given.push_back({F::parameters[i].name, simdact::detail::values_of(f).values[i]});
        check_function<TestType>(f, dispatch::find(f.name, given));
    });
    check_function<TestType>(simdact::elu{.alpha = 0.75}, dispatch::find("elu", {{"alpha", 0.75}}));
    check_function<TestType>(simdact::leaky_relu{.negative_slope = 2},
                             dispatch::find("leaky_relu", std::vector<named_parameter>{{"negative_slope", 2}}));
}

TEST_CASE("dispatch by name: a function says its name and its parameters", "[dispatch]") {
    const dispatch::function f = dispatch::find("elu", {{"alpha", 0.25}}), g = dispatch::find("relu");
    CHECK(std::string(f.name()) == "elu");
    REQUIRE(f.parameters() == 1);
    CHECK((std::string(f.parameter(0).name) == "alpha" && f.parameter(0).value == 0.25));
    CHECK(g.parameters() == 0);
    CHECK(dispatch::find("elu").parameter(0).value == 1);
    static_assert(std::is_trivially_copyable_v<dispatch::function>);
}

TEST_CASE("dispatch by name: names of ONNX, PyTorch and Keras, with their parameters and defaults", "[dispatch]") {
    using simdact::naming;
    const auto slope = [](const dispatch::function& f) {
        REQUIRE((f.parameters() == 1 && std::string(f.name()) == "leaky_relu"));
        return f.parameter(0).value;
    };
    CHECK(slope(dispatch::find(naming::onnx, "LeakyRelu")) == 0.01);
    CHECK(slope(dispatch::find(naming::onnx, "LeakyRelu", {{"alpha", 0.125}})) == 0.125);
    CHECK(slope(dispatch::find(naming::pytorch, "leaky_relu", {{"negative_slope", 3}})) == 3);
    CHECK(slope(dispatch::find(naming::keras, "LeakyReLU")) == 0.3);
    CHECK(slope(dispatch::find(naming::keras, "leaky_relu")) == 0.2);
    CHECK(dispatch::knows(naming::onnx, "Elu", {{"alpha", 2}}));
    CHECK_FALSE(dispatch::knows(naming::onnx, "elu"));
    CHECK_FALSE(dispatch::knows(naming::onnx, "LeakyRelu", {{"negative_slope", 2}}));
    CHECK(
        refusal([] {
            static_cast<void>(dispatch::find(naming::onnx, "leaky_relu"));
        }).starts_with("simdact::dispatch::find: there is no function \"leaky_relu\" of ONNX among Relu, LeakyRelu, "));
    CHECK(refusal([] {
              static_cast<void>(dispatch::find(naming::onnx, "LeakyRelu", std::vector<named_parameter>{{"slope", 1}}));
          }) == "simdact::dispatch::find: LeakyRelu has no parameter \"slope\", but alpha");
    check_function<float>(simdact::leaky_relu{.negative_slope = 0.3}, dispatch::find(naming::keras, "LeakyReLU"));
}

TEST_CASE("dispatch by name: parameters without a default have to be given, and the name alone is known",
          "[dispatch]") {
    CHECK(dispatch::knows("threshold"));
    CHECK(dispatch::knows("threshold", {{"theta", 1}, {"value", 0}}));
    CHECK_FALSE(dispatch::knows("threshold", {{"theta", 1}}));
    CHECK(refusal([] {
              static_cast<void>(dispatch::find("threshold"));
          }).starts_with("simdact::dispatch::find: theta is nan"));
    check_function<float>(simdact::threshold{.theta = 1, .value = -2},
                          dispatch::find("threshold", {{"value", -2}, {"theta", 1}}));
}

TEST_CASE("dispatch by name: what is not there is refused with what there is", "[dispatch]") {
    const auto refused = [](std::string_view name, std::vector<named_parameter> parameters = {}) {
        return refusal([&] { static_cast<void>(dispatch::find(name, parameters)); });
    };
    const std::string start = "simdact::dispatch::find: ";
    CHECK(refused("ELU").starts_with(start + "there is no function \"ELU\" among relu, leaky_relu, elu, "));
    CHECK(refused("").starts_with(start + "there is no function \"\" among relu, "));
    CHECK(refused(std::string(5000, 'x')).size() < 2000);
    CHECK(refused("elu", {{"negative_slope", 1}}) == start + "elu has no parameter \"negative_slope\", but alpha");
    CHECK(refused("relu", {{"alpha", 1}}) == start + "relu has no parameter \"alpha\", and no other");
    CHECK(refused("elu", {{"alpha", 1}, {"alpha", 1}}) == start + "alpha of elu is given twice");
    CHECK(refused("celu", {{"alpha", -1}}).starts_with(start + "alpha is -1, but must be at least "));
    CHECK(dispatch::knows("elu"));
    CHECK(dispatch::knows("elu", {{"alpha", 2}}));
    CHECK_FALSE(dispatch::knows("ELU"));
    CHECK_FALSE(dispatch::knows("elu", {{"beta", 2}}));
    CHECK_FALSE(dispatch::knows("elu", {{"alpha", 2}, {"alpha", 2}}));
    CHECK_FALSE(dispatch::knows("celu", {{"alpha", -1}}));
}

TEST_CASE("dispatch by name: kernels refuse what they refuse by type, and those that a function has not",
          "[dispatch]") {
    const std::vector<float> x(3);
    std::vector<float> y(3, 7), y2(2, 7);
    std::vector<std::uint8_t> mask(1);
    const auto tanh = dispatch::find("tanh"), prelu = dispatch::find("prelu"), elu = dispatch::find("elu");
    const auto negative = dispatch::find("elu", {{"alpha", -1}});
    const std::string start = "simdact::dispatch::";
    CHECK(refusal([&] { dispatch::forward_with_mask(tanh, x, y, mask); }) ==
          start +
              "forward_with_mask: tanh has no such kernel; it has forward, derivative, backward, backward_from_output");
    CHECK(refusal([&] { dispatch::forward(prelu, x, y); }) ==
          start + "forward: prelu has no such kernel; with a shape and slopes it has forward, derivative, backward, "
                  "forward_with_mask, backward_from_mask");
    CHECK(refusal([&] {
              dispatch::forward(elu, {.inner = 3}, x, x, y);
          }).starts_with(start + "forward: elu has no such kernel; it has forward, derivative, "));
    CHECK(refusal([&] { dispatch::backward_from_output(negative, x, x, y); }) ==
          start + "backward_from_output: alpha is -1, but must be at least 0");
    CHECK(refusal([&] { dispatch::forward(elu, x, y2); }) == start + "forward: y has 2 elements, but x has 3");
    CHECK((y == std::vector<float>(3, 7) && y2 == std::vector<float>(2, 7)));
    dispatch::forward(negative, x, y); // no more than the kernel asks for
    CHECK(y == x);
}
