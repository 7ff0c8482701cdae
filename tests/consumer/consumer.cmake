# The part of a consumer's CMakeLists.txt that does not depend on how it came to the library: it links to ${library} and
# makes sure that it got an include path, C++20 and xsimd, and nothing else.
add_executable(consumer "${CMAKE_CURRENT_LIST_DIR}/main.cpp")
target_link_libraries(consumer PRIVATE ${library})
target_compile_definitions(consumer PRIVATE "OPTIONS_FROM_SIMDACT=\"$<JOIN:$<TARGET_PROPERTY:consumer,COMPILE_OPTIONS>, >\"")

foreach(property IN ITEMS INTERFACE_COMPILE_OPTIONS INTERFACE_COMPILE_DEFINITIONS INTERFACE_LINK_OPTIONS)
    get_target_property(value ${library} ${property})
    if(value)
        message(FATAL_ERROR "${library} has ${property} ${value}")
    endif()
endforeach()
foreach(variable IN ITEMS CMAKE_BUILD_TYPE CMAKE_CXX_FLAGS CMAKE_CXX_STANDARD)
    if(NOT "${${variable}}" STREQUAL "")
        message(FATAL_ERROR "${variable} became ${${variable}}")
    endif()
endforeach()
