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
    const std::vector<float> dy(4);
    std::vector<float> dx(4);
    simdact::backward(twice{}, x, dy, dx);
}
