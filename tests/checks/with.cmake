# cmake -D ROOT=... -D SCRATCH=... -D GENERATOR=... -D COMPILER=... -D XSIMD_DIR=... -P with.cmake
#
# A user's functor passes the checks by its description; one that is wrong in its last digits does not, and what fails is
# named.
cmake_minimum_required(VERSION 3.24)
foreach(variable IN ITEMS CFLAGS CXXFLAGS LDFLAGS CMAKE_BUILD_TYPE)
    unset(ENV{${variable}})
endforeach()
file(REMOVE_RECURSE "${SCRATCH}")
file(COPY "${ROOT}/examples/checked" DESTINATION "${SCRATCH}")

execute_process(COMMAND_ERROR_IS_FATAL ANY
    COMMAND "${CMAKE_COMMAND}" -S "${ROOT}" -B "${SCRATCH}/build" -G "${GENERATOR}" -DCMAKE_BUILD_TYPE=Release
            "-DCMAKE_CXX_COMPILER=${COMPILER}" "-Dxsimd_DIR=${XSIMD_DIR}" -DSIMDACT_BUILD_BENCH=OFF
            -DSIMDACT_BUILD_EXAMPLES=OFF -DSIMDACT_TEST_BUILDS=OFF "-DSIMDACT_TEST_WITH=${SCRATCH}/checked")
function(run_checks)
    execute_process(COMMAND "${CMAKE_COMMAND}" --build "${SCRATCH}/build" --target simdact_tests
        COMMAND_ERROR_IS_FATAL ANY)
    execute_process(COMMAND "${SCRATCH}/build/tests/simdact_tests" RESULT_VARIABLE result OUTPUT_VARIABLE said)
    set(result "${result}" PARENT_SCOPE)
    set(said "${said}" PARENT_SCOPE)
endfunction()
run_checks()
if(NOT result EQUAL 0)
    message(FATAL_ERROR "the checks find something in examples/checked: ${said}")
endif()

file(READ "${SCRATCH}/checked/bent_square.hpp" functor)
string(REPLACE "V(2) * x" "V(2.00001F) * x" wrong "${functor}")
file(WRITE "${SCRATCH}/checked/bent_square.hpp" "${wrong}")
run_checks()
string(REGEX REPLACE "[ \n]+" " " said "${said}")
if(wrong STREQUAL functor OR result EQUAL 0 OR NOT said MATCHES "bent_square.0.125.: f' by scalar at [^,]* is [^,]*, not ")
    message(FATAL_ERROR "the checks do not name what is wrong: ${result}, ${said}")
endif()
