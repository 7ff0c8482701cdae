// refused: dispatchable
#include <simdact/dispatch.hpp>

#include <vector>

struct twice {
    template <class V>
    V forward(V x) const {
        return x + x;
    }
};

#ifdef WORKS
using function = simdact::relu;
#else
using function = twice;
#endif

int main() {
    const std::vector<float> x(4);
    std::vector<float> y(4);
    simdact::dispatch::forward(function{}, x, y);
}
