# What all pictures share. kind is svg or png, output_file where it goes, functions has the names of all functions; each
# script says how large it is.
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

# Each function keeps its colour, the line type of its place in functions.
set linetype 1 lc rgb "#3fa34d" lw 2.5
set linetype 2 lc rgb "#3d8fe0" lw 2.5
set linetype 3 lc rgb "#e08a1e" lw 2.5
set linetype 4 lc rgb "#e0504a" lw 2.5
set linetype 5 lc rgb "#a070e0" lw 2.5
set linetype 6 lc rgb "#20a0a0" lw 2.5
set linetype 7 lc rgb "#b0885a" lw 2.5
set linetype 8 lc rgb "#7090b0" lw 2.5
set linetype 9 lc rgb "#c060a0" lw 2.5
set linetype 10 lc rgb "#909020" lw 2.5
set linetype cycle 10
colour(name) = sum [i=1:words(functions)] (word(functions, i) eq name ? i : 0)
