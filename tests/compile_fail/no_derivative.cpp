// refused: differentiable
#include <simdact/simdact.hpp>

#include <vector>

struct twice {
    template <class V>
    V forward(V x) const {
        return x + x;
    }
#ifdef WORKS
    template <class V>
    V derivative(V) const {
        return V(2);
    }
#endif
};

int main() {
    const std::vector<float> x(4);
    std::vector<float> d(4);
    simdact::derivative(twice{}, x, d);
}
