// Functions whose names and parameters are read when the program runs, as from a model's file; their kernels are those
// that dispatch has for this CPU, and none is compiled here. find("elu") is for the list of all functions, this one for
// the list in own_functions.hpp. Prints:
//
//   elu, alpha = 0.5: -0.32 2.00
//   bent_square, slope = 0.125: -0.12 4.00
//   simdact::dispatch::find: elu has no parameter "slope", but alpha
#include "own_functions.hpp"

#include <cstdio>
#include <stdexcept>
#include <string>
#include <vector>

struct layer {
    std::string function;
    std::vector<simdact::named_parameter> parameters;
};

int main() {
    const std::vector<layer> model = {{"elu", {{"alpha", 0.5}}}, {"bent_square", {}}, {"elu", {{"slope", 0.5}}}};
    const std::vector<float> x = {-1.0f, 2.0f};
    std::vector<float> y(2);
    for (const layer& l : model)
        try {
            const simdact::dispatch::function f = simdact::dispatch::find<own_functions>(l.function, l.parameters);
            simdact::dispatch::forward(f, x, y);
            std::printf("%s", f.name());
            for (std::size_t i = 0; i < f.parameters(); ++i)
                std::printf(", %s = %g", f.parameter(i).name, f.parameter(i).value);
            std::printf(": %.2f %.2f\n", y[0], y[1]);
        } catch (const std::invalid_argument& refused) {
            std::puts(refused.what());
        }
}
