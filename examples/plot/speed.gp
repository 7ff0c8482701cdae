# How much longer others take, from the tables that bench/run.sh leaves in the folder data, a panel for each of kernels.
picture_width = 960
picture_height = 320
load folder . "/style.gp"
peers = '"plain g++" "plain clang++" xsimd Highway Eigen SLEEF libmvec XNNPACK oneDNN libtorch'
colour(name) = sum [i=1:words(peers)] (word(peers, i) eq name ? i : 0) # 0: limits, which do something else
set logscale xy
set xtics ("7" 7, "256" 256, "" 4096, "64 Ki" 65536, "" 1048576, "32 Mi" 33554432)
set xrange [7:33554432]
set yrange [0.5:40]
set ytics ("0.5" 0.5, "1" 1, "2" 2, "5" 5, "10" 10, "20" 20, "40" 40)
set xlabel "elements (float)"
set key off
set arrow 1 from graph 0, first 1 to graph 1, first 1 nohead lc rgb ink lw 2
set multiplot layout 1, words(kernels) + 1
do for [kernel in kernels] {
    table = sprintf("%s/%s.dat", data, kernel)
    names = system(sprintf("head -n 1 '%s'", table))
    set title kernel noenhanced
    set ylabel kernel eq word(kernels, 1) ? "their time / simdact's" : ""
    plot for [i=3:words(names)] table using 1:(colour(word(names, i)) ? column(i) / column(2) : NaN) skip 1 \
        lt (colour(word(names, i)) ? colour(word(names, i)) : 1)
}
# The last panel is the key.
unset arrow
unset logscale
unset title
unset tics
unset border
unset grid
unset xlabel
unset ylabel
set xrange [0:1]
set yrange [0:1]
set key on center center maxrows 10
plot for [i=1:words(peers)] NaN lt i title word(peers, i)
unset multiplot
