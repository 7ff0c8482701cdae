#include "description.hpp"

namespace tests {

std::vector<description>& descriptions() {
    static std::vector<description> all;
    return all;
}

const description& description_of(std::string_view name) {
    for (const description& d : descriptions())
        if (d.name == name)
            return d;
    throw std::logic_error("there is no description of " + std::string(name) + ": write tests/functions/" +
                           std::string(name) + ".cpp");
}

} // namespace tests
