# Which results are to be measured again: those older than their headers, for a hash of all that
# include/simdact/functions/NAME.hpp includes stands in each line of results/NAME.txt, and those on fewer arguments than
# every float and 10^9 doubles.
#
#   cmake -P headers.cmake                        prints the functions whose results are missing, or are such
#   cmake -D "OUTPUT=FILE.cpp" -P headers.cmake   writes the hashes, for the exhaustive program to have them; those of users'
#                                                 functors, if -D "USERS=NAME;..." names some, are "-"
#
# Every #include <simdact/...> is followed, whatever #if it stands in, so that the hash is the same on every machine.
# Comments and white space do not count, nor does version.hpp, which says a number.
cmake_minimum_required(VERSION 3.24)
include("${CMAKE_CURRENT_LIST_DIR}/../../cmake/files.cmake")
set(tests "${CMAKE_CURRENT_LIST_DIR}/..")
set(include "${tests}/../include")

function(hash_of_headers name out)
    set(found "simdact/functions/${name}.hpp")
    set(left ${found})
    while(left)
        list(POP_FRONT left header)
        file(STRINGS "${include}/${header}" lines REGEX "^#include <simdact/")
        foreach(line IN LISTS lines)
            string(REGEX REPLACE "^#include <([^>]*)>.*" "\\1" included "${line}")
            if(NOT included IN_LIST found AND NOT included STREQUAL "simdact/version.hpp")
                list(APPEND found "${included}")
                list(APPEND left "${included}")
            endif()
        endforeach()
    endwhile()
    list(SORT found)
    set(hashes "")
    foreach(header IN LISTS found)
        file(READ "${include}/${header}" code)
        string(REGEX REPLACE "//[^\n]*|[ \t\r\n]+" "" code "${code}")
        string(SHA256 hash "${code}")
        string(APPEND hashes "${header} ${hash}\n")
    endforeach()
    string(SHA256 hash "${hashes}")
    string(SUBSTRING "${hash}" 0 16 hash)
    set(${out} "${hash}" PARENT_SCOPE)
endfunction()

# Every function has a description.
simdact_files(functions "${tests}/functions" *.cpp)
list(TRANSFORM functions REPLACE "\\.cpp$" "")

set(stale "")
set(cases "")
foreach(name IN LISTS USERS)
    string(APPEND cases "    if (function == \"${name}\")\n        return \"-\";\n")
endforeach()
foreach(name IN LISTS functions)
    hash_of_headers(${name} hash)
    string(APPEND cases "    if (function == \"${name}\")\n        return \"${hash}\";\n")
    set(results "")
    if(EXISTS "${CMAKE_CURRENT_LIST_DIR}/results/${name}.txt")
        file(STRINGS "${CMAKE_CURRENT_LIST_DIR}/results/${name}.txt" results REGEX "^[^#]")
    endif()
    foreach(run IN ITEMS "float +fma" "float +no-fma" "double +fma" "double +no-fma")
        set(of_run "${results}")
        list(FILTER of_run INCLUDE REGEX "^${run} ")
        set(older "${of_run}")
        list(FILTER older EXCLUDE REGEX " ${hash}$")
        set(fewer "${of_run}")
        list(FILTER fewer EXCLUDE REGEX " (4294967296|1000000000) ")
        if(NOT of_run OR older OR fewer)
            list(APPEND stale ${name})
        endif()
    endforeach()
endforeach()

if(DEFINED OUTPUT)
    file(WRITE "${OUTPUT}" "#include <stdexcept>
#include <string>

namespace exhaustive {
std::string hash_of_headers(const std::string& function);
std::string hash_of_headers(const std::string& function) {
${cases}    throw std::invalid_argument(\"there is no function '\" + function + \"'\");
}
} // namespace exhaustive
")
else()
    list(REMOVE_DUPLICATES stale)
    list(JOIN stale " " stale)
    execute_process(COMMAND "${CMAKE_COMMAND}" -E echo "${stale}") # message() prints to stderr
endif()
