#!/bin/sh
# Measures every kernel beside the other libraries on this machine, and says where simdact stands.
#
#   sh bench/run.sh [options]
#     --quick            float only and fewer turns: a quarter of an hour for each instruction set
#     --peers            first install Eigen, Highway, oneDNN, SLEEF, XNNPACK and libtorch, where they are packaged
#     --plot             first install gnuplot, which draws the picture where it is present
#     --compiler NAME    g++ (the default), clang++, ...
#     --flags "FLAGS"    these, instead of -O3 with each of -march=x86-64-v3 and -v4 that the processor has
#     --filter REGEX     only these cells, by name: elu/forward/float/out/4096
#     --compile          instead: the time to compile, and the size of the code
#     --rows             instead: softmax and its kin, whole rows; gated units
#     --levels           instead: 4096 floats for each -m level from x86-64 to x86-64-v3
#
# Results are left in a folder of .build/bench/results for each instruction set: table.txt, times.json (Google
# Benchmark's format), plot.svg; rows.txt of --rows.
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/.."
command="sh bench/run.sh $*"

quick=
peers=
plot=
compile=
levels=
rows=
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
    --rows) rows=yes ;;
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
levels_here=
if cpu_has $x86_64_v3; then
    levels_here=x86-64-v3
    ! cpu_has $x86_64_v4 || levels_here="$levels_here x86-64-v4"
fi

if [ -n "$compile" ]; then
    # shellcheck disable=SC2086 # the words of a command
    exec sh bench/compile.sh "$compiler" ${flags:--O3${levels_here:+ -march=${levels_here%% *}}}
fi

[ -z "$levels" ] || exec sh bench/levels.sh "$compiler"

# measure FOLDER FLAGS: builds with these flags and measures.
measure() {
    build=.build/bench/$(echo "$compiler $2" | tr -c 'a-zA-Z0-9+=\n-' _)
    results=.build/bench/results/$1
    mkdir -p "$build"
    if ! {
        cmake -S . -B "$build" -G "Unix Makefiles" -DCMAKE_BUILD_TYPE=None -DCMAKE_CXX_COMPILER="$compiler" \
            -DCMAKE_CXX_FLAGS="$2 -DNDEBUG" -DSIMDACT_BUILD_TESTS=OFF -DSIMDACT_BUILD_EXAMPLES=OFF \
            -DSIMDACT_BUILD_BENCH=ON -DSIMDACT_BENCH_PEERS=ON &&
            cmake --build "$build" --parallel "$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)" ${rows:+--target rows_bench}
    } >"$build/log" 2>&1; then
        tail -n 100 "$build/log" >&2
        echo "bench: it does not build: the end of $build/log is above" >&2
        exit 1
    fi

    [ -n "$rows" ] || rm -rf "$results"
    mkdir -p "$results"
    head="# $command
# $(date -u +%Y-%m-%d), $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1)
# $("$compiler" --version | head -n 1), $2"
    if [ -n "$rows" ]; then
        { echo "$head" && OMP_NUM_THREADS=1 "$build/bench/rows_bench" $quick; } >"$results/rows.txt"
        cat "$results/rows.txt"
        return
    fi
    {
        echo "$head"
        # One thread for everybody. Progress goes to stderr.
        OMP_NUM_THREADS=1 "$build/bench/kernels_bench" $quick --plot-data="$results" --benchmark_filter="$filter" \
            --benchmark_out="$results/times.json"
    } >"$results/table.txt"
    cat "$results/table.txt"

    if command -v gnuplot >/dev/null; then
        gnuplot -e "folder='$results'; output_file='$results/plot.svg'" bench/plot.gp 2>"$results/plot.log"
    else
        echo "bench: no gnuplot, so no picture (--plot installs it)" >&2
    fi
}

if [ -n "$flags" ]; then
    measure given "$flags"
elif [ -z "$levels_here" ]; then
    measure plain -O3
else
    for level in $levels_here; do
        measure "$level" "-O3 -march=$level"
    done
fi

# What takes longer with wider batches: 1/0.95 of the time, or 1/0.85 from 1 Mi elements on.
if [ -z "$flags$rows" ] && [ "$levels_here" != "${levels_here#* }" ]; then
    awk '
        $1 !~ /^[^#]*\/[^\/]*\/[^\/]*\/(in|out)\/[0-9]+$/ || $2 !~ /^[0-9.]+$/ || NF < 8 { next }
        FNR == NR { before[$1] = $2; next }
        $1 in before {
            split($1, part, "/")
            ++cells
            ratio = before[$1] / $2
            if (ratio < (part[5] + 0 >= 1048576 ? 0.85 : 0.95)) { slower[++n] = sprintf("%.2f  %s", ratio, $1) }
        }
        END {
            printf "\n%d of %d cells take longer for x86-64-v4 than for x86-64-v3 (time for v3 / for v4):\n", n, cells
            for (i = 1; i <= n; ++i) print slower[i]
        }' .build/bench/results/x86-64-v3/table.txt .build/bench/results/x86-64-v4/table.txt
fi
