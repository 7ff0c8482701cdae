/// The table of the functions NAMES, out of ALL_NAMES that are described, for the instructions of this unit.

#include "table.hpp"

#include "../batches.hpp"
#include "kernels.hpp"

namespace tests {

namespace rows_of_table {
#define DECLARATION(function) extern const function_under_test function;
NAMES(DECLARATION)
} // namespace rows_of_table

namespace {

#define ADDRESS(function) &rows_of_table::function,
constexpr const function_under_test* functions[] = {NAMES(ADDRESS)};

#define NAME(function) #function,
constexpr std::string_view described[] = {ALL_NAMES(NAME)};

#if defined(USERS_FUNCTORS)
constexpr auto& listed = described;
#else
template <class List>
constexpr std::string_view names_of;
template <class... Fs>
constexpr std::string_view names_of<simdact::function_list<Fs...>>[] = {Fs::name...};
constexpr auto& listed = names_of<simdact::functions>;
#endif

static_assert(noexcept(simdact::streaming_threshold()) && noexcept(simdact::streaming_threshold(1)));

const char* isa() {
#if defined(DISPATCHED)
    return simdact::dispatch::isa();
#elif defined(XSIMD_NO_SUPPORTED_ARCHITECTURE) || defined(SIMDACT_XSIMD_NO_SUPPORTED_ARCHITECTURE)
    return "scalars";
#else
    return SIMDACT_XSIMD::default_arch::name();
#endif
}

bool fused() {
#if defined(DISPATCHED)
    const auto chosen_is = [chosen = isa()](const char* name) { return simdact::detail::same_text(chosen, name); };
    return chosen_is("x86-64-v3") || chosen_is("x86-64-v4") || (chosen_is("baseline") && simdact::simd::fused);
#else
    return simdact::simd::fused;
#endif
}

} // namespace

const table under_test{
    .isa = isa,
    .fused = fused,
    .widths = {width<float>, width<double>},
    .functions = functions,
    .listed = listed,
    .described = described,
    .streaming_threshold = [] { return kernels_under_test::streaming_threshold(); },
    .set_streaming_threshold = [](std::size_t bytes) { kernels_under_test::streaming_threshold(bytes); }};

} // namespace tests
