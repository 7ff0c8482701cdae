#!/bin/sh
# Installs what is missing on this machine, and only that, with its package manager: as root, or through sudo.
#
#   sh cmake/setup.sh GROUP...      groups are the first column below; build is a part of the others
#
# Where it cannot install, it says what to install and by which command, and exits with 1. Where nothing is missing it
# says nothing and starts no package manager.
set -eu

# What is needed, how it is found (a function below and its argument), and the package that brings it: packages are joined
# by commas, and - says that another line brings it or that it is not packaged there.
table() {
    grep -v '^#' <<'TABLE'
# group need             probe                 apt              dnf                     pacman       zypper           apk                brew
build   C++20-compiler   cxx20:default         g++              gcc-c++                 gcc          gcc-c++          g++                gcc
build   make             program:make          make             make                    make         make             make               make
build   cmake-3.24       at_least:3.24         cmake            cmake                   cmake        cmake            cmake              cmake
build   xsimd            package:xsimd         libxsimd-dev     xsimd-devel             xsimd        xsimd-devel      xsimd-dev          xsimd
tests   g++              cxx20:g++             g++              gcc-c++                 gcc          gcc-c++          g++                gcc
tests   g++-sanitizers   sanitizers:g++        -                libasan,libubsan        -            -                -                  -
tests   clang            cxx20:clang++         clang            clang                   clang        clang            clang              llvm
tests   clang-sanitizers sanitizers:clang++    libclang-rt-dev  compiler-rt             compiler-rt  -                compiler-rt        -
tests   Catch2           package:Catch2        catch2           catch-devel             catch2       Catch2-devel     catch2-3           catch2
tests   pkg-config       program:pkg-config    pkgconf          pkgconf-pkg-config      pkgconf      pkg-config       pkgconf            pkgconf
valgrind valgrind        program:valgrind      valgrind         valgrind                valgrind     valgrind         valgrind           valgrind
exhaustive MPFR          header:mpfr.h         libmpfr-dev      mpfr-devel              mpfr         mpfr-devel       mpfr-dev           mpfr
coverage gcovr           program:gcovr         gcovr            gcovr                   -            gcovr            gcovr              gcovr
coverage llvm-cov        program:llvm-cov      llvm             llvm                    llvm         llvm             llvm               llvm
coverage jq              program:jq            jq               jq                      jq           jq               jq                 jq
bench   Google-Benchmark package:benchmark     libbenchmark-dev google-benchmark-devel  benchmark    benchmark-devel  benchmark-dev      google-benchmark
train   Eigen            package:Eigen3        libeigen3-dev    eigen3-devel            eigen        eigen3-devel     eigen-dev          eigen
plot    gnuplot          program:gnuplot       gnuplot-nox      gnuplot                 gnuplot      gnuplot          gnuplot            gnuplot
peers   Eigen            package:Eigen3        libeigen3-dev    eigen3-devel            eigen        eigen3-devel     eigen-dev          eigen
peers   Highway          package:hwy           libhwy-dev       highway-devel           highway      -                highway-dev        highway
peers   oneDNN           header:oneapi/dnnl/dnnl.hpp libdnnl-dev onednn-devel           onednn       -                -                  onednn
peers   SLEEF            header:sleef.h        libsleef-dev     sleef-devel             -            -                -                  sleef
peers   XNNPACK          header:xnnpack.h      libxnnpack-dev,libpthreadpool-dev,libcpuinfo-dev xnnpack-devel,pthreadpool-devel,cpuinfo-devel - - - -
peers   libtorch         header:ATen/Version.h libtorch-dev     -                       -            -                -                  pytorch
aarch64 cross-compiler   program:aarch64-linux-gnu-g++ g++-aarch64-linux-gnu gcc-c++-aarch64-linux-gnu aarch64-linux-gnu-gcc cross-aarch64-gcc14 - -
aarch64 emulator         program:qemu-aarch64  qemu-user        qemu-user               qemu-user    qemu-linux-user  qemu-aarch64       -
armhf   cross-compiler   program:arm-linux-gnueabihf-g++ g++-arm-linux-gnueabihf - -         -                -                  -
armhf   emulator         program:qemu-arm      qemu-user        qemu-user               qemu-user    qemu-linux-user  qemu-arm           -
riscv64 cross-compiler   program:riscv64-linux-gnu-g++ g++-riscv64-linux-gnu gcc-c++-riscv64-linux-gnu riscv64-linux-gnu-gcc cross-riscv64-gcc14 - -
riscv64 emulator         program:qemu-riscv64  qemu-user        qemu-user               qemu-user    qemu-linux-user  qemu-riscv64       -
ppc64le cross-compiler   program:powerpc64le-linux-gnu-g++ g++-powerpc64le-linux-gnu gcc-c++-powerpc64le-linux-gnu powerpc64le-linux-gnu-gcc cross-ppc64le-gcc14 - -
ppc64le emulator         program:qemu-ppc64le  qemu-user        qemu-user               qemu-user    qemu-linux-user  qemu-ppc64le       -
wasm    compiler         program:em++          emscripten       emscripten              emscripten   emscripten       emscripten         emscripten
wasm    emulator         program:node          nodejs           nodejs                  nodejs       nodejs           nodejs             node
ci      clang-format     program:clang-format  clang-format     clang-tools-extra       clang        clang            clang-extra-tools  clang-format
ci      clang-tidy       program:clang-tidy    clang-tidy       clang-tools-extra       clang        clang            clang-extra-tools  -
ci      cppcheck         program:cppcheck      cppcheck         cppcheck                cppcheck     cppcheck         cppcheck           cppcheck
ci      xtensor          package:xtensor       libxtensor-dev   xtensor-devel           xtensor      -                -                  xtensor
ci      emulator         program:qemu-x86_64   qemu-user        qemu-user               qemu-user    qemu-linux-user  qemu-x86_64        -
TABLE
}

