/// Who tests the tests: a function with one fault, or a description that says what does not hold, fails the check that
/// is there for it, in words that name the function, the way and the argument.

#include "../bits.hpp"
#include "../catch.hpp"
#include "checks.hpp"

#include <algorithm>
#include <cmath>

using namespace tests;

namespace {

using T = float;
using in = std::span<const T>;
using out = std::span<T>;
using way = way_to_call<T>;

/// What is done to what the right way gave.
struct edits {
    way::unary f = nullptr, derivative = nullptr;
    way::binary backward = nullptr, backward_from_output = nullptr;
    void (*plant)(way&) = nullptr; ///< or the way itself is changed
};

way right;   ///< the one with the fault, as it was
edits wrong; ///< what is done to it

const function_under_test& function_named(std::string_view name) {
    for (const function_under_test* f : under_test.functions)
        if (f->name == name)
            return *f;
    throw std::logic_error("there is no function " + std::string(name));
}

/// The right function with one way that is wrong.
struct function_with_fault {
    function_under_test function;
    std::vector<way> ways;

    function_with_fault(std::string_view name, std::string_view way_name, const edits& fault)
        : function(function_named(name)), ways(function.ways_of_float.begin(), function.ways_of_float.end()) {
        function.ways_of_float = ways;
        way& w = *std::find_if(ways.begin(), ways.end(), [&](const way& one) { return one.name == way_name; });
        right = w;
        wrong = fault;
        if (fault.f)
            w.f = [](const double* p, in x, out y) {
                right.f(p, x, y);
                wrong.f(p, x, y);
            };
        if (fault.derivative)
            w.derivative = [](const double* p, in x, out d) {
                right.derivative(p, x, d);
                wrong.derivative(p, x, d);
            };
        if (fault.backward)
            w.backward = [](const double* p, in x, in dy, out dx) {
                right.backward(p, x, dy, dx);
                wrong.backward(p, x, dy, dx);
            };
        if (fault.backward_from_output)
            w.backward_from_output = [](const double* p, in y, in dy, out dx) {
                right.backward_from_output(p, y, dy, dx);
                wrong.backward_from_output(p, y, dy, dx);
            };
        if (fault.plant)
            fault.plant(w);
    }
    function_with_fault(const function_with_fault&) = delete;
    function_with_fault& operator=(const function_with_fault&) = delete;
};

/// What the checks find, those of one name alone.
findings found_by(std::string_view check, const function_under_test& f, const description& d) {
    for (const auto& one : checks<T>::all())
        if (one.name == check)
            return one.run(f, d);
    throw std::logic_error("there is no check \"" + std::string(check) + "\"");
}

struct fault {
    const char* what;
    const char* function;
    const char* way_name;
    edits planted;
    const char* check;
    std::vector<const char*> words; ///< in what is found first
};

const fault faults[] = {
    {"the last element of a tail is not computed",
     "elu",
     "kernel",
     {.f =
          [](const double*, in x, out y) {
              if (y.size() % 8 != 0)
                  y.back() = x.back();
          }},
     "the same bits everywhere",
     {"elu(1)", "f by kernel at ", "as the scalar"}},
    {"the output is read again after it was written",
     "elu",
     "kernel in place",
     {.f = [](const double* p, in, out y) { right.f(p, std::vector<T>(y.begin(), y.end()), y); }},
     "special values",
     {"elu(", "f by kernel in place at "}},
    {"-0 is lost",
     "relu",
     "scalar",
     {.f =
          [](const double*, in, out y) {
              for (T& v : y)
                  v += 0.0F;
          }},
     "special values",
     {"relu: f by scalar at -0 ", "0x00000000", "not -0"}},
    {"a NaN loses its payload",
     "tanh",
     "kernel",
     {.f =
          [](const double*, in, out y) {
              for (T& v : y)
                  v = is_nan(v) ? std::numeric_limits<T>::quiet_NaN() : v;
          }},
     "special values",
     {"tanh: f by kernel at nan"}},
    {"a NaN at one lane is taken for 0",
     "sigmoid",
     "kernel",
     {.f =
          [](const double*, in x, out y) {
              for (std::size_t i = 3; i < x.size(); i += 8)
                  y[i] = is_nan(x[i]) ? 0.5F : y[i];
          }},
     "special values",
     {"sigmoid: f by kernel at nan"}},
    {"f' is that of the other side at the kink",
     "leaky_relu",
     "kernel",
     {.derivative =
          [](const double*, in x, out d) {
              for (std::size_t i = 0; i < x.size(); ++i)
                  d[i] = x[i] == 0 ? 1 : d[i];
          }},
     "special values",
     {"leaky_relu(0.01): f' by kernel at -0"}},
    {"f' from the output is off",
     "elu",
     "kernel",
     {.backward_from_output =
          [](const double*, in y, in dy, out dx) {
              for (std::size_t i = 0; i < y.size(); ++i)
                  dx[i] += y[i] < -0.5F ? 1e-6F * dy[i] : 0;
          }},
     "from the output",
     {"elu(1): f' from the output by kernel at "}},
    {"dx multiplies by 0",
     "relu",
     "kernel",
     {.backward =
          [](const double*, in x, in dy, out dx) {
              for (std::size_t i = 0; i < x.size(); ++i)
                  dx[i] = (x[i] > 0 ? T(1) : T(0)) * dy[i];
          }},
     "backward",
     {"relu: dx by kernel at "}},
    {"a bit is turned",
     "prelu",
     "kernel",
     {.plant =
          [](way& w) {
              w.with_mask = [](const double* p, in x, out y, std::span<std::uint8_t> mask) {
                  right.with_mask(p, x, y, mask);
                  mask[x.size() / 16] ^= 1;
              };
          }},
     "from a bit",
     {"prelu(0.25): the bit by kernel at "}},
    {"a parameter is not rounded",
     "elu",
     "scalar",
     {.f =
          [](const double* p, in x, out y) {
              for (std::size_t i = 0; i < x.size(); ++i)
                  if (x[i] < 0 && std::isfinite(p[0]))
                      y[i] = static_cast<T>(p[0] * std::expm1(double(x[i])));
          }},
     "special values",
     {"elu(1e+300): f by scalar at ", "a NaN"}},
    {"a store goes beyond the end",
     "tanh",
     "kernel",
     {.f = [](const double*, in, out y) { y.data()[y.size()] = 0; }},
     "nothing else written",
     {"tanh: f by kernel of 0 elements writes outside"}},
    {"a size is not checked",
     "sigmoid",
     "kernel",
     {.plant = [](way& w) { w.f = [](const double* p, in x, out y) { right.f(p, x.first(y.size()), y); }; }},
     "refusals",
     {"sigmoid: f of fewer elements by kernel is not refused"}},
    {"a parameter is not refused",
     "leaky_relu",
     "kernel",
     {.plant =
          [](way& w) {
              w.backward_from_output = [](const double*, in y, in dy, out dx) {
                  const double valid = 0.01;
                  right.backward_from_output(&valid, y, dy, dx);
              };
          }},
     "refusals",
     {"leaky_relu: backward_from_output by kernel(-0.7) is not refused"}},

    {"a NaN alone among numbers is overlooked",
     "relu",
     "kernel",
     {.f =
          [](const double*, in x, out y) {
              if (std::count_if(x.begin(), x.end(), [](T v) { return is_nan(v); }) == 1)
                  std::replace_if(
                      y.begin(), y.end(), [](T v) { return is_nan(v); }, T(0));
          }},
     "a NaN alone among numbers",
     {"relu: f by kernel at nan"}},

    // Wrong formulas.
    {"the end is off for a large parameter",
     "elu",
     "kernel",
     {.f =
          [](const double* p, in x, out y) {
              for (std::size_t i = 0; i < x.size(); ++i)
                  if (std::isinf(x[i]) && x[i] < 0 && std::fabs(p[0]) > 1e20 && std::isfinite(y[i]))
                      y[i] = from_bits<T>(bits(y[i]) - 1);
          }},
     "the ends for any parameter",
     {"f by kernel at -inf"}},
    {"f is off by twice its bound at one float",
     "elu",
     "scalar",
     {.f =
          [](const double*, in x, out y) {
              for (std::size_t i = 0; i < x.size(); ++i)
                  if (x[i] == -0x1.236876p-2F)
                      y[i] = from_bits<T>(bits(y[i]) + 2);
          }},
     "errors",
     {"elu(1): f by scalar at -0.28457", "it is off by "}},
    {"exp(x) - 1 loses all digits near 0",
     "elu",
     "kernel",
     {.f =
          [](const double* p, in x, out y) {
              for (std::size_t i = 0; i < x.size(); ++i)
                  y[i] = x[i] < 0 ? static_cast<T>(p[0]) * (std::exp(x[i]) - 1) : x[i];
          }},
     "errors",
     {"elu(1): f by kernel at "}},
    {"f' is taken from f, near 1",
     "tanh",
     "scalar",
     {.derivative =
          [](const double* p, in x, out d) {
              right.f(p, x, d);
              for (T& v : d)
                  v = 1 - v * v;
          }},
     "errors",
     {"tanh: f' by scalar at "}},
    {"not odd by a bit",
     "tanh",
     "kernel",
     {.f =
          [](const double*, in x, out y) {
              for (std::size_t i = 0; i < x.size(); ++i)
                  if (x[i] > 0.25F && x[i] < 0.5F)
                      y[i] = from_bits<T>(bits(y[i]) ^ 1);
          }},
     "symmetry",
     {"tanh: f by kernel at ", "as it is odd"}},
    {"a result beyond 1",
     "sigmoid",
     "kernel",
     {.f =
          [](const double*, in, out y) {
              for (T& v : y)
                  v = v == 1 ? 1 + std::numeric_limits<T>::epsilon() : v;
          }},
     "order and range",
     {"sigmoid: the largest f by kernel at "}},
    {"x is computed with where it should come back",
     "prelu",
     "kernel",
     {.f =
          [](const double*, in, out y) {
              for (T& v : y)
                  v = v > 0 ? v * 3 / 3 : v;
          }},
     "x itself",
     {"prelu(0.25): f by kernel at ", "x itself"}},
};

} // namespace

