# cmake -D TOOL=cppcheck|clang-tidy -D PROGRAM=... -D FOLDER=... -D INCLUDES=... -D DEFINES=... -P looked_through.cmake
#
# The tool finds the mistake in null.cpp behind the library's headers, and no other in them. What it says of xsimd's is not
# ours to mend.
cmake_minimum_required(VERSION 3.24)
set(ENV{LC_ALL} C)
list(TRANSFORM INCLUDES PREPEND -I)
list(TRANSFORM DEFINES PREPEND -D)

# What it says of a file, without what it says of xsimd.
function(look_through file)
    if(TOOL STREQUAL "cppcheck")
        set(command "${PROGRAM}" --quiet --template={file}:{line}:{id} ${INCLUDES} ${DEFINES} "${FOLDER}/${file}")
    else()
        set(command "${PROGRAM}" "${FOLDER}/${file}" -- -std=c++20 ${INCLUDES} ${DEFINES} -DFEW_KERNELS -DFLOATS_ALONE)
    endif()
    execute_process(COMMAND ${command} RESULT_VARIABLE result OUTPUT_VARIABLE said ERROR_VARIABLE said_too)
    string(REGEX MATCHALL "[^\n]*(warning:|error:|:[0-9]+:[A-Za-z]+)[^\n]*" lines "${said}\n${said_too}")
    list(FILTER lines EXCLUDE REGEX "/xsimd/|:toomanyconfigs|:returnDanglingLifetime") # the last one xsimd's allocator
    list(FILTER lines EXCLUDE REGEX "^Use -header-filter")
    set(lines "${lines}" PARENT_SCOPE)
endfunction()

look_through(null.cpp)
list(LENGTH lines count)
if(NOT count EQUAL 1 OR NOT lines MATCHES "null.cpp.*([Nn]ull[Pp]ointer|NullDereference)")
    message(FATAL_ERROR "not just the null pointer is found, but: ${lines}")
endif()
if(TOOL STREQUAL "clang-tidy" AND NOT DEFINES) # once: a longer look, for it goes into what is called
    look_through(user.cpp)
    if(lines)
        message(FATAL_ERROR "${lines}")
    endif()
endif()
