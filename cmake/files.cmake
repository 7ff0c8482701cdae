# simdact_files(out folder pattern...): the files of a folder and of those in it, relative to it, as file(GLOB_RECURSE)
# finds them. By itself that takes the brackets in a folder's own name, as in "simdact [copy]", for a choice of letters,
# finds nothing, and is content: here no file is an error.
include_guard(GLOBAL)

function(simdact_files out folder)
    string(REGEX REPLACE "([[*?])" "[\\1]" escaped "${folder}")
    set(depends CONFIGURE_DEPENDS)
    if(CMAKE_SCRIPT_MODE_FILE)
        set(depends)
    endif()
    list(TRANSFORM ARGN PREPEND "${escaped}/" OUTPUT_VARIABLE patterns)
    file(GLOB_RECURSE files ${depends} RELATIVE "${folder}" ${patterns})
    if(NOT files)
        message(FATAL_ERROR "simdact: there is no ${ARGN} in ${folder}")
    endif()
    set(${out} "${files}" PARENT_SCOPE)
endfunction()
