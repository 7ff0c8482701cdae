# Makes the target simdact::xsimd from whichever xsimd there is: a target of the surrounding project, or an installed
# package. Both simdact's own build and its installed package use this file. It also sees to three things that
# differ between packages of xsimd:
# - the target is called xsimd, or xsimd::xsimd;
# - the version file of xsimd calls other major versions incompatible, so the version is compared here;
# - xsimd 8.1 links a target xtl that its package never looks for, which the linker then takes for a library.

# Where there is no fitting xsimd, or another version of simdact already, simdact_problem says so and what to do; it is
# empty otherwise.

set(simdact_problem "")

# Several parts of one build may each bring simdact: the first one is that of all.
get_property(simdact_first GLOBAL PROPERTY SIMDACT_FIRST)
if(NOT TARGET simdact::simdact)
    set_property(GLOBAL PROPERTY SIMDACT_FIRST "${simdact_VERSION} in ${CMAKE_CURRENT_LIST_DIR}")
elseif(simdact_first AND NOT simdact_first MATCHES "^${simdact_VERSION} ")
    set(simdact_problem "two versions of simdact meet in one build: ${simdact_first} came first, then \
${simdact_VERSION} in ${CMAKE_CURRENT_LIST_DIR}")
    unset(simdact_first)
    return()
endif()
unset(simdact_first)

set(simdact_remedy "Install it (Debian and Ubuntu: apt-get install libxsimd-dev; Fedora: dnf install xsimd-devel; Arch: \
pacman -S xsimd; Homebrew: brew install xsimd), or set xsimd_DIR to the folder of its xsimdConfig.cmake.")
if(NOT TARGET simdact::xsimd AND NOT TARGET xsimd AND NOT TARGET xsimd::xsimd)
    find_package(xsimd QUIET GLOBAL)
    if(NOT xsimd_FOUND)
        set(simdact_problem "simdact needs xsimd 8.1 or newer, and found none. ${simdact_remedy}")
    endif()
endif()
if(xsimd_VERSION AND xsimd_VERSION VERSION_LESS 8.1) # found here, or by someone before
    set(simdact_problem
        "simdact needs xsimd 8.1 or newer, but found ${xsimd_VERSION} in ${xsimd_DIR}. ${simdact_remedy}")
endif()
unset(simdact_remedy)

if(NOT TARGET simdact::xsimd AND simdact_problem STREQUAL "")
    add_library(simdact::xsimd INTERFACE IMPORTED GLOBAL)
    if(TARGET xsimd::xsimd)
        target_link_libraries(simdact::xsimd INTERFACE xsimd::xsimd)
    else()
        get_target_property(simdact_xsimd_imported xsimd IMPORTED)
        get_target_property(simdact_xsimd_links xsimd INTERFACE_LINK_LIBRARIES)
        if(simdact_xsimd_imported AND "xtl" IN_LIST simdact_xsimd_links AND NOT TARGET xtl)
            list(REMOVE_ITEM simdact_xsimd_links xtl)
            set_target_properties(xsimd PROPERTIES INTERFACE_LINK_LIBRARIES "${simdact_xsimd_links}")
        endif()
        target_link_libraries(simdact::xsimd INTERFACE xsimd)
        unset(simdact_xsimd_imported)
        unset(simdact_xsimd_links)
    endif()
endif()
