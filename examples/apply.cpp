// Applies an activation function, or its gradient, to a tensor in NumPy's .npy format, and prints what that did to the
// numbers and how fast it was. `apply --help` says how; `apply --table` needs no files.

#include "channels.hpp"
#include "command_line.hpp"
#include "measure.hpp"
#include "npy.hpp"
#include "options.hpp"

#include <simdact/simdact.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <new>
#include <optional>
#include <random>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace {

/// One call of a kernel on arrays in memory.
template <class T>
struct pass {
    activation f;
    simdact::channel_shape shape; // of a channelwise function
    std::span<const T> x, slopes;
    std::optional<std::span<const T>> dy; // present: backward
    std::span<T> out;
    std::optional<std::span<T>> dslopes;

    void run() const {
        std::visit(
            [&]<class F>(const F& chosen) {
                if constexpr (is_channelwise<F>) {
                    if (dslopes)
                        simdact::backward(chosen, shape, x, slopes, *dy, out, *dslopes);
                    else if (dy)
                        simdact::backward(chosen, shape, x, slopes, *dy, out);
                    else
                        simdact::forward(chosen, shape, x, slopes, out);
                } else {
                    if (dy)
                        simdact::backward(chosen, x, *dy, out);
                    else
                        simdact::forward(chosen, x, out);
                }
            },
            f);
    }

    /// Copies as many bytes as run() reads and writes: half as much again for backward, which reads two arrays.
    void copy() const {
        std::memcpy(out.data(), x.data(), x.size_bytes());
        if (dy)
            std::memcpy(out.data(), dy->data(), dy->size_bytes() / 2);
    }
    std::size_t bytes() const { return x.size_bytes() * (dy ? 3 : 2); }
};

struct timing {
    double kernel, copy; // seconds
};

/// Leaves the kernel's result in p.out, not the copy's.
template <class T>
timing measure(const pass<T>& p, progress_bar& bar) {
    const auto show = [&](const char* what) { return [&bar, what](double share) { bar.show(what, share); }; };
    const double copy = median_seconds([&] { p.copy(); }, show("timing the copy"));
    return {median_seconds([&] { p.run(); }, show("timing the kernel")), copy};
}

std::string in_unit(double seconds) {
    const std::pair<double, const char*> units[] = {{1, "s"}, {1e-3, "ms"}, {1e-6, "us"}, {1e-9, "ns"}};
    const auto& [size, unit] =
        *std::ranges::find_if(units, [&](auto u) { return seconds >= u.first || u.first < 1e-8; });
    char text[40];
    std::snprintf(text, sizeof text, "%.3g %s", seconds / size, unit);
    return text;
}

void print_summary(const char* name, const summary& s) {
    if (s.numbers)
        std::printf("%-4s %13.6g %13.6g %13.6g", name, s.min, s.mean, s.max);
    else
        std::printf("%-4s %13s %13s %13s", name, "-", "-", "-");
    const double share =
        static_cast<double>(s.zeros) / static_cast<double>(std::max<std::size_t>(s.numbers + s.nans, 1));
    std::printf(" %8.2f %% %10zu\n", 100 * share, s.nans);
}

npy::progress showing(progress_bar& bar, const std::string& what) {
    return [&bar, what](std::size_t done, std::size_t total) {
        bar.show(what, static_cast<double>(done) / static_cast<double>(total));
    };
}

