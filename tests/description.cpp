#include "description.hpp"

#include <cstdio>

namespace tests {

std::vector<description>& descriptions() {
    static std::vector<description> all;
    return all;
}

std::string text_of(const parameter_set& p) {
    std::string text;
    for (const double value : p) {
        char number[40];
        std::snprintf(number, sizeof number, "%s%g", text.empty() ? "" : ", ", value);
        text += number;
    }
    return text.empty() ? "" : "(" + text + ")";
}

const description& description_of(std::string_view name) {
    for (const description& d : descriptions())
        if (d.name == name)
            return d;
    throw std::logic_error("there is no description of " + std::string(name) + ": write tests/functions/" +
                           std::string(name) + ".cpp");
}

} // namespace tests
