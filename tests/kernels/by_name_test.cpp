#include "../catch.hpp"
#include "../refusal.hpp"

#include <simdact/by_name.hpp>

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
    static constexpr simdact::parameter parameters[] = {
        {.name = "low", .fallback = -1.0, .valid = simdact::at_most_parameter("high")},
        {.name = "high", .fallback = 2.0},
    };
    double low = -1, high = 2;
};

using own = simdact::function_list<unnamed, window, simdact::elu>;

} // namespace

TEST_CASE("by name: visitors get every function, and the one that is named", "[by_name]") {
    std::size_t count = 0;
    simdact::for_each_function([&](const auto& f) {
        ++count;
        using F = std::remove_cvref_t<decltype(f)>;
        const bool same =
            simdact::with_function(F::name, [](const auto& g) { return std::is_same_v<decltype(g), const F&>; });
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
