# Time per element against size, one panel a kernel, for the forward and backward of every function:
#     gnuplot -e "folder='...'; output_file='....svg'" plot.gp
# reads the tables that kernels_bench --plot-data=folder leaves. Their first line names the columns, simdact before all
# others.
kernels = system(sprintf("cd '%s' && ls *-forward.dat *-backward.dat 2>/dev/null | sed 's/[.]dat$//'", folder))
if (kernels eq "") exit # the filter left none of them
panels = words(kernels) + 1 # the last is the key
rows = (panels + 2) / 3
set terminal svg size 1500,325*rows font "sans-serif,12" background "white"
set output output_file
set datafile missing "?"
set logscale xy
set xtics ("7" 7, "" 15, "100" 100, "" 256, "4 Ki" 4096, "64 Ki" 65536, "1 Mi" 1048576, "32 Mi" 33554432)
set format y "%g"
set yrange [0.02:50]
set grid
set key off

set linetype 1 lc rgb "#d00000" lw 3 # simdact
set linetype 2 lc rgb "#0060c0" dt "-"
set linetype 3 lc rgb "#e08000"
set linetype 4 lc rgb "#60b030"
set linetype 5 lc rgb "#00a0a0"
set linetype 6 lc rgb "#8030c0"
set linetype 7 lc rgb "#a06020"
set linetype 8 lc rgb "#e060b0"
set linetype 9 lc rgb "#507090"
set linetype 10 lc rgb "#b0a000"
set linetype 11 lc rgb "#60a0ff" dt "-"
set linetype 12 lc rgb "#000000" dt "."
set linetype 13 lc rgb "#909090" dt "."

set multiplot layout rows,3 title "ns per element, float, out of place"
do for [kernel in kernels] {
    file = sprintf("%s/%s.dat", folder, kernel)
    names = system(sprintf("head -n 1 '%s'", file))
    set title kernel noenhanced
    # simdact last, over the others
    plot for [i=3:words(names)] file using 1:i skip 1 with linespoints lt (i - 1) pt 7 ps 0.4, \
        file using 1:2 skip 1 with linespoints lt 1 pt 7 ps 0.5
}
unset logscale
unset title
unset tics
unset border
unset grid
set xrange [0:1]
set yrange [0:1]
set key on center center maxrows 8
plot for [i=2:words(names)] NaN with lines lt (i - 1) title word(names, i)
unset multiplot
