# Writes all of simdact into one header:
#
#   cmake -D INCLUDE=<folder of simdact/> [-D XSIMD=<folders, one of xsimd/>] -D OUTPUT=<file> -P write.cmake
#
# With XSIMD the header holds xsimd too, renamed so that it lives beside another xsimd in the same program; without, it
# includes <xsimd/xsimd.hpp>.
#
# What stands in a file of either folder takes the place of its #include. xsimd includes some files from several places
# under different #if, so "the first #include only" would lose code; a file is pasted again unless an earlier paste
# stands under a part of the conditions that hold here. Its include guard does the rest.
cmake_minimum_required(VERSION 3.24)
foreach(variable IN ITEMS INCLUDE OUTPUT)
    if(NOT DEFINED ${variable})
        message(FATAL_ERROR "single header: write.cmake needs -D ${variable}=...")
    endif()
endforeach()

# What CMake's lists cannot hold becomes a control character while the text is split into lines, each of which is a
# logical one: a line that ends in a backslash is joined to the next.
string(ASCII 1 semicolon)
string(ASCII 2 open)
string(ASCII 3 close)
string(ASCII 4 backslash)
string(ASCII 5 continuation)
string(ASCII 6 and)

function(encode out text)
    string(REPLACE "\r\n" "\n" text "${text}")
    string(REPLACE "\\\n" "${continuation}" text "${text}")
    string(REPLACE "\\" "${backslash}" text "${text}")
    string(REPLACE ";" "${semicolon}" text "${text}")
    string(REPLACE "[" "${open}" text "${text}")
    string(REPLACE "]" "${close}" text "${text}")
    set(${out} "${text}" PARENT_SCOPE)
endfunction()

function(decode out text)
    string(REPLACE "${continuation}" "\\\n" text "${text}")
    string(REPLACE "${backslash}" "\\" text "${text}")
    string(REPLACE "${semicolon}" ";" text "${text}")
    string(REPLACE "${open}" "[" text "${text}")
    string(REPLACE "${close}" "]" text "${text}")
    set(${out} "${text}" PARENT_SCOPE)
endfunction()

# The file that an #include in a file of `folder` means, if it is one of those to paste; "" for others.
function(resolve out folder form name place)
    set(${out} "" PARENT_SCOPE)
    set(path "${folder}/${name}")
    cmake_path(NORMAL_PATH path)
    if(form STREQUAL "<" OR NOT EXISTS "${path}")
        if(name MATCHES "^simdact/")
            set(path "${INCLUDE}/${name}")
        elseif(name MATCHES "^xsimd/" AND DEFINED XSIMD)
            set(path "${xsimd}/${name}")
        elseif(form STREQUAL "<" OR name MATCHES "^xtl/") # which xsimd takes where it is asked to
            return()
        endif()
    endif()
    if(NOT EXISTS "${path}")
        message(FATAL_ERROR "single header: ${place} includes ${name}, and there is no ${path}")
    endif()
    set(${out} "${path}" PARENT_SCOPE)
endfunction()

