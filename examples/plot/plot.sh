#!/bin/sh
# Draws the functions, the error of e^x - 1, a training and the benchmark, with programs that examples/run.sh builds.
#
#   sh examples/run.sh plot                   pictures in .build/examples/pictures, as SVG and as PNG
#   sh examples/run.sh plot --data FOLDER     the training is that of these digits (see train --help), else of spirals
#   sh examples/run.sh plot --keep            the SVGs also replace those in examples/pictures, which the README shows
#
# The benchmark is what bench/run.sh left when it was last run; without that, there is no picture of it.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
here=$root/examples/plot
programs=$root/.build/examples/examples
out=$root/.build/examples/pictures
bench=$root/.build/bench/results

keep=
data=
while [ $# -gt 0 ]; do
    case $1 in
    --keep) keep=yes ;;
    --data)
        [ $# -gt 1 ] || { echo "plot: --data lacks its value, expected a folder" >&2; exit 2; }
        data=$2
        shift
        ;;
    --help | -h)
        sed -n '2,/^set/s/^# \{0,1\}//p' "$here/plot.sh"
        exit 0
        ;;
    *)
        echo "plot: unknown option $1, expected --data FOLDER, --keep or --help" >&2
        exit 2
        ;;
    esac
    shift
done

rm -rf "$out"
mkdir -p "$out"

names=$("$programs/curves" names)

# draw PICTURE SCRIPT SETTINGS: both formats of one picture. Half of what gnuplot puts into an SVG is groups of nothing.
draw() {
    for kind in svg png; do
        gnuplot -e "folder='$here'; functions='$names'; kind='$kind'; output_file='$out/$1.$kind'; $3" "$here/$2.gp"
    done
    awk -v name="$1" '
        /^<title>/ { print "<title>" name "</title>"; next }
        /^<g / { if (held) print held; held = $0; next }
        held && /^<\/g>$/ { held = ""; next }
        { if (held) print held; held = ""; print }' "$out/$1.svg" >"$out/$1.part"
    mv "$out/$1.part" "$out/$1.svg"
    echo "plot: $out/$1.svg and .png"
}

"$programs/curves" functions >"$out/functions.dat"
draw functions functions "data='$out/functions.dat'; bottom=-1.6; top=5; step=1; corner='top left'"
"$programs/curves" functions-bounded >"$out/functions-bounded.dat"
draw functions-bounded functions "data='$out/functions-bounded.dat'; bottom=-1.1; top=1.1; step=0.5; \
    corner='bottom right'"

"$programs/curves" errors >"$out/errors.dat"
draw error error "data='$out/errors.dat'"

# means COLUMN: the mean over the seeds of a column of train's rows, a line an epoch, 50 lines at most.
means() {
    awk -F , -v name="$1" '
        NR == 1 { for (i = 1; i <= NF; ++i) if ($i == name) column = i; next }
        !($1 in known) { known[$1]; names[++count] = $1 }
        { sum[$1, $3] += $column; runs[$1, $3]++; if ($3 > last) last = $3 }
        END {
            printf "epoch"
            for (i = 1; i <= count; ++i) printf " %s", names[i]
            for (epoch = 0; epoch <= last; epoch += 1 + int(last / 50)) {
                printf "\n%d", epoch
                for (i = 1; i <= count; ++i)
                    printf " %s", runs[names[i], epoch] ? sum[names[i], epoch] / runs[names[i], epoch] : "?"
            }
            print ""
        }' "$out/training.csv"
}

# The geometric mean over the seeds of the norms of the gradients before the first step, a line a layer.
gradients() {
    awk -F , '
        NR == 1 { for (i = 1; i <= NF; ++i) if ($i ~ /^gradient_/) { if (!first) first = i; last = i } next }
        $3 == 0 {
            if (!($1 in runs)) names[++count] = $1
            runs[$1]++
            for (i = first; i <= last; ++i) sum[$1, i] += log($i > 0 ? $i : 1e-45)
        }
        END {
            printf "layer"
            for (n = 1; n <= count; ++n) printf " %s", names[n]
            for (i = first; i <= last; ++i) {
                printf "\n%d", i - first + 1
                for (n = 1; n <= count; ++n) printf " %g", exp(sum[names[n], i] / runs[names[n]])
            }
            print ""
        }' "$out/training.csv"
}

echo "plot: training networks of ten hidden layers"
"$programs/train" --layers 10 ${data:+--data "$data"} --csv "$out/training.csv"
means test_accuracy >"$out/training-accuracy.dat"
means zeros >"$out/training-zeros.dat"
gradients >"$out/training-gradients.dat"
draw training training "prefix='$out/training'"

levels=$(cd "$bench" 2>/dev/null && ls -d */elu-forward.dat 2>/dev/null | sed 's|/.*||' | tr '\n' ' ') || levels=
if [ -n "$levels" ]; then
    draw speed speed "data='$bench'; levels='${levels% }'; kernels='relu-forward relu-backward leaky_relu-backward \
elu-forward elu-backward prelu-32x32-forward'"
else
    echo "plot: no picture of the speed: sh bench/run.sh --peers measures it" >&2
fi

if [ -n "$keep" ]; then
    mkdir -p "$root/examples/pictures"
    cp "$out"/*.svg "$root/examples/pictures"
    echo "plot: kept in examples/pictures"
fi
