#!/bin/sh
# Which lines and branches of include/ the tests run: those of a build for the oldest x86-64 and of one for this processor
# together, unoptimised, by g++'s gcov.
#
#   sh tests/coverage.sh     two tables, which name the lines that no test runs, and those with a branch never taken
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/.."

case "$#" in
0) ;;
*)
    sed -n '2,/^set/s/^# \{0,1\}//p' tests/coverage.sh
    exit 0
    ;;
esac

sh cmake/setup.sh build tests coverage

out=.build/coverage
jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
processors=native
case $(uname -m) in x86_64 | amd64) processors="x86-64 native" ;; esac
programs="simdact_tests simdact_tests_streamed_stores simdact_tests_dispatch"
for processor in $processors; do
    here=$out/$processor
    mkdir -p "$here"
    if ! {
        cmake -S . -B "$here" -G "Unix Makefiles" -DCMAKE_BUILD_TYPE= -DCMAKE_CXX_COMPILER=g++ \
            -DCMAKE_CXX_FLAGS="-march=$processor --coverage" -DSIMDACT_BUILD_BENCH=OFF -DSIMDACT_BUILD_EXAMPLES=OFF &&
            cmake --build "$here" --parallel "$jobs" --target $programs &&
            find "$here" -name '*.gcda' -delete
    } >"$here.log" 2>&1; then
        tail -n 100 "$here.log" >&2
        echo "coverage: the tests do not build for $processor: the end of $here.log is above" >&2
        exit 1
    fi
    for program in $programs; do
        find "$here" -name "$program" -type f | while read -r path; do "$path"; done
    done
done

for branches in "" --branches; do
    gcovr --root . --filter include/ --exclude-throw-branches --exclude-unreachable-branches $branches $out
done
