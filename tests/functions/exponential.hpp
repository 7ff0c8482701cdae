#pragma once

#include "../bits.hpp"

#include <limits>
#include <vector>

namespace tests {

/// Where formulas with e^x change or its values leave a range: the places of overflow and underflow, the ends of the
/// polynomials in the library's exponential.hpp and the numbers between two powers of two. Functions that bend on both
/// sides of 0 have more.
template <class T>
std::vector<T> breakpoints_of_exponential(bool both_signs) {
    using limits = std::numeric_limits<T>;
    constexpr bool is_float = sizeof(T) == 4;
    constexpr T minus_one = is_float ? T(-18) : T(-38.2); // e^x - 1 is
    constexpr T zero = is_float ? T(-88) : T(-709.06), zero_of_huge = is_float ? T(-200) : T(-1460);
    constexpr T vanishing = is_float ? T(-106) : T(-748); // 4 e^x is 0

    std::vector<T> values = {minus_one, zero, zero_of_huge, signalling_nan<T>};
    const int powers = limits::max_exponent - limits::min_exponent + limits::digits;
    for (int n = 0; n <= powers; ++n) {
        values.push_back(static_cast<T>(-0.69314718055994531 * (n + 0.5)));
        values.push_back(static_cast<T>(-0.69314718055994531 * n));
        if (both_signs) // tanh takes e^(2 |x|)
            values.push_back(static_cast<T>(-0.69314718055994531 * (n + 0.5) / 2));
    }
    if (both_signs)
        values.insert(values.end(), {T(-0.3), minus_one / 2, vanishing, vanishing / 2});
    return values;
}

} // namespace tests
