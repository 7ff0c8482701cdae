#!/bin/sh
# Shows that the tests notice faults: plants each of those in faults.txt, one at a time, in a copy of the project, builds
# the tests that should notice it, and runs them. Exits with 1 if a fault survives.
#
#   sh tests/mutants/run.sh              all of them
#   sh tests/mutants/run.sh NAME...      these
#   sh tests/mutants/run.sh --list       names only; exits with 1 if a text to replace is not found as it should be
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/../.."

list=false
case ${1-} in
--list)
    list=true
    shift
    ;;
--help | -h)
    sed -n '2,/^set/s/^# \{0,1\}//p' tests/mutants/run.sh
    exit 0
    ;;
esac
wanted=" $* "
for name; do
    grep -qx "fault  *$name" tests/mutants/faults.txt || {
        echo "mutants: there is no fault \"$name\" in tests/mutants/faults.txt" >&2
        exit 2
    }
done

out=.build/mutants
tree=$out/tree
flags=
# shellcheck source=cmake/processor.sh
. cmake/processor.sh
! cpu_has $x86_64_v3 || flags=-march=x86-64-v3

# with_fault FILE: FILE with the fault, from the variables after, find and plant. Fails where it is not clear which text
# is meant.
with_fault() {
    after=$after find=$find plant=$plant awk '
        function once(text, part) {
            at = index(text, part)
            return at && !index(substr(text, at + length(part)), part)
        }
        { text = text $0 "\n" }
        END {
            find = ENVIRON["find"]; after = ENVIRON["after"]
            if (find == ENVIRON["plant"] || !once(text, after == "" ? find : after)) exit 1
            from = after == "" ? 1 : index(text, after) + length(after)
            at = index(substr(text, from), find)
            if (!at) exit 1
            at += from - 1
            printf "%s", substr(text, 1, at - 1) ENVIRON["plant"] substr(text, at + length(find))
        }' "$1"
}

# The copy is as the project again; only what differs is written, so that only that is built again.
copy() {
    find ./CMakeLists.txt cmake examples include tests -type f | while read -r path; do
        cmp -s "$path" "$tree/$path" && continue
        mkdir -p "$tree/${path%/*}"
        cp "$path" "$tree/$path"
    done
    find "$tree" -type f | while read -r path; do
        [ -e "./${path#"$tree"/}" ] || rm "$path"
    done
}

# build_tests KIND TEST: whether they compile; what the compiler says comes on stdout. KIND is plain, baseline or sanitized.
build_tests() {
    case $1 in
    plain) kind_flags=$flags ;;
    baseline) kind_flags= ;;
    sanitized) kind_flags="$flags -fsanitize=address,undefined -fno-sanitize-recover=all" ;;
    esac
    # shellcheck disable=SC3013 # every shell has -nt
    if ! [ -e "$out/$1/Makefile" ] || [ "$tree/tests/mutants/CMakeLists.txt" -nt "$out/$1/Makefile" ]; then
        cmake -S "$tree/tests/mutants" -B "$out/$1" -G "Unix Makefiles" -DCMAKE_BUILD_TYPE= \
            -DCMAKE_CXX_COMPILER="${CXX:-g++}" -DCMAKE_CXX_FLAGS="-O1 $kind_flags" || return
    fi
    cmake --build "$out/$1" --target "$2"
}

# run_tests KIND TEST: whether they pass. A fault that makes a loop endless is ended after two minutes of CPU time.
run_tests() {
    arguments=--abort
    # What stays within the promised bound is noticed by its distance from the error that the results tell.
    case $2 in
    exhaustive) arguments="--function elu --stride 64 --compare tests/exhaustive/results" ;;
    fast_math) arguments= ;;
    math) arguments="--stride 257 --doubles 100000" ;;
    esac
    # shellcheck disable=SC2086 # words
    (ulimit -t 120 && exec "$out/$1/$2" $arguments)
}

# Without a fault the tests pass, or else their failure would say nothing.
passed=" "
check_without_fault() {
    case $passed in *" $kind/$test "*) return ;; esac
    if ! { build_tests "$kind" "$test" && run_tests "$kind" "$test"; } >"$out/log" 2>&1; then
        tail -n 30 "$out/log" >&2
        echo "mutants: $test ($kind) fails without a fault: the end of $out/log is above" >&2
        exit 1
    fi
    passed="$passed$kind/$test "
}

# Sets outcome for the fault that is described by the variables.
try_fault() {
    copy
    check_without_fault
    with_fault "$file" >"$tree/$file"
    outcome=caught
    if ! build_tests "$kind" "$test" >"$out/$name.log" 2>&1; then
        [ "$notice" = compile ] || outcome=BROKEN # it says nothing about the tests
    elif [ "$notice" = compile ] || run_tests "$kind" "$test" >>"$out/$name.log" 2>&1; then
        outcome=SURVIVED
    fi
}

caught=0
others=0
finish_fault() {
    [ -n "$name" ] || return 0
    case $wanted in *" $name "* | "  ") ;; *) return 0 ;; esac
    if ! with_fault "$file" >/dev/null; then
        echo "mutants: $name: \"$find\" is not found as it should be in $file" >&2
        others=$((others + 1))
    elif $list; then
        echo "$name"
    else
        try_fault
        echo "$outcome  $name"
        [ "$outcome" = caught ] && caught=$((caught + 1)) || others=$((others + 1))
    fi
}

$list || mkdir -p $out
name=
while read -r key value <&3; do
    case $key in
    '' | '#'*) ;;
    fault)
        finish_fault
        name=$value file= after= find= plant= test= notice=run kind=plain
        ;;
    in) file=$value ;;
    after) after=$value ;;
    find) find=$value ;;
    plant) plant=$value ;;
    test) test=$value ;;
    compile) test=$value notice=compile ;;
    build) kind=$value ;;
    *)
        echo "mutants: faults.txt has a line \"$key\" in $name" >&2
        exit 2
        ;;
    esac
done 3<tests/mutants/faults.txt
finish_fault

$list || echo "$caught caught, $others not"
[ "$others" -eq 0 ]
