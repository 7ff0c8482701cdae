// Trains the same network with each activation function, several times, and prints what became of them side by side.
// `train --help` says how; without options it learns to tell two spirals apart.

#include "command_line.hpp"
#include "dataset.hpp"
#include "measure.hpp"
#include "npy.hpp"
#include "train_options.hpp"
#include "training.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <functional>
#include <new>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

namespace {

/// The rows of --csv, in the file as soon as they are known.
class csv_file {
public:
    explicit csv_file(const std::string& name) : name_(name), out_(std::fopen(name.c_str(), "w")) {
        check(out_ != nullptr);
    }

    void header(std::size_t hidden_layers) {
        std::fputs("activation,seed,epoch,loss,train_accuracy,test_accuracy,zeros,dead,never_positive,slope",
                   out_.get());
        for (std::size_t l = 1; l <= hidden_layers + 1; ++l)
            std::fprintf(out_.get(), ",gradient_%zu", l);
        for (std::size_t l = 1; l <= hidden_layers; ++l)
            std::fprintf(out_.get(), ",zeros_%zu", l);
        end_row();
    }

    /// The last epoch of r.
    void row(const training& r) {
        const epoch& e = r.epochs.back();
        std::fprintf(out_.get(), "%s,%llu,%zu", r.name.c_str(), static_cast<unsigned long long>(r.seed),
                     r.epochs.size() - 1);
        for (const double value : {e.loss, e.train_accuracy, e.test_accuracy, e.all_zeros(), e.dead, e.never_positive})
            std::fprintf(out_.get(), ",%.7g", value);
        float sum = 0, count = 0;
        for (const auto& slopes : r.slopes) {
            sum += slopes.sum();
            count += static_cast<float>(slopes.size());
        }
        std::fputc(',', out_.get());
        if (count > 0)
            std::fprintf(out_.get(), "%.7g", static_cast<double>(sum / count));
        for (const auto* values : {&e.gradients, &e.zeros})
            for (const double value : *values)
                std::fprintf(out_.get(), ",%.7g", value);
        end_row();
    }

private:
    void end_row() {
        std::fputc('\n', out_.get());
        check(std::fflush(out_.get()) == 0 && !std::ferror(out_.get()));
    }
    void check(bool good) const {
        if (!good)
            reject(name_ + ": " + npy::detail::system_text(errno) + ", expected a file that can be written");
    }
    std::string name_;
    npy::detail::stream out_;
};

std::string with_digits(double value, int digits) {
    char text[400];
    std::snprintf(text, sizeof text, "%.*f", digits, value);
    return text;
}

double mean(const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// "12.3 (11.0-14.2)": the mean, and the range over the seeds.
std::string mean_and_range(const std::vector<double>& values, int digits) {
    const auto [least, most] = std::ranges::minmax(values);
    return with_digits(mean(values), digits) + " (" + with_digits(least, digits) + '-' + with_digits(most, digits) +
           ')';
}

template <class Value>
std::vector<double> each(const std::vector<const training*>& runs, Value value) {
    std::vector<double> values;
    for (const training* r : runs)
        values.push_back(static_cast<double>(value(*r)));
    return values;
}

template <class Value>
double mean(const std::vector<const training*>& runs, Value value) {
    return mean(each(runs, value));
}

/// The first epoch whose test accuracy is that of the target, among the runs that have one.
std::string epochs_to_target(const std::vector<const training*>& runs, double target) {
    std::vector<double> reached;
    for (const training* r : runs) {
        const auto first = std::ranges::find_if(r->epochs, [&](const epoch& e) { return e.test_accuracy >= target; });
        if (first != r->epochs.end())
            reached.push_back(static_cast<double>(first - r->epochs.begin()));
    }
    std::string text = reached.empty() ? "-" : mean_and_range(reached, 0);
    if (reached.size() < runs.size())
        text += ' ' + std::to_string(reached.size()) + '/' + std::to_string(runs.size());
    return text;
}

/// The geometric mean of the ratio of the first layer's gradient norm to the last's; "-" where that is 0 / 0.
std::string gradient_ratio(const std::vector<const training*>& runs, bool at_end) {
    const double ratio = std::exp(mean(runs, [&](const training& r) {
        const std::vector<double>& norms = (at_end ? r.epochs.back() : r.epochs.front()).gradients;
        return std::log(norms.front()) - std::log(norms.back());
    }));
    char text[40];
    std::snprintf(text, sizeof text, "%.1e", ratio);
    return std::isnan(ratio) ? "-" : text;
}

constexpr const char* columns = "%-*s %-17s %-17s %6s %6s %6s %6s %8s %8s %7s %8s %6s\n";

void print_row(const std::vector<const training*>& runs, const train_options& o) {
    const auto at_end = [](double epoch::*share) {
        return [=](const training& r) { return 100 * (r.epochs.back().*share); };
    };
    const double forward = mean(runs, std::mem_fn(&training::forward_seconds)),
                 backward = mean(runs, std::mem_fn(&training::backward_seconds)),
                 all = mean(runs, std::mem_fn(&training::seconds));
    const double silent = mean(runs, [](const training& r) { return r.epochs.front().never_positive; });
    std::printf(columns, name_width(), runs.front()->name.c_str(), epochs_to_target(runs, o.target).c_str(),
                mean_and_range(each(runs, at_end(&epoch::test_accuracy)), 1).c_str(),
                with_digits(100 * mean(runs, [](const training& r) { return r.epochs.back().all_zeros(); }), 1).c_str(),
                with_digits(mean(runs, at_end(&epoch::dead)), 1).c_str(), with_digits(100 * silent, 1).c_str(),
                with_digits(mean(runs, at_end(&epoch::never_positive)), 1).c_str(), gradient_ratio(runs, false).c_str(),
                gradient_ratio(runs, true).c_str(), with_digits(1e3 * forward, 1).c_str(),
                with_digits(1e3 * backward, 1).c_str(), with_digits(100 * (forward + backward) / all, 1).c_str());
}

/// Those that a channelwise activation has learned, layer by layer, over all units and seeds.
void print_slopes(const std::string& name, const std::vector<const training*>& runs) {
    std::vector<std::vector<double>> layers(runs.front()->slopes.size());
    for (const training* r : runs)
        for (std::size_t l = 0; l < layers.size(); ++l)
            layers[l].insert(layers[l].end(), r->slopes[l].begin(), r->slopes[l].end());
    const auto line = [&](const std::string& what, auto value) {
        std::printf("%-17s", what.c_str());
        for (std::size_t l = 0; l < layers.size(); ++l)
            std::printf(" %6s", value(l).c_str());
        std::printf("\n");
    };
    line(name + ", layer", [](std::size_t l) { return std::to_string(l + 1); });
    line("  slopes: mean", [&](std::size_t l) { return with_digits(mean(layers[l]), 2); });
    line("          least", [&](std::size_t l) { return with_digits(std::ranges::min(layers[l]), 2); });
    line("          most", [&](std::size_t l) { return with_digits(std::ranges::max(layers[l]), 2); });
}

void print_table(const std::vector<training>& all, const train_options& o) {
    const std::string target = "epochs to " + short_text(100 * o.target) + " %";
    std::printf("%-*s %-17s %-17s %6s %6s %13s %17s %16s %6s\n", name_width(), "", target.c_str(), "test accuracy, %",
                "zeros,", "dead,", "never > 0, %", "gradient 1st/last", "activations, ms", "share,");
    std::printf(columns, name_width(), "activation", "mean (range)", "mean (range)", "%", "%", "start", "end", "start",
                "end", "forward", "backward", "%");
    const auto runs_of = [&](const std::string& name) {
        std::vector<const training*> runs;
        for (const training& r : all)
            if (r.name == name)
                runs.push_back(&r);
        return runs;
    };
    for (const auto& [name, f] : o.activations)
        if (const auto runs = runs_of(name); !runs.empty())
            print_row(runs, o);
    for (const training& r : all)
        if (r.diverged())
            std::printf("%s, seed %llu: the loss is not finite after epoch %zu\n", r.name.c_str(),
                        static_cast<unsigned long long>(r.seed), r.epochs.size() - 1);
    for (const auto& [name, f] : o.activations)
        if (const auto runs = runs_of(name); initial_slope(f) && !runs.empty())
            print_slopes(name, runs);
}

std::string minutes(double seconds) {
    const auto whole = static_cast<long long>(seconds);
    char text[40];
    std::snprintf(text, sizeof text, "%lld:%02lld", whole / 60, whole % 60);
    return text;
}

/// Trains everything. Returns false if it was interrupted; the runs and rows are then those so far.
bool train_all(const dataset& data, const train_options& o, std::vector<training>& runs, std::optional<csv_file>& csv,
               progress_bar& bar) {
    const auto batches =
        (data.train.labels.size() + static_cast<std::size_t>(o.batch) - 1) / static_cast<std::size_t>(o.batch);
    const double steps = static_cast<double>(batches) * (o.epochs + 1), // of a run
        total = steps * static_cast<double>(o.activations.size() * o.seeds.size());
    const auto start = std::chrono::steady_clock::now();
    try {
        for (const auto& [name, f] : o.activations)
            for (const std::uint64_t seed : o.seeds) {
                double done = steps * static_cast<double>(runs.size());
                training& r = runs.emplace_back();
                r.name = name;
                r.seed = seed;
                const std::string what = name + ", seed " + std::to_string(seed) + ", epoch ";
                const auto on_batch = [&] {
                    const double share = ++done / total;
                    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start;
                    bar.show(what + std::to_string(r.epochs.size()) + " of " + std::to_string(o.epochs) + ", " +
                                 minutes(spent.count() * (1 - share) / share) + " left",
                             share);
                };
                const auto on_epoch = [&] {
                    if (csv)
                        csv->row(r);
                };
                train(data, o, f, r, on_batch, on_epoch);
            }
    } catch (const interrupted&) {
        if (runs.back().epochs.empty())
            runs.pop_back();
        return false;
    }
    return true;
}

int run(train_options o) {
    progress_bar bar;
    bar.show("reading", 0);
    const dataset data = o.data ? read_digits(*o.data) : spirals();
    if (o.epochs == 0)
        o.epochs = !o.data ? 300 : data.name == "MNIST" ? 5 : 30;
    std::optional<csv_file> csv;
    if (o.csv)
        csv.emplace(*o.csv).header(static_cast<std::size_t>(o.layers));

    std::printf("%s: %td samples of %td numbers to learn from, %td to test, %d classes\n", data.name.c_str(),
                data.train.x.cols(), data.train.x.rows(), data.test.x.cols(), data.classes);
    const std::string dying = ", biases of the last " + short_text(dying_bias);
    std::printf("%td hidden layers of %td units%s%s; %d epochs, batches of %td, rate %g, momentum %g, %zu seeds\n\n",
                o.layers, o.width, o.provoke_dying ? dying.c_str() : "", o.fused ? ", fused" : "", o.epochs, o.batch,
                o.rate, o.momentum, o.seeds.size());
    flush_report();

    std::vector<training> runs;
    const bool finished = train_all(data, o, runs, csv, bar);
    bar.clear();
    if (!runs.empty())
        print_table(runs, o);
    if (!finished && runs.empty())
        std::printf("interrupted in the first epoch\n");
    else if (!finished)
        std::printf("interrupted: %s, seed %llu, has %zu of its %d epochs; what was to follow is missing\n",
                    runs.back().name.c_str(), static_cast<unsigned long long>(runs.back().seed),
                    runs.back().epochs.size() - 1, o.epochs);
    flush_report();
    return finished ? 0 : 130;
}

} // namespace

int main(int argc, char** argv) {
    try {
        const train_options o = parse_train_options(argc, argv);
        if (!o.help)
            return run(o);
        std::fputs(train_help().c_str(), stdout);
        flush_report();
        return 0;
    } catch (const std::bad_alloc&) {
        std::fputs("train: out of memory, expected room for the data and the networks\n", stderr);
    } catch (const interrupted&) {
        return 130;
    } catch (const std::exception& fault) {
        std::fprintf(stderr, "train: %s\n", npy::one_line(fault.what()).c_str());
    }
    return 2;
}
