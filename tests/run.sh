#!/bin/sh
# Sets this machine up, builds the tests and runs them: for g++ and clang++, for the oldest x86-64 and for what this
# processor has, optimised and under the address and undefined-behaviour sanitizers.
#
#   sh tests/run.sh               all of it
#   sh tests/run.sh --quick       one configuration: g++, optimised, with this processor's instructions
#   sh tests/run.sh --coverage    which lines and branches of include/ the tests run
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/.."

case "$#:${1-}" in
0:) quick=false ;;
1:--quick) quick=true ;;
1:--coverage) exec sh tests/coverage.sh ;;
1:--help | 1:-h)
    sed -n '2,/^set/s/^# \{0,1\}//p' tests/run.sh
    exit 0
    ;;
*)
    echo "usage: sh tests/run.sh [--quick | --coverage | --help]" >&2
    exit 2
    ;;
esac

sh cmake/setup.sh build tests

# The processor has these instructions, and a system that saves their registers.
cpu_has() {
    for feature; do
        grep -q "^flags.* $feature\( \|\$\)" /proc/cpuinfo 2>/dev/null || return 1
    done
}

# The instruction sets to build for, oldest first, and one more that only g++ is tried with.
isas=default
beyond=
case $(uname -m) in
x86_64 | amd64)
    isas=baseline
    if cpu_has avx avx2 bmi1 bmi2 f16c fma abm movbe; then
        isas="$isas v3"
        ! cpu_has avx512f avx512bw avx512cd avx512dq avx512vl || beyond=v4
    fi
    ;;
esac

out=.build/tests
jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
mkdir -p $out
: >$out/CTestTestfile.cmake

# build COMPILER ISA release|sanitized [builds]: builds one configuration and adds it to those that ctest runs. "builds" are
# the tests that depend on the compiler but not on the rest: programs with flags of their own, refusals, the package, the README.
build() {
    name=$1-$2-$3
    case $1 in gcc) cxx=g++ ;; clang) cxx=clang++ ;; esac
    case $2 in default) flags= ;; baseline) flags=-march=x86-64 ;; *) flags=-march=x86-64-$2 ;; esac
    type=Release
    if [ "$3" = sanitized ]; then
        type=Debug
        flags="$flags -fsanitize=address,undefined -fno-sanitize-recover=all"
    fi
    with_builds=OFF
    [ $# -lt 4 ] || with_builds=ON
    began=$(date +%s)
    if ! {
        cmake -S . -B "$out/$name" -G "Unix Makefiles" -DCMAKE_BUILD_TYPE=$type -DCMAKE_CXX_COMPILER=$cxx \
            -DCMAKE_CXX_FLAGS="$flags" -DSIMDACT_BUILD_BENCH=OFF -DSIMDACT_TEST_BUILDS=$with_builds \
            -DSIMDACT_TEST_PREFIX="$name/" &&
            cmake --build "$out/$name" --parallel "$jobs"
    } >"$out/$name.log" 2>&1; then
        tail -n 100 "$out/$name.log" >&2
        echo "tests: $name does not build: the end of $out/$name.log is above" >&2
        exit 1
    fi
    echo "subdirs($name)" >>$out/CTestTestfile.cmake
    echo "tests: built $name in $(($(date +%s) - began)) s"
}

best=${isas##* }
if $quick; then
    build gcc "$best" release
else
    for compiler in gcc clang; do
        for isa in $isas; do
            builds=
            [ "$isa" != "$best" ] || builds=builds
            build $compiler "$isa" release $builds
            build $compiler "$isa" sanitized
        done
    done
    [ -z "$beyond" ] || build gcc "$beyond" release
fi

exec ctest --test-dir $out --parallel "$jobs" --output-on-failure
