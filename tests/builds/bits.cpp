/// Prints what the instruction set of the linked table is, with or without FMA, and the bits that it gives of every
/// function's results, one line for each:
///
///     <steps> <name> <bits> <bits> ...
///
/// where `steps` says how far another build may be off: 0 steps (the same bits), 1 or 2, or, where it is "fma", no
/// step from another build with FMA and any number from one without; "~" before it that denormals may occur on the way.
/// A NaN made by arithmetic, whose bits nobody promises, is printed as such.

#define TESTS_SAME_ARGUMENTS_EVERYWHERE // denormals too: compare knows who takes them for zero
#include "../bits.hpp"
#include "../definition.hpp"
#include "../inputs.hpp"

#include <array>
#include <cstdint>
#include <cstdio>
#include <initializer_list>
#include <string>
#include <vector>

using namespace tests;

namespace {

template <class T>
void print(const std::string& steps, const std::string& name, const std::vector<T>& results,
           const std::vector<T>& kept) {
    std::printf("%s %s-of-%s", steps.c_str(), name.c_str(), sizeof(T) == 4 ? "float" : "double");
    std::uint64_t hash = 14695981039346656037U; // FNV-1a
    for (std::size_t i = 0; i < results.size(); ++i) {
        if (is_nan(results[i]) && !is_nan(kept[i])) {
            std::printf(" nan");
            continue;
        }
        std::printf(" %0*llx", int(2 * sizeof(T)), static_cast<unsigned long long>(bits(results[i])));
        hash = (hash ^ bits(results[i])) * 1099511628211U;
    }
    std::printf("\n");
    if (steps == "0")
        std::printf("0 hash-of-%s-of-%s %016llx\n", name.c_str(), sizeof(T) == 4 ? "float" : "double",
                    static_cast<unsigned long long>(hash));
}

void print_mask(const std::string& name, const std::vector<std::uint8_t>& mask) {
    std::printf("0 %s", name.c_str());
    for (const unsigned byte : mask)
        std::printf(" %02x", byte);
    std::printf("\n");
}

/// The kernels of one function, with one slope of each kind where there are channels.
template <class T>
void print_function(const function_under_test& f, const parameter_set& parameters, const std::string& name,
                    const call_shape& shape, bool special) {
    const auto values = special ? &mixed_values<T> : &ordinary_values<T>;
    std::vector<T> x, slopes = ordinary_values<T>(shape.channels, 54);
    if (f.has_slope) {
        x = values(shape.size(), 52);
    } else {
        x = negative_values<T>(shape.size() - 301, T(-120));
        for (const T v : mixed_values<T>(301, 50))
            x.push_back(v);
    }
    if (special)
        for (std::size_t c = 0; c < slopes.size(); ++c)
            slopes[c] = std::array{T(0), T(-0.0), T(-0.5), T(1.67), payload_nan<T>, T(0.25)}[c % 6];
    const std::vector<T> dy = values(shape.size(), 53), unkept(shape.channels);
    std::vector<T> out(x.size()), dslopes(shape.channels), passed_on = dy;
    std::vector<std::uint8_t> mask = mask_of<T>(f.kernels<T>().front(), parameters.data(), x);
    for (std::size_t i = 0; i < x.size(); ++i)
        passed_on[i] = x[i] > 0 ? dy[i] : T(0);

    const rounded_parameters<T> rounded(parameters);
    const bounds bound = description_of(f.name).template of<T>().bound(rounded.as_T.data());
    // What is approximated may have denormals on the way; its backward multiplies what may already be some steps off.
    const bool exact = bound.f <= 0.5;
    const std::string approximated = std::string("~").append(std::to_string(bound.steps));
    for (const kernel<T>& k : f.kernels<T>()) {
        if (k.name == "backward_from_output" &&
            !description_of(f.name).template of<T>().output_tells(rounded.as_T.data()))
            continue;
        std::string kernel_name = name + '.' + std::string(k.name);
        std::ranges::replace(kernel_name, ' ', '-');
        k.run({parameters.data(), shape, x, dy, slopes, out, dslopes, mask});
        // What f' near its zero, what is computed from an output by more than one step, and what multiplies either are
        // of, depends on FMA by any number of steps.
        const bool near_zero = bound.derivative_absolute > 0 || bound.derivative_unit > 0;
        const bool in_steps = bound.unit == 0 && bound.from_output > 0.5;
        const bool depends_on_fma = (k.name == "backward" && bound.steps > 0) ||
                                    (k.name == "derivative" && near_zero) ||
                                    (k.name == "backward_from_output" && in_steps);
        const std::string kernel_steps = exact                              ? "0"
                                         : depends_on_fma                   ? "~fma"
                                         : k.name == "backward_from_output" ? "~0"
                                                                            : approximated;
        print(kernel_steps, kernel_name, out, k.uses.reads_mask ? passed_on : x);
        if (k.uses.dslopes)
            print("0", kernel_name + ".dslopes", dslopes, unkept);
        if (k.uses.writes_mask)
            print_mask(kernel_name + ".mask-of-" + (sizeof(T) == 4 ? "float" : "double"), mask);
    }
}

template <class T>
void print_all() {
    for (const function_under_test* f : under_test.functions) {
        if (f->has_slope) {
            const auto print_shape = [&](const call_shape& s, bool special) {
                print_function<T>(*f, description_of(f->name).usual.front(),
                                  std::string(f->name) + (special ? "-of-special-" : "-of-") + std::to_string(s.outer) +
                                      'x' + std::to_string(s.channels) + 'x' + std::to_string(s.inner),
                                  s, special);
            };
            for (const call_shape& shape : {call_shape{1, 1, 1},
                                            {1, 1, 2000},
                                            {2, 3, 49},
                                            {1, 5, 1025},
                                            {3, 7, 5},
                                            {301, 3, 1},
                                            {40, 37, 1},
                                            {900, 1, 2}})
                print_shape(shape, false);
            for (const call_shape& shape : {call_shape{2, 12, 49}, {3, 6, 5}, {301, 6, 1}, {40, 48, 1}, {100, 6, 2}})
                print_shape(shape, true);
        } else {
            for (const parameter_set& parameters : parameters_of(f->name))
                if (rounded_parameters<T>(parameters).all_finite())
                    print_function<T>(*f, parameters, std::string(f->name) + text_of(parameters), {.inner = 1201},
                                      true);
        }
    }
}

} // namespace

int main() {
    std::printf("%s FMA, %s\n", under_test.fused() ? "with" : "without", under_test.isa());
    print_all<float>();
    print_all<double>();
}
