# What all pictures share. kind is svg or png, output_file where it goes; each script says how large it is.
# Nothing is painted behind, and text and lines are of middling brightness: light and dark pages suit alike.
ink = "#808890"
start(width, height) = kind eq "svg" \
    ? sprintf("set terminal svg size %d,%d font 'sans-serif,13' dynamic", width, height) \
    : sprintf("set terminal pngcairo size %d,%d font 'sans-serif,13' transparent", width, height)
eval start(picture_width, picture_height)
set output output_file
set border 3 lc rgb ink lw 1
set tics nomirror textcolor rgb ink
set title textcolor rgb ink
set xlabel textcolor rgb ink
set ylabel textcolor rgb ink
set key textcolor rgb ink noautotitle samplen 2
set grid lc rgb ink lw 0.4 dt (2, 4)
set datafile missing "?"
set style data lines

# Each function keeps its colour.
set linetype 1 lc rgb "#3d8fe0" lw 2.5 # relu
set linetype 2 lc rgb "#e08a1e" lw 2.5 # leaky_relu
set linetype 3 lc rgb "#3fa34d" lw 2.5 # prelu
set linetype 4 lc rgb "#e0504a" lw 2.5 # elu
set linetype 5 lc rgb "#a070e0" lw 2.5 # sigmoid
set linetype 6 lc rgb "#20a0a0" lw 2.5 # tanh
