#pragma once

#include "../description.hpp"
#include "../tables/table.hpp"

#include <string>
#include <vector>

/// What is checked of every function, by its description. Each check returns what it found, a sentence for each way in
/// which something is wrong: the function, the way, the argument, what it gives and what was wanted.
namespace tests {

using findings = std::vector<std::string>;

/// Every function has a description and every description a function.
findings check_descriptions(const table& functions, const std::vector<description>& descriptions);

/// The function says of itself what the description says: its parameters, and what its derivative is known from.
findings check_facts(const function_under_test& f, const description& d);

/// The description's f' is the slope of its f.
findings check_truth(const description& d);

template <class T>
struct checks {
    using check = findings (*)(const function_under_test& f, const description& d);
    struct named {
        const char* name;
        check run;
    };
    /// All of them.
    static const std::vector<named>& all();

    static findings special_values(const function_under_test& f, const description& d);
    static findings ends_for_any_parameter(const function_under_test& f, const description& d);
    static findings errors(const function_under_test& f, const description& d);
    static findings same_bits_everywhere(const function_under_test& f, const description& d);
    static findings lone_nan(const function_under_test& f, const description& d);
    static findings x_itself(const function_under_test& f, const description& d);
    static findings symmetry(const function_under_test& f, const description& d);
    static findings order_and_range(const function_under_test& f, const description& d);
    static findings backward(const function_under_test& f, const description& d);
    static findings from_output(const function_under_test& f, const description& d);
    static findings from_bit(const function_under_test& f, const description& d);
    static findings nothing_else_written(const function_under_test& f, const description& d);
    static findings refusals(const function_under_test& f, const description& d);
};

} // namespace tests
