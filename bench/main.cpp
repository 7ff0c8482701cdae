// Measures simdact beside everything else that computes the same here, and prints which targets it meets:
//
//     kernels_bench [--quick] [--plot-data=FOLDER] [options of Google Benchmark]
//
// Google Benchmark selects (--benchmark_filter) and reports (--benchmark_out). The measuring is done here, because
// competitors must take turns of microseconds: when the first benchmark of a cell runs, the whole cell is measured, and
// each benchmark then hands in the times of one competitor, one repetition a turn.

#include "mathematics.hpp"
#include "one_processor.hpp"
#include "table.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <iostream>
#include <string_view>
#include <type_traits>
#include <utility>

namespace {
using namespace bench;

constexpr std::size_t sizes[] = {1, 7, 8, 15, 16, 32, 64, 100, 128, 256, 2 << 10, 4 << 10, 64 << 10, 1 << 20, 32 << 20};

class silent : public benchmark::BenchmarkReporter {
    bool ReportContext(const Context&) override { return true; }
    void ReportRuns(const std::vector<Run>&) override {}
};

std::size_t rounds(std::size_t n, bool quick) {
    if (n < 1 << 20)
        return quick ? 9 : 25;
    if (n < 32 << 20)
        return quick ? 7 : 15;
    return quick ? 3 : 7;
}

template <class T>
void measure(row& r, bool quick) {
    std::vector<kernel<T>> kernels;
    for (const entry& e : r.entries)
        kernels.push_back(e.who->offer<T>(r.cell));
    compete(r.cell, kernels, r.entries, rounds(r.nominal, quick));
    if (r.nominal >= 256)
        for (const std::size_t i : {0, 1}) {
            stage<T> s(r.cell, 16 * (i + 1));
            entry shifted{r.entries[0].who, {}};
            for (std::size_t round = 0; round < rounds(r.nominal, true); ++round)
                shifted.seconds.push_back(s.turn(kernels[0]));
            r.shifted[i] = shifted.median();
        }
    r.is_inexact = !reference_of<T>(r.cell, T(0.1)).exact;
    r.measured = true;
}

template <class T>
void add_row(std::vector<row>& rows, const std::string& kernel, std::size_t nominal, const cell& c) {
    row r{c, kernel, sizeof(T) == 4 ? "float" : "double", c.in_place ? "in" : "out", nominal, {}};
    for (const competitor& who : competitors())
        if (who.offer<T>(c))
            r.entries.push_back({&who, {}});
    if (!r.entries.empty() && r.entries[0].who->role == role::ours)
        rows.push_back(std::move(r));
}

/// The defaults of F's parameters, and numbers for those that have none.
template <class F>
constexpr auto defaults = simdact::detail::values_of(simdact::detail::with_numbers<F>());

template <class T, class F>
void add_elementwise(std::vector<row>& rows) {
    for (const auto& [name, o] : {std::pair{"/forward", op::forward},
                                  {"/derivative", op::derivative},
                                  {"/backward", op::backward},
                                  {"/backward_from_output", op::backward_from_output},
                                  {"/forward_with_mask", op::forward_with_mask},
                                  {"/backward_from_mask", op::backward_from_mask}})
        for (const bool in_place : {false, true})
            for (const std::size_t n : sizes)
                add_row<T>(rows, F::name + std::string(name), n,
                           {F::name, defaults<F>.values, false, o, in_place, 1, 1, n});
}

/// Maps of so many elements, 64 channels as far as there are elements for them.
template <class T, class F>
void add_channelwise(std::vector<row>& rows) {
    for (const auto& [layout, inner] :
         {std::pair<const char*, std::size_t>{"-32x32", 1024}, {"-7x7", 49}, {"-2x2", 4}, {"-nhwc", 1}})
        for (const auto& [name, o] : {std::pair{"/forward", op::forward}, {"/backward", op::backward}})
            for (const bool in_place : {false, true})
                for (const std::size_t n : sizes) {
                    const std::size_t map = std::min(inner, n), channels = std::min<std::size_t>(64, n / map);
                    add_row<T>(rows, std::string(F::name) + layout + name, n,
                               {F::name, defaults<F>.values, true, o, in_place, n / (map * channels), channels, map});
                }
}

/// Every kernel that simdact offers for a function of its lists, and its mathematics.
template <class T>
void add_all(std::vector<row>& rows) {
    simdact::elementwise_functions::for_each([&]<class F>(std::type_identity<F>) { add_elementwise<T, F>(rows); });
    simdact::channelwise_functions::for_each([&]<class F>(std::type_identity<F>) { add_channelwise<T, F>(rows); });
    mathematics::for_each([&]<class F>(std::type_identity<F>) { add_elementwise<T, F>(rows); });
}

void register_benchmarks(row& r, bool quick) {
    for (std::size_t k = 0; k < r.entries.size(); ++k) {
        const auto hand_in = [&r, k, quick, turn = std::size_t(0)](benchmark::State& state) mutable {
            if (!r.measured) {
                std::cerr << r.name() << '\n';
                r.type == "float" ? measure<float>(r, quick) : measure<double>(r, quick);
            }
            const entry& e = r.entries[k];
            if (e.wrong)
                state.SkipWithError("its results differ from simdact's");
            for (auto step : state) {
                static_cast<void>(step);
                state.SetIterationTime(e.wrong ? 0 : e.seconds[turn++ % e.seconds.size()]);
            }
            state.counters["ns_per_element"] = e.wrong ? 0 : 1e9 * e.median() / static_cast<double>(r.cell.size());
            if (e.ulp > 0)
                state.counters["max_ulp"] = e.ulp;
        };
        benchmark::RegisterBenchmark((r.name() + '/' + r.entries[k].who->name).c_str(), hand_in)
            ->UseManualTime()
            ->Iterations(1)
            ->Repetitions(static_cast<int>(rounds(r.nominal, quick)))
            ->ReportAggregatesOnly();
    }
}

} // namespace

