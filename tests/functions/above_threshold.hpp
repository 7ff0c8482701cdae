#pragma once

#include "by_bit.hpp"

/// x where it is more than a number, a constant elsewhere, which D tells in otherwise(parameters).
namespace tests {

template <class D>
struct above_threshold : by_bit<D> {
    template <class R>
    static bool bit(R x, const R* p) {
        return x > p[0];
    }
    template <class R>
    static R f(R x, const R* p) {
        return x > p[0] ? x : D::otherwise(p);
    }
    template <class T>
    static std::vector<row<T>> values(const T* p) {
        return D::template rows<T>(p, {p[0]}, [p](T x) { return x <= p[0] ? D::otherwise(p) : x; });
    }
};

} // namespace tests