template <class T>
void apply(const options& o, const npy::array& input, const std::vector<T>& x, progress_bar& bar) {
    const auto values_of = [&](const npy::array& a, const std::string& file) -> const std::vector<T>& {
        if (!std::holds_alternative<std::vector<T>>(a.values))
            reject(file + " is not of the type of " + o.in + ", expected " + npy::type_name<T>);
        return std::get<std::vector<T>>(a.values);
    };

    npy::array slopes, dy;
    std::vector<T> out(x.size()), dslopes;
    pass<T> p{.f = o.f, .shape = {}, .x = x, .slopes = {}, .dy = {}, .out = out, .dslopes = {}};
    channels axis = layout_of(input.shape, x.size(), o.layout);
    std::string parameter = describe(o.f, o.parameters);
    if (o.slopes) {
        slopes = npy::load(*o.slopes, showing(bar, "reading " + *o.slopes));
        p.slopes = values_of(slopes, *o.slopes);
        const channels c = slope_channels(slopes.shape, p.slopes.size(), input.shape, x.size(), o);
        p.shape = c.shape;
        if (o.layout == "broadcast")
            axis = c;
        parameter += parameter.empty() ? "" : ", ";
        parameter += c.axis.empty() ? "one slope" : std::to_string(p.slopes.size()) + " slopes along " + c.axis;
    }
    if (o.dy) {
        dy = npy::load(*o.dy, showing(bar, "reading " + *o.dy));
        p.dy = values_of(dy, *o.dy);
        if (dy.shape != input.shape)
            reject(*o.dy + " has shape " + npy::to_string(dy.shape) + ", expected that of " + o.in + ", " +
                   npy::to_string(input.shape));
    }
    if (o.dslopes) {
        dslopes.resize(p.slopes.size());
        p.dslopes = dslopes;
    }

    const char* const result = o.dy ? "dx" : "y";
    std::optional<timing> time;
    if (x.empty())
        p.run();
    else
        time = measure(p, bar);
    bar.clear();

    std::printf("%s%s%s%s: %s of shape %s, %zu elements\n", o.name.c_str(), o.dy ? " backward" : "",
                parameter.empty() ? "" : ", ", parameter.c_str(), npy::type_name<T>,
                npy::to_string(input.shape).c_str(), x.size());
    std::printf("%-4s %13s %13s %13s %10s %10s\n", "", "min", "mean", "max", "zeros", "NaN");
    print_summary("x", summarize(p.x));
    if (o.dy)
        print_summary("dy", summarize(*p.dy));
    if (o.slopes)
        print_summary("w", summarize(p.slopes));
    print_summary(result, summarize(std::span<const T>(out)));
    if (o.dslopes)
        print_summary("dw", summarize(std::span<const T>(dslopes)));
    if (axis.axis.empty())
        std::printf("dead: no axis is the channel\n");
    else
        std::printf("dead: %zu of %zu channels (%s) of %s are zero everywhere\n",
                    zero_channels(axis.shape, std::span<const T>(out)), axis.shape.channels, axis.axis.c_str(), result);
    if (time) {
        const double ns_each = 1e9 * time->kernel / static_cast<double>(x.size());
        const double gigabytes = 1e-9 * static_cast<double>(p.bytes());
        std::printf("time: %s, %.3g ns per element, %.3g GB/s; to copy as many bytes: %s, %.3g GB/s\n",
                    in_unit(time->kernel).c_str(), ns_each, gigabytes / time->kernel, in_unit(time->copy).c_str(),
                    gigabytes / time->copy);
    } else {
        std::printf("time: nothing to measure without elements\n");
    }
    flush_report();

    std::vector<npy::staged_file> files;
    files.reserve(2);
    files.emplace_back(o.out, input.shape, std::span<const T>(out), showing(bar, "writing " + o.out));
    if (o.dslopes)
        files.emplace_back(*o.dslopes, slopes.shape, std::span<const T>(dslopes),
                           showing(bar, "writing " + *o.dslopes));
    npy::staged_file::commit(files);
}

/// Numbers that spread like a layer's inputs: mean 0, deviation 1, the same on every machine.
std::vector<float> noise(std::size_t count, std::uint32_t seed) {
    std::mt19937 bits(seed);
    std::vector<float> values(count);
    for (float& v : values) {
        double sum = 0;
        for (int i = 0; i < 4; ++i)
            sum += static_cast<double>(bits()) * 0x1p-32 - 0.5;
        v = static_cast<float>(sum * 1.7320508075688772); // the deviation of the sum is 1 / sqrt(3)
    }
    return values;
}

