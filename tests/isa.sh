#!/bin/sh
# Builds the tests for instruction sets and runs them, under an emulator where this processor has them not; then compares
# the bits of all results with each other, and on x86-64 with those of the oldest and of x86-64-v3. tests/run.sh --isa
# calls it.
#
#   sh tests/isa.sh NAME...     all: every one of
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/.."
# shellcheck source=cmake/processor.sh
. cmake/processor.sh

# name, system, compiler, its flags, what runs the programs (native: this processor, if it has what is named), and which
# of the bits are its own
table() {
    grep -v '^#' <<'TABLE'
baseline  x86_64   g++                            -march=x86-64                                  native -
v2        x86_64   g++                            -march=x86-64-v2                               native:ssse3:sse4_1:sse4_2:popcnt -
avx       x86_64   g++                            -march=x86-64-v2,-mavx                         native:avx -
v3        x86_64   g++                            -march=x86-64-v3                               native:avx2:fma:bmi1:bmi2:f16c:abm:movbe -
v4        x86_64   g++                            -march=x86-64-v4                               native:avx512f:avx512bw:avx512cd:avx512dq:avx512vl -
aarch64   aarch64  aarch64-linux-gnu-g++          -Wno-psabi                                     qemu-aarch64 -
sve       aarch64  aarch64-linux-gnu-g++          -march=armv8.2-a+sve,-msve-vector-bits=256,-Wno-psabi qemu-aarch64:-cpu:max,sve256=on,sve-default-vector-length=32 -
armhf     arm      arm-linux-gnueabihf-g++        -mfpu=neon,-Wno-psabi                          qemu-arm denormals,nan
riscv64   riscv64  riscv64-linux-gnu-g++          -march=rv64gc                                  qemu-riscv64 nan
rvv       riscv64  riscv64-linux-gnu-g++          -march=rv64gcv_zvl128b,-mrvv-vector-bits=zvl   qemu-riscv64:-cpu:rv64,v=true,vlen=128,vext_spec=v1.0 nan
ppc64le   ppc64le  powerpc64le-linux-gnu-g++      -mcpu=power8,-mvsx,-Wno-psabi                  qemu-ppc64le -
wasm      wasm32   em++                           -msimd128                                      node nan
TABLE
}

all=$(table | awk '{ print $1 }')
# shellcheck disable=SC2086 # words
[ "$*" != all ] || set -- $all
[ $# -gt 0 ] || set -- --help
for name; do
    if ! echo "$all" | grep -qxe "$name"; then
        echo "isa: there is no instruction set \"$name\", but $(echo $all)" >&2
        exit 2
    fi
done

jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
out=.build/tests/isa
mkdir -p $out/include

# The rest of the line of $1.
describe() {
    read -r system compiler flags runner exceptions <<LINE
$(table | awk -v name="$1" '$1 == name { print $2, $3, $4, $5, $6 }')
LINE
    flags=$(echo "$flags" | tr , ' ')
    runner=$(echo "$runner" | tr : ' ')
}

# Whether the processor has what $runner names, or what $runner is does without.
runs_here() {
    [ -z "$emulator" ] || return 0
    # shellcheck disable=SC2086 # words
    cpu_has ${runner#native}
}

setup_group() { case $1 in arm) echo armhf ;; wasm32) echo wasm ;; *) echo "$1" ;; esac; }

# What a build for this machine finds: packages of headers, which fit every machine.
found() { sed -n "s/^$1_DIR:PATH=//p" $out/here/CMakeCache.txt; }

# Catch2 3 is a library: an installed one is for this machine.
catch2_is_headers() { [ -e "$(found Catch2)/../../../include/catch2/catch.hpp" ]; }

fail() {
    tail -n 50 "$2" >&2
    echo "isa: $1: the end of $2 is above" >&2
    exit 1
}

# bits NAME: those of the results, as $compiler makes them, in $out/NAME.txt.
bits() {
    # shellcheck disable=SC2086 # words
    bits_of_units "$1" $compiler $flags $link -std=c++20 -O2 -Iinclude -isystem $out/include \
        -DKERNELS_ALONE >"$out/$1.bits.log" 2>&1 || fail "$1 does not compile" "$out/$1.bits.log"
    runs_here || return 1
    $emulator "$out/$1.bits" >"$out/$1.txt" || fail "$1 does not run" "$out/$1.txt"
    compared="$compared $1:$exceptions=@$out/$1.txt"
}

