#!/bin/sh
# Measures every kernel beside the other libraries on this machine, and says where simdact stands.
#
#   sh bench/run.sh [options]
#     --quick            float only and fewer turns: two minutes
#     --peers            first install Eigen, Highway, oneDNN, SLEEF, XNNPACK and libtorch, where they are packaged
#     --plot             first install gnuplot, which draws the picture where it is present
#     --compiler NAME    g++ (the default), clang++, ...
#     --flags "FLAGS"    instead of -O3 -march=x86-64-v3, or -O3 where the processor has not that
#     --filter REGEX     only these cells, by name: elu/forward/float/out/4096
#     --compile          instead: the time to compile, and the size of the code
#     --levels           instead: 4096 floats for each -m level from x86-64 to x86-64-v3
#
# Results are left in .build/bench/results: table.txt, times.json (Google Benchmark's format), plot.svg.
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/.."
command="sh bench/run.sh $*"

quick=
peers=
plot=
compile=
levels=
compiler=
flags=
filter=.
usage() {
    sed -n '2,/^set/s/^# \{0,1\}//p' bench/run.sh
    exit "$1"
}
while [ $# -gt 0 ]; do
    case $1 in
    --quick) quick=--quick ;;
    --peers) peers=yes ;;
    --plot) plot=yes ;;
    --compile) compile=yes ;;
    --levels) levels=yes ;;
    --compiler | --flags | --filter)
        [ $# -gt 1 ] || usage 2 >&2
        eval "${1#--}=\$2"
        shift
        ;;
    --help | -h) usage 0 ;;
    *) usage 2 >&2 ;;
    esac
    shift
done

if [ -n "$compiler" ]; then
    CXX=$compiler
    export CXX
fi
sh cmake/setup.sh build bench
[ -n "$compiler" ] || compiler=${CXX:-$(command -v g++ >/dev/null && echo g++ || echo c++)}
[ -z "$plot" ] || sh cmake/setup.sh plot
[ -z "$peers" ] || sh cmake/setup.sh peers || echo "bench: going on without the peers that are missing" >&2

# shellcheck source=cmake/processor.sh
. cmake/processor.sh
if [ -z "$flags" ]; then
    flags=-O3
    ! cpu_has $x86_64_v3 || flags="-O3 -march=x86-64-v3"
fi

if [ -n "$compile" ]; then
    # shellcheck disable=SC2086 # the words of a command
    exec sh bench/compile.sh "$compiler" $flags
fi

[ -z "$levels" ] || exec sh bench/levels.sh "$compiler"

build=.build/bench/$(echo "$compiler $flags" | tr -c 'a-zA-Z0-9+=\n-' _)
results=.build/bench/results
mkdir -p "$build" $results
if ! {
    cmake -S . -B "$build" -G "Unix Makefiles" -DCMAKE_BUILD_TYPE=None -DCMAKE_CXX_COMPILER="$compiler" \
        -DCMAKE_CXX_FLAGS="$flags -DNDEBUG" -DSIMDACT_BUILD_TESTS=OFF -DSIMDACT_BUILD_EXAMPLES=OFF \
        -DSIMDACT_BUILD_BENCH=ON -DSIMDACT_BENCH_PEERS=ON &&
        cmake --build "$build" --parallel "$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)"
} >"$build/log" 2>&1; then
    tail -n 100 "$build/log" >&2
    echo "bench: it does not build: the end of $build/log is above" >&2
    exit 1
fi

rm -f $results/*
{
    echo "# $command"
    echo "# $(date -u +%Y-%m-%d), $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1)"
    echo "# $("$compiler" --version | head -n 1), $flags"
    # One thread for everybody. Progress goes to stderr.
    OMP_NUM_THREADS=1 "$build/bench/kernels_bench" $quick --plot-data=$results --benchmark_filter="$filter" \
        --benchmark_out=$results/times.json
} >$results/table.txt
cat $results/table.txt

if command -v gnuplot >/dev/null; then
    gnuplot -e "folder='$results'; output_file='$results/plot.svg'" bench/plot.gp 2>$results/plot.log
else
    echo "bench: no gnuplot, so no picture (--plot installs it)" >&2
fi
