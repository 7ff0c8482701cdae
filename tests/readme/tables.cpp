// The tables of functions in README.md, and the page with all that is known of each,
// include/simdact/functions/README.md: they are made of the library's lists, of the descriptions and of
// tests/exhaustive/results.
//
//   simdact_tables README.md PAGE RESULTS           compares them with what is there
//   simdact_tables README.md PAGE RESULTS --write   writes them

#include "../description.hpp"
#include "../exhaustive/results.hpp"

#include <simdact/functions.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace {
using namespace exhaustive;
using words = std::vector<std::string>;

std::string number(double x) {
    char text[32];
    std::snprintf(text, sizeof text, "%g", x);
    return text;
}

/// As C++ has it.
std::string literal(double x) {
    const std::string text = number(x);
    return text.find_first_not_of("-0123456789") == std::string::npos ? text + ".0" : text;
}

std::string joined(const words& parts, const std::string& between, const std::string& before_last) {
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0)
            text += i + 1 < parts.size() ? between : before_last;
        text += parts[i];
    }
    return text;
}
std::string joined(const words& parts, const std::string& between) { return joined(parts, between, between); }

/// With \ before a | of the cells'.
std::string row_of(const words& cells) {
    std::string row = "|";
    for (const std::string& cell : cells) {
        row += cell.empty() ? "" : " ";
        for (const char c : cell)
            row += c == '|' ? std::string("\\|") : std::string(1, c);
        row += " |";
    }
    return row;
}

/// The lines of a table in Markdown.
words table_of(const words& head) {
    std::string line = "|";
    for (std::size_t i = 0; i < head.size(); ++i)
        line += "---|";
    return {row_of(head), line};
}

/// A function, with what the library says of it and what its description does.
struct function {
    const tests::description& told;
    bool has_slope;
    std::vector<simdact::range> valid = {};       ///< where each parameter must lie
    std::vector<simdact::range> from_output = {}; ///< and for f' to be known from the output

    std::string letter(std::size_t i) const {
        const tests::stated_parameter& p = told.parameters[i];
        return p.letter.empty() ? p.name : p.letter;
    }

    std::string call() const {
        words members;
        for (const tests::stated_parameter& p : told.parameters)
            members.push_back('.' + p.name + (std::isnan(p.fallback) ? "" : " = " + literal(p.fallback)));
        const std::string called = told.readme.called;
        return '`' + (called.empty() ? told.name : called) + '{' + joined(members, ", ") + "}`" +
               (has_slope ? ", called as `f(x, w)`" : "");
    }

    std::string parameters() const {
        words all;
        for (std::size_t i = 0; i < told.parameters.size(); ++i)
            all.push_back(
                letter(i) + ", " +
                (std::isnan(told.parameters[i].fallback) ? "to be given" : literal(told.parameters[i].fallback)));
        if (has_slope)
            all.push_back("w, learned");
        return all.empty() ? "none" : joined(all, "; ");
    }

    /// On which parameters it depends whether f' is known from the output, such as "a >= 0".
    std::string condition() const { return text_of(from_output); }

    /// Where the parameters must lie.
    std::string ranges() const { return text_of(valid); }

    /// On both types, such as "float: 1.75 ULP; double: 2".
    std::string bound(double tests::bounds::*of, const std::string& unit = "") const {
        return on_both(bound_on<float>(of, unit), bound_on<double>(of, unit));
    }

    std::string bound_of_derivative() const {
        return on_both(bound_of_derivative_on<float>(), bound_of_derivative_on<double>());
    }

    std::string bound_from_output() const {
        if (!told.facts.from_output)
            return "-";
        const bool lost = told.of_double.bound(told.usual.front().data()).from_output_absolute > 0;
        return bound(&tests::bounds::from_output, unit_from_output()) + (lost ? " while y is normal" : "");
    }

    /// Of what an error from the output is told in ULP, such as " of a"; nothing if it is f' itself.
    std::string unit_from_output() const {
        const auto unit_at = [&](const tests::parameter_set& p) { return told.of_double.bound(p.data()).unit; };
        for (std::size_t i = 0; i < told.parameters.size(); ++i)
            if (std::ranges::all_of(told.usual, [&](const auto& p) { return unit_at(p) == p[i]; }))
                return " of " + letter(i);
        const double unit = unit_at(told.usual.front());
        return unit == 0 ? "" : unit < 1 ? " of 1/" + number(1 / unit) : " of " + number(unit);
    }

private:
    std::string text_of(const std::vector<simdact::range>& ranges) const {
        words all;
        for (std::size_t i = 0; i < ranges.size(); ++i) {
            const auto& [low, high, nan] = ranges[i];
            if (low.exists && std::fabs(low.number) <= 1e300)
                all.push_back(letter(i) + (low.open ? " > " : " >= ") + end(low));
            if (high.exists && std::fabs(high.number) <= 1e300)
                all.push_back(letter(i) + (high.open ? " < " : " <= ") + end(high));
            if (high.exists && std::fabs(high.number) > 1e300)
                all.push_back(letter(i) + " finite");
        }
        return joined(all, ", ");
    }

