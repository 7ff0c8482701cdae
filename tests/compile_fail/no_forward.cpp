// refused: activation
#include <simdact/simdact.hpp>

#include <vector>

struct twice {
#ifdef WORKS
    template <class V>
    V forward(V x) const {
        return x + x;
    }
#endif
    template <class V>
    V derivative(V) const {
        return V(2);
    }
};

int main() {
    const std::vector<float> x(4);
    std::vector<float> y(4);
    simdact::forward(twice{}, x, y);
}
