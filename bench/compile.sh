#!/bin/sh
# What including simdact costs: the time to compile a call of elu's forward, beside a file that includes xsimd and calls
# nothing, and the bytes of machine code of each kernel with all it needs.
#
#   sh bench/compile.sh COMPILER FLAG...
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/.."
out=.build/bench/compile
mkdir -p $out

compile() { "$@" -std=c++20 -Iinclude -c $out/probe.cpp -o $out/probe.o; }

# Seconds of processor time that compiling the text takes.
seconds() {
    echo "$1" >$out/probe.cpp
    shift
    (
        compile "$@"
        times >$out/times # not into a pipe, whose shell has no children
        awk 'NR == 2 { split($0, part, /[ms ]+/); print part[1] * 60 + part[2] + part[3] * 60 + part[4] }' $out/times
    )
}

call='#include <simdact/simdact.hpp>
void f(std::span<const float> x, std::span<float> y) { simdact::forward(simdact::elu{}, x, y); }'
: >$out/xsimd
: >$out/simdact
for _ in 1 2 3 4 5 6 7; do
    seconds '#include <xsimd/xsimd.hpp>' "$@" >>$out/xsimd
    seconds "$call" "$@" >>$out/simdact
done
median() { sort -n "$1" | sed -n 4p; }
echo "compile time: xsimd alone $(median $out/xsimd) s, a call of elu forward $(median $out/simdact) s," \
    "ratio $(echo "$(median $out/simdact) $(median $out/xsimd)" | awk '{ printf "%.2f", $1 / $2 }')"

# The names of a list in functions.hpp.
functions() {
    cat >$out/names.cpp <<SOURCE
#include <simdact/functions.hpp>
#include <cstdio>
int main() { simdact::$1::for_each([]<class F>(std::type_identity<F>) { std::puts(F::name); }); }
SOURCE
    shift
    "$@" -std=c++20 -Iinclude $out/names.cpp -o $out/names
    $out/names
}

# bytes FUNCTION KERNEL ARGUMENTS COMPILER FLAG...: a line for the call, if there is one.
bytes() {
    name=$1/$2
    cat >$out/probe.cpp <<SOURCE
#include <simdact/simdact.hpp>
void f(std::span<const float> x, std::span<const float> dy, std::span<float> out, std::span<std::uint8_t> mask,
       simdact::channel_shape shape, std::span<const float> slopes, std::span<float> dslopes) {
    simdact::${2%_of_*}(simdact::$1{}, $3);
    (void)x, (void)dy, (void)out, (void)mask, (void)shape, (void)slopes, (void)dslopes;
}
SOURCE
    shift 3
    if compile "$@" 2>/dev/null; then
        nm -S -t d $out/probe.o |
            awk -v name="$name" 'NF == 4 && $3 ~ /[tTwW]/ { sum += $2 } END { printf "  %-40s %6d\n", name, sum }'
    fi
}

echo "bytes of code (float):"
for function in $(functions elementwise_functions "$@"); do
    bytes "$function" forward "x, out" "$@"
    bytes "$function" derivative "x, out" "$@"
    bytes "$function" backward "x, dy, out" "$@"
    bytes "$function" backward_from_output "x, dy, out" "$@"
    bytes "$function" forward_with_mask "x, out, mask" "$@"
    bytes "$function" backward_from_mask "mask, dy, out" "$@"
done
for function in $(functions channelwise_functions "$@"); do
    bytes "$function" forward "shape, x, slopes, out" "$@"
    bytes "$function" backward_of_x "shape, x, slopes, dy, out" "$@"
    bytes "$function" backward_of_x_and_slopes "shape, x, slopes, dy, out, dslopes" "$@"
done
