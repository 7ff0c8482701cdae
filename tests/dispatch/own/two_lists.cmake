# cmake -D "COMPILE=<compiler and flags>" -D CASE=two_lists.cpp -P two_lists.cmake
#
# The compiler says that the list is ambiguous, and names both.
cmake_minimum_required(VERSION 3.24)
set(ENV{LC_ALL} C)
execute_process(COMMAND ${COMPILE} "${CASE}" RESULT_VARIABLE result ERROR_VARIABLE said)
foreach(part IN ITEMS "error: ambiguous" my_functions others::)
    string(FIND "${said}" "${part}" at)
    if(result EQUAL 0 OR at EQUAL -1)
        message(NOTICE "${said}")
        message(FATAL_ERROR "it compiles, or the compiler does not say \"${part}\"")
    endif()
endforeach()
