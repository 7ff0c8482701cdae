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

echo "bytes of code (float):"
while read -r name call; do
    cat >$out/probe.cpp <<SOURCE
#include <simdact/simdact.hpp>
using namespace simdact;
void f(std::span<const float> x, std::span<const float> dy, std::span<float> out, std::span<std::uint8_t> mask,
       channel_shape shape, std::span<const float> slopes, std::span<float> dslopes) {
    $call
    (void)x, (void)dy, (void)out, (void)mask, (void)shape, (void)slopes, (void)dslopes;
}
SOURCE
    if compile "$@" 2>/dev/null; then
        nm -S -t d $out/probe.o |
            awk -v name="$name" 'NF == 4 && $3 ~ /[tTwW]/ { sum += $2 } END { printf "  %-40s %6d\n", name, sum }'
    fi
done <<'KERNELS'
relu/forward forward(relu{}, x, out);
relu/backward backward(relu{}, x, dy, out);
relu/forward_with_mask forward_with_mask(relu{}, x, out, mask);
relu/backward_from_mask backward_from_mask(relu{}, mask, dy, out);
leaky_relu/forward forward(leaky_relu{}, x, out);
leaky_relu/backward backward(leaky_relu{}, x, dy, out);
elu/forward forward(elu{}, x, out);
elu/derivative derivative(elu{}, x, out);
elu/backward backward(elu{}, x, dy, out);
elu/backward_from_output backward_from_output(elu{}, x, dy, out);
prelu/forward forward(prelu{}, shape, x, slopes, out);
prelu/backward_of_x backward(prelu{}, shape, x, slopes, dy, out);
prelu/backward_of_x_and_slopes backward(prelu{}, shape, x, slopes, dy, out, dslopes);
KERNELS
