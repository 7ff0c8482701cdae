/// Inline functions of a user, in files built for different CPUs.

#include <simdact/simdact.hpp>

#if defined(IN_NAMESPACE)
inline namespace SIMDACT_ISA {
inline float loudness(float x) { return simdact::elu{}(x); }
} // namespace SIMDACT_ISA
#else
inline float loudness(float x) { return simdact::elu{}(x); }
#endif

float HALF(float x) { return loudness(x); }

/// What cannot be passed from one to the other.
float at_2(const simdact::elu& f);
#if defined(DEFINES)
float at_2(const simdact::elu& f) { return f(2.0F); }
#elif defined(CALLS)
int main() { return at_2(simdact::elu{}) == 2 ? 0 : 1; }
#endif