    std::string end(const simdact::range_end& e) const {
        for (std::size_t i = 0; i < told.parameters.size(); ++i)
            if (e.parameter && told.parameters[i].name == e.parameter)
                return letter(i);
        return number(e.number);
    }

    static std::string on_both(const std::string& on_float, const std::string& on_double) {
        return on_float == on_double ? on_float : "float: " + on_float + "; double: " + on_double;
    }

    template <class T>
    tests::bounds bounds_at(const tests::parameter_set& set) const {
        std::vector<T> p;
        for (const double value : set)
            p.push_back(static_cast<T>(value));
        return told.of<T>().bound(p.data());
    }

    /// That of f': in ULP, or of a unit, or where f' crosses zero a number if that is more.
    template <class T>
    std::string bound_of_derivative_on() const {
        const tests::bounds bounds = bounds_at<T>(told.usual.front());
        const std::string unit = bounds.derivative_unit == 0 ? "" : " of " + number(bounds.derivative_unit);
        std::string text = bound_on<T>(&tests::bounds::derivative, unit);
        if (bounds.derivative_absolute > 0)
            text += " or 2^" + std::to_string(std::ilogb(bounds.derivative_absolute)) + ", away from the zero of f' " +
                    bound_on<T>(&tests::bounds::derivative_beyond, "");
        return text;
    }

    /// With the defaults, and the largest with other parameters: such as "1 ULP at a = 1, else 2".
    template <class T>
    std::string bound_on(double tests::bounds::*of, const std::string& unit) const {
        const auto bound_at = [&](const tests::parameter_set& set) { return bounds_at<T>(set).*of; };
        const tests::parameter_set& defaults = told.usual.front();
        const double own = bound_at(defaults);
        double largest = own;
        for (const auto* sets : {&told.usual, &told.edge})
            for (const tests::parameter_set& set : *sets)
                largest = std::max(largest, bound_at(set));

        if (largest == own)
            return own == 0 ? "exact" : number(own) + " ULP" + unit;
        words where;
        for (std::size_t i = 0; i < told.parameters.size(); ++i)
            where.push_back(letter(i) + " = " + number(defaults[i]));
        return number(own) + " ULP" + unit + " at " + joined(where, ", ") + ", else " + number(largest);
    }
};

std::vector<function> functions() {
    std::vector<function> all;
    const auto add = [&](auto type, bool has_slope) {
        using F = typename decltype(type)::type;
        all.push_back({.told = tests::description_of(F::name), .has_slope = has_slope});
        if constexpr (requires { F::parameters; })
            for (const simdact::parameter& p : F::parameters) {
                all.back().valid.push_back(p.valid);
                all.back().from_output.push_back(p.from_output);
            }
    };
    simdact::elementwise_functions::for_each([&](auto type) { add(type, false); });
    simdact::channelwise_functions::for_each([&](auto type) { add(type, true); });
    return all;
}

words table_of_rectifiers() {
    words table = table_of({"", "f(x) where x < 0", "f'(x) where x <= 0", "parameter", "from the output?",
                            "max error of f", "max error of f'", "max error from the output"});
    for (const function& f : functions())
        if (!f.told.has_both_signs()) {
            const std::string condition = f.condition().empty() ? "yes" : f.condition();
            table.push_back(row_of({f.call(), f.told.readme.f, f.told.readme.derivative, f.parameters(),
                                    f.told.facts.from_output ? condition : "no", f.bound(&tests::bounds::f),
                                    f.bound_of_derivative(), f.bound_from_output()}));
        }
    return table;
}

words table_of_others() {
    words table = table_of({"", "f(x)", "f'(x)", "parameters", "from the output y", "max error of f", "max error of f'",
                            "max error from the output"});
    for (const function& f : functions())
        if (f.told.has_both_signs()) {
            words formula = {f.told.readme.from_output};
            if (!f.condition().empty())
                formula.push_back(f.condition());
            table.push_back(row_of({f.call(), f.told.readme.f, f.told.readme.derivative, f.parameters(),
                                    f.told.facts.from_output ? joined(formula, ", ") : "no", f.bound(&tests::bounds::f),
                                    f.bound_of_derivative(), f.bound_from_output()}));
        }
    return table;
}

