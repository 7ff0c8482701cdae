include(CMakeFindDependencyMacro)
find_dependency(simdact 0.1)
include("${CMAKE_CURRENT_LIST_DIR}/addedTargets.cmake")
