#!/bin/sh
# Which lines and branches of include/ the tests run, unoptimised, in builds for the oldest x86-64 and for the later ones
# that this processor has, together: the lines by gcov, and the branches as conditions in the source that were true and
# false, since gcov counts those of each copy of a template on its own.
#
#   sh tests/coverage.sh     a table with the lines that no test runs, and the conditions never true or never false
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
# shellcheck source=cmake/processor.sh
. cmake/processor.sh

# The tools of clang's own version; Debian has them under names with the version too.
tool() {
    version=$(clang++ -dumpversion | cut -d. -f1)
    command -v "$1-$version" || command -v "$1"
}

out=.build/coverage
jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
processors=native
case $(uname -m) in x86_64 | amd64)
    processors=x86-64
    ! cpu_has $x86_64_v3 || processors="$processors x86-64-v3"
    ! cpu_has $x86_64_v3 $x86_64_v4 || processors="$processors x86-64-v4"
    ;;
esac
names="simdact_tests simdact_tests_streamed_stores simdact_tests_dispatch" # with dispatch is for all of them: once
programs=
mkdir -p $out
export LLVM_PROFILE_FILE="$PWD/$out/of-the-build" # what is run to find the tests counts for nothing
for processor in $processors; do
    here=$out/$processor
    mkdir -p "$here"
    rm -f "$here"/*.profraw
    if ! {
        cmake -S . -B "$here" -G "Unix Makefiles" -DCMAKE_BUILD_TYPE= -DCMAKE_CXX_COMPILER=clang++ \
            -DCMAKE_CXX_FLAGS="-march=$processor --coverage -fprofile-instr-generate -fcoverage-mapping" \
            -DSIMDACT_BUILD_BENCH=OFF -DSIMDACT_BUILD_EXAMPLES=OFF -DSIMDACT_TEST_HEADERS=separate &&
            cmake --build "$here" --parallel "$jobs" --target $names &&
            find "$here" -name '*.gcda' -delete
    } >"$here.log" 2>&1; then
        tail -n 100 "$here.log" >&2
        echo "coverage: the tests do not build for $processor: the end of $here.log is above" >&2
        exit 1
    fi
    for name in $names; do
        program=$(find "$here" -name "$name" -type f)
        LLVM_PROFILE_FILE=$here/$name.profraw "$program" >"$here/$name.log"
        programs="$programs -object $program"
    done
    names=${names% simdact_tests_dispatch}
done
"$(tool llvm-profdata)" merge -o $out/all.profdata $out/*/*.profraw

gcovr --root . --filter include/ --gcov-executable "$(tool llvm-cov) gcov" $out
echo "Conditions that are never true, or never false, in all copies of a template together:"
# shellcheck disable=SC2086 # words
"$(tool llvm-cov)" export -instr-profile=$out/all.profdata ${programs# -object} "$PWD/include" 2>$out/export.log |
    jq --arg here "$PWD/" --raw-output '
        [.data[0].functions[] | .filenames as $files | .branches[]
            | {file: $files[.[6]], line: .[0], column: .[1], true: .[4], false: .[5]}
            | select(.file | startswith($here + "include/"))]
        | group_by(.file, .line, .column)
        | map({file: .[0].file | ltrimstr($here), line: .[0].line, column: .[0].column,
               true: map(.true) | add, false: map(.false) | add})
        | (.[] | select(.true == 0 or .false == 0)
            | "\(.file):\(.line):\(.column) \(if .true > 0 then "never false" elif .false > 0 then "never true"
                                               else "neither" end)"),
          "\(map(select(.true > 0 and .false > 0)) | length) of \(length) were both"'
