#include "shrinkage.hpp"

namespace tests {
namespace {

struct hard_shrink : shrinkage<hard_shrink> {
    static constexpr const char* name = "hard_shrink";
    static constexpr readme_text readme = {.f = "0 where |x| <= l, else x",
                                           .derivative = "0 where |x| <= l, else 1",
                                           .from_output = "0 where |y| <= l, else 1",
                                           .source = "Donoho, Johnstone 1994"};
    static std::vector<std::string> elsewhere() {
        return {"onnx Shrink(lambd 0.5)", "pytorch Hardshrink(lambd 0.5)", "pytorch hardshrink(lambd 0.5)",
                "keras hard_shrink(threshold 0.5)"};
    }

    template <class R>
    static R f(R x, const R* p) {
        return fabs(x) > p[0] ? x : nothing_of(x);
    }
    template <class T>
    static std::vector<row<T>> values(const T* p) {
        return rows_with(p, [](T size) { return size; });
    }
};

const described<hard_shrink> here;

} // namespace
} // namespace tests