TEST_CASE("checks: a fault is found by the check that is there for it", "[checks]") {
    for (const fault& one : faults)
        DYNAMIC_SECTION(one.what) {
            const description& d = description_of(one.function);
            CHECK(found_by(one.check, function_named(one.function), d).empty());
            const findings found =
                found_by(one.check, function_with_fault(one.function, one.way_name, one.planted).function, d);
            REQUIRE_FALSE(found.empty());
            INFO(found.front());
            for (const char* word : one.words)
                CHECK(found.front().find(word) != std::string::npos);
        }
}

TEST_CASE("checks: a description that says what does not hold is found out", "[checks]") {
    const auto found = [](std::string_view name, std::string_view check, auto change) {
        description d = description_of(name);
        change(d);
        const findings all =
            check.empty() ? check_facts(function_named(name), d) : found_by(check, function_named(name), d);
        return all.empty() ? std::string("nothing") : all.front();
    };
    using std::string;
    const auto has = [](const string& text, std::string_view part) { return text.find(part) != string::npos; };
    CHECK(has(found("relu", "symmetry", [](description& d) { d.facts.odd = true; }), "as it is odd"));
    CHECK(has(found("elu", "symmetry", [](description& d) { d.facts.even_derivative = true; }), "as it is even"));
    CHECK(has(found("tanh", "x itself", [](description& d) { d.facts.keeps_x_above_zero = true; }), "not x itself"));
    CHECK(has(found("leaky_relu", "order and range", [](description& d) { d.facts.highest = 5; }), "the largest f"));
    CHECK(has(found("leaky_relu", "backward", [](description& d) { d.facts.flat_below_zero = true; }), "dx by"));
    const auto beyond_1 = [](description& d) { d.of_float.straight = [](T x, const T*) { return x > 1; }; };
    CHECK(has(found("tanh", "errors", beyond_1), "within 0.500000 ULP"));
    CHECK(has(found("tanh", "backward", beyond_1), "dx by"));
    CHECK(has(found("elu", "", [](description& d) { d.facts.from_bit = true; }), "described as known from a bit"));
    CHECK(has(found("relu", "", [](description& d) { d.facts.from_output = false; }), "not described so"));
    CHECK(has(found("relu", "", [](description& d) { d.facts.in_constant_expressions = false; }), "is a constant"));
    CHECK(has(found("elu", "", [](description& d) { d.parameters[0].fallback = 2; }), "alpha is 1"));
    CHECK(has(found("elu", "", [](description& d) { d.parameters[0].name = "a"; }), "is described as a"));
    CHECK(has(found("elu", "", [](description& d) { d.parameters.clear(); }), "has 1 parameters"));
    CHECK(has(found("elu", "", [](description& d) { d.usual.push_back({}); }), "is described with 0 parameters"));
    CHECK(has(
        found("sigmoid", "errors",
              [](description& d) { d.of_float.bound = [](const T*) { return bounds{.f = 0.5, .derivative = 3}; }; }),
        "within 0.500000 ULP"));
    CHECK(has(found("elu", "refusals", [](description& d) { d.refused.push_back({2.0}); }), "is not refused"));
    CHECK(has(found("elu", "", [](description& d) { d.refused.push_back({2.0}); }), "refusing(2), and as taking it"));
    CHECK(
        has(found("elu", "", [](description& d) { d.refused_from_output.push_back({2.0}); }), "from the output, and"));
    CHECK(has(found("leaky_relu", "refusals",
                    [](description& d) { d.of_float.output_tells = [](const float*) { return true; }; }),
              "is refused"));

    description slope = description_of("tanh");
    slope.truth.derivative = [](long double x, const long double*) { return 1 - std::tanh(x); };
    CHECK(has(check_truth(slope).front(), "where the slope of f is"));

    std::vector<description> some = {description_of("relu"), description_of("elu")};
    some[1].name = "unheard_of";
    table two = under_test;
    const function_under_test* const functions[] = {&function_named("relu"), &function_named("elu")};
    const std::string_view listed[] = {"relu", "elu", "new_one"}, files[] = {"relu", "elu", "old_one"};
    two.functions = functions;
    two.listed = listed;
    two.described = files;
    CHECK(check_descriptions(two, some) == findings{"new_one has no description: write tests/functions/new_one.cpp",
                                                    "old_one is described, but in none of the lists of functions.hpp",
                                                    "tests/functions/elu.cpp does not describe it, or more than once",
                                                    "unheard_of is described in a file of another name"});
    CHECK_THROWS_AS(description_of("unheard_of"), std::logic_error);
}
