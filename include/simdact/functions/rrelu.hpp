#ifndef SIMDACT_FUNCTIONS_RRELU_HPP
#define SIMDACT_FUNCTIONS_RRELU_HPP

#include <simdact/parameters.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {

/// Randomized leaky rectified linear unit: prelu with slopes that are drawn anew for every element of every step of
/// training, evenly from [lower, upper]. draw_slopes() (kernels/rrelu.hpp) draws them into an array, which prelu{} then
/// takes with a channel_shape{1, n, 1}; when training is over, leaky_relu{(lower + upper) / 2} takes its place.
/// lower and upper are finite and lower <= upper: others are refused.  Xu, Wang, Chen, Li 2015.
struct rrelu final {
    static constexpr const char* name = "rrelu";
    static constexpr parameter parameters[] = {
        {.name = "lower",
         .fallback = 1.0 / 8,
         .valid = {.low = any_finite.low, .high = at_most_parameter("upper").high}},
        {.name = "upper", .fallback = 1.0 / 3, .valid = any_finite},
    };

    double lower = 1.0 / 8;
    double upper = 1.0 / 3;
};

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
