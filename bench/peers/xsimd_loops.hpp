#pragma once

/// Plain loops over xsimd batches: whole batches, then single elements by the same formula.

#include "formulas.hpp"

#include <concepts>

#include <xsimd/xsimd.hpp>

namespace bench {

struct xsimd_loops {
    static constexpr bool has_log1p = true, has_erf = true, has_sin = true;

    template <class V, class T>
    static V of(V, T s) {
        return V(s);
    }
    template <class C, class V>
    static V select(C condition, V a, V b) {
        if constexpr (std::same_as<C, bool>)
            return condition ? a : b;
        else
            return xsimd::select(condition, a, b);
    }
    template <class V>
    static V max(V a, V b) {
        return xsimd::max(a, b);
    }
    template <class V>
    static V min(V a, V b) {
        return xsimd::min(a, b);
    }
    template <class V>
    static V exp(V x) {
        return xsimd::exp(x);
    }
    template <class V>
    static V expm1(V x) {
        return xsimd::expm1(x);
    }
    template <class V>
    static V tanh(V x) {
        return xsimd::tanh(x);
    }
    template <class V>
    static V log1p(V x) {
        return xsimd::log1p(x);
    }
    template <class V>
    static V erf(V x) {
        return xsimd::erf(x);
    }
    template <class V>
    static V sin(V x) {
        return xsimd::sin(x);
    }

    template <class F, class T, class... In>
    static void map(std::size_t n, F f, T* out, const In*... in) {
        using V = xsimd::batch<T>;
        std::size_t i = 0;
        for (; i + V::size <= n; i += V::size)
            f(V::load_unaligned(in + i)...).store_unaligned(out + i);
        for (; i < n; ++i)
            out[i] = f(in[i]...);
    }

    template <class F, class G, class T>
    static T map_and_sum(std::size_t n, F f, G g, T* out, const T* x, const T* dy) {
        using V = xsimd::batch<T>;
        V sums[4] = {V(T(0)), V(T(0)), V(T(0)), V(T(0))};
        const auto step = [&](V& sum, std::size_t i) {
            const V u = V::load_unaligned(x + i), v = V::load_unaligned(dy + i);
            f(u, v).store_unaligned(out + i);
            sum += g(u, v);
        };
        std::size_t i = 0;
        for (; i + 4 * V::size <= n; i += 4 * V::size)
            for (std::size_t j = 0; j < 4; ++j)
                step(sums[j], i + j * V::size);
        for (; i + V::size <= n; i += V::size)
            step(sums[0], i);
        T lanes[V::size];
        ((sums[0] + sums[1]) + (sums[2] + sums[3])).store_unaligned(lanes);
        T sum = 0;
        for (const T lane : lanes)
            sum += lane;
        for (; i < n; ++i) {
            sum += g(x[i], dy[i]);
            out[i] = f(x[i], dy[i]);
        }
        return sum;
    }
};

/// Whether a cell needs such a function; the rest would be these loops once more.
inline bool calls_functions(const cell& c) {
    for (const char* fn : {"elu",         "sigmoid", "tanh", "exp",   "expm1",      "log1p",      "exponential",
                           "gaussian",    "selu",    "celu", "silu",  "quick_gelu", "swish",      "softplus",
                           "log_sigmoid", "mish",    "gelu", "snake", "gelu_tanh",  "tanh_shrink"})
        if (c.fn == fn)
            return c.op != op::backward_from_output;
    return false;
}

/// For libraries of functions on bare registers: the same loops with the functions from Functions.
template <class Functions>
struct xsimd_loops_with : xsimd_loops {
    template <class V>
    static V exp(V x) {
        return V(Functions::exp(bare(x)));
    }
    template <class V>
    static V expm1(V x) {
        return V(Functions::expm1(bare(x)));
    }
    template <class V>
    static V tanh(V x) {
        return V(Functions::tanh(bare(x)));
    }
    template <class V>
    static V log1p(V x) {
        return V(Functions::log1p(bare(x)));
    }
    template <class V>
    static V erf(V x) {
        return V(Functions::erf(bare(x)));
    }
    template <class V>
    static V sin(V x) {
        return V(Functions::sin(bare(x)));
    }

private:
    static float bare(float x) { return x; }
    static double bare(double x) { return x; }
    template <class T>
    static auto bare(const xsimd::batch<T>& x) {
        return typename xsimd::batch<T>::register_type(x);
    }
};

} // namespace bench
