# cmake -DPROGRAMS=... -P compare.cmake
#
# The programs, whose default architectures differ, must succeed, and print the same but for their first lines: each has a
# SIMDACT_ISA of its own.
cmake_minimum_required(VERSION 3.24)
set(names "")
foreach(program IN LISTS PROGRAMS)
    execute_process(COMMAND "${program}" RESULT_VARIABLE result OUTPUT_VARIABLE said)
    if(NOT result EQUAL 0)
        message(FATAL_ERROR "${program} ends with ${result}:\n${said}")
    endif()
    string(FIND "${said}" "\n" end)
    string(SUBSTRING "${said}" 0 ${end} name)
    string(SUBSTRING "${said}" ${end} -1 results)
    if(name IN_LIST names)
        message(FATAL_ERROR "${program} and one before it have the same SIMDACT_ISA, ${name}")
    endif()
    list(APPEND names "${name}")
    if(NOT DEFINED first)
        set(first "${results}")
    elseif(NOT results STREQUAL first)
        message(FATAL_ERROR "${program} gives ${results}\nbut the first one gives ${first}")
    endif()
endforeach()
