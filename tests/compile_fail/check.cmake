# cmake -DCOMPILER=... -DFLAGS=FILE -DPREFIX=FILE.hpp -DCASE=FILE.cpp -P check.cmake
#
# PREFIX is included before it, precompiled.
#
# A case is a program that the compiler must refuse. Its first line names the unmet requirement:
#     // refused: CONCEPT
# CONCEPT is a regular expression. The first error must say that this concept is not satisfied: a mention elsewhere, as in a
# signature, does not count. All that the compiler says must fit on 52 lines, beside those that tell which header includes which, whose
# number is the standard library's. With WORKS defined the same program must compile, so that it is refused for this reason
# and no other.
cmake_minimum_required(VERSION 3.24)
set(ENV{LC_ALL} C)

function(refuse why)
    message(NOTICE "${said}")
    message(FATAL_ERROR "${CASE}: ${why}")
endfunction()

file(STRINGS "${CASE}" first_line LIMIT_COUNT 1)
if(NOT first_line MATCHES "^// refused: (.+)$")
    refuse("its first line is not // refused: CONCEPT")
endif()
set(concept "(${CMAKE_MATCH_1})")

set(compile "${COMPILER}" "@${FLAGS}" -fsyntax-only -include "${PREFIX}" "${CASE}")
execute_process(COMMAND ${compile} -DWORKS RESULT_VARIABLE result OUTPUT_VARIABLE said ERROR_VARIABLE said)
if(NOT result EQUAL 0)
    refuse("it does not compile with WORKS defined either")
endif()
execute_process(COMMAND ${compile} RESULT_VARIABLE result OUTPUT_VARIABLE said ERROR_VARIABLE said)
if(result EQUAL 0)
    refuse("it compiles, but should not")
endif()

# The first error with its notes: up to the second, if there is one.
string(FIND "${said}" " error: " begin) # and not <system_error>
string(SUBSTRING "${said}" ${begin} -1 error)
string(SUBSTRING "${error}" 1 -1 rest)
string(FIND "${rest}" " error: " length)
string(SUBSTRING "${error}" 0 ${length} error)

set(unmet
    "for the satisfaction of '${concept}<"                                  # g++
    "the expression 'bool\\(${concept}<[^\n]*' evaluated to 'false'"        # g++, for a concept of the standard library
    "disjunction is satisfied\n([^\n]*\n)?[^\n]*[^a-z_]${concept}<"        # g++, for one concept or another
    "because ([^\n]*[^a-z_])?${concept}(<[^\n]*evaluated to false|')") # clang: NAME<...> evaluated to false, not satisfy NAME
list(JOIN unmet "|" unmet)
if(NOT error MATCHES "${unmet}")
    refuse("the first error does not say that ${concept} is not satisfied")
endif()

string(REGEX REPLACE "(In file included|                ) from [^\n]*\n" "" told "${said}")
string(REGEX MATCHALL "\n" lines "${told}")
list(LENGTH lines lines)
if(lines GREATER 52)
    refuse("the compiler says ${lines} lines, but at most 52 are wanted")
endif()
