#pragma once

#include "contest.hpp"

#include <iosfwd>

namespace bench {

/// A cell with its names and what was measured.
struct row {
    bench::cell cell;
    std::string kernel; // "elu/forward", "prelu-7x7/backward", ...
    std::string type, place;
    std::size_t nominal;        // the size asked for; prelu leaves out what does not fill a map
    std::vector<entry> entries; // the first is simdact
    double shifted[2] = {};     // seconds a call of ours where arrays begin 16 bytes after a line of the cache, and 32
    bool is_inexact = false;    // the function, for what is not rounded correctly
    bool measured = false;

    std::string name() const { return kernel + '/' + type + '/' + place + '/' + std::to_string(nominal); }
};

/// The readable table: ours and the best peer in ns per element, ratios, and whether the targets are met. Below it the
/// cells that miss one, worst first.
void print_table(std::ostream& out, const std::vector<row>& rows);

/// What a call on up to 256 floats costs: of the kernel itself, where compilers know the size, dispatched, by hand, and
/// of the libraries with operators.
void print_calls(std::ostream& out, const std::vector<row>& rows);

/// For gnuplot: a file a kernel in float out of place, a line a size, a column a competitor, in ns per element.
void write_plot_data(const std::string& folder, const std::vector<row>& rows);

} // namespace bench
