#!/bin/sh
# Sets this machine up, builds the tests and runs them: for g++ and clang++, for the oldest x86-64 and for what this
# processor has, optimised, and once under the address and undefined-behaviour sanitizers.
#
#   sh tests/run.sh                   all of it
#   sh tests/run.sh --quick           one configuration: g++, optimised, with this processor's instructions
#   sh tests/run.sh --only NAME       the same, but only what is about one function, such as elu
#   sh tests/run.sh --with FOLDER     all that is checked of a function, but of your functors: each NAME in
#                                     FOLDER/NAME.hpp, and what is known about it in FOLDER/NAME.cpp (tests/README.md)
#   sh tests/run.sh --valgrind        the same, its tests of memory and kernels under valgrind
#   sh tests/run.sh --fuzz MINUTES    two processes try random arguments and files for so long
#   sh tests/run.sh --isa NAME...     for these instruction sets, under an emulator if need be; "all" names them
#   sh tests/run.sh --coverage        which lines and branches of include/ the tests run
#   sh tests/run.sh --stale [NAME...] measures the errors of functions again whose headers have changed since, or of these,
#                                     on every float and 10^9 doubles, and writes them in tests/exhaustive/results and
#                                     README.md and include/simdact/functions/README.md
#
# SIMDACT_WERROR=ON in the environment makes warnings errors, as .ci/run does.
#
# Every float through every kernel and function of math.hpp, on what was built last, about a quarter of an hour a
# configuration on two cores:
#   ctest --test-dir .build/tests -L '^exhaustive$'
set -eu
from=$PWD
CDPATH='' cd -- "$(dirname -- "$0")/.."

described() {
    [ -e "tests/functions/$1.cpp" ] || {
        echo "tests: there is no tests/functions/$1.cpp, which describes a function" >&2
        exit 2
    }
}

case "$#:${1-}" in
*:--isa)
    shift
    exec sh tests/isa.sh "$@"
    ;;
*:--stale)
    shift
    mode=stale functions=$*
    for function; do
        described "$function"
    done
    ;;
0:) mode=all ;;
1:--quick) mode=quick ;;
2:--only)
    mode=only function=$2
    described "$function"
    ;;
2:--with)
    mode=with with=$(CDPATH='' cd -- "$from" && CDPATH='' cd -- "$2" && pwd) || {
        echo "tests: there is no folder $2 with functors" >&2
        exit 2
    }
    ;;
1:--valgrind) mode=valgrind ;;
2:--fuzz) mode=fuzz minutes=$2 ;;
1:--coverage) exec sh tests/coverage.sh ;;
1:--help | 1:-h)
    sed -n '2,/^set/s/^# \{0,1\}//p' tests/run.sh
    exit 0
    ;;
*)
    echo "usage: sh tests/run.sh [--quick | --only NAME | --with FOLDER | --valgrind | --fuzz MINUTES | --isa NAME... | --coverage | --stale [NAME...] | --help]" >&2
    exit 2
    ;;
esac

groups="build tests exhaustive train"
[ $mode != valgrind ] || groups="$groups valgrind"
# shellcheck disable=SC2086 # words
sh cmake/setup.sh $groups

# shellcheck source=cmake/processor.sh
. cmake/processor.sh

# The instruction sets to build for, oldest first, and one more that only g++ is tried with.
isas=default
beyond=
case $(uname -m) in
x86_64 | amd64)
    isas=baseline
    if cpu_has $x86_64_v3; then
        isas="$isas v3"
        ! cpu_has $x86_64_v4 || beyond=v4
    fi
    ;;
esac

out=.build/tests
jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
mkdir -p $out
: >$out/CTestTestfile.cmake

