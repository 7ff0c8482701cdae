/// Asks the CPU which of the tables of SIMDACT_DISPATCH_LIST that simdact_add_dispatch() has built it can run. Built
/// for the oldest CPU of all: nothing here may call code that another file could have brought with newer instructions,
/// so of simdact it uses the boundary alone, and of the list its key.

#include <simdact/dispatch.hpp>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <initializer_list>
#if defined(__cpp_exceptions) || defined(_CPPUNWIND)
#include <stdexcept>
#endif

#if defined(__x86_64__) || defined(_M_X64)
#if defined(_MSC_VER)
#include <immintrin.h>
#include <intrin.h>
#else
#include <cpuid.h>
#endif
#endif

namespace simdact {
namespace dispatched {
inline namespace SIMDACT_DISPATCH_VERSION {

constexpr std::uint64_t key = dispatch::detail::key_of<SIMDACT_DISPATCH_LIST::list>();

// What was built, best first: SIMDACT_DISPATCH_ISAS(f) is f(table, name, level) for each.
#define SIMDACT_DISPATCH_DECLARE(table_, name, level)                                                                  \
    struct table_;                                                                                                     \
    template <>                                                                                                        \
    const table& table_of<key, table_>() noexcept;
SIMDACT_DISPATCH_ISAS(SIMDACT_DISPATCH_DECLARE)

namespace {

#if defined(__x86_64__) || defined(_M_X64)

struct registers {
    unsigned eax = 0, ebx = 0, ecx = 0, edx = 0;
};

registers cpuid(unsigned leaf) noexcept {
    registers r;
#if defined(_MSC_VER)
    int out[4];
    __cpuid(out, static_cast<int>(leaf & 0x80000000U));
    if (static_cast<unsigned>(out[0]) >= leaf) {
        __cpuidex(out, static_cast<int>(leaf), 0);
        r = {static_cast<unsigned>(out[0]), static_cast<unsigned>(out[1]), static_cast<unsigned>(out[2]),
             static_cast<unsigned>(out[3])};
    }
#else
    if (!__get_cpuid_count(leaf, 0, &r.eax, &r.ebx, &r.ecx, &r.edx))
        r = {};
#endif
    return r;
}

/// Which registers the system saves: bit 2 for AVX's, bits 5 to 7 for those of AVX-512.
unsigned saved_registers() noexcept {
#if defined(_MSC_VER)
    return static_cast<unsigned>(_xgetbv(0));
#else
    unsigned low, high;
    __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return low;
#endif
}

/// The psABI level of this CPU under this system, 1 to 4.
int level_of_cpu() noexcept {
    const registers one = cpuid(1), seven = cpuid(7), extended = cpuid(0x80000001U);
    const auto all = [](unsigned set, std::initializer_list<int> bits) noexcept {
        for (const int bit : bits)
            if ((set >> bit & 1) == 0)
                return false;
        return true;
    };
    // SSE3, SSSE3, cmpxchg16b, SSE4.1, SSE4.2, popcnt; LAHF
    if (!all(one.ecx, {0, 9, 13, 19, 20, 23}) || !all(extended.ecx, {0}))
        return 1;
    // FMA, movbe, xsave enabled by the system, AVX, F16C; BMI1, AVX2, BMI2; LZCNT
    if (!all(one.ecx, {12, 22, 27, 28, 29}) || !all(seven.ebx, {3, 5, 8}) || !all(extended.ecx, {5}) ||
        (saved_registers() & 0x06) != 0x06)
        return 2;
    // AVX-512 F, DQ, CD, BW, VL
    if (!all(seven.ebx, {16, 17, 28, 30, 31}) || (saved_registers() & 0xe6) != 0xe6)
        return 3;
    return 4;
}

#else

int level_of_cpu() noexcept { return 0; }

#endif

[[noreturn]] void refuse(const char* text) {
#if defined(__cpp_exceptions) || defined(_CPPUNWIND)
    throw std::invalid_argument(text);
#else
    std::fprintf(stderr, "%s\n", text);
    std::abort();
#endif
}

[[noreturn]] void refuse_isa(const char* asked, const char* what) {
    char text[400];
    std::snprintf(text, sizeof text, "simdact::dispatch: SIMDACT_DISPATCH_ISA is \"%.60s\", %s", asked, what);
    refuse(text);
}

struct entry {
    const table& (*kernels)() noexcept;
    const char* name;
    int level;
};

#define SIMDACT_DISPATCH_ENTRY(table, name, level) {table_of<key, table>, name, level},
constexpr entry built[] = {SIMDACT_DISPATCH_ISAS(SIMDACT_DISPATCH_ENTRY)};

/// Functors that are one object for several instruction sets have one code, too: whichever the linker took.
void check_apart() {
    const table& first = built[0].kernels();
    for (const entry& e : built)
        for (std::size_t i = 0; &e != built && i < first.size; ++i)
            if (e.kernels().objects[i] == first.objects[i]) {
                char text[400];
                std::snprintf(text, sizeof text,
                              "simdact::dispatch: %.60s of the list " SIMDACT_DETAIL_TEXT(
                                  SIMDACT_DISPATCH_LIST) " is not inside of inline namespace SIMDACT_ISA, so that %s "
                                                         "and %s share its code",
                              first.names[i], built[0].name, e.name);
                refuse(text);
            }
}

} // namespace

template <>
SIMDACT_DISPATCH_ANY_COPY std::atomic<const table*> of_list<key>::chosen{nullptr};

template <>
SIMDACT_DISPATCH_ANY_COPY const table& of_list<key>::choose() {
#define SIMDACT_DISPATCH_NAME(table, name, level) " " name
    check_apart();
    const int level = level_of_cpu();
    const char* const asked = std::getenv("SIMDACT_DISPATCH_ISA");
    for (const entry& e : built) {
        if (asked && *asked ? std::strcmp(asked, e.name) != 0 : e.level > level)
            continue;
        if (e.level > level)
            refuse_isa(asked, "which this CPU lacks");
        const table& kernels = e.kernels();
        chosen.store(&kernels, std::memory_order_release);
        return kernels;
    }
    refuse_isa(asked, "but must be one of" SIMDACT_DISPATCH_ISAS(SIMDACT_DISPATCH_NAME));
}

} // namespace SIMDACT_DISPATCH_VERSION
} // namespace dispatched
} // namespace simdact
