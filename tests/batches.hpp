#pragma once

#include <simdact/simd.hpp>

#include <cstddef>
#include <string_view>
#include <tuple>

namespace tests {

/// Every architecture that this build's flags allow, so that this program runs on: List<best, ..., narrowest>. The best
/// is the default one.
#if defined(XSIMD_NO_SUPPORTED_ARCHITECTURE) || defined(SIMDACT_XSIMD_NO_SUPPORTED_ARCHITECTURE)
template <template <class...> class List>
using with_every_architecture = List<>;
template <template <class...> class List>
using with_some_architectures = List<>;
#else
template <template <class...> class List, class... Archs>
List<Archs...> all_of(SIMDACT_XSIMD::arch_list<Archs...>);
template <template <class...> class List>
using with_every_architecture = decltype(all_of<List>(SIMDACT_XSIMD::supported_architectures{}));

/// The best, the middle and the narrowest: for what takes long to compile.
template <template <class...> class List, class... Archs>
List<simdact::simd::default_arch, std::tuple_element_t<sizeof...(Archs) / 2, std::tuple<Archs...>>,
     std::tuple_element_t<sizeof...(Archs) - 1, std::tuple<Archs...>>>
    some_of(SIMDACT_XSIMD::arch_list<Archs...>);
template <template <class...> class List>
using with_some_architectures = decltype(some_of<List>(SIMDACT_XSIMD::supported_architectures{}));
#endif

/// The lanes of the default batch, on which lengths and misalignments are based.
template <class T>
inline constexpr std::size_t width = simdact::simd::lanes<simdact::simd::batch<T>>;

template <class Arch>
constexpr std::string_view architecture_name() {
#if defined(XSIMD_NO_SUPPORTED_ARCHITECTURE) || defined(SIMDACT_XSIMD_NO_SUPPORTED_ARCHITECTURE)
    return "no architecture";
#else
    return Arch::name();
#endif
}

} // namespace tests
