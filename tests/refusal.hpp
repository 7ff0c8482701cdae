#pragma once

#include <stdexcept>
#include <string>

namespace tests {

/// The text with which a call refuses its arguments.
template <class Call>
std::string refusal(const Call& call) {
    try {
        call();
    } catch (const std::invalid_argument& refused) {
        return refused.what();
    }
    return "not refused";
}

} // namespace tests