/// Every function, forward and backward, on a batch of 8 images with 16 channels, two of which never exceed 0.
void print_table(progress_bar& bar) {
    const npy::shape shape{8, 16, 32, 32};
    std::vector<float> x = noise(std::size_t{8} * 16 * 32 * 32, 1), dy = noise(x.size(), 2);
    std::vector<float> out(x.size()), slopes(16), dslopes(16);
    const channels axis = layout_of(shape, x.size(), "nchw");
    for (std::size_t i = 0; i < x.size(); ++i)
        if (const std::size_t channel = i / axis.shape.inner % axis.shape.channels; channel == 3 || channel == 11)
            x[i] -= 4; // noise stays below 2 sqrt(3)

    std::printf("float32 of shape %s, %zu elements; 2 of its 16 channels (%s) are below zero everywhere\n\n",
                npy::to_string(shape).c_str(), x.size(), axis.axis.c_str());
    const auto parameter_of = [](const activation& f) {
        const std::optional<double> slope = initial_slope(f);
        return slope ? "16 slopes of " + short_text(*slope) : describe(f, default_parameters(f));
    };
    int width = 22;
    for (const auto& known : known_activations())
        width = std::max(width, static_cast<int>(parameter_of(known.second).size()));
    std::printf("%-*s  %-*s %-8s %9s %9s %9s %8s %6s %9s %6s %6s\n", name_width(), "function", width, "parameter",
                "result", "min", "mean", "max", "zeros", "dead", "ns/elem.", "GB/s", "copy");
    const auto row = [&](const char* name, const char* parameter, const char* result, std::span<const float> values) {
        const summary s = summarize(values);
        std::printf("%-*s  %-*s %-8s %9.4f %9.4f %9.4f %6.2f %% %3zu/%zu", name_width(), name, width, parameter, result,
                    s.min, s.mean, s.max, 100 * static_cast<double>(s.zeros) / static_cast<double>(values.size()),
                    zero_channels(axis.shape, values), axis.shape.channels);
    };
    row("-", "", "x", x);
    std::printf("\n");
    row("-", "", "dy", dy);
    std::printf("\n");
    for (const auto& [name, f] : known_activations())
        for (const bool backward : {false, true}) {
            pass<float> p{.f = f, .shape = axis.shape, .x = x, .slopes = slopes, .dy = {}, .out = out, .dslopes = {}};
            const std::optional<double> slope = initial_slope(f);
            std::ranges::fill(slopes, static_cast<float>(slope.value_or(0)));
            if (backward)
                p.dy = dy;
            if (backward && slope)
                p.dslopes = dslopes;
            const timing time = measure(p, bar);
            bar.clear();
            const double gigabytes = 1e-9 * static_cast<double>(p.bytes());
            const char* const gradients = slope ? "dx, dw" : "dx";
            row(name.c_str(), parameter_of(f).c_str(), backward ? gradients : "y", out);
            std::printf(" %9.3f %6.1f %6.1f\n", 1e9 * time.kernel / static_cast<double>(x.size()),
                        gigabytes / time.kernel, gigabytes / time.copy);
        }
    std::printf("\nzeros: share of exact zeros. dead: channels that are zero everywhere. Times are medians of single "
                "passes\nin memory, GB/s count what is read and written, and copy is memcpy of as many bytes.\n");
    flush_report();
}

} // namespace

int main(int argc, char** argv) {
    try {
        const options o = parse_options(argc, argv);
        progress_bar bar;
        switch (o.task) {
        case options::job::help:
            std::fputs(help_text().c_str(), stdout);
            flush_report();
            break;
        case options::job::table:
            print_table(bar);
            break;
        case options::job::files: {
            const npy::array input = npy::load(o.in, showing(bar, "reading " + o.in));
            std::visit([&](const auto& x) { apply(o, input, x, bar); }, input.values);
        }
        }
        return 0;
    } catch (const std::bad_alloc&) {
        std::fputs("apply: out of memory, expected room for all tensors at once\n", stderr);
    } catch (const std::exception& fault) {
        std::fprintf(stderr, "apply: %s\n", npy::one_line(fault.what()).c_str());
    }
    return 2;
}
