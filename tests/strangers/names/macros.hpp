/// Names that headers of systems and of other libraries define as macros, after those of the standard library.

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cmath>
#include <complex>
#include <concepts>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <iostream>
#include <iterator>
#include <limits>
#include <map>
#include <memory>
#include <numeric>
#include <ostream>
#include <ranges>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>
#if !defined(BUNDLED)
#include <xsimd/xsimd.hpp>
#endif

// Real ones.
#include <complex.h>
#if __has_include(<sys/param.h>)
#include <sys/param.h>
#endif
#if __has_include(<sys/reg.h>)
#include <sys/reg.h>
#endif
#if __has_include(<sys/sysmacros.h>)
#include <sys/sysmacros.h>
#endif
#if __has_include(<termios.h>)
#include <termios.h>
#endif

// What stands behind these is in no place of code where names are: a line that reads one of them does not compile.
// <complex.h>, <termios.h>, <ctype.h> as of old, <sys/reg.h>
#undef I
#define I ~macro ~
#undef B0
#define B0 ~macro ~
#undef DS
#define DS ~macro ~
#define B1 ~macro ~
#define _A ~macro ~
#define _B ~macro ~
#define _C ~macro ~
#define _D ~macro ~
#define _E ~macro ~
#define _I ~macro ~
#define _K ~macro ~
#define _L ~macro ~
#define _M ~macro ~
#define _N ~macro ~
#define _P ~macro ~
#define _Q ~macro ~
#define _R ~macro ~
#define _S ~macro ~
#define _T ~macro ~
#define _U ~macro ~
#define _V ~macro ~
#define _W ~macro ~
#define _X ~macro ~
// Windows
#define min(a, b) ~macro ~
#define max(a, b) ~macro ~
#define near ~macro ~
#define far ~macro ~
#define small ~macro ~
#define hyper ~macro ~
#define interface ~macro ~
#define cdecl ~macro ~
#define pascal ~macro ~
#define IN ~macro ~
#define OUT ~macro ~
#define OPTIONAL ~macro ~
#define ERROR ~macro ~
#define CONST ~macro ~
#define VOID ~macro ~
#define DELETE ~macro ~
#define FAR ~macro ~
#define NEAR ~macro ~
#define STRICT ~macro ~
#define Yield ~macro ~
// X11, Objective-C, Qt
#undef TRUE
#undef FALSE
#define TRUE ~macro ~
#define FALSE ~macro ~
#define YES ~macro ~
#define NO ~macro ~
#define Bool ~macro ~
#define Status ~macro ~
#define None ~macro ~
#define Always ~macro ~
#define Success ~macro ~
#define Unsorted ~macro ~
#define Complex ~macro ~
#define emit ~macro ~
#define signals ~macro ~
#define slots ~macro ~
#define foreach ~macro ~
#define forever ~macro ~
#define Nil ~macro ~
#define nil ~macro ~
// <sys/sysmacros.h>, <term.h>, <curses.h>, <X11/Xos.h>, BSD's
#undef major
#undef minor
#undef makedev
#define major(dev) ~macro ~
#define minor(dev) ~macro ~
#define makedev(a, b) ~macro ~
#define lines ~macro ~
#define columns ~macro ~
#define clear() ~macro ~
#define erase() ~macro ~
#define move(a, b) ~macro ~
#define refresh() ~macro ~
#define index(a, b) ~macro ~
#undef roundup
#define roundup(a, b) ~macro ~
// <math.h> of C, Arduino
#define isnan(x) ~macro ~
#define isinf(x) ~macro ~
#define isfinite(x) ~macro ~
#define signbit(x) ~macro ~
#define abs(x) ~macro ~
#define log(x) ~macro ~
#define round(x) ~macro ~
#define PI ~macro ~
#define HIGH ~macro ~
#define LOW ~macro ~
#define F(text) ~macro ~
#define bit(n) ~macro ~
#define word(...) ~macro ~
// <assert.h> of macOS, test frameworks, logging
#define check(x) ~macro ~
#define require(x, y) ~macro ~
#define verify(x) ~macro ~
#define DEBUG ~macro ~
#define INFO ~macro ~
#define CHECK(x) ~macro ~
#define REQUIRE(x) ~macro ~
#define TEST(x) ~macro ~
#define EMPTY ~macro ~
#define UNUSED ~macro ~
#define INLINE ~macro ~
#define _(text) ~macro ~
// Attributes without the underscores that protect them
#define noinline ~macro ~
#define always_inline ~macro ~
#define cold ~macro ~
#define hot ~macro ~
#define pure ~macro ~
#define packed ~macro ~
#define unused ~macro ~
#define used ~macro ~
#define flatten ~macro ~
#define may_alias ~macro ~
#define vector_size ~macro ~
#define noreturn ~macro ~
#define maybe_unused ~macro ~
#define deprecated ~macro ~
#define likely ~macro ~
#define unlikely ~macro ~
#define weak ~macro ~
