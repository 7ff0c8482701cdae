#include "../catch.hpp"
#include "../description.hpp"
#include "../refusal.hpp"

#include <simdact/by_name.hpp>

#include <cmath>
#include <sstream>
#include <string>
#include <type_traits>
#include <vector>

using namespace tests;

namespace {

struct unnamed {
    template <simdact::value V>
    V forward(V x) const {
        return x;
    }
};

/// Two parameters, the range of one by the other.
struct window {
    static constexpr const char* name = "window";
    static constexpr simdact::name_elsewhere elsewhere[] = {
        {simdact::naming::onnx, "Window", {{"from", -3}, {"to", 3}}},
        {simdact::naming::keras, "window Win", {{}, {"upper", 4}}},
    };
    static constexpr simdact::parameter parameters[] = {
        {.name = "low", .fallback = -1.0, .valid = simdact::at_most_parameter("high")},
        {.name = "high", .fallback = 2.0},
    };
    double low = -1, high = 2;
};

using own = simdact::function_list<unnamed, window, simdact::elu>;

std::string_view text_of(simdact::naming by) {
    return by == simdact::naming::onnx ? "onnx" : by == simdact::naming::pytorch ? "pytorch" : "keras";
}

/// All that a row says, such as "onnx LeakyRelu(alpha 0.01)".
template <class F>
void add_names(std::vector<std::string>& to, const simdact::name_elsewhere& row) {
    std::istringstream names(row.names);
    for (std::string name; names >> name;) {
        std::ostringstream text;
        text << text_of(row.by) << ' ' << name;
        const char* between = "(";
        if constexpr (requires { F::parameters; })
            for (std::size_t i = 0; i < std::size(F::parameters); ++i) {
                const auto& there = row.parameters[i];
                text << between << (there.name ? there.name : F::parameters[i].name) << ' '
                     << (there.name ? there.fallback : F::parameters[i].fallback);
                between = ", ";
            }
        to.push_back(text.str() + (*between == ',' ? ")" : ""));
    }
}

/// Numbers for the parameters that have no default, by what the row calls them, or by F's own names.
template <class F>
std::vector<simdact::named_parameter> needed(const simdact::name_elsewhere* row = nullptr) {
    std::vector<simdact::named_parameter> given;
    if constexpr (requires { F::parameters; })
        for (std::size_t i = 0; i < std::size(F::parameters); ++i)
            if (std::isnan(F::parameters[i].fallback))
                given.push_back({row && row->parameters[i].name ? row->parameters[i].name : F::parameters[i].name, 2});
    return given;
}

/// Whether g is F with the default that the row says.
template <class F, class G>
bool is_what_is_said(const G& g, [[maybe_unused]] const simdact::name_elsewhere& row) {
    if constexpr (!std::is_same_v<F, G>) {
        return false;
    } else if constexpr (requires { F::parameters; }) {
        const simdact::name_elsewhere::parameter& there = row.parameters[0];
        const double fallback = there.name ? there.fallback : F::parameters[0].fallback;
        return simdact::detail::values_of(g).values[0] == (std::isnan(fallback) ? 2 : fallback); // which needed() gives
    } else {
        return true;
    }
}

} // namespace

TEST_CASE("by name: what each function is called elsewhere is what its description says", "[by_name]") {
    simdact::for_each_function([](const auto& f) {
        using F = std::remove_cvref_t<decltype(f)>;
        std::vector<std::string> names;
        if constexpr (requires { F::elsewhere; })
            for (const simdact::name_elsewhere& row : F::elsewhere) {
                add_names<F>(names, row);
                std::istringstream words(row.names);
                for (std::string word; words >> word;) {
                    INFO(word);
                    CHECK(simdact::knows(row.by, word));
                    CHECK(simdact::with_function(row.by, word, needed<F>(&row),
                                                 [&](const auto& g) { return is_what_is_said<F>(g, row); }));
                }
            }
        CHECK(names == description_of(F::name).elsewhere);
    });
}

TEST_CASE("by name: another naming has names, parameters and defaults of its own", "[by_name]") {
    using simdact::naming;
    const auto both = [](const auto& f) {
        if constexpr (requires { f.low; })
            return std::vector{f.low, f.high};
        else
            return std::vector<double>{};
    };
    using pair = std::vector<double>;
    CHECK(simdact::with_function<own>(naming::onnx, "Window", both) == pair{-3, 3});
    CHECK(simdact::with_function<own>(naming::onnx, "Window", {{"to", 9}}, both) == pair{-3, 9});
    CHECK(simdact::with_function<own>(naming::keras, "window", both) == pair{-1, 4});
    CHECK(simdact::with_function<own>(naming::keras, "Win", {{"upper", 5}, {"low", 0}}, both) == pair{0, 5});
    const auto slope = [](const auto& f) {
        if constexpr (requires { f.negative_slope; })
            return f.negative_slope;
        else
            return -1.0;
    };
    CHECK(simdact::with_function(naming::onnx, "LeakyRelu", slope) == 0.01);
    CHECK(simdact::with_function(naming::onnx, "LeakyRelu", {{"alpha", 0.5}}, slope) == 0.5);
    CHECK(simdact::with_function(naming::keras, "LeakyReLU", slope) == 0.3);
    CHECK(simdact::with_function(naming::keras, "leaky_relu", slope) == 0.2);

    const auto nothing = [](const auto&) {};
    const std::string start = "simdact::with_function: ";
    CHECK(refusal([&] { simdact::with_function<own>(naming::onnx, "window", nothing); }) ==
          start + "there is no function \"window\" of ONNX among Window, Elu");
    CHECK(refusal([&] { simdact::with_function<own>(naming::keras, "Window", nothing); }) ==
          start + "there is no function \"Window\" of Keras among window, Win, ELU, elu");
    CHECK(refusal([&] { simdact::with_function<own>(naming::pytorch, "window", nothing); }) ==
          start + "there is no function \"window\" of PyTorch among ELU, elu");
    CHECK(refusal([&] {
              simdact::with_function<own>(naming::onnx, "Window", {{"low", 1}}, nothing);
          }) == start + "Window has no parameter \"low\", but from, to");
    CHECK(refusal([&] {
              simdact::with_function<own>(naming::onnx, "Window", {{"to", 1}, {"to", 1}}, nothing);
          }) == start + "to of Window is given twice");
    CHECK_FALSE(simdact::knows<own>(naming::onnx, "window"));
    CHECK_FALSE(simdact::knows<own>(naming::keras, "win"));
    CHECK_FALSE(simdact::knows<own>(naming::keras, ""));
    CHECK_FALSE(simdact::knows<own>(naming::keras, "window Win"));
    CHECK_FALSE(simdact::knows<own>(naming::onnx, "Window", {{"to", -4}}));
    CHECK(simdact::knows<own>(naming::onnx, "Window", {{"to", -3}}));
}

