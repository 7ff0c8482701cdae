# cmake -D SCRATCH=... -D GENERATOR=... -D COMPILER=... -D XSIMD_DIR=... -D SIMDACT=<where it is installed> -P exported.cmake
#
# Libraries that use dispatch with a list of their own, installed and found by another project, and found where they were built; and one that uses
# simdact by add_subdirectory, installed with it.
cmake_minimum_required(VERSION 3.24)
foreach(variable IN ITEMS CFLAGS CXXFLAGS LDFLAGS CMAKE_BUILD_TYPE DESTDIR SIMDACT_DISPATCH_ISA)
    unset(ENV{${variable}})
endforeach()
file(REMOVE_RECURSE "${SCRATCH}")

function(run)
    execute_process(COMMAND ${ARGV} COMMAND_ERROR_IS_FATAL ANY)
endfunction()
set(configure "${CMAKE_COMMAND}" -G "${GENERATOR}" "-DCMAKE_CXX_COMPILER=${COMPILER}" "-Dxsimd_DIR=${XSIMD_DIR}"
    "-Dsimdact_ROOT=${SIMDACT}")
set(folder "${CMAKE_CURRENT_LIST_DIR}/exported")

run(${configure} -S "${folder}/added" -B "${SCRATCH}/added")
run("${CMAKE_COMMAND}" --install "${SCRATCH}/added" --prefix "${SCRATCH}/with_added")
run(${configure} -S "${folder}/added/find" -B "${SCRATCH}/find" "-Dsimdact_ROOT=${SCRATCH}/with_added"
    "-Dadded_ROOT=${SCRATCH}/with_added")

# Without the tool that archives what is for link-time optimisation: where it is, none of our files may want it.
run(${configure} -S "${folder}/mine" -B "${SCRATCH}/mine" -DCMAKE_CXX_COMPILER_AR=none -DCMAKE_CXX_COMPILER_RANLIB=none)
run("${CMAKE_COMMAND}" --build "${SCRATCH}/mine")
run("${SCRATCH}/mine/program")
run("${CMAKE_COMMAND}" --install "${SCRATCH}/mine" --prefix "${SCRATCH}/installed")
foreach(where IN ITEMS installed/share/cmake/mine mine)
    file(REMOVE_RECURSE "${SCRATCH}/program")
    run(${configure} -S "${folder}/program" -B "${SCRATCH}/program" "-Dmine_DIR=${SCRATCH}/${where}")
    run("${CMAKE_COMMAND}" --build "${SCRATCH}/program")
endforeach()
