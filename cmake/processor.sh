# For scripts to source: what this processor has. On others than x86-64, nothing.

# What the compilers' -march=x86-64-v3 and -v4 ask for beyond the level before.
x86_64_v3="avx avx2 bmi1 bmi2 f16c fma abm movbe"
x86_64_v4="avx512f avx512bw avx512cd avx512dq avx512vl"

# The processor has these features, and a system that saves their registers.
cpu_has() {
    for feature; do
        grep -q "^flags.* $feature\( \|\$\)" /proc/cpuinfo 2>/dev/null || return 1
    done
}