words list_of_constant_expressions() {
    words names;
    for (const function& f : functions())
        if (f.told.facts.in_constant_expressions)
            names.push_back(f.told.name);
    return {joined(names, ", ", " and ") + " are `constexpr` on scalars."};
}

std::string shown(const result& r, const std::string& unit) {
    if (r.error == "rounded")
        return "correctly rounded";
    return r.error + unit + (r.at == "-" ? "" : " at " + r.at) +
           (r.inexact == "-" || r.inexact == "0" ? "" : " (" + r.inexact + ")");
}

/// What was measured of a function, a row for each run. What is missing among the results goes to `problems`.
words table_of_errors(const function& f, const std::string& folder, words& problems) {
    const std::string& name = f.told.name;
    const std::vector<result> results = read_results(folder, name);
    if (results.empty())
        problems.push_back("there is no " + file_of(folder, name) + ": sh tests/run.sh --stale measures " + name);
    words table = table_of({"found", "arguments", "f", "f'", "f' from the output"});
    for (const std::string type : types)
        for (const std::string arithmetic : arithmetics) {
            words cells = {type + (arithmetic == "fma" ? "" : ", without FMA"), ""};
            for (const std::string quantity : quantities) {
                const result* r = find_result(results, type, arithmetic, quantity);
                cells.push_back(r ? shown(*r, quantity == "from_output" ? f.unit_from_output() : "") : "-");
                if (r)
                    cells[1] = r->arguments == std::uint64_t(1) << 32 ? "all 2^32" : std::to_string(r->arguments);
                if (!r && !results.empty() && (quantity != "from_output" || f.told.facts.from_output))
                    problems.push_back(file_of(folder, name) + " lacks a line " + type + ' ' + arithmetic + ' ' +
                                       quantity + ": sh tests/run.sh --stale measures it");
            }
            table.push_back(row_of(cells));
        }
    return table;
}

/// What f and f' are for floats where something happens, with the defaults.
words table_of_values(const function& f) {
    std::vector<float> parameters;
    for (const double value : f.told.usual.front())
        parameters.push_back(static_cast<float>(value));
    std::vector<tests::row<float>> rows = f.told.of_float.special(parameters.data());
    std::erase_if(rows, [](const tests::row<float>& row) { return tests::is_nan(row.x); });
    std::ranges::stable_sort(rows, {}, [](const tests::row<float>& row) {
        return std::pair(row.x, !std::signbit(row.x)); // -0 first
    });
    words table = table_of({"x", "f(x)", "f'(x)"});
    for (const tests::row<float>& row : rows)
        if (const std::string line = row_of({tests::shortest(row.x), row.f.short_text(), row.derivative.short_text()});
            line != table.back())
            table.push_back(line);
    table.push_back(row_of({"NaN", "x", "x"}));
    return table;
}

/// All that is known of a function.
words section_of(const function& f, const std::string& folder, words& problems) {
    const tests::description& d = f.told;
    const auto above = [&](const char* text, const char* beside) {
        return d.has_both_signs() ? text : std::string(text) + beside;
    };
    words section = {"## " + d.name, "",
                     f.call() + (std::string(d.readme.source).empty() ? "" : std::string(", ") + d.readme.source), ""};
    const auto add = [&](const words& lines) {
        section.insert(section.end(), lines.begin(), lines.end());
        section.push_back("");
    };
    words facts = table_of({"", ""});
    const auto fact = [&](const char* what, const std::string& is) { facts.push_back(row_of({what, is})); };
    fact("f(x)", above(d.readme.f, " where x < 0, else x"));
    fact("f'(x)", above(d.readme.derivative, " where x <= 0, else 1"));
    if (f.parameters() != "none")
        fact("parameters", f.parameters() + (f.ranges().empty() ? "" : "; " + f.ranges()));
    words output = {d.has_both_signs() ? std::string(d.readme.from_output) : std::string("yes")};
    if (!f.condition().empty())
        output.push_back(f.condition());
    fact("from the output y", d.facts.from_output ? joined(output, ", ") : "no");
    fact("one bit tells f'", d.facts.from_bit ? "yes" : "no");
    fact("constexpr", d.facts.in_constant_expressions ? "yes" : "no");
    fact("largest error of f", f.bound(&tests::bounds::f));
    fact("of f'", f.bound_of_derivative());
    fact("of f' from the output", f.bound_from_output());
    if (!d.elsewhere.empty())
        fact("elsewhere", joined(d.elsewhere, "; "));
    add(facts);
    add(table_of_values(f));
    add(table_of_errors(f, folder, problems));
    return section;
}

