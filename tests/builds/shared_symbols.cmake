# cmake -D NM=<nm> -D "PROGRAMS=<program>;<program>" -P shared_symbols.cmake
#
# Two programs compiled with different instruction sets from one source must have no symbol of simdact in common: in one
# program the linker would keep one of the two, and it might be the one that the CPU cannot run.
cmake_minimum_required(VERSION 3.24)

set(seen)
foreach(program IN LISTS PROGRAMS)
  execute_process(COMMAND "${NM}" "${program}" OUTPUT_VARIABLE symbols RESULT_VARIABLE failed)
  string(REGEX MATCHALL "[0-9a-f]+ [WVuw] [A-Za-z0-9_.$]*simdact[A-Za-z0-9_.$]*" symbols "${symbols}")
  list(TRANSFORM symbols REPLACE "^[0-9a-f]+ [WVuw] " "")
  list(REMOVE_DUPLICATES symbols)
  list(LENGTH symbols count)
  if(failed OR count EQUAL 0)
    message(FATAL_ERROR "${program}: no weak symbols found")
  endif()
  message(STATUS "${program}: ${count} weak symbols of simdact")
  foreach(symbol IN LISTS symbols)
    if(symbol IN_LIST seen)
      message(SEND_ERROR "both programs have ${symbol}")
    endif()
  endforeach()
  list(APPEND seen ${symbols})
endforeach()