# Appends the text of `file` to the global property "text". `conditions` are those of the #if around it, `again` says
# that no earlier paste stands for this one, `record` that this one may stand for later ones.
function(paste file conditions again record)
    get_property(earlier GLOBAL PROPERTY "pastes of ${file}")
    foreach(paste IN LISTS earlier)
        string(REPLACE "${and}" ";" paste "${paste}")
        list(REMOVE_ITEM paste ${conditions} always)
        if(paste STREQUAL "" AND NOT again)
            return()
        endif()
    endforeach()
    string(FIND "${file}" "${INCLUDE}/simdact/" position)
    set(ours FALSE)
    if(position EQUAL 0)
        set(ours TRUE)
    endif()
    if(ours AND earlier)
        message(FATAL_ERROR "single header: ${file} would be pasted twice: include it before the #if, too")
    endif()
    if(record)
        list(JOIN conditions "${and}" here)
        set_property(GLOBAL APPEND PROPERTY "pastes of ${file}" "always${and}${here}")
    endif()

    file(READ "${file}" text)
    cmake_path(GET file PARENT_PATH folder)
    # An include guard is not a condition. Those of our files are left out: each is pasted once, and the separate headers
    # must not take the single one for theirs.
    set(guard "")
    if(text MATCHES "^[^#]*#[ ]*ifndef[ ]+([A-Za-z0-9_]+)[ ]*\r?\n[ ]*#[ ]*define[ ]+([A-Za-z0-9_]+)[ ]*\r?\n"
       AND CMAKE_MATCH_1 STREQUAL CMAKE_MATCH_2)
        set(guard "${CMAKE_MATCH_1}")
    endif()
    encode(text "${text}")
    string(REPLACE "\n" ";" lines "${text}")

    set(frames) # of the #if that are open: the conditions of each
    set(again FALSE)
    set(number 0)
    set(chunk "")
    foreach(line IN LISTS lines)
        math(EXPR number "${number} + 1")
        if(NOT line MATCHES "^[ \t]*#[ \t]*([a-z]+)(.*)$")
            string(APPEND chunk "${line}\n")
            continue()
        endif()
        set(directive "${CMAKE_MATCH_1}")
        string(REGEX REPLACE "[ \t]*//.*$" "" argument "${CMAKE_MATCH_2}")
        string(STRIP "${argument}" argument)

        if(directive STREQUAL "ifndef" AND argument STREQUAL guard AND NOT frames)
            list(APPEND frames always)
            if(ours)
                continue()
            endif()
        elseif(directive STREQUAL "define" AND argument STREQUAL guard AND ours)
            continue()
        elseif(directive MATCHES "^if")
            list(APPEND frames "${directive} ${argument}")
        elseif(directive MATCHES "^el" AND frames)
            list(POP_BACK frames frame)
            string(REGEX REPLACE "([^${and}]+)$" "not \\1" frame "${frame}")
            if(directive STREQUAL "elif")
                string(APPEND frame "${and}if ${argument}")
            endif()
            list(APPEND frames "${frame}")
        elseif(directive STREQUAL "endif" AND frames)
            list(POP_BACK frames)
            if(ours AND NOT frames AND NOT guard STREQUAL "")
                continue()
            endif()
        elseif(directive MATCHES "^e[ln]")
            message(FATAL_ERROR "single header: ${file}:${number}: #${directive} without #if")
        elseif(directive STREQUAL "undef" AND argument MATCHES "_HPP$")
            # xsimd takes the guard of a file away to paste that file once more with a name in it replaced, and puts
            # the guard back: what is pasted so stands for nothing.
            set(again TRUE)
            set(record FALSE)
        elseif(directive STREQUAL "pragma" AND argument STREQUAL "once")
            continue()
        elseif(directive STREQUAL "include" AND argument MATCHES "^([<\"])([^>\"]+)[>\"]$")
            resolve(included "${folder}" "${CMAKE_MATCH_1}" "${CMAKE_MATCH_2}" "${file}:${number}")
            if(NOT included STREQUAL "")
                decode(chunk "${chunk}")
                set_property(GLOBAL APPEND_STRING PROPERTY text "${chunk}")
                set(chunk "")
                set(inner ${conditions} ${frames})
                string(REPLACE "${and}" ";" inner "${inner}")
                paste("${included}" "${inner}" ${again} ${record})
                continue()
            endif()
        endif()
        string(APPEND chunk "${line}\n")
    endforeach()
    if(frames)
        message(FATAL_ERROR "single header: ${file} has an #if without #endif")
    endif()
    string(REGEX REPLACE "\n\n$" "\n" chunk "${chunk}")
    decode(chunk "${chunk}")
    set_property(GLOBAL APPEND_STRING PROPERTY text "${chunk}")
endfunction()

if(DEFINED XSIMD)
    foreach(folder IN LISTS XSIMD)
        if(NOT DEFINED xsimd AND EXISTS "${folder}/xsimd/xsimd.hpp")
            set(xsimd "${folder}")
        endif()
    endforeach()
    if(NOT DEFINED xsimd)
        message(FATAL_ERROR "single header: there is no xsimd/xsimd.hpp in \"${XSIMD}\"")
    endif()
endif()
paste("${INCLUDE}/simdact/simdact.hpp" "always" FALSE TRUE)
get_property(text GLOBAL PROPERTY text)

function(version out file prefix)
    file(STRINGS "${file}" lines REGEX "${prefix}_VERSION_(MAJOR|MINOR|PATCH)[ ]+[0-9]+")
    string(REGEX REPLACE "[^;0-9]" "" numbers "${lines}")
    list(JOIN numbers . numbers)
    set(${out} "${numbers}" PARENT_SCOPE)
endfunction()
version(version "${INCLUDE}/simdact/version.hpp" SIMDACT)

# A file as a comment.
function(comment out file)
    file(READ "${file}" text)
    string(STRIP "${text}" text)
    encode(text "${text}")
    string(REPLACE "\n" "\n// " text "// ${text}")
    string(REPLACE "// \n" "//\n" text "${text}")
    decode(text "${text}")
    set(${out} "${text}" PARENT_SCOPE)
endfunction()
comment(licence "${CMAKE_CURRENT_LIST_DIR}/../../LICENSE")