/// include/simdact/functions/README.md.
words page_of_functions(const std::string& folder, words& problems) {
    words page = {
        "# Functions",
        "",
        "What is promised of each, its values where something happens (float, with the default parameters), and what "
        "was",
        "found: the largest error in ULP, of f' from the output in ULP of what is named, where it is, and in "
        "parentheses how",
        "many results are not the correctly rounded ones. A NaN comes back bit for bit from all of them. Written by",
        "simdact_tables (`sh tests/run.sh --stale`) from the lists, from tests/functions and from "
        "tests/exhaustive/results.",
        ""};
    for (const function& f : functions()) {
        const words section = section_of(f, folder, problems);
        page.insert(page.end(), section.begin(), section.end());
    }
    page.pop_back();
    return page;
}

words lines_of(const std::string& file) {
    std::ifstream in(file);
    if (!in)
        throw std::runtime_error("cannot read " + file);
    words lines;
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    return lines;
}

/// The lines between the marker of a table and the end of it.
struct place {
    words::const_iterator begin, end;
};
place place_of(const words& readme, const std::string& table) {
    const std::string first = "<!-- written by simdact_tables: " + table + " -->", last = "<!-- end -->";
    const auto begin = std::ranges::find(readme, first), end = std::find(begin, readme.end(), last);
    if (end == readme.end())
        throw std::runtime_error("README.md lacks the line " + first + " or, after it, the line " + last);
    return {begin + 1, end};
}

/// What is different in a table of README.md.
void compare(const std::string& table, const words& shows, const words& should, words& problems) {
    const auto has = [](const words& lines, const std::string& line) { return std::ranges::count(lines, line) > 0; };
    const std::size_t before = problems.size();
    for (const std::string& line : should)
        if (!has(shows, line))
            problems.push_back("in " + table + ": this should be there\n    " + line);
    for (const std::string& line : shows)
        if (!has(should, line))
            problems.push_back("in " + table + ": this should not be there\n    " + line);
    if (problems.size() == before && shows != should)
        problems.push_back("in " + table + ": the lines are in another order, or there more than once");
}

void write_lines(const std::string& file, const words& lines) {
    std::ofstream out(file);
    for (const std::string& line : lines)
        out << line << '\n';
    if (!out.flush())
        throw std::runtime_error("cannot write " + file);
}

int run(const std::string& program, const std::string& file, const std::string& page_file, const std::string& folder,
        bool write) {
    words missing, different, readme = lines_of(file);
    const words page = page_of_functions(folder, missing);
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (std::ranges::none_of(functions(), [&](const function& f) {
                return entry.path() == std::filesystem::path(file_of(folder, f.told.name));
            }))
            missing.push_back(entry.path().string() + " is of no function: delete it");

    const auto take = [&](const std::string& name, words table) {
        const auto [begin, end] = place_of(readme, name);
        table.insert(table.begin(), "");
        table.push_back("");
        compare(name, words(begin, end), table, different);
        readme.insert(readme.erase(begin, end), table.begin(), table.end());
    };
    take("functions that are x above zero", table_of_rectifiers());
    take("other functions", table_of_others());
    take("constant expressions", list_of_constant_expressions());
    if (missing.empty() && !write)
        compare(page_file, lines_of(page_file), page, different);

    for (const std::string& problem : missing)
        std::cerr << problem << '\n';
    if (!write) {
        for (const std::string& problem : different)
            std::cerr << problem << '\n';
        if (!different.empty())
            std::cerr << "This writes them:\n    " << program << ' ' << file << ' ' << page_file << ' ' << folder
                      << " --write\n";
        return missing.empty() && different.empty() ? 0 : 1;
    }
    write_lines(file, readme);
    if (missing.empty())
        write_lines(page_file, page);
    return missing.empty() ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
    const bool write = argc == 5 && argv[4] == std::string("--write");
    if (argc != 4 && !write) {
        std::cerr << "usage: simdact_tables README.md PAGE RESULTS [--write]\n";
        return 2;
    }
    try {
        return run(argv[0], argv[1], argv[2], argv[3], write);
    } catch (const std::exception& e) {
        std::cerr << "tables: " << e.what() << '\n';
        return 2;
    }
}
