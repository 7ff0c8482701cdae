#ifndef SIMDACT_SIMD_OPERATORS_HPP
#define SIMDACT_SIMD_OPERATORS_HPP

/// Operators that nobody can call. Where there are some of a name, simdact's code does not look for it in the global
/// namespace, where a user's may be that take everything.

#include <simdact/simd/isa.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {

namespace detail {
struct nobody;
}

void operator+(detail::nobody&, detail::nobody&);
void operator-(detail::nobody&, detail::nobody&);
void operator*(detail::nobody&, detail::nobody&);
void operator/(detail::nobody&, detail::nobody&);
void operator%(detail::nobody&, detail::nobody&);
void operator&(detail::nobody&, detail::nobody&);
void operator|(detail::nobody&, detail::nobody&);
void operator^(detail::nobody&, detail::nobody&);
void operator<<(detail::nobody&, detail::nobody&);
void operator>>(detail::nobody&, detail::nobody&);
void operator<(detail::nobody&, detail::nobody&);
void operator<=(detail::nobody&, detail::nobody&);
void operator>(detail::nobody&, detail::nobody&);
void operator>=(detail::nobody&, detail::nobody&);
void operator==(detail::nobody&, detail::nobody&);
void operator!=(detail::nobody&, detail::nobody&);
void operator<=>(detail::nobody&, detail::nobody&);
void operator+=(detail::nobody&, detail::nobody&);
void operator-=(detail::nobody&, detail::nobody&);
void operator*=(detail::nobody&, detail::nobody&);
void operator/=(detail::nobody&, detail::nobody&);
void operator%=(detail::nobody&, detail::nobody&);
void operator&=(detail::nobody&, detail::nobody&);
void operator|=(detail::nobody&, detail::nobody&);
void operator^=(detail::nobody&, detail::nobody&);
void operator<<=(detail::nobody&, detail::nobody&);
void operator>>=(detail::nobody&, detail::nobody&);
void operator!(detail::nobody&);
void operator~(detail::nobody&);

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
