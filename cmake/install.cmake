# Headers, the CMake package and its version file. There is nothing to compile, so the package fits every architecture.
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
install(FILES cmake/dependencies.cmake DESTINATION "${package_folder}" RENAME simdactDependencies.cmake)
install(FILES LICENSE DESTINATION "${CMAKE_INSTALL_DOCDIR}")
