// simdact's functors in Eigen's expressions, by simdact/eigen.hpp.

#include "functions.hpp"

#include <simdact/eigen.hpp>

namespace {
using namespace bench;

template <class T>
kernel<T> offer(const cell& c) {
    if (c.op != op::forward || c.in_place)
        return {};
    const auto elementwise = [&](auto f) -> kernel<T> {
        return [f, n = static_cast<Eigen::Index>(c.size())](const arrays<T>& a) {
            using array = Eigen::ArrayX<T>;
            Eigen::Map<array>(a.out, n) = Eigen::Map<const array>(a.x, n).unaryExpr(f);
        };
    };
    return of_function<T, simdact::function_list<>>(c, elementwise, [](auto) { return kernel<T>(); });
}

const bool added = add({"in Eigen", "", role::reference, offer<float>, offer<double>});

} // namespace
