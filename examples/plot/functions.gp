# Functions with their derivatives, a panel each, from the table of `curves functions`.
# names and titles are as many words, and the colours those of the line types from `first` on.
picture_width = 220 * words(names)
picture_height = 240
load folder . "/style.gp"
set xrange [-5:5]
set yrange [bottom:top]
set xtics -4, 2
set ytics -1, step
set xlabel "x" offset 0, 0.6
set multiplot layout 1, words(names)
do for [i=1:words(names)] {
    set title word(titles, i) noenhanced
    if (i == 1) { eval "set key Left reverse samplen 1.2 " . corner } else { set key off }
    plot data using "x":(column(word(names, i))) lt (first + i - 1) title "f(x)", \
        data using "x":(column(word(names, i) . "'")) lt (first + i - 1) lw 1.5 dt (6, 4) title "f'(x)"
}
unset multiplot
