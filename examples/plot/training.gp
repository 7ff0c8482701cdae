# What train measured: prefix-accuracy.dat, prefix-zeros.dat and prefix-gradients.dat, a column an activation.
picture_width = 960
picture_height = 320
load folder . "/style.gp"
names = system(sprintf("head -n 1 '%s-accuracy.dat' | cut -d ' ' -f 2-", prefix))
set multiplot layout 1, 3
set xlabel "epoch"

set title "test error, %"
set logscale y
set yrange [1:100]
set ytics (1, 2, 5, 10, 20, 50, 100)
set key at graph 1, 0.95 font ",11" spacing 0.85
plot for [i=1:words(names)] prefix . "-accuracy.dat" using 1:(100 - 100 * column(i + 1)) lt colour(word(names, i)) \
    title word(names, i) noenhanced
set key off

set title "hidden outputs that are 0, %"
unset logscale
set yrange [0:100]
set ytics 0, 20
plot for [i=1:words(names)] prefix . "-zeros.dat" using 1:(100 * column(i + 1)) lt colour(word(names, i))

set title "gradient norm before training"
set xlabel "layer of weights"
set xtics 1, 2
set logscale y
set format y "10^{%T}"
set autoscale y
set ytics autofreq
set mytics 1
plot for [i=1:words(names)] prefix . "-gradients.dat" using 1:(column(i + 1)) with linespoints pt 7 ps 0.4 \
    lt colour(word(names, i))
unset multiplot
