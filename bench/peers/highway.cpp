// Loops over Highway's vectors for the instruction set of the build, and its contrib/math.

#include "formulas.hpp"

#include <hwy/contrib/math/math-inl.h>
#include <hwy/highway.h>

namespace {
using namespace bench;
namespace hn = hwy::HWY_NAMESPACE;

struct highway {
    static constexpr bool has_log1p = true, has_sin = true;

    template <class V, class T>
    static V of(V, T s) {
        return hn::Set(hn::DFromV<V>(), s);
    }
    template <class C, class V>
    static V select(C condition, V a, V b) {
        return hn::IfThenElse(condition, a, b);
    }
    template <class V>
    static V max(V a, V b) {
        return hn::Max(a, b);
    }
    template <class V>
    static V min(V a, V b) {
        return hn::Min(a, b);
    }
    template <class V>
    static V exp(V x) {
        return hn::Exp(hn::DFromV<V>(), x);
    }
    template <class V>
    static V expm1(V x) {
        return hn::Expm1(hn::DFromV<V>(), x);
    }
    template <class V>
    static V tanh(V x) {
        return hn::Tanh(hn::DFromV<V>(), x);
    }
    template <class V>
    static V log1p(V x) {
        return hn::Log1p(hn::DFromV<V>(), x);
    }
    template <class V>
    static V sin(V x) {
        return hn::Sin(hn::DFromV<V>(), x);
    }

    template <class F, class T, class... In>
    static void map(std::size_t n, F f, T* out, const In*... in) {
        const hn::ScalableTag<T> d;
        const hn::CappedTag<T, 1> one;
        std::size_t i = 0;
        for (; i + hn::Lanes(d) <= n; i += hn::Lanes(d))
            hn::StoreU(f(hn::LoadU(d, in + i)...), d, out + i);
        for (; i < n; ++i)
            hn::StoreU(f(hn::LoadU(one, in + i)...), one, out + i);
    }
};

const std::string version = std::to_string(HWY_MAJOR) + '.' + std::to_string(HWY_MINOR) + '.' +
                            std::to_string(HWY_PATCH) + ' ' + hwy::TargetName(HWY_STATIC_TARGET);
// prelu would be xsimd's loops once more.
const bool added = add(
    {"Highway", version, role::peer, by_elementwise_formula<highway, float>, by_elementwise_formula<highway, double>});

} // namespace
