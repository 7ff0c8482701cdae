# simdact_add_dispatch(target [FUNCTIONS header [LIST name]] [ISAS isa...] [LIBRARY variable]): builds kernels once per
# instruction set and adds them to the target, which calls them through <simdact/dispatch.hpp>: those of simdact's
# functions, or of a list in a header of the project instead. The list has the name of the header, without its ending, or
# that which LIST gives, such as mine::functions; dispatch.hpp says how such a header is written. What else it includes is
# looked for where the target's files look. Called again, it adds another list. The instruction sets of x86-64 are baseline,
# x86-64-v2, x86-64-v3 and x86-64-v4, by default all of them; elsewhere there is baseline alone. The kernels are optimised
# whatever the build type; their instruction sets are these, whatever the target's.
#
# A program, and a static, shared or module library, holds the kernels in itself: it is installed and exported as any
# other. An object or interface library has no file for them. What links it links a static library with the kernels
# besides; LIBRARY stores the name of its target, "" where there is none, to be installed and exported along:
#     simdact_add_dispatch(mine LIBRARY kernels)
#     install(TARGETS mine ${kernels} EXPORT mineTargets)
# As after target_link_libraries(mine PRIVATE simdact::simdact), the package of an exported library has to say
# find_dependency(simdact), and if simdact came by add_subdirectory it needs SIMDACT_INSTALL=ON.
#
# Several parts of a program may each have brought the kernels: the linker keeps one copy, and there is one choice among
# the ISAS of the part that it meets first, which is the program itself if that has any. A shared library keeps its copy to
# itself, and chooses among its own ISAS.
if(COMMAND simdact_add_dispatch) # that of the simdact that came first
    return()
endif()

set_property(GLOBAL PROPERTY SIMDACT_DISPATCH_VERSION "${simdact_VERSION}")

# Link-time optimisation is for the user's files alone: with it these could be linked by this very compiler only, and a
# library of them might want a tool that is not there (clang's archives do).
function(simdact_dispatch_without_lto name)
    foreach(config IN LISTS CMAKE_CONFIGURATION_TYPES CMAKE_BUILD_TYPE)
        string(TOUPPER "_${config}" config)
        set_target_properties(${name} PROPERTIES INTERPROCEDURAL_OPTIMIZATION${config} OFF)
    endforeach()
    set_target_properties(${name} PROPERTIES INTERPROCEDURAL_OPTIMIZATION OFF)
endfunction()

# A library of objects from one of our own sources. What the user's project asks for all its own files, such as linters,
# warnings or other libraries, is not for these.
function(simdact_dispatch_objects name source)
    add_library(${name} OBJECT EXCLUDE_FROM_ALL "${source}")
    set_target_properties(${name} PROPERTIES
        POSITION_INDEPENDENT_CODE ON
        CXX_VISIBILITY_PRESET hidden
        VISIBILITY_INLINES_HIDDEN ON
        LINK_LIBRARIES simdact::simdact
        CXX_CLANG_TIDY "" CXX_CPPCHECK "" CXX_CPPLINT "" CXX_INCLUDE_WHAT_YOU_USE "" CXX_ICSTAT ""
        COMPILE_WARNING_AS_ERROR OFF
        UNITY_BUILD OFF
        DISABLE_PRECOMPILE_HEADERS ON
        CXX_SCAN_FOR_MODULES OFF
        AUTOMOC OFF AUTOUIC OFF AUTORCC OFF)
    simdact_dispatch_without_lto(${name})
    if(MSVC)
        target_compile_options(${name} PRIVATE /O2 /w /GL- ${ARGN})
    else()
        target_compile_options(${name} PRIVATE -O3 -w -fno-lto ${ARGN})
    endif()
endfunction()

