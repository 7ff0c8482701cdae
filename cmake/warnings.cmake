# simdact_warnings(target): the warnings that simdact's own tests, examples and benchmarks are built with. Nothing of
# this reaches a project that uses simdact.
include_guard()

option(SIMDACT_WERROR "Take the warnings of simdact's own tests, examples and benchmarks for errors" OFF)

# g++ 12 warns of uninitialised values inside its own AVX-512 intrinsics (its bug 105593, mended in 13).
set(simdact_noise)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    include(CheckCXXSymbolExists)
    check_cxx_symbol_exists(__AVX512F__ "cstddef" SIMDACT_HAS_AVX512)
    if(SIMDACT_HAS_AVX512)
        set(simdact_noise -Wno-uninitialized -Wno-maybe-uninitialized)
    endif()
endif()

function(simdact_warnings target)
    if(MSVC)
        target_compile_options(${target} PRIVATE /W4 $<$<BOOL:${SIMDACT_WERROR}>:/WX>)
    else()
        target_compile_options(${target} PRIVATE
            -Wall -Wextra -Wpedantic -Wconversion -Wshadow $<$<BOOL:${SIMDACT_WERROR}>:-Werror> ${simdact_noise})
    endif()
endfunction()
