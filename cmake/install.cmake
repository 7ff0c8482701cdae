# Headers, the CMake package with its version file, and the pkg-config file. There is nothing to compile, so they fit every
# architecture; they find each other by relative paths, so that the installation may be moved.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(package_folder "${CMAKE_INSTALL_DATADIR}/cmake/simdact")

install(TARGETS simdact EXPORT simdactTargets FILE_SET HEADERS)
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

set(pkgconfig_folder "${CMAKE_INSTALL_DATADIR}/pkgconfig")
file(RELATIVE_PATH to_prefix "/prefix/${pkgconfig_folder}" /prefix)
configure_file(cmake/simdact.pc.in "${PROJECT_BINARY_DIR}/simdact.pc" @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/simdact.pc" DESTINATION "${pkgconfig_folder}")

install(FILES cmake/dependencies.cmake DESTINATION "${package_folder}" RENAME simdactDependencies.cmake)
install(FILES cmake/dispatch.cmake DESTINATION "${package_folder}" RENAME simdactDispatch.cmake)
install(DIRECTORY cmake/dispatch DESTINATION "${package_folder}")
install(FILES LICENSE DESTINATION "${CMAKE_INSTALL_DOCDIR}")
