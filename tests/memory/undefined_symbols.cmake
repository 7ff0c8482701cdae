# cmake -D NM=<nm> -D OBJECTS=<object files> -P undefined_symbols.cmake
#
# What the kernels call: a refusal's text and its exception, and what compilers copy memory with. So they allocate
# nothing, take no lock, wait for no static variable and call no mathematical function.
cmake_minimum_required(VERSION 3.24)

set(allowed
    snprintf __cxa_allocate_exception __cxa_free_exception __cxa_throw _ZNSt16invalid_argumentC[12]EPKc
    _ZNSt16invalid_argumentD[12]Ev _ZTISt16invalid_argument # the refusal
    __gxx_personality_v0 _Unwind_Resume __cxa_begin_catch _ZSt9terminatev # noexcept
    memcpy memset memmove
    _GLOBAL_OFFSET_TABLE_ __stack_chk_fail
    _ZN5tests13rows_of_table.*E # the rows of the table
    _ZN7simdact10dispatched.*) # the tables of dispatch, and what chooses among them
list(JOIN allowed "|" allowed)

execute_process(COMMAND "${NM}" -u ${OBJECTS} OUTPUT_VARIABLE symbols RESULT_VARIABLE failed)
string(REGEX MATCHALL " U [^ \n]+\n" symbols "${symbols}")
list(TRANSFORM symbols REPLACE "^ U (.*)\n$" "\\1")
list(REMOVE_DUPLICATES symbols)
if(failed OR NOT "snprintf" IN_LIST symbols)
  message(FATAL_ERROR "no list of symbols from ${NM}")
endif()
list(JOIN symbols " " text)
message(STATUS "the kernels call: ${text}")
list(FILTER symbols EXCLUDE REGEX "^(${allowed})$")
if(symbols)
  message(FATAL_ERROR "they should not call ${symbols}")
endif()
