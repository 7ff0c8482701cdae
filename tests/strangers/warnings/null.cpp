/// A user's file with a mistake that cppcheck finds, if it gets past the header.

#if defined(SINGLE)
#include <simdact.hpp>
#else
#include <simdact/simdact.hpp>
#endif

#include <vector>

int mistaken() {
    int* p = nullptr;
    return *p;
}

void activate(const std::vector<float>& x, std::vector<float>& y) { simdact::forward(simdact::elu{}, x, y); }
