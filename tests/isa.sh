#!/bin/sh
# Builds the tests for instruction sets and runs them, under an emulator where this processor has them not; then compares the
# bits of all results with those of this processor's oldest instruction set. tests/run.sh --isa calls it.
#
#   sh tests/isa.sh NAME...     all: every one of
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/.."

# name, system, compiler, its flags, what runs the programs (native: this processor, if it has what is named), and which
# of the bits are its own
table() {
    grep -v '^#' <<'TABLE'
baseline  x86_64   g++                            -march=x86-64                                  native -
v2        x86_64   g++                            -march=x86-64-v2                               native:ssse3,sse4_1,sse4_2,popcnt -
avx       x86_64   g++                            -march=x86-64-v2,-mavx                         native:avx -
v3        x86_64   g++                            -march=x86-64-v3                               native:avx2,fma,bmi1,bmi2,f16c,abm,movbe -
v4        x86_64   g++                            -march=x86-64-v4                               native:avx512f,avx512bw,avx512cd,avx512dq,avx512vl -
aarch64   aarch64  aarch64-linux-gnu-g++          -Wno-psabi                                     qemu-aarch64 -
sve       aarch64  aarch64-linux-gnu-g++          -march=armv8.2-a+sve,-msve-vector-bits=256,-Wno-psabi qemu-aarch64,-cpu,max,sve256=on,sve-default-vector-length=32 -
armhf     arm      arm-linux-gnueabihf-g++        -mfpu=neon,-Wno-psabi                          qemu-arm denormals,nan
riscv64   riscv64  riscv64-linux-gnu-g++          -march=rv64gc                                  qemu-riscv64 nan
rvv       riscv64  riscv64-linux-gnu-g++          -march=rv64gcv_zvl128b,-mrvv-vector-bits=zvl   qemu-riscv64,-cpu,rv64,v=true,vlen=128,vext_spec=v1.0 nan
ppc64le   ppc64le  powerpc64le-linux-gnu-g++      -mcpu=power8,-mvsx                             qemu-ppc64le -
TABLE
}

all=$(table | awk '{ print $1 }')
[ "$*" != all ] || set -- $all
[ $# -gt 0 ] || set -- --help
for name; do
    if ! echo "$all" | grep -qxe "$name"; then
        echo "isa: there is no instruction set \"$name\", but" $all >&2
        exit 2
    fi
done

jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
out=.build/tests/isa
mkdir -p $out

# The rest of the line of $1.
describe() {
    read -r system compiler flags runner exceptions <<LINE
$(table | awk -v name="$1" '$1 == name { print $2, $3, $4, $5, $6 }')
LINE
    flags=$(echo "$flags" | tr , ' ')
    runner=$(echo "$runner" | tr , ' ')
}

# Whether the processor has what $runner names.
runs_here() {
    for feature in $(echo "$runner" | sed 's/native:\{0,1\}//'); do
        grep -q "^flags.* $feature\( \|\$\)" /proc/cpuinfo || return 1
    done
}

setup_group() { case $1 in arm) echo armhf ;; *) echo "$1" ;; esac; }

# What the build for this machine has found: packages of headers, which fit every machine.
cached() { sed -n "s/^$1:PATH=//p" $out/baseline/CMakeCache.txt; }

# try NAME: builds and runs; leaves the bits of the results in $out/NAME.txt.
try() {
    describe "$1"
    set -- "$1" -DCMAKE_CXX_COMPILER=$compiler "-DCMAKE_CXX_FLAGS=$flags"
    case $runner in
    native*)
        emulator=
        if [ "$(uname -m)" != "$system" ]; then
            echo "isa: $1: needs an $system machine"
            return
        fi
        ;;
    *)
        emulator=$runner
        sh cmake/setup.sh build tests $(setup_group "$system")
        set -- "$@" -DCMAKE_SYSTEM_NAME=Linux -DCMAKE_SYSTEM_PROCESSOR=$system -DCMAKE_EXE_LINKER_FLAGS=-static \
            "-DCMAKE_CROSSCOMPILING_EMULATOR=$(echo "$emulator" | tr ' ' ';')" \
            -Dxsimd_DIR="$(cached xsimd_DIR)" -DCatch2_DIR="$(cached Catch2_DIR)"
        ;;
    esac
    build=$out/$1 name=$1
    shift
    if ! echo 'int main() {}' | $compiler $flags -std=c++20 -fsyntax-only -x c++ - >/dev/null 2>&1; then
        echo "isa: $name: this $compiler does not know $flags"
        return
    fi
    if ! {
        cmake -S . -B "$build" -G "Unix Makefiles" -DCMAKE_BUILD_TYPE=Release -DSIMDACT_BUILD_BENCH=OFF \
            -DSIMDACT_BUILD_EXAMPLES=OFF -DSIMDACT_TEST_BUILDS=OFF -DSIMDACT_TEST_HEADERS=separate \
            -DSIMDACT_TEST_PREFIX="$name/" "$@" &&
            cmake --build "$build" --parallel "$jobs" --target all simdact_bits
    } >"$build.log" 2>&1; then
        tail -n 50 "$build.log" >&2
        echo "isa: $name does not build: the end of $build.log is above" >&2
        exit 1
    fi
    if [ -z "$emulator" ] && ! runs_here; then
        echo "isa: $name compiles, but this processor cannot run it"
        return
    fi
    $emulator "$build/tests/simdact_bits" >"$out/$name.txt"
    ctest --test-dir "$build" --parallel "$jobs" --output-on-failure --label-exclude exhaustive >"$build.tests.log" 2>&1 || {
        tail -n 50 "$build.tests.log" >&2
        echo "isa: $name fails: the end of $build.tests.log is above" >&2
        exit 1
    }
    echo "isa: $name: $(grep 'tests passed' "$build.tests.log")"
    compared="$compared $name:$exceptions=@$out/$name.txt"
}

sh cmake/setup.sh build tests
compared=
try baseline
for name; do
    [ "$name" = baseline ] || try "$name"
done
cmake --build $out/baseline --target simdact_compare >/dev/null
$out/baseline/tests/simdact_compare $compared