function(simdact_add_dispatch target)
    set(sources "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/dispatch")
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "FUNCTIONS;LIST;LIBRARY" "ISAS")
    if(arg_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "simdact_add_dispatch: \"${arg_UNPARSED_ARGUMENTS}\" is no option; write \
simdact_add_dispatch(${target} ISAS ...)")
    endif()
    if(NOT TARGET ${target})
        message(FATAL_ERROR "simdact_add_dispatch: there is no target \"${target}\"")
    endif()

    if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64|amd64)$" AND CMAKE_SIZEOF_VOID_P EQUAL 8)
        set(known baseline x86-64-v2 x86-64-v3 x86-64-v4)
        if(MSVC) # which has no switch for v2
            list(REMOVE_ITEM known x86-64-v2)
        endif()
    else()
        set(known baseline)
    endif()
    set(isas ${arg_ISAS})
    if(NOT isas)
        set(isas ${known})
    endif()
    list(REMOVE_DUPLICATES isas)
    foreach(isa IN LISTS isas)
        if(NOT isa IN_LIST known)
            list(JOIN known ", " known)
            message(FATAL_ERROR "simdact_add_dispatch: there is no instruction set \"${isa}\" for \
${CMAKE_SYSTEM_PROCESSOR}; there are ${known}")
        endif()
    endforeach()
    if(NOT baseline IN_LIST isas)
        message(FATAL_ERROR "simdact_add_dispatch: ISAS needs baseline, for CPUs that have nothing else")
    endif()

    set(chosen)
    foreach(isa IN LISTS known)
        if(isa IN_LIST isas)
            list(PREPEND chosen ${isa}) # best first
        endif()
    endforeach()

    # What the sources of a user's list include, and how its targets are named.
    set(include "")
    set(of "")
    set(folders "")
    if(arg_LIST AND NOT arg_FUNCTIONS)
        message(FATAL_ERROR "simdact_add_dispatch: LIST ${arg_LIST} is of which header? Write \
FUNCTIONS header LIST ${arg_LIST}")
    endif()
    if(arg_FUNCTIONS)
        cmake_path(ABSOLUTE_PATH arg_FUNCTIONS BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" NORMALIZE)
        if(NOT EXISTS "${arg_FUNCTIONS}")
            message(FATAL_ERROR "simdact_add_dispatch: there is no ${arg_FUNCTIONS}, which should have a list of functions")
        endif()
        if(NOT arg_LIST)
            cmake_path(GET arg_FUNCTIONS STEM LAST_ONLY arg_LIST)
        endif()
        if(NOT arg_LIST MATCHES "^(::)?[A-Za-z_][A-Za-z_0-9]*(::[A-Za-z_][A-Za-z_0-9]*)*$")
            message(FATAL_ERROR "simdact_add_dispatch: \"${arg_LIST}\" is no name of a list; say LIST name")
        endif()
        set(include "#include \"${arg_FUNCTIONS}\"\n")
        string(SHA256 of "${arg_FUNCTIONS}")
        string(SUBSTRING "${of}" 0 8 of)
        string(MAKE_C_IDENTIFIER "_${arg_LIST}_${of}" of)
        set(folders $<TARGET_PROPERTY:${target},INCLUDE_DIRECTORIES>)
    else()
        set(arg_LIST simdact::functions)
    endif()

    # The tables of kernels, one object for each instruction set, and what chooses among them, one for each list.
    set(list "")
    set(objects)
    foreach(isa IN LISTS chosen)
        string(MAKE_C_IDENTIFIER "kernels_${isa}" table)
        set(flags)
        set(level 0)
        if(isa MATCHES "-v([234])$")
            set(level ${CMAKE_MATCH_1})
        elseif(NOT known STREQUAL "baseline")
            set(level 1)
        endif()
        if(MSVC)
            set(flags_for_3 /arch:AVX2)
            set(flags_for_4 /arch:AVX512)
            set(flags ${flags_for_${level}})
        elseif(level EQUAL 1)
            set(flags -march=x86-64)
        elseif(level GREATER 1)
            set(flags -march=${isa})
        endif()
        string(APPEND list " f(${table}, \"${isa}\", ${level})")
        set(kernels simdact_dispatch_${table}${of})
        if(NOT TARGET ${kernels})
            set(file "${sources}/kernels.cpp")
            if(include)
                set(file "${CMAKE_CURRENT_BINARY_DIR}/${kernels}.cpp")
                file(CONFIGURE OUTPUT "${file}" @ONLY CONTENT "@include@#include \"@sources@/kernels.cpp\"\n")
            endif()
            simdact_dispatch_objects(${kernels} "${file}" ${flags})
            target_include_directories(${kernels} PRIVATE ${folders})
            target_compile_definitions(${kernels} PRIVATE SIMDACT_DISPATCH_LIST=${arg_LIST}
                SIMDACT_DISPATCH_LEVEL=${level} "SIMDACT_DISPATCH_ISA=\"${isa}\"" SIMDACT_DISPATCH_TABLE=${table})
        endif()
        list(APPEND objects $<TARGET_OBJECTS:${kernels}>)
        set(last_flags ${flags}) # those of baseline, which chooses too
    endforeach()
    list(JOIN chosen "_" name)
    string(MAKE_C_IDENTIFIER "${name}" name)
    string(APPEND name "${of}")
    set(choose simdact_dispatch_choose_${name})
    if(NOT TARGET ${choose})
        set(file "${CMAKE_CURRENT_BINARY_DIR}/${choose}.cpp")
        file(CONFIGURE OUTPUT "${file}" @ONLY CONTENT
"@include@#define SIMDACT_DISPATCH_ISAS(f)@list@
#include \"@sources@/choose.cpp\"
")
        simdact_dispatch_objects(${choose} "${file}" ${last_flags})
        target_include_directories(${choose} PRIVATE ${folders})
        target_compile_definitions(${choose} PRIVATE SIMDACT_DISPATCH_LIST=${arg_LIST})
    endif()
    list(APPEND objects $<TARGET_OBJECTS:${choose}>)

    get_target_property(earlier ${target} SIMDACT_DISPATCH${of})
    if(earlier AND NOT earlier STREQUAL name)
        message(FATAL_ERROR "simdact_add_dispatch: ${target} has the kernels for other ISAS already")
    endif()
    set(library "")
    get_target_property(type ${target} TYPE)
    if(type MATCHES "^(INTERFACE|OBJECT)_LIBRARY$")
        set(library simdact_dispatch_${name})
        if(NOT TARGET ${library})
            add_library(${library} STATIC EXCLUDE_FROM_ALL ${objects})
            simdact_dispatch_without_lto(${library})
            # Nothing else is needed to link it. Packages of several projects may be installed to one folder.
            get_property(version GLOBAL PROPERTY SIMDACT_DISPATCH_VERSION)
            set_target_properties(${library} PROPERTIES
                LINKER_LANGUAGE CXX
                AUTOMOC OFF AUTOUIC OFF AUTORCC OFF
                LINK_LIBRARIES "" INTERFACE_LINK_LIBRARIES ""
                OUTPUT_NAME "${library}-${version}"
                EXPORT_NAME "${library}_kernels") # so that the package may be found in a project that calls this too
        endif()
        if(arg_LIBRARY)
            set_target_properties(${library} PROPERTIES EXCLUDE_FROM_ALL OFF) # it will be installed
        endif()
    endif()
    if(NOT earlier)
        set_target_properties(${target} PROPERTIES SIMDACT_DISPATCH${of} ${name})
        # The list of all functions is known to files for which it was built, and where there is no other.
        set(scope PRIVATE)
        if(type STREQUAL "INTERFACE_LIBRARY")
            set(scope INTERFACE)
        endif()
        if(of)
            target_compile_definitions(${target} ${scope} SIMDACT_DISPATCH_OWN_FUNCTIONS)
        else()
            target_compile_definitions(${target} ${scope} SIMDACT_DISPATCH_ALL_FUNCTIONS)
        endif()
        if(type STREQUAL "INTERFACE_LIBRARY")
            target_link_libraries(${target} INTERFACE ${library} simdact::simdact)
        elseif(library)
            target_link_libraries(${target} PRIVATE ${library} simdact::simdact)
        else()
            target_sources(${target} PRIVATE ${objects})
            target_link_libraries(${target} PRIVATE simdact::simdact)
        endif()
    endif()
    if(arg_LIBRARY)
        set(${arg_LIBRARY} "${library}" PARENT_SCOPE)
    endif()
endfunction()
