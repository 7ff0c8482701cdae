# cmake -P cmake/packaging/check.cmake
#
# vcpkg.json cannot read version.hpp, so it states the version a second time: both must be the same. Besides, vcpkg.json
# and the Conan recipes must be valid JSON and Python, as far as that can be told without vcpkg and Conan.
cmake_minimum_required(VERSION 3.24)
set(root "${CMAKE_CURRENT_LIST_DIR}/../..")

file(READ "${root}/include/simdact/version.hpp" header)
set(version "")
foreach(part IN ITEMS MAJOR MINOR PATCH)
    if(NOT header MATCHES "SIMDACT_VERSION_${part} ([0-9]+)")
        message(FATAL_ERROR "version.hpp has no SIMDACT_VERSION_${part}")
    endif()
    list(APPEND version ${CMAKE_MATCH_1})
endforeach()
list(JOIN version "." version)

file(READ "${CMAKE_CURRENT_LIST_DIR}/vcpkg/vcpkg.json" manifest)
string(JSON stated GET "${manifest}" version) # stops here where the file is no JSON or lacks the version
if(NOT stated STREQUAL version)
    message(FATAL_ERROR "vcpkg.json says version ${stated}, but version.hpp says ${version}")
endif()

string(JSON dependencies GET "${manifest}" dependencies)
if(NOT dependencies MATCHES "\"xsimd\"")
    message(FATAL_ERROR "vcpkg.json does not depend on xsimd, only on ${dependencies}")
endif()

# By compile(): python3 -m py_compile would leave a file.
find_program(PYTHON python3)
if(PYTHON)
    execute_process(
        COMMAND "${PYTHON}" -c "import sys\nfor name in sys.argv[1:]: compile(open(name).read(), name, 'exec')"
                "${CMAKE_CURRENT_LIST_DIR}/conan/conanfile.py"
                "${CMAKE_CURRENT_LIST_DIR}/conan/test_package/conanfile.py"
        COMMAND_ERROR_IS_FATAL ANY)
endif()