TEST_CASE("by name: visitors get every function, and the one that is named", "[by_name]") {
    std::size_t count = 0;
    simdact::for_each_function([&](const auto& f) {
        ++count;
        using F = std::remove_cvref_t<decltype(f)>;
        const bool same = simdact::with_function(F::name, needed<F>(),
                                                 [](const auto& g) { return std::is_same_v<decltype(g), const F&>; });
        CHECK(same);
    });
    CHECK(count == simdact::functions::size);

    const auto parameter = [](const auto& f) {
        if constexpr (requires { f.alpha; })
            return f.alpha;
        else
            return -1.0;
    };
    CHECK(simdact::with_function("elu", {{"alpha", 0.5}}, parameter) == 0.5);
    CHECK(simdact::with_function("elu", parameter) == 1);
    CHECK(simdact::with_function("elu", std::vector<simdact::named_parameter>{{"alpha", 3}}, parameter) == 3);
    CHECK(simdact::with_function("relu", {}, parameter) == -1);
}

TEST_CASE("by name: parameters without a default have to be given, and the name alone is known", "[by_name]") {
    using simdact::naming;
    const auto numbers = [](const auto& f) {
        if constexpr (requires {
                          f.theta;
                          f.value;
                      })
            return std::vector{f.theta, f.value};
        else
            return std::vector<double>{};
    };
    CHECK(simdact::with_function("threshold", {{"theta", 1}, {"value", -2}}, numbers) == std::vector<double>{1, -2});
    CHECK(simdact::with_function(naming::pytorch, "Threshold", {{"value", 3}, {"threshold", 4}}, numbers) ==
          std::vector<double>{4, 3});
    CHECK(refusal([&] { simdact::with_function("threshold", numbers); }) ==
          "simdact::with_function: theta is nan, but must be a number");
    CHECK(refusal([&] {
              simdact::with_function(naming::keras, "threshold", {{"threshold", 1}}, numbers);
          }) == "simdact::with_function: value is nan, but must be a number");
    CHECK(simdact::knows("threshold"));
    CHECK(simdact::knows(naming::pytorch, "Threshold"));
    CHECK(simdact::knows("threshold", {{"theta", 1}, {"value", 1}}));
    CHECK_FALSE(simdact::knows("threshold", {{"theta", 1}}));
    CHECK_FALSE(simdact::knows(naming::onnx, "threshold"));
}

TEST_CASE("by name: parameters come in any order, and their defaults where they are not given", "[by_name]") {
    const auto both = [](const auto& f) {
        if constexpr (requires { f.low; })
            return std::vector{f.low, f.high};
        else
            return std::vector<double>{};
    };
    CHECK(simdact::with_function<own>("window", {{"high", 5}, {"low", 3}}, both) == std::vector<double>{3, 5});
    CHECK(simdact::with_function<own>("window", {{"high", 5}}, both) == std::vector<double>{-1, 5});
    CHECK(refusal([&] {
              simdact::with_function<own>("window", {{"low", 3}}, both);
          }) == "simdact::with_function: low is 3, but must be at most high, which is 2");
}

TEST_CASE("by name: what is not there is refused with what there is", "[by_name]") {
    const auto nothing = [](const auto&) {};
    const std::string start = "simdact::with_function: ";
    CHECK(refusal([&] { simdact::with_function<own>("relu", nothing); }) ==
          start + "there is no function \"relu\" among window, elu");
    CHECK(refusal([&] {
              simdact::with_function<own>("window", {{"mid", 1}}, nothing);
          }) == start + "window has no parameter \"mid\", but low, high");
    CHECK(refusal([&] {
              simdact::with_function("relu", {{"alpha", 1}}, nothing);
          }) == start + "relu has no parameter \"alpha\", and no other");
    CHECK(refusal([&] {
              simdact::with_function("elu", {{"alpha", 1}, {"alpha", 2}}, nothing);
          }) == start + "alpha of elu is given twice");
    CHECK(simdact::knows("elu"));
    CHECK(simdact::knows("elu", {{"alpha", 1}}));
    CHECK(simdact::knows<own>("window", {{"low", 1}, {"high", 2}}));
    CHECK_FALSE(simdact::knows<own>("relu"));
    CHECK_FALSE(simdact::knows("elu", {{"beta", 1}}));
    CHECK_FALSE(simdact::knows("elu", {{"alpha", 1}, {"alpha", 2}}));
    CHECK_FALSE(simdact::knows("celu", {{"alpha", -1}}));
    CHECK_FALSE(simdact::knows<own>("window", {{"low", 3}}));
}
