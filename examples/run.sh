#!/bin/sh
# Sets this machine up, builds the examples with this processor's instructions and runs one of them.
#
#   sh examples/run.sh                                     apply: all functions on a built-in tensor, as one table
#   sh examples/run.sh elu --alpha 0.5 x.npy y.npy         what follows goes to apply; --help says more
#   sh examples/run.sh train                               train: a small network once with each activation function
#   sh examples/run.sh train --data FOLDER                 on digits; sh examples/run.sh train --help says more
#   sh examples/run.sh plot                                pictures; sh examples/run.sh plot --help says which
#
# File names are relative to the directory it is called from. CXX and CXXFLAGS choose the compiler (of
# the first build) and its options.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
out=$root/.build/examples

[ $# -gt 0 ] || set -- --table
task=apply
case $1 in
train | plot)
    task=$1
    shift
    ;;
esac

# The programs that do it, and what they need, for cmake/setup.sh.
case $task in
apply) programs=apply groups=build ;;
train) programs=train groups='build train' ;;
plot) programs='train curves' groups='build train plot' ;;
esac
# shellcheck disable=SC2086 # words
sh "$root/cmake/setup.sh" $groups >&2

# The programs stay on this machine, so that they may use all it has. Not every compiler knows -march=native.
if [ -z "${CXXFLAGS+set}" ]; then
    CXXFLAGS=
    ! ${CXX:-c++} -march=native -x c++ -fsyntax-only /dev/null 2>/dev/null || CXXFLAGS=-march=native
fi

mkdir -p "$out"
[ -x "$out/examples/${programs%% *}" ] || echo "examples: building in $out" >&2
# shellcheck disable=SC2086 # words
if ! {
    cmake -S "$root" -B "$out" -G "Unix Makefiles" -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_FLAGS="$CXXFLAGS" \
        -DSIMDACT_BUILD_TESTS=OFF -DSIMDACT_BUILD_BENCH=OFF -DSIMDACT_BUILD_EXAMPLES=ON &&
        cmake --build "$out" --parallel "$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)" --target $programs
} >"$out/build.log" 2>&1; then
    tail -n 100 "$out/build.log" >&2
    echo "examples: they do not build: the end of $out/build.log is above" >&2
    exit 1
fi

[ "$task" != plot ] || exec sh "$root/examples/plot/plot.sh" "$@"
exec "$out/examples/$task" "$@"
