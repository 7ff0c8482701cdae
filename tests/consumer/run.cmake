# Installs the library, then configures, builds and runs one consumer, all below SCRATCH.
cmake_minimum_required(VERSION 3.24)
foreach(variable IN ITEMS CFLAGS CXXFLAGS LDFLAGS DESTDIR CMAKE_BUILD_TYPE)
    unset(ENV{${variable}})
endforeach()
file(REMOVE_RECURSE "${SCRATCH}")

# Moved after installing: the package must not know where it was put. What it consists of is all that may be there.
execute_process(COMMAND "${CMAKE_COMMAND}" --install "${SIMDACT_BINARY_DIR}" --prefix "${SCRATCH}/installed"
                OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
file(RENAME "${SCRATCH}/installed" "${SCRATCH}/moved")
file(GLOB_RECURSE files RELATIVE "${SCRATCH}/moved" "${SCRATCH}/moved/*")
list(FILTER files EXCLUDE REGEX "^(include/simdact/.*[.]hpp|(lib|lib64|share)/.*cmake/simdact/.*[.]cmake|share/.*/LICENSE)$")
if(files)
    message(FATAL_ERROR "these files should not be installed: ${files}")
endif()

execute_process(COMMAND "${CMAKE_COMMAND}" -S "${PROJECT}" -B "${SCRATCH}/build" -G "${GENERATOR}"
                        "-DCMAKE_CXX_COMPILER=${COMPILER}" "-Dsimdact_ROOT=${SCRATCH}/moved" "-Dxsimd_DIR=${XSIMD_DIR}"
                        --no-warn-unused-cli
                COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND "${CMAKE_COMMAND}" --build "${SCRATCH}/build" COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND "${SCRATCH}/build/consumer" COMMAND_ERROR_IS_FATAL ANY)
