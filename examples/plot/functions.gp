# Functions with their derivatives, a panel each, from a table of `curves`, whose first line has their titles.
header = system(sprintf("head -n 1 '%s'", data))
panels = (words(header) - 1) / 2
across = panels < 4 ? panels : 4
down = (panels + 3) / 4
picture_width = 220 * across
picture_height = 240 * down
load folder . "/style.gp"
set xrange [-5:5]
set yrange [bottom:top]
set xtics -4, 2
set ytics -1, step
set xlabel "x" offset 0, 0.6
set multiplot layout down, across
do for [i=1:panels] {
    label = word(header, 2 * i)
    shade = colour(label[1:strstrt(label . "(", "(") - 1])
    set title label noenhanced
    if (i == 1) { eval "set key Left reverse samplen 1.2 " . corner } else { set key off }
    plot data using 1:(column(2 * i)) skip 1 lt shade title "f(x)", \
        data using 1:(column(2 * i + 1)) skip 1 lt shade lw 1.5 dt (6, 4) title "f'(x)"
}
unset multiplot
