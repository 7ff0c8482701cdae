# simdact_warnings(target): the warnings that simdact's own tests, examples and benchmarks are built with. Nothing of
# this reaches a project that uses simdact.
include_guard()

option(SIMDACT_WERROR "Take the warnings of simdact's own tests, examples and benchmarks for errors" OFF)

function(simdact_warnings target)
    if(MSVC)
        target_compile_options(${target} PRIVATE /W4 $<$<BOOL:${SIMDACT_WERROR}>:/WX>)
    else()
        target_compile_options(${target} PRIVATE
            -Wall -Wextra -Wpedantic -Wconversion -Wshadow $<$<BOOL:${SIMDACT_WERROR}>:-Werror>)
    endif()
endfunction()
