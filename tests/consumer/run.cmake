# Configures, builds and runs one consumer below SCRATCH; the library is installed in MOVED. With REFUSAL it is the
# configuration that must fail, with these words.
cmake_minimum_required(VERSION 3.24)
foreach(variable IN ITEMS CFLAGS CXXFLAGS LDFLAGS CMAKE_BUILD_TYPE)
    unset(ENV{${variable}})
endforeach()
file(REMOVE_RECURSE "${SCRATCH}")

set(ENV{PKG_CONFIG_PATH} "${MOVED}/share/pkgconfig:$ENV{PKG_CONFIG_PATH}")
set(configure "${CMAKE_COMMAND}" -S "${PROJECT}" -B "${SCRATCH}/build" -G "${GENERATOR}" "-DCMAKE_CXX_COMPILER=${COMPILER}"
    "-Dsimdact_ROOT=${MOVED}" "-Dxsimd_DIR=${XSIMD_DIR}" "-DXSIMD_INCLUDE=${XSIMD_INCLUDE}" --no-warn-unused-cli)
if(REFUSAL)
    # An xsimd that says it is older than it may be.
    file(WRITE "${SCRATCH}/old/xsimdConfig.cmake" "add_library(xsimd INTERFACE IMPORTED)\n")
    file(WRITE "${SCRATCH}/old/xsimdConfigVersion.cmake" "set(PACKAGE_VERSION 7.6.0)\n")
    list(TRANSFORM OPTIONS REPLACE "<old>" "${SCRATCH}/old")
    execute_process(COMMAND ${configure} ${OPTIONS} RESULT_VARIABLE result ERROR_VARIABLE text OUTPUT_QUIET)
    string(REGEX REPLACE "[ \n]+" " " text "${text}")
    if(result EQUAL 0 OR NOT text MATCHES "${REFUSAL}")
        message(FATAL_ERROR "expected \"${REFUSAL}\", not ${result}: ${text}")
    endif()
    return()
endif()
execute_process(COMMAND ${configure} ${OPTIONS} COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND "${CMAKE_COMMAND}" --build "${SCRATCH}/build" COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND "${SCRATCH}/build/consumer" COMMAND_ERROR_IS_FATAL ANY)
