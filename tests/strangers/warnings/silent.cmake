# cmake -D COMPILER=... -D ID=GNU|Clang -D SOURCE=... -D INCLUDES=... -D SYSTEM=... -D FLAGS=... -P silent.cmake
#
# With every warning that the compiler has, the source compiles and the compiler says nothing. SYSTEM are folders of
# headers of which it does not warn.
cmake_minimum_required(VERSION 3.24)
set(ENV{LC_ALL} C)
separate_arguments(flags UNIX_COMMAND "${FLAGS}")

if(ID STREQUAL "GNU")
    # All that it lists, the highest level of those that have levels.
    execute_process(COMMAND "${COMPILER}" -Q --help=warnings,c++ OUTPUT_VARIABLE listed)
    execute_process(COMMAND "${COMPILER}" -Q --help=warnings,common OUTPUT_VARIABLE listed_too)
    string(REGEX MATCHALL "\n +-W[^ \t\n]+" warnings "${listed}${listed_too}")
    list(TRANSFORM warnings STRIP)
    list(TRANSFORM warnings REPLACE "=?<[0-9]+,([0-9]+)>$" "=\\1")
    list(FILTER warnings INCLUDE REGEX "^-W[a-z0-9+-]+(=[a-z0-9]+)?$")
    list(FILTER warnings EXCLUDE REGEX "^-Wno-|-$")
    list(REMOVE_ITEM warnings
        -Wsystem-headers                         # the headers of others
        -Wabi                                    # it asks which version of the ABI is meant
        -Wpadded -Waggregate-return -Winline     # not of mistakes: of sizes, and of what is inlined
        -Wsuggest-attribute=pure -Wsuggest-attribute=const # nor these: advice that depends on what was inlined
        -Wnamespaces -Wtemplates                 # for those who want none at all
        -Wunused-macros)                         # of a main file
    # Those that it lists and does not take, or not any more.
    file(WRITE "${SCRATCH}/empty.cpp" "")
    execute_process(COMMAND "${COMPILER}" -std=c++20 ${warnings} -fsyntax-only "${SCRATCH}/empty.cpp"
        ERROR_VARIABLE said)
    string(REGEX MATCHALL "-W[a-z0-9+-]+(=[a-z0-9]+)?" refused "${said}")
    list(REMOVE_ITEM warnings ${refused} "")
    list(LENGTH warnings count)
    if(count LESS 200)
        message(FATAL_ERROR "only ${count} warnings found: ${warnings}")
    endif()
else()
    set(warnings -Weverything
        -Wno-c++98-compat -Wno-c++98-compat-pedantic  # the library is C++20
        -Wno-padded                                   # not of mistakes: of sizes
        -Wno-unknown-warning-option
        -Wno-unsafe-buffer-usage)                     # of every pointer, since clang 16
endif()

list(TRANSFORM INCLUDES PREPEND -I)
foreach(folder IN LISTS SYSTEM)
    if(NOT folder STREQUAL "/usr/include") # it is one already, and its place matters
        list(APPEND INCLUDES -isystem "${folder}")
    endif()
endforeach()
execute_process(COMMAND "${COMPILER}" -std=c++20 ${flags} ${warnings} ${INCLUDES} -c "${SOURCE}" -o "${SCRATCH}/object.o"
    RESULT_VARIABLE result OUTPUT_VARIABLE said ERROR_VARIABLE said)
if(NOT result EQUAL 0 OR NOT said STREQUAL "")
    message(NOTICE "${said}")
    message(FATAL_ERROR "${SOURCE}: the compiler is not silent, or returns ${result}")
endif()
