// The formulas of all descriptions for numbers of as many digits as it takes.

#include "subjects.hpp"

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace {

std::vector<std::pair<std::string, tests::formulas<exhaustive::exact>>>& exact_formulas() {
    static std::vector<std::pair<std::string, tests::formulas<exhaustive::exact>>> all;
    return all;
}

} // namespace

void tests::add_exact_formulas(const char* name, const formulas<exhaustive::exact>& of) {
    exact_formulas().emplace_back(name, of);
}

const tests::formulas<exhaustive::exact>& exhaustive::exact_formulas_of(const std::string& name) {
    for (const auto& [known, of] : exact_formulas())
        if (known == name)
            return of;
    throw std::invalid_argument("there is no function '" + name + "'");
}
