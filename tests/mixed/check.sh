#!/bin/sh
# sh check.sh shared OBJDUMP NM MINE.o OTHER.o
#     Lists the weak functions that both files have and that hold, in OTHER.o, an instruction beyond the oldest x86-64. Fails
#     if there is one, or if both have a symbol of simdact.
# sh check.sh linked COMPILER MAIN.o MINE.o OTHER.o FOLDER COMMAND...
#     Links the program with MINE.o alone, with MINE.o first and with OTHER.o first. COMMAND, which may be empty, runs them: all
#     must say the same of MINE.o's half.
set -eu
LC_ALL=C
export LC_ALL

weak() {
    "$nm" -f posix "$1" | awk '$2 ~ /^[WVu]$/ { print $1 }' | sort -u
}

shared() {
    objdump=$1 nm=$2 mine=$3 other=$4
    weak "$mine" >"$other.weak_there"
    weak "$other" | comm -12 - "$other.weak_there" >"$other.shared"
    echo "$(wc -l <"$other.weak_there") weak symbols in $mine, $(wc -l <"$other.shared") of them in $other too"
    failed=false
    # DW.ref.: where the compiler keeps the address of the unwinder.
    if grep simdact "$other.shared"; then
        echo "check.sh: both files have these symbols of simdact" >&2
        failed=true
    fi
    # v...: AVX and AVX-512, with k... for their masks; then BMI, LZCNT, MOVBE and what v2 added outside of SSE.
    "$objdump" -d --no-show-raw-insn "$other" | awk -v list="$other.shared" '
        BEGIN { while ((getline name < list) > 0) shared[name] = 1 }
        /^[0-9a-f]+ <.*>:$/ { name = substr($2, 2, length($2) - 3); next }
        (name in shared) && $2 ~ /^(v[a-z].*|k[a-z]+[bwdq]|andn|bextr|bls[a-z]+|bzhi|mulx|pdep|pext|rorx|sarx|shlx|shrx|lzcnt|movbe|popcnt|crc32.*)$/ && !(name in found) { found[name] = 1; print name " has " $2 }' >"$other.beyond"
    if [ -s "$other.beyond" ]; then
        cat "$other.beyond"
        echo "check.sh: the linker may take these functions from $other" >&2
        failed=true
    fi
    ! $failed
}

linked() {
    cxx=$1 main=$2 mine=$3 other=$4 folder=$5
    shift 5
    mkdir -p "$folder"
    "$cxx" "$main" "$mine" -o "$folder/alone"
    "$cxx" "$main" "$mine" "$other" -o "$folder/mine_first"
    "$cxx" "$other" "$mine" "$main" -o "$folder/other_first"
    expected=$("$@" "$folder/alone")
    for program in mine_first other_first; do
        said=$("$@" "$folder/$program")
        if [ "$said" != "$expected" ]; then
            echo "check.sh: $folder/$program says $said, but alone the half says $expected" >&2
            exit 1
        fi
    done
    echo "all say $expected"
}

"$@"
