# Headers, the CMake package with its version file, and the pkg-config file. There is nothing to compile, so they fit every
# architecture; they find each other by relative paths, so that the installation may be moved, but for a folder that
# CMAKE_INSTALL_INCLUDEDIR or CMAKE_INSTALL_DATADIR gives by its absolute path.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(package_folder "${CMAKE_INSTALL_DATADIR}/cmake/simdact")

# The folder, and not a FILE_SET: where CMAKE_INSTALL_INCLUDEDIR is absolute CMake 3.25 exports that of a FILE_SET with the
# prefix before it.
target_include_directories(simdact INTERFACE "$<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>")
install(DIRECTORY include/simdact DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" FILES_MATCHING PATTERN "*.hpp")
install(TARGETS simdact EXPORT simdactTargets)
install(EXPORT simdactTargets NAMESPACE simdact:: DESTINATION "${package_folder}")

configure_package_config_file(cmake/simdactConfig.cmake.in "${PROJECT_BINARY_DIR}/simdactConfig.cmake"
    INSTALL_DESTINATION "${package_folder}"
    NO_SET_AND_CHECK_MACRO)
# While the major version is 0 a new minor version may change the interface.
write_basic_package_version_file("${PROJECT_BINARY_DIR}/simdactConfigVersion.cmake"
    COMPATIBILITY SameMinorVersion
    ARCH_INDEPENDENT)
install(FILES
    "${PROJECT_BINARY_DIR}/simdactConfig.cmake"
    "${PROJECT_BINARY_DIR}/simdactConfigVersion.cmake"
    DESTINATION "${package_folder}")

# The build tree is a package too: find_package(simdact) with simdact_DIR set to it.
export(EXPORT simdactTargets NAMESPACE simdact:: FILE "${PROJECT_BINARY_DIR}/simdactTargets.cmake")
configure_file(cmake/dependencies.cmake "${PROJECT_BINARY_DIR}/simdactDependencies.cmake" COPYONLY)
configure_file(cmake/dispatch.cmake "${PROJECT_BINARY_DIR}/simdactDispatch.cmake" COPYONLY)
foreach(source IN ITEMS choose.cpp kernels.cpp)
    configure_file(cmake/dispatch/${source} "${PROJECT_BINARY_DIR}/dispatch/${source}" COPYONLY)
endforeach()

# What pkg-config would take for the end of a word, a quote, a comment or a variable.
function(pkgconfig_path out path)
    string(REGEX REPLACE "([ \t\"'#])" "\\\\\\1" path "${path}")
    string(REPLACE "$" "$$" path "${path}")
    set(${out} "${path}" PARENT_SCOPE)
endfunction()
set(pkgconfig_folder "${CMAKE_INSTALL_DATADIR}/pkgconfig")
pkgconfig_path(pkgconfig_include "${CMAKE_INSTALL_INCLUDEDIR}")
if(NOT IS_ABSOLUTE "${CMAKE_INSTALL_INCLUDEDIR}")
    string(PREPEND pkgconfig_include "\${prefix}/")
endif()
if(IS_ABSOLUTE "${pkgconfig_folder}")
    string(REGEX REPLACE "/$" "" prefix "${CMAKE_INSTALL_PREFIX}") # as cmake --install does
    pkgconfig_path(pkgconfig_prefix "${prefix}")
    # CMake's own files name the headers in the same way.
    if(NOT IS_ABSOLUTE "${CMAKE_INSTALL_INCLUDEDIR}")
        install(CODE "if(NOT CMAKE_INSTALL_PREFIX STREQUAL [==[${prefix}]==])
            message(FATAL_ERROR [==[simdact: the package in ${CMAKE_INSTALL_DATADIR}, an absolute folder, was written for \
headers below ${prefix}: configure with -DCMAKE_INSTALL_PREFIX=... instead of installing with --prefix]==])
        endif()")
    endif()
else()
    file(RELATIVE_PATH to_prefix "/prefix/${pkgconfig_folder}" /prefix)
    string(REGEX REPLACE "/$" "" to_prefix "${to_prefix}")
    set(pkgconfig_prefix "\${pcfiledir}/${to_prefix}")
endif()
configure_file(cmake/simdact.pc.in "${PROJECT_BINARY_DIR}/simdact.pc" @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/simdact.pc" DESTINATION "${pkgconfig_folder}")

install(FILES cmake/dependencies.cmake DESTINATION "${package_folder}" RENAME simdactDependencies.cmake)
install(FILES cmake/dispatch.cmake DESTINATION "${package_folder}" RENAME simdactDispatch.cmake)
install(DIRECTORY cmake/dispatch DESTINATION "${package_folder}")
install(FILES LICENSE DESTINATION "${CMAKE_INSTALL_DOCDIR}")