say() { echo "setup: $*" >&2; }

fail() {
    say "$*"
    exit 1
}

# The probes try the thing itself, so that it does not matter how it was installed.

program() { command -v "$1" >/dev/null; }

# A compiler that takes the library's C++20; "default" is the one that CMake would choose.
cxx20() {
    compiler=$1
    if [ "$compiler" = default ]; then
        compiler=${CXX:-$(command -v c++ || command -v g++ || command -v clang++ || echo c++)}
    fi
    cat >"$scratch/probe.cpp" <<'PROBE'
#include <concepts>
#include <span>
#if defined __clang__ ? __clang_major__ < 14 : defined __GNUC__ && __GNUC__ < 12
#error too old
#endif
int main() {}
PROBE
    $compiler -std=c++20 -fsyntax-only "$scratch/probe.cpp" >/dev/null 2>&1
}

sanitizers() {
    echo 'int main() {}' >"$scratch/probe.cpp"
    $1 -fsanitize=address,undefined -o "$scratch/probe" "$scratch/probe.cpp" >/dev/null 2>&1
}

header() { echo "#include <$1>" | ${CXX:-c++} -std=c++20 -fsyntax-only -x c++ - >/dev/null 2>&1; }

at_least() { configures "cmake_minimum_required(VERSION $1)" 'project(probe NONE)'; }

package() { configures 'cmake_minimum_required(VERSION 3.24)' 'project(probe CXX)' "find_package($1 REQUIRED)"; }

configures() {
    rm -rf "$scratch/project"
    mkdir "$scratch/project"
    printf '%s\n' "$@" >"$scratch/project/CMakeLists.txt"
    cmake -S "$scratch/project" -B "$scratch/project/build" >/dev/null 2>&1
}

# Sets missing to the lines of the table whose probe fails.
look() {
    missing=
    while read -r group need probe packages; do
        case " $groups " in *" $group "*) ;; *) continue ;; esac
        "${probe%%:*}" "${probe#*:}" || missing="$missing$need $packages
"
    done <<LINES
$(table)
LINES
}

# One column of the missing lines: each word once, "-" left out.
enumerate() {
    printf '%s' "$missing" | while read -r need apt dnf pacman zypper apk brew; do eval "echo \$$1"; done |
        tr , '\n' | grep -vx -e - | sort -u | paste -s -d ' ' -
}

all=$(table | awk '{ print $1 }' | uniq | paste -s -d ' ' -)
[ $# -gt 0 ] || fail "usage: sh cmake/setup.sh GROUP...   ($all)"
for group; do
    table | grep -q "^$group " || fail "there is no group \"$group\": it must be one of $all"
done
groups="build $*"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' INT TERM

look
[ -n "$missing" ] || exit 0

manager=
for candidate in apt-get dnf pacman zypper apk brew; do
    if program "$candidate"; then
        manager=${candidate%-get}
        break
    fi
done
needed=$(enumerate need)
[ -n "$manager" ] || fail "please install: $needed (no package manager known here: apt, dnf, pacman, zypper, apk or brew)"

packages=$(enumerate "$manager")
refresh=
case $manager in
apt)
    # Without lists apt-get finds no package. Another apt-get may hold the lock for a while on a machine just started.
    refresh="apt-get update"
    install="apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=120 $packages"
    ;;
dnf) install="dnf install -y --setopt=install_weak_deps=False $packages" ;;
pacman) install="pacman -Sy --needed --noconfirm $packages" ;;
zypper) install="zypper --non-interactive install --no-recommends $packages" ;;
apk) install="apk add --update-cache $packages" ;;
brew) install="brew install $packages" ;;
esac
[ -n "$packages" ] || fail "please install: $needed (not packaged for $manager)"

by_hand=${refresh:+$refresh && }$install

as_root=
if [ "$manager" != brew ] && [ "$(id -u)" != 0 ]; then
    as_root=sudo
    program sudo || fail "missing: $needed. This is not root and there is no sudo; please run as root:
    $by_hand"
fi

# Runs one command, whose output is shown only when it fails.
quietly() {
    # shellcheck disable=SC2086 # the words of a command; sudo would drop a variable that is only exported
    $as_root env DEBIAN_FRONTEND=noninteractive $1 >"$scratch/log" 2>&1 && return
    tail -n 20 "$scratch/log" >&2
    fail "failed (see above): $1
    Still missing: $needed. By hand:
    $by_hand"
}

say "missing: $needed"
say "installing${as_root:+ through $as_root}, with $manager: $packages"
[ -z "$refresh" ] || quietly "$refresh"
quietly "$install"

look
if [ -n "$missing" ]; then
    needed=$(enumerate need)
    fail "installed, but still not usable: $needed
    The library needs g++ 12 or clang 14 or newer (another compiler: CXX=...) and CMake 3.24 or newer."
fi
say "done"
