# Runs PROGRAM, which must exit with 0 and print what is in the file EXPECTED, if that is given. In a C++ file that is
# what its first comment shows: the lines that are indented by three spaces.
cmake_minimum_required(VERSION 3.24)
execute_process(COMMAND ${PROGRAM} OUTPUT_VARIABLE printed COMMAND_ERROR_IS_FATAL ANY)
if(DEFINED EXPECTED)
    file(READ "${EXPECTED}" expected)
    if(EXPECTED MATCHES "\\.cpp$")
        string(REGEX MATCH "^(//[^\n]*\n)*" comment "${expected}")
        string(REPLACE "\n//   " "\n" shown "\n${comment}")
        string(REGEX REPLACE "\n//[^\n]*" "" shown "${shown}") # the prose
        string(SUBSTRING "${shown}" 1 -1 expected)
    endif()
    if(NOT printed STREQUAL expected)
        message(NOTICE "printed:\n${printed}\nexpected:\n${expected}")
        message(FATAL_ERROR "another output than ${EXPECTED} shows")
    endif()
endif()
