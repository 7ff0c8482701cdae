# The time of the fastest other library over simdact's, from the tables that bench/run.sh leaves in folders of `data`, one for
# each of `levels`: a line for each of `kernels`, a panel a level. The captions tell compiler, flags, processor and date.
picture_width = 960
picture_height = 420
load folder . "/style.gp"
others = '^(size|simdact|limit|limit NT)$' # of the columns: ours, and what does something else
best(file) = sprintf("<awk 'NR == 1 { n = split($0, part, \"\\\"\"); for (i = 2; i <= n; i += 2) name[i / 2 + 1] = part[i]; next } \
    { least = 0; for (i = 3; i <= NF; ++i) if (name[i] !~ /%s/ && $i > 0 && (least == 0 || $i < least)) least = $i; \
      for (size = 8; size < $1; size *= 2) { } \
      if (size == $1 && least > 0) print $1, least / $2 }' '%s'", others, file)
caption(level) = system(sprintf("awk 'NR == 2 || NR == 3 { sub(/^# /, \"\"); sub(/ [(].*[)]/, \"\"); printf \"%%s%%s\", NR == 2 ? \"\" : \", \", $0 }' '%s/%s/table.txt'", data, level))
set logscale xy
set xtics ("8" 8, "64" 64, "256" 256, "4 Ki" 4096, "64 Ki" 65536, "1 Mi" 1048576, "32 Mi" 33554432)
set xrange [8:33554432]
set yrange [0.5:8]
set ytics ("0.5" 0.5, "1" 1, "2" 2, "4" 4, "8" 8)
set xlabel "elements (float, out of place)"
set arrow 1 from graph 0, first 1 to graph 1, first 1 nohead lc rgb ink lw 2
set key top right
set multiplot layout 1, words(levels)
do for [level in levels] {
    set title caption(level) noenhanced font ",9"
    set ylabel level eq word(levels, 1) ? "best other time / simdact's" : ""
    plot for [i=1:words(kernels)] best(sprintf("%s/%s/%s.dat", data, level, word(kernels, i))) using 1:2 lt i \
        title level eq word(levels, 1) ? word(kernels, i) : "" noenhanced
}
unset multiplot