# build COMPILER ISA KIND [OPTION...]: builds one configuration, and adds it to those that ctest runs. The kinds: release;
# hardened, with the checks of the standard library and of the C library; single, with the single header; unfused, without
# FMA; sanitized. The options:
#   builds      too what depends on the compiler but not on the rest: programs with flags of their own, refusals, the
#               package, the README
#   sources     too what depends on no compiler: what other tools say of the headers, whether each compiles alone, data
#               races, packages and their folders
#   closely     compares more floats and doubles with the truth, as one build with FMA does and one without
#   examples    the programs of examples/ and their tests too
#   only=NAME   nothing but this target
#   about=NAME  nothing but what is about this function, in a folder of its own
#   with=FOLDER nothing but what is about the functors in it, in a folder of its own
build() {
    name=$1-$2-$3
    case $1 in gcc) cxx=g++ ;; clang) cxx=clang++ ;; esac
    case $2 in default) flags= ;; baseline) flags=-march=x86-64 ;; *) flags=-march=x86-64-$2 ;; esac
    type=Release headers=separate debug=-g
    case $3 in
    hardened) flags="$flags -D_GLIBCXX_ASSERTIONS -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3" ;;
    single) headers=single ;;
    unfused) flags="$flags -mno-fma" ;;
    sanitized)
        type=Debug
        # -O1: without optimisation every kernel takes longer to compile and to run, and gigabytes.
        debug="-O1 -g1"
        # Beyond "undefined": numbers that do not fit an integer, and divisions by 0.0. Not its object-size, which takes as
        # long to compile as all the others and finds less than "address".
        flags="$flags -fsanitize=address,undefined,float-cast-overflow,float-divide-by-zero -fno-sanitize=object-size"
        flags="$flags -fno-sanitize-recover=all -D_GLIBCXX_ASSERTIONS"
        ;;
    esac
    shift 3
    builds=OFF sources=OFF closely=OFF examples=OFF only= about= users=
    for option; do
        case $option in
        builds) builds=ON ;;
        sources) sources=ON ;;
        closely) closely=ON ;;
        examples) examples=ON ;;
        only=*) only=${option#*=} ;;
        with=*) users=${option#*=} name=$name-with ;;
        about=*) about=${option#*=} name=$name-$about ;;
        esac
    done
    began=$(date +%s)
    # Of the levels of optimisation only -O0, at which files share the most functions, and -O2; a plain build has all four.
    if ! {
        cmake -S . -B "$out/$name" -G "Unix Makefiles" -DCMAKE_BUILD_TYPE=$type -DCMAKE_CXX_COMPILER=$cxx \
            -DCMAKE_CXX_FLAGS="$flags" -DCMAKE_CXX_FLAGS_DEBUG="$debug" \
            -DSIMDACT_BUILD_BENCH=OFF -DSIMDACT_BUILD_EXAMPLES=$examples \
            -DSIMDACT_TEST_BUILDS=$builds -DSIMDACT_TEST_SOURCES=$sources -DSIMDACT_TEST_CLOSELY=$closely \
            -DSIMDACT_TEST_HEADERS=$headers \
            "-DSIMDACT_TEST_LEVELS=0;2" -DSIMDACT_TEST_FUNCTIONS="$about" \
            -DSIMDACT_TEST_WITH="$users" \
            -DSIMDACT_TEST_PREFIX="$name/" -DSIMDACT_WERROR="${SIMDACT_WERROR:-OFF}" &&
            cmake --build "$out/$name" --parallel "$jobs" ${only:+--target $only}
    } >"$out/$name.log" 2>&1; then
        tail -n 100 "$out/$name.log" >&2
        echo "tests: $name does not build: the end of $out/$name.log is above" >&2
        exit 1
    fi
    echo "subdirs($name)" >>$out/CTestTestfile.cmake
    echo "tests: built $name in $(($(date +%s) - began)) s"
}

# fuzz TARGET: what it finds, and every input that reaches something new, stays in .build/fuzz. The corpus of the repository
# is where it starts from.
fuzz() {
    mkdir -p "$found/$1"
    echo "tests: fuzzing $1; its output is in $found/$1.log"
    "$out/clang-$best-sanitized/tests/fuzz/simdact_fuzz_$1" -max_total_time=$((minutes * 60)) -max_len=500 -timeout=60 \
        -artifact_prefix="$found/$1-" "$found/$1" "tests/fuzz/corpus/$1" >"$found/$1.log" 2>&1 || {
        tail -n 50 "$found/$1.log" >&2
        echo "tests: fuzzing $1 has found something: the end of $found/$1.log is above" >&2
        return 1
    }
    tail -n 1 "$found/$1.log"
}

oldest=${isas%% *} best=${isas##* }
case $mode in
quick) build gcc "$best" release closely examples ;;
only) build gcc "$best" release builds closely about="$function" ;;
with) build gcc "$best" release builds closely with="$with" ;;
valgrind)
    # Without FMA: valgrind 3.19 computes -0 * 0 + 0 as -0.
    kind=release
    [ "$best" = default ] || kind=unfused
    build gcc "$best" $kind
    # Not the accuracy tests, those of channels among them: valgrind computes long double in 64 bits. Nor those of the
    # environment: it has none but the usual one. The operator new that counts stays ours.
    exec valgrind --quiet --error-exitcode=1 --leak-check=full --soname-synonyms=somalloc=nouserintercepts \
        "$out/gcc-$best-$kind/tests/simdact_tests" '[memory],[elementwise],[mask],[streaming]'
    ;;
fuzz)
    build clang "$best" sanitized only=simdact_fuzz_kernels
    build clang "$best" sanitized only=simdact_fuzz_npy
    found=.build/fuzz
    fuzz kernels &
    fuzz npy || { wait; exit 1; }
    wait $!
    exit
    ;;
stale)
    [ -n "$functions" ] || functions=$(cmake -P tests/exhaustive/headers.cmake)
    if [ -z "$functions" ]; then
        echo "tests: no results are older than their headers"
        exit
    fi
    if [ "$best" != v3 ]; then
        echo "tests: the results are measured with FMA and without, for which this is not the processor: x86-64-v3 is" >&2
        exit 1
    fi
    echo "tests: measuring $functions, about ten minutes each on two cores"
    build gcc "$best" release only=simdact_tables
    build gcc "$best" release only=simdact_exhaustive
    build gcc "$best" unfused only=simdact_exhaustive
    results=tests/exhaustive/results
    for function in $functions; do
        for kind in release unfused; do
            for arguments in --stride=1 --doubles=1000000000; do
                "$out/gcc-$best-$kind/tests/exhaustive/simdact_exhaustive" --function "$function" $arguments \
                    --write $results
            done
        done
    done
    exec "$out/gcc-$best-release/tests/simdact_tables" README.md include/simdact/functions/README.md \
        $results --write
    ;;
all)
    # With sanitizers there is one: g++ takes three times as long to compile them, and batches of older instruction sets
    # are in every build.
    build gcc "$best" release builds closely examples
    build clang "$best" release builds sources
    build clang "$best" sanitized examples
    build clang "$oldest" single
    build gcc "$oldest" hardened closely
    [ -z "$beyond" ] || build gcc "$beyond" release
    ;;
esac

exec ctest --test-dir $out --parallel "$jobs" --output-on-failure --label-exclude exhaustive
