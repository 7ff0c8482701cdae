# How wrong e^x - 1 is, from the table of `curves errors`.
picture_width = 720
picture_height = 340
load folder . "/style.gp"
set logscale xy
set format "10^{%T}"
set xrange [100:1e-7]
set yrange [0.1:1e8]
set xlabel "-x"
set ylabel "largest error of e^x - 1, ULP (float)"
set key top left
plot data using 1:3 lt 3 title "exp(x) - 1", data using 1:4 lt 5 title "xsimd::expm1", \
    data using 1:2 lt colour("elu") dt (8, 4) title "simdact::elu"
