#ifndef SIMDACT_DISPATCH_LISTS_HPP
#define SIMDACT_DISPATCH_LISTS_HPP

/// Which list of functions a call of dispatch is about, and its tables.

#include <simdact/dispatch/table.hpp>
#include <simdact/functions.hpp>

#include <concepts>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace dispatch {

/// The list that has F, as `type`: of those that are known to the file. One without functions, if none has it.
template <class F>
struct list_of : std::type_identity<function_list<>> {};

// simdact_add_dispatch() says whether it has built a list of the user's, and whether that of all functions.
#if !defined(SIMDACT_DISPATCH_OWN_FUNCTIONS) || defined(SIMDACT_DISPATCH_ALL_FUNCTIONS)
template <listed_in<functions> F>
struct list_of<F> : std::type_identity<functions> {};
#endif

/// Stands for the one list that has a function.
struct any_list;

namespace detail {

using namespace simdact::detail;

template <class F, class List>
struct list_for : std::type_identity<List> {};
template <class F>
struct list_for<F, any_list> : list_of<F> {};

/// What tells a list from others, with the same value in every file: a hash of the names of the types in it (FNV-1a),
/// without SIMDACT_ISA, which some compilers leave out.
template <class List>
constexpr std::uint64_t key_of() noexcept {
#if defined(_MSC_VER)
    constexpr std::string_view text = __FUNCSIG__, before = "key_of<";
#else
    constexpr std::string_view text = __PRETTY_FUNCTION__, before = "List = ";
#endif
    constexpr std::string_view left_out = SIMDACT_DETAIL_TEXT(SIMDACT_ISA) "::";
    constexpr std::size_t end = text.find(';') < text.size() ? text.find(';') : text.rfind(']');
    std::uint64_t hash = 14695981039346656037u;
    for (std::size_t i = text.find(before) + before.size(); i < text.size() && i < end; ++i)
        if (text.substr(i, left_out.size()) == left_out)
            i += left_out.size() - 1;
        else if (text[i] != ' ')
            hash = (hash ^ static_cast<unsigned char>(text[i])) * 1099511628211u;
    return hash;
}

template <class List>
using tables_of = dispatched::of_list<detail::key_of<typename List::list>()>;

#if defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wundefined-var-template" // they are in files of their own
#pragma clang diagnostic ignored "-Wundefined-func-template"
#endif
template <class List>
SIMDACT_INLINE const dispatched::table& chosen() {
    const dispatched::table* const known = tables_of<List>::chosen.load(std::memory_order_acquire);
    return known ? *known : tables_of<List>::choose();
}
#if defined(__clang__)
#pragma clang diagnostic pop
#endif

template <class T>
SIMDACT_INLINE const dispatched::kernels<T>& kernels_of(const dispatched::table& t) noexcept {
    if constexpr (std::same_as<T, float>)
        return t.of_float;
    else
        return t.of_double;
}

} // namespace detail

} // namespace dispatch
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