int main(int argc, char** argv) {
    stay_on_one_processor();
    bool quick = false;
    std::string plot_data;
    int kept = 1;
    for (int i = 1; i < argc; ++i) {
        const std::string_view argument = argv[i], plot_option = "--plot-data=";
        if (argument == "--quick")
            quick = true;
        else if (argument.starts_with(plot_option))
            plot_data = argument.substr(plot_option.size());
        else
            argv[kept++] = argv[i];
    }
    argc = kept;

    std::stable_sort(competitors().begin(), competitors().end(),
                     [](const competitor& a, const competitor& b) { return a.role < b.role; });
    std::vector<row> rows;
    add_all<float>(rows);
    if (quick) // of the cells that take longest, those with targets only
        std::erase_if(rows, [](const row& r) {
            return r.nominal == 1 << 20 && (r.cell.in_place || r.cell.op == op::derivative);
        });
    else
        add_all<double>(rows);
    for (row& r : rows)
        register_benchmarks(r, quick);

    benchmark::AddCustomContext("compiler", SIMDACT_BENCH_COMPILER);
    benchmark::AddCustomContext("absent", SIMDACT_BENCH_ABSENT);
    for (const competitor& who : competitors())
        benchmark::AddCustomContext(who.name, who.version);
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv))
        return 1;
    silent reporter;
    benchmark::RunSpecifiedBenchmarks(&reporter);
    benchmark::Shutdown();

    for (const competitor& who : competitors())
        if (who.role == role::peer)
            std::cout << "# " << who.name << ' ' << who.version << '\n';
    std::cout << "# absent: " << SIMDACT_BENCH_ABSENT << '\n';
    print_table(std::cout, rows);
    print_calls(std::cout, rows);
    if (!plot_data.empty())
        write_plot_data(plot_data, rows);
}
