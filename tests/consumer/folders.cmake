# cmake -D ROOT=<simdact> -D SCRATCH=... -D GENERATOR=... -D COMPILER=... -D XSIMD_DIR=... [-D PKG_CONFIG=...]
#       -D CHECK=<absolute or characters> -P folders.cmake
#
# Where the library may be, and be installed to.
cmake_minimum_required(VERSION 3.24)
foreach(variable IN ITEMS CFLAGS CXXFLAGS LDFLAGS CMAKE_BUILD_TYPE DESTDIR)
    unset(ENV{${variable}})
endforeach()
file(REMOVE_RECURSE "${SCRATCH}")

function(run)
    execute_process(COMMAND ${ARGV} OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
endfunction()
set(compiler -G "${GENERATOR}" "-DCMAKE_CXX_COMPILER=${COMPILER}" "-Dxsimd_DIR=${XSIMD_DIR}" --no-warn-unused-cli)
set(library ${compiler} -DSIMDACT_BUILD_TESTS=OFF -DSIMDACT_BUILD_EXAMPLES=OFF -DSIMDACT_BUILD_BENCH=OFF)

# The packages in `data`, CMake's and pkg-config's, lead to headers, those in `include` where that is said.
function(check_packages data include)
    file(REMOVE_RECURSE "${SCRATCH}/consumer")
    run("${CMAKE_COMMAND}" -S "${CMAKE_CURRENT_LIST_DIR}/folders" -B "${SCRATCH}/consumer" ${compiler}
        -DLANGUAGES=NONE "-Dsimdact_DIR=${data}/cmake/simdact" "-DHEADERS=${include}")
    if(PKG_CONFIG)
        set(ENV{PKG_CONFIG_PATH} "${data}/pkgconfig")
        execute_process(COMMAND "${PKG_CONFIG}" --cflags-only-I simdact OUTPUT_VARIABLE flags
                        OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
        separate_arguments(flags UNIX_COMMAND "${flags}")
        list(FILTER flags INCLUDE REGEX "simdact|include")
        list(GET flags 0 folder)
        string(REGEX REPLACE "^-I" "" folder "${folder}")
        if(NOT EXISTS "${folder}/simdact/simdact.hpp" OR (include AND NOT folder STREQUAL include))
            message(FATAL_ERROR "pkg-config gives ${flags}, not ${include}")
        endif()
    endif()
endfunction()

# CMakeLists.txt and what it needs. CMake refuses to export a folder that is in the one of the sources, which ROOT may be.
function(copy_library to)
    foreach(part IN ITEMS CMakeLists.txt LICENSE cmake include)
        file(COPY "${ROOT}/${part}" DESTINATION "${to}")
    endforeach()
endfunction()

if(CHECK STREQUAL "absolute")
    copy_library("${SCRATCH}/source")
    set(prefix "${SCRATCH}/prefix")
    # Configures with these folders for includes and data, and puts what --install leaves where it belongs.
    macro(install_to include data)
        file(REMOVE_RECURSE "${prefix}" "${SCRATCH}/to")
        run("${CMAKE_COMMAND}" -S "${SCRATCH}/source" -B "${SCRATCH}/build" ${library} "-DCMAKE_INSTALL_PREFIX=${prefix}/"
            "-DCMAKE_INSTALL_INCLUDEDIR=${include}" "-DCMAKE_INSTALL_DATADIR=${data}")
        foreach(component IN ITEMS "" "--component;single_header")
            run("${CMAKE_COMMAND}" --install "${SCRATCH}/build" ${component} ${ARGN})
        endforeach()
    endmacro()
    function(check_single_header data)
        foreach(form IN ITEMS "" without_xsimd/)
            if(NOT EXISTS "${data}/simdact/single_header/${form}simdact.hpp")
                message(FATAL_ERROR "there is no single header in ${data}")
            endif()
        endforeach()
    endfunction()

    install_to("${SCRATCH}/to/some #1 include" share)
    file(RENAME "${prefix}" "${SCRATCH}/to/moved") # all but the headers
    check_packages("${SCRATCH}/to/moved/share" "${SCRATCH}/to/some #1 include")
    check_single_header("${SCRATCH}/to/moved/share")

    install_to(include "${SCRATCH}/to/data")
    check_packages("${SCRATCH}/to/data" "${prefix}/include")
    check_single_header("${SCRATCH}/to/data")
    execute_process(COMMAND "${CMAKE_COMMAND}" --install "${SCRATCH}/build" --prefix "${SCRATCH}/elsewhere"
                    RESULT_VARIABLE result ERROR_VARIABLE text OUTPUT_QUIET)
    string(REGEX REPLACE "[ \n]+" " " text "${text}")
    if(result EQUAL 0 OR NOT text MATCHES "was written for headers below .*/prefix: configure with")
        message(FATAL_ERROR "a package that names headers in ${prefix} was installed with others: ${text}")
    endif()

    # Staged, as packagers do it: what is written says where the files will be.
    set(ENV{DESTDIR} "${SCRATCH}/staged")
    install_to("${SCRATCH}/to/include" "${SCRATCH}/to/data")
    unset(ENV{DESTDIR})
    if(EXISTS "${prefix}" OR EXISTS "${SCRATCH}/to")
        message(FATAL_ERROR "DESTDIR was not heeded")
    endif()
    file(RENAME "${SCRATCH}/staged${SCRATCH}/to" "${SCRATCH}/to")
    check_packages("${SCRATCH}/to/data" "${SCRATCH}/to/include")
    check_single_header("${SCRATCH}/to/data")

    install_to("include/with space-1.2" lib/some/share)
    file(RENAME "${prefix}" "${SCRATCH}/to") # as relative ones allow
    check_packages("${SCRATCH}/to/lib/some/share" "")

elseif(CHECK STREQUAL "characters")
    # Not here, as CMake itself, make or ninja cannot (3.25): " ; \ | ? : one bracket of a pair, <> ${ $(. With # make can
    # where both folders, of the sources and of the build, have it. pkg-config's ${pcfiledir} cannot with ' ( ) $.
    foreach(name IN ITEMS "ü [b] &+%,=@~{}!^" "a#b[c]" "it's (c) $x*")
        set(folder "${SCRATCH}/${name}")
        copy_library("${folder}/source")
        run("${CMAKE_COMMAND}" -S "${folder}/source" -B "${folder}/build" ${library})
        run("${CMAKE_COMMAND}" --build "${folder}/build" --target single_header)
        foreach(options IN ITEMS "" "--component;single_header")
            run("${CMAKE_COMMAND}" --install "${folder}/build" --prefix "${folder}/prefix" ${options})
        endforeach()
        foreach(file IN ITEMS include/simdact/simdact.hpp include/simdact/functions/elu.hpp
                share/simdact/single_header/simdact.hpp share/simdact/single_header/without_xsimd/simdact.hpp)
            if(NOT EXISTS "${folder}/prefix/${file}")
                message(FATAL_ERROR "there is no ${folder}/prefix/${file}")
            endif()
        endforeach()

        if(name MATCHES "[']")
            set(PKG_CONFIG "")
        endif()
        check_packages("${folder}/prefix/share" "")
        foreach(package IN ITEMS build prefix/share/cmake/simdact)
            file(REMOVE_RECURSE "${SCRATCH}/consumer")
            run("${CMAKE_COMMAND}" -S "${CMAKE_CURRENT_LIST_DIR}/folders" -B "${SCRATCH}/consumer" ${compiler}
                -DLANGUAGES=CXX "-Dsimdact_DIR=${folder}/${package}")
            run("${CMAKE_COMMAND}" --build "${SCRATCH}/consumer")
        endforeach()
    endforeach()
    # The tests' own files of a kind are found there too, and none is an error.
    include("${ROOT}/cmake/files.cmake")
    simdact_files(headers "${SCRATCH}/ü [b] &+%,=@~{}!^/source/include" *.hpp)
    if(NOT "simdact/functions/elu.hpp" IN_LIST headers)
        message(FATAL_ERROR "simdact_files() found ${headers}")
    endif()
endif()
