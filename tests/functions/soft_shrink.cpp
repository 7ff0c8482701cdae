#include "shrinkage.hpp"

namespace tests {
namespace {

struct soft_shrink : shrinkage<soft_shrink> {
    static constexpr const char* name = "soft_shrink";
    static constexpr readme_text readme = {.f = "0 where |x| <= l, else x - l or x + l",
                                           .derivative = "0 where |x| <= l, else 1",
                                           .from_output = "0 where y = 0, else 1",
                                           .source = "Donoho 1995"};
    static std::vector<std::string> elsewhere() {
        return {"pytorch Softshrink(lambd 0.5)", "pytorch softshrink(lambd 0.5)", "keras soft_shrink(threshold 0.5)"};
    }

    template <class R>
    static R f(R x, const R* p) {
        return fabs(x) > p[0] ? x < 0 ? x + p[0] : x - p[0] : nothing_of(x);
    }
    template <class R>
    static R from_output(R y, const R*) {
        return fabs(y) > 0 ? R(1) : R(0);
    }
    template <class T>
    static bounds bound(const T*) {
        return {.f = 0.5};
    }
    template <class T>
    static std::vector<row<T>> values(const T* p) {
        return rows_with(p, [p](T size) { return size - p[0]; });
    }
};

const described<soft_shrink> here;

} // namespace
} // namespace tests