set(head "// simdact ${version}, activation functions and their derivatives, in one header, ")
if(DEFINED XSIMD)
    version(xsimd_version "${xsimd}/xsimd/config/xsimd_config.hpp" XSIMD)
    comment(xsimd_licence "${CMAKE_CURRENT_LIST_DIR}/xsimd_licence.txt")
    string(APPEND head "with xsimd ${xsimd_version} inside: nothing else is needed.")
    string(APPEND licence "\n//\n// The part below that is xsimd:\n//\n${xsimd_licence}")
    set(before "#if defined(_MSC_VER)
#pragma warning(push, 0)
#elif defined(__GNUC__)
#if __INCLUDE_LEVEL__ > 0 // not where it is compiled by itself
#pragma GCC system_header // no warnings of what is inside
#endif
#endif
#define SIMDACT_DETAIL_BUNDLED")
    set(after "#if defined(_MSC_VER)
#pragma warning(pop)
#endif")

    # Comments keep xsimd's name. Its macros become SIMDACT_XSIMD_..., its namespace the macro SIMDACT_XSIMD.
    string(REGEX REPLACE "([^A-Za-z0-9_])XSIMD_" "\\1SIMDACT_XSIMD_" text "${text}")
    string(REGEX REPLACE "([^A-Za-z0-9_])xsimd::" "\\1SIMDACT_XSIMD::" text "${text}")
    string(REGEX REPLACE "namespace xsimd([^A-Za-z0-9_])" "namespace SIMDACT_XSIMD\\1" text "${text}")
else()
    string(APPEND head "on top of <xsimd/xsimd.hpp>.")
    set(xsimd_version 0.0.0) # as none inside
    set(before "")
    set(after "")
endif()

# Macros of users that have a name in common with what is inside (I of <complex.h>, B0 of <termios.h>, ...) are set
# aside. Of all names those in capitals, as template parameters are; those for which xsimd has macros of its own, which
# thus end with the header; and words that well-known headers take.
set(taken min max near far huge small big hyper major minor makedev lines columns clear select word bit round abs
    acos acosh asin asinh atan atan2 atanh cbrt ceil conj copysign cos cosh cimag creal carg cproj erf erfc exp exp10 exp2
    expm1 fabs fdim floor fma fmax fmin fmod fpclassify frexp hypot ilogb isfinite isgreater isgreaterequal isinf isless
    islessequal islessgreater isnan isnormal isunordered iszero ldexp lgamma llrint llround log log10 log1p log2 logb
    lrint lround modf nan nearbyint nextafter nexttoward pow remainder remquo rint scalbln scalbn signbit sin sincos sinh
    sqrt tan tanh tgamma trunc check require verify complex imaginary index value count bytes parameter opaque write read
    interface linux unix i386 arm mips sparc sun emit slots signals foreach forever id in out)
set(attributes aligned always_inline cold deprecated flatten hot likely may_alias maybe_unused noclone nodiscard noinline
    noreturn packed pure unlikely unused used vector_size)
string(REGEX REPLACE "//[^\n]*|/[*]([^*]|[*]+[^*/])*[*]+/|\"[^\"\n]*\"" "" code "${text}")
string(REGEX MATCHALL "#[ \t]*define[ \t]+[A-Za-z_0-9]+" defines "${code}")
list(TRANSFORM defines REPLACE "^#[ \t]*define[ \t]+" "")
list(FILTER defines EXCLUDE REGEX "^(SIMDACT_|_|HWCAP)") # HWCAP2_...: the system's, where its headers lack them
string(REGEX MATCHALL "[A-Za-z_0-9]+" names "${code}")
list(REMOVE_DUPLICATES names)
set(set_aside ${attributes}) # which compilers' own headers may use
foreach(name IN LISTS names)
    if(name IN_LIST attributes)
        continue()
    endif()
    if(name MATCHES "^[A-Z][A-Z0-9]*$" AND NOT name MATCHES "^(NDEBUG|NULL|EOF)$" OR name IN_LIST taken OR name IN_LIST defines)
        list(APPEND set_aside ${name})
    endif()
endforeach()
list(SORT set_aside)
foreach(name IN LISTS set_aside)
    string(APPEND before "\n#pragma push_macro(\"${name}\")\n#undef ${name}")
    string(APPEND after "\n#pragma pop_macro(\"${name}\")")
endforeach()

# One number for 1.2.3, as the preprocessor can compare it: 10203.
function(version_number out version)
    string(REPLACE "." ";" numbers "${version}")
    list(GET numbers 0 major)
    list(GET numbers 1 minor)
    list(GET numbers 2 patch)
    math(EXPR number "${major} * 10000 + ${minor} * 100 + ${patch}")
    set(${out} "${number}" PARENT_SCOPE)
endfunction()
version_number(number "${version}")
version_number(xsimd_number "${xsimd_version}")

# A second copy of the same header does nothing; version.hpp says the same of the separate headers.
file(WRITE "${OUTPUT}.new" "${head}
// Made by cmake/single_header/write.cmake of simdact; changes belong into the files it was made from.
//
${licence}

#if defined(SIMDACT_SINGLE_HEADER)
#if SIMDACT_SINGLE_HEADER != ${number} || SIMDACT_SINGLE_HEADER_XSIMD != ${xsimd_number}
#error \"another simdact.hpp, of another version, is included already\"
#endif
#else
#if defined(SIMDACT_VERSION_MAJOR)
#error \"simdact's separate headers are included already: use them or this one\"
#endif
${before}
${text}
${after}
#define SIMDACT_SINGLE_HEADER ${number}
#define SIMDACT_SINGLE_HEADER_XSIMD ${xsimd_number}
#endif
")
file(RENAME "${OUTPUT}.new" "${OUTPUT}")
