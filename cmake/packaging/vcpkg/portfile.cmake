# vcpkg install simdact --overlay-ports=cmake/packaging/vcpkg
#
# With --head it takes the newest main, and with --x-cmake-args=-DSIMDACT_SOURCE=/absolute/path a checkout on this machine.

set(VCPKG_BUILD_TYPE release) # headers have no debug build, and so no debug folder

if(SIMDACT_SOURCE)
    set(SOURCE_PATH "${SIMDACT_SOURCE}")
else()
    vcpkg_from_github(
        OUT_SOURCE_PATH SOURCE_PATH
        REPO simdact/simdact
        REF "v${VERSION}"
        SHA512 0 # not known before the release: vcpkg refuses the tarball and prints the value that belongs here
        HEAD_REF main)
endif()

vcpkg_cmake_configure(
    SOURCE_PATH "${SOURCE_PATH}"
    OPTIONS
        -DSIMDACT_BUILD_TESTS=OFF
        -DSIMDACT_BUILD_EXAMPLES=OFF
        -DSIMDACT_BUILD_BENCH=OFF)
vcpkg_cmake_install()
vcpkg_cmake_config_fixup(CONFIG_PATH share/cmake/simdact)
vcpkg_fixup_pkgconfig()

# The licence goes where vcpkg looks for it.
file(REMOVE_RECURSE "${CURRENT_PACKAGES_DIR}/share/doc")
vcpkg_install_copyright(FILE_LIST "${SOURCE_PATH}/LICENSE")
file(INSTALL "${CMAKE_CURRENT_LIST_DIR}/usage" DESTINATION "${CURRENT_PACKAGES_DIR}/share/${PORT}")
