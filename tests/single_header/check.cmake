# What no program can show of the single header; each check is a test of its own.
cmake_minimum_required(VERSION 3.24)
include("${ROOT}/cmake/files.cmake")
file(REMOVE_RECURSE "${SCRATCH}")
file(MAKE_DIRECTORY "${SCRATCH}")
set(header "${FOLDER}/simdact.hpp")

# Writes a header from the sources in `include`; result and text are that of the script.
function(write include output)
    execute_process(
        COMMAND "${CMAKE_COMMAND}" -D "INCLUDE=${include}" -D "XSIMD=${XSIMD}" -D "OUTPUT=${output}"
                -P "${ROOT}/cmake/single_header/write.cmake"
        RESULT_VARIABLE result ERROR_VARIABLE text)
    set(result "${result}" PARENT_SCOPE)
    set(text "${text}" PARENT_SCOPE)
endfunction()

# Compiles the source with nothing but the folders given on the include path.
function(compile source)
    file(WRITE "${SCRATCH}/unit.cpp" "${source}\n")
    list(TRANSFORM ARGN PREPEND -I)
    execute_process(COMMAND "${COMPILER}" -std=c++20 -fsyntax-only ${ARGN} "${SCRATCH}/unit.cpp"
        RESULT_VARIABLE result ERROR_VARIABLE text)
    set(result "${result}" PARENT_SCOPE)
    set(text "${text}" PARENT_SCOPE)
endfunction()

function(expect_refusal words)
    if(result EQUAL 0 OR NOT text MATCHES "${words}")
        message(FATAL_ERROR "expected \"${words}\", not ${result}: ${text}")
    endif()
endfunction()

function(expect_success)
    if(NOT result EQUAL 0)
        message(FATAL_ERROR "${text}")
    endif()
endfunction()

if(CHECK STREQUAL "is_deterministic")
    write("${ROOT}/include" "${SCRATCH}/simdact.hpp")
    expect_success()
    file(SHA256 "${header}" first)
    file(SHA256 "${SCRATCH}/simdact.hpp" second)
    if(NOT first STREQUAL second)
        message(FATAL_ERROR "${header} and ${SCRATCH}/simdact.hpp differ")
    endif()

elseif(CHECK STREQUAL "names_a_missing_include")
    file(COPY "${ROOT}/include/simdact" DESTINATION "${SCRATCH}")
    file(REMOVE "${SCRATCH}/simdact/functions/elu.hpp")
    write("${SCRATCH}" "${SCRATCH}/simdact.hpp")
    expect_refusal("functions.hpp:[0-9]+[ \n]+includes[ \n]+simdact/functions/elu.hpp")
    if(EXISTS "${SCRATCH}/simdact.hpp")
        message(FATAL_ERROR "a part of the header was written")
    endif()
    set(XSIMD "${SCRATCH}")
    write("${ROOT}/include" "${SCRATCH}/simdact.hpp")
    expect_refusal("no xsimd/xsimd.hpp in")

elseif(CHECK STREQUAL "needs_no_other_include")
    file(WRITE "${SCRATCH}/unit.cpp" "#include <simdact.hpp>\n")
    execute_process(COMMAND "${COMPILER}" -std=c++20 -M "-I${FOLDER}" "${SCRATCH}/unit.cpp"
        OUTPUT_VARIABLE files COMMAND_ERROR_IS_FATAL ANY)
    if(NOT files MATCHES "single_header/simdact.hpp" OR files MATCHES "xsimd[^ ]*[.]hpp|include/simdact/")
        message(FATAL_ERROR "the single header needs ${files}")
    endif()

elseif(CHECK STREQUAL "may_be_included_twice") # two libraries may each have brought it
    file(COPY "${header}" DESTINATION "${SCRATCH}/copy")
    compile("#include <simdact.hpp>\n#include \"copy/simdact.hpp\"\nfloat y = simdact::elu{}(-1.0F);" "${FOLDER}" "${SCRATCH}")
    expect_success()

elseif(CHECK STREQUAL "refuses_another_version_beside_it")
    compile("#include <simdact.hpp>\n#include \"${LATER}/simdact.hpp\"" "${FOLDER}")
    expect_refusal("another simdact.hpp, of another version, is included already")
    compile("#include <simdact.hpp>\n#include \"${FOLDER}/without_xsimd/simdact.hpp\"" "${FOLDER}")
    expect_refusal("another simdact.hpp, of another version, is included already")

elseif(CHECK STREQUAL "refuses_the_separate_headers_beside_it")
    compile("#include <simdact.hpp>\n#include <simdact/simdact.hpp>" "${FOLDER}" "${ROOT}/include" ${XSIMD})
    expect_refusal("simdact's single header is included already")
    compile("#include <simdact/simdact.hpp>\n#include <simdact.hpp>" "${FOLDER}" "${ROOT}/include" ${XSIMD})
    expect_refusal("simdact's separate headers are included already")

elseif(CHECK STREQUAL "keeps_all_notices") # no line of xsimd's that speaks of rights is lost
    file(READ "${header}" text)
    foreach(folder IN LISTS XSIMD)
        if(EXISTS "${folder}/xsimd")
            simdact_files(sources "${folder}/xsimd" *.hpp)
            list(TRANSFORM sources PREPEND "${folder}/xsimd/")
        endif()
    endforeach()
    set(count 0)
    foreach(source IN LISTS sources)
        file(STRINGS "${source}" lines REGEX "[Cc]opyright|[Ll]icen[cs]e|[Pp]ermission")
        foreach(line IN LISTS lines)
            math(EXPR count "${count} + 1")
            string(FIND "${text}" "${line}" found)
            if(found EQUAL -1)
                message(FATAL_ERROR "the line of ${source} is not in the single header:\n${line}")
            endif()
        endforeach()
    endforeach()
    if(count LESS 50)
        message(FATAL_ERROR "only ${count} lines found in ${XSIMD}")
    endif()
    foreach(words IN ITEMS "MIT License" "Redistribution and use in source and binary forms" "Boost Software License - Version")
        string(FIND "${text}" "${words}" found)
        if(found EQUAL -1)
            message(FATAL_ERROR "\"${words}\" is not in the single header")
        endif()
    endforeach()

elseif(CHECK STREQUAL "defines_only_its_own_macros") # all that it defines begins with SIMDACT_
    file(STRINGS "${header}" lines REGEX "^[ \t]*#[ \t]*define[ \t]+XSIMD|[^A-Za-z0-9_]xsimd::")
    if(lines)
        message(FATAL_ERROR "not renamed: ${lines}")
    endif()

else()
    message(FATAL_ERROR "there is no check ${CHECK}")
endif()
