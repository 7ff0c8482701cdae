# cmake -D QEMU=<qemu-x86_64> -D CPU=<name> -D ISA=<name> -D "PROGRAMS=<prints the choice>;<calls every kernel>" -P emulated.cmake
#
# On that CPU the programs choose that instruction set by themselves, and run to their end.
cmake_minimum_required(VERSION 3.24)
unset(ENV{SIMDACT_DISPATCH_ISA})
foreach(program IN LISTS PROGRAMS)
    execute_process(COMMAND "${QEMU}" -cpu ${CPU} "${program}" OUTPUT_VARIABLE output RESULT_VARIABLE result)
    if(NOT result EQUAL 0)
        message(FATAL_ERROR "${program} ends on a ${CPU} with ${result}")
    endif()
    list(APPEND outputs "${output}")
endforeach()
list(GET outputs 0 chosen)
string(STRIP "${chosen}" chosen)
if(NOT chosen STREQUAL ISA)
    message(FATAL_ERROR "on a ${CPU} it is ${chosen}, not ${ISA}")
endif()