# bits_of_units NAME COMPILER...: the program.
bits_of_units() {
    program=$out/$1.bits
    shift
    names=
    for description in tests/functions/*.cpp; do
        names="$names f($(basename "$description" .cpp))"
    done
    "$@" "-DNAMES(f)=$names" "-DALL_NAMES(f)=$names" tests/tables/*.cpp tests/builds/bits.cpp tests/description.cpp \
        tests/functions/*.cpp -o "$program"
}

# skip NAME WHY
skip() {
    echo "isa: $1: $2"
    skipped="$skipped $1"
}

# try NAME: builds and runs the tests.
try() {
    name=$1 build=$out/$1
    describe "$name"
    set -- -DCMAKE_CXX_COMPILER=$compiler "-DCMAKE_CXX_FLAGS=$flags"
    emulator= link= suite=yes
    case $runner in
    native*)
        if [ "$(uname -m)" != "$system" ]; then
            skip "$name" "needs an $system machine"
            return
        fi
        ;;
    *)
        emulator=$runner
        sh cmake/setup.sh build $(setup_group "$system")
        [ $system = wasm32 ] || link=-static
        if catch2_is_headers; then
            set -- "$@" -DCatch2_DIR="$(found Catch2)"
        else
            suite=${Catch2_ROOT:+yes}
        fi
        [ $system != wasm32 ] || suite= # it has no pages to protect, and no shell
        set -- "$@" -DCMAKE_SYSTEM_NAME=Linux -DCMAKE_SYSTEM_PROCESSOR=$system -DCMAKE_EXE_LINKER_FLAGS=$link \
            "-DCMAKE_CROSSCOMPILING_EMULATOR=$(echo "$emulator" | tr ' ' ';')" -Dxsimd_DIR="$(found xsimd)"
        ;;
    esac
    if ! echo 'int main() {}' | $compiler $flags -std=c++20 -fsyntax-only -x c++ - >/dev/null 2>&1; then
        skip "$name" "this $compiler does not know $flags"
        return
    fi
    bits "$name" || suite=build
    if [ "$suite" ]; then
        {
            cmake -S . -B "$build" -G "Unix Makefiles" -DCMAKE_BUILD_TYPE=Release -DSIMDACT_BUILD_BENCH=OFF \
                -DCMAKE_CATCH_DISCOVER_TESTS_DISCOVERY_MODE=PRE_TEST \
                -DSIMDACT_BUILD_EXAMPLES=OFF -DSIMDACT_TEST_BUILDS=OFF -DSIMDACT_TEST_HEADERS=separate \
                -DSIMDACT_TEST_PREFIX="$name/" "$@" &&
                cmake --build "$build" --parallel "$jobs"
        } >"$build.log" 2>&1 || fail "$name does not build" "$build.log"
    fi
    said="isa: $name ($(sed 1q "$out/$name.txt" 2>/dev/null))"
    case $suite:$system in
    build:*) skip "$name" "compiles, but this processor cannot run it" ;;
    yes:*)
        ctest --test-dir "$build" --parallel "$jobs" --output-on-failure --label-exclude exhaustive \
            >"$build.tests.log" 2>&1 || fail "$name fails" "$build.tests.log"
        echo "$said: $(grep 'tests passed' "$build.tests.log")"
        ;;
    :wasm32) echo "$said runs" ;;
    *) echo "$said runs; the tests need Catch2 2, or in Catch2_ROOT a Catch2 3 for $system" ;;
    esac
}

sh cmake/setup.sh build tests exhaustive
cmake -S . -B $out/here -DSIMDACT_BUILD_BENCH=OFF -DSIMDACT_BUILD_EXAMPLES=OFF >$out/here.log 2>&1 ||
    fail "the tests cannot be configured" $out/here.log
ln -sfn "$(found xsimd)/../../../include/xsimd" $out/include/xsimd
compared= skipped=
for name; do
    try "$name"
done
[ -z "$skipped" ] || echo "isa: not run:$skipped"
if [ "$(echo $skipped | wc -w)" -eq $# ]; then
    echo "isa: so nothing was run" >&2
    exit 1
fi
# Something to compare with: without FMA and with it.
for name in baseline v3; do
    describe $name
    emulator= link=
    case " $compared" in
    *" $name:"*) ;;
    *) [ "$(uname -m)" != x86_64 ] || bits $name || : ;;
    esac
done
g++ -std=c++20 -O1 tests/builds/compare.cpp -o $out/compare
# shellcheck disable=SC2086 # words
set -- $compared
if [ $# -lt 2 ]; then
    echo "isa: $1 has nothing to be compared with: name another one too" >&2
    exit 1
fi
$out/compare "$@"
