// The tables of README.md, of the functions and of the errors that were measured: they are made of the library's lists,
// of the descriptions and of tests/exhaustive/results.
//
//   simdact_tables README.md RESULTS           compares them with those in README.md
//   simdact_tables README.md RESULTS --write   puts them there

#include "../description.hpp"
#include "../exhaustive/results.hpp"

#include <simdact/functions.hpp>

#include <algorithm>
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
    std::vector<simdact::range> from_output = {}; ///< where each parameter must lie for f' to be known from the output

    std::string letter(std::size_t i) const {
        const tests::stated_parameter& p = told.parameters[i];
        return p.letter.empty() ? p.name : p.letter;
    }

    std::string call() const {
        words members;
        for (const tests::stated_parameter& p : told.parameters)
            members.push_back('.' + p.name + " = " + literal(p.fallback));
        const std::string called = told.readme.called;
        return '`' + (called.empty() ? told.name : called) + '{' + joined(members, ", ") + "}`" +
               (has_slope ? ", called as `f(x, w)`" : "");
    }

    std::string parameters() const {
        words all;
        for (std::size_t i = 0; i < told.parameters.size(); ++i)
            all.push_back(letter(i) + ", " + literal(told.parameters[i].fallback));
        if (has_slope)
            all.push_back("w, learned");
        return all.empty() ? "none" : joined(all, "; ");
    }

    /// On which parameters it depends whether f' is known from the output, such as "a >= 0".
    std::string condition() const {
        words all;
        for (std::size_t i = 0; i < from_output.size(); ++i) {
            const auto& [low, high, nan] = from_output[i];
            if (low.exists)
                all.push_back(letter(i) + (low.open ? " > " : " >= ") + end(low));
            if (high.exists)
                all.push_back(letter(i) + (high.open ? " < " : " <= ") + end(high));
        }
        return joined(all, ", ");
    }

    /// On both types, such as "float: 1.75 ULP; double: 2".
    std::string bound(double tests::bounds::*of, const std::string& unit = "") const {
        const std::string on_float = bound_on<float>(of, unit), on_double = bound_on<double>(of, unit);
        return on_float == on_double ? on_float : "float: " + on_float + "; double: " + on_double;
    }

    std::string bound_from_output() const {
        return told.facts.from_output ? bound(&tests::bounds::from_output, unit_from_output()) : "-";
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
    std::string end(const simdact::range_end& e) const {
        for (std::size_t i = 0; i < told.parameters.size(); ++i)
            if (e.parameter && told.parameters[i].name == e.parameter)
                return letter(i);
        return number(e.number);
    }

    /// With the defaults, and the largest with other parameters: such as "1 ULP at a = 1, else 2".
    template <class T>
    std::string bound_on(double tests::bounds::*of, const std::string& unit) const {
        const auto bound_at = [&](const tests::parameter_set& set) {
            std::vector<T> p;
            for (const double value : set)
                p.push_back(static_cast<T>(value));
            return told.of<T>().bound(p.data()).*of;
        };
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
            for (const simdact::parameter& p : F::parameters)
                all.back().from_output.push_back(p.from_output);
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
                                    f.bound(&tests::bounds::derivative), f.bound_from_output()}));
        }
    return table;
}

words table_of_others() {
    words table = table_of(
        {"", "f(x)", "f'(x)", "from the output y", "max error of f", "max error of f'", "max error from the output"});
    for (const function& f : functions())
        if (f.told.has_both_signs()) {
            words formula = {f.told.readme.from_output};
            if (!f.condition().empty())
                formula.push_back(f.condition());
            table.push_back(row_of({f.call(), f.told.readme.f, f.told.readme.derivative,
                                    f.told.facts.from_output ? joined(formula, ", ") : "no", f.bound(&tests::bounds::f),
                                    f.bound(&tests::bounds::derivative), f.bound_from_output()}));
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

/// A row for each run of a function, and one sentence for those that always give the correctly rounded result. What is
/// missing among the results goes to `problems`.
words table_of_errors(const std::string& folder, words& problems) {
    words table = table_of({"", "arguments", "f", "f'", "f' from the output"}), rounded;
    std::uint64_t doubles = 0; // that the rounded ones were tried on, all of them
    for (const function& f : functions()) {
        const std::string& name = f.told.name;
        const std::vector<result> results = read_results(folder, name);
        if (results.empty()) {
            problems.push_back("there is no " + file_of(folder, name) + ": sh tests/run.sh --stale measures " + name);
            continue;
        }
        const bool always_rounds = std::ranges::all_of(results, [](const result& r) { return r.error == "rounded"; });
        if (always_rounds)
            rounded.push_back(name);
        for (const std::string type : types)
            for (const std::string arithmetic : arithmetics) {
                words cells = {name + ", " + type + (arithmetic == "fma" ? "" : ", without FMA"), ""};
                for (const std::string quantity : quantities) {
                    const result* r = find_result(results, type, arithmetic, quantity);
                    cells.push_back(r ? shown(*r, quantity == "from_output" ? f.unit_from_output() : "") : "-");
                    if (r)
                        cells[1] = r->arguments == std::uint64_t(1) << 32 ? "all 2^32" : std::to_string(r->arguments);
                    if (r && always_rounds && type == "double")
                        doubles = doubles == 0 ? r->arguments : std::min(doubles, r->arguments);
                    if (!r && (quantity != "from_output" || f.told.facts.from_output))
                        problems.push_back(file_of(folder, name) + " lacks a line " + type + ' ' + arithmetic + ' ' +
                                           quantity + ": sh tests/run.sh --stale measures it");
                }
                if (!always_rounds)
                    table.push_back(row_of(cells));
            }
    }
    if (!rounded.empty()) {
        table.push_back("");
        table.push_back(joined(rounded, ", ", " and ") + " give the correctly rounded result for all 2^32 floats and " +
                        std::to_string(doubles) + " doubles.");
    }
    return table;
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
            problems.push_back("README.md, " + table + ": this should be there\n    " + line);
    for (const std::string& line : shows)
        if (!has(should, line))
            problems.push_back("README.md, " + table + ": this should not be there\n    " + line);
    if (problems.size() == before && shows != should)
        problems.push_back("README.md, " + table + ": the lines are in another order, or there more than once");
}

int run(const std::string& program, const std::string& file, const std::string& folder, bool write) {
    words missing, different, readme = lines_of(file);
    const words errors = table_of_errors(folder, missing);
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
    if (missing.empty())
        take("measured errors", errors);

    for (const std::string& problem : missing)
        std::cerr << problem << '\n';
    if (!write) {
        for (const std::string& problem : different)
            std::cerr << problem << '\n';
        if (!different.empty())
            std::cerr << "This writes the tables:\n    " << program << ' ' << file << ' ' << folder << " --write\n";
        return missing.empty() && different.empty() ? 0 : 1;
    }
    std::ofstream out(file);
    for (const std::string& line : readme)
        out << line << '\n';
    if (!out.flush())
        throw std::runtime_error("cannot write " + file);
    return missing.empty() ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
    const bool write = argc == 4 && argv[3] == std::string("--write");
    if (argc != 3 && !write) {
        std::cerr << "usage: simdact_tables README.md RESULTS [--write]\n";
        return 2;
    }
    try {
        return run(argv[0], argv[1], argv[2], write);
    } catch (const std::exception& e) {
        std::cerr << "tables: " << e.what() << '\n';
        return 2;
    }
}
