#!/bin/sh
# sh bench/levels.sh COMPILER: the kernels on 4096 floats for each -m level that this processor has, from x86-64 to
# x86-64-v3, in ns an element. All levels take turns, five times, and the median counts. A time that is more than 5 %
# longer than the one before it is marked.
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/.."
compiler=$1
out=.build/bench/levels-$compiler
mkdir -p "$out"
rm -f "$out"/*.times

# shellcheck source=cmake/processor.sh
. cmake/processor.sh
levels="x86-64 sse3 ssse3 sse4.1 x86-64-v2"
! cpu_has avx || levels="$levels avx"
! cpu_has avx2 || levels="$levels avx2"
! cpu_has $x86_64_v3 || levels="$levels x86-64-v3"
for level in $levels; do
    case $level in
    x86-64*) flags=-march=$level ;;
    *) flags="-march=x86-64 -m$level" ;;
    esac
    # shellcheck disable=SC2086 # words
    "$compiler" -std=c++20 -O3 $flags -I include bench/levels.cpp -o "$out/$level"
done
for turn in 1 2 3 4 5; do
    for level in $levels; do
        "$out/$level" >>"$out/$level.times"
    done
    echo "bench: turn $turn of 5" >&2
done

echo "# $("$compiler" --version | head -n 1), -O3; ns an element; * is more than 5 % slower than the level before"
printf '%-32s' kernel
for level in $levels; do printf '%11s' "$level"; done
echo
for kernel in $(cut -d ' ' -f 1 "$out/x86-64.times" | awk '!seen[$0]++'); do
    printf '%-32s' "$kernel"
    before=
    for level in $levels; do
        time=$(awk -v k="$kernel" '$1 == k { print $2 }' "$out/$level.times" | sort -n | sed -n 3p)
        printf '%10s%s' "$time" "$(awk -v t="$time" -v b="$before" 'BEGIN { print (b != "" && t > 1.05 * b) ? "*" : " " }')"
        before=$time
    done
    echo
done
