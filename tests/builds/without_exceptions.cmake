# cmake -D "PROGRAM=<command>" -P without_exceptions.cmake
cmake_minimum_required(VERSION 3.24)

execute_process(COMMAND ${PROGRAM} OUTPUT_VARIABLE output ERROR_VARIABLE error RESULT_VARIABLE result)
if(NOT output STREQUAL "-0.5 2 -1.5 4\n")
  message(SEND_ERROR "it printed: ${output}")
endif()
if(NOT error MATCHES "^simdact::forward: y has 3 elements, but x has 4\n")
  message(SEND_ERROR "it printed on stderr: ${error}")
endif()
if(NOT result MATCHES "[Aa]bort|134") # the signal's name, or its number as a shell or an emulator passes it on
  message(SEND_ERROR "it ended with: ${result}")
endif()
