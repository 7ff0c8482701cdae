// Measures the kernels over rows, and gated units, beside other libraries and loops by hand, float, on one core, and
// prints which targets are met:
//
//     rows_bench [--quick]
//
// All competitors of a cell take turns, in a new order each round, and the median counts. The targets: no slower than
// any peer whose results are within 8 ULP on these rows (0.95 counts as level); at most 1.5 times what the loop by hand
// takes that adds in float and lets scale * x and x - max lose digits; gradients no slower than the best. Gated units:
// reglu no slower than a loop by hand, the others at most 1.1 times their function alone.

#include "../tests/ulp.hpp"
#include "cell.hpp"
#include "one_processor.hpp"

#include <simdact/simdact.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <random>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#if defined SIMDACT_BENCH_HAS_XNNPACK
#if __has_include(<cpuinfo.h>)
#include <cpuinfo.h>
#endif
#include <xnnpack.h>
#endif
#if defined SIMDACT_BENCH_HAS_ONEDNN
#include <oneapi/dnnl/dnnl.hpp>
#endif
#if defined SIMDACT_BENCH_HAS_LIBTORCH
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#endif

namespace {

using simdact::channel_shape;
using V = simdact::simd::batch<float>;
namespace simd = simdact::simd;

enum class op { softmax, softmax_and_l, log_softmax, logsumexp, softmax_gradient };
constexpr const char* names[] = {"softmax", "softmax, logsumexp", "log_softmax", "logsumexp", "softmax gradient"};

struct arrays {
    channel_shape shape;
    std::vector<float> x, y, dy, out, l;

    std::size_t rows() const { return shape.outer * shape.inner; }
};

using call = std::function<void()>;

call ours(op o, arrays& a) {
    switch (o) {
    case op::softmax:
        return [&a] { simdact::forward(simdact::softmax{}, a.shape, a.x, a.out); };
    case op::softmax_and_l:
        return [&a] { simdact::forward(simdact::softmax{}, a.shape, a.x, a.out, a.l); };
    case op::log_softmax:
        return [&a] { simdact::forward(simdact::log_softmax{}, a.shape, a.x, a.out); };
    case op::logsumexp:
        return [&a] { simdact::forward(simdact::logsumexp{}, a.shape, a.x, a.l); };
    default:
        return [&a] { simdact::backward_from_output(simdact::softmax{}, a.shape, a.y, a.dy, a.out); };
    }
}

/// The lanes of v in one.
template <class F>
float folded(const V& v, F f) {
    float lanes[simd::lanes<V>];
    simd::store(lanes, v);
    for (std::size_t half = simd::lanes<V> / 2; half > 0; half /= 2)
        for (std::size_t i = 0; i < half; ++i)
            lanes[i] = f(lanes[i], lanes[i + half]);
    return lanes[0];
}

/// One row by batches, whose number it is a multiple of: the sum of exponentials in float.
void softmax_by_hand(std::size_t n, const float* x, float* y) {
    constexpr std::size_t width = simd::lanes<V>;
    V most = simd::load<V>(x);
    for (std::size_t i = width; i < n; i += width)
        most = simd::at_least(simd::load<V>(x + i), most);
    const V largest(folded(most, [](float a, float b) { return a > b ? a : b; }));
    V sum(0.0f);
    for (std::size_t i = 0; i < n; i += width) {
        const V e = simdact::math::exp(simd::load<V>(x + i) - largest);
        simd::store(y + i, e);
        sum = sum + e;
    }
    const V inverse(1 / folded(sum, [](float a, float b) { return a + b; }));
    for (std::size_t i = 0; i < n; i += width)
        simd::store(y + i, simd::load<V>(y + i) * inverse);
}

call by_hand(op o, arrays& a) {
    if (o != op::softmax || a.shape.inner != 1 || a.shape.channels % simd::lanes<V> != 0)
        return {};
    return [&a] {
        for (std::size_t r = 0; r < a.rows(); ++r)
            softmax_by_hand(a.shape.channels, a.x.data() + r * a.shape.channels, a.out.data() + r * a.shape.channels);
    };
}

/// The loops that one would write, for any shape.
call plain(op o, arrays& a) {
    const auto each_row = [](const arrays& of, auto body) {
        for (std::size_t outer = 0; outer < of.shape.outer; ++outer)
            for (std::size_t i = 0; i < of.shape.inner; ++i)
                body(outer * of.shape.channels * of.shape.inner + i);
    };
    if (o == op::softmax)
        return [&a, each_row] {
            each_row(a, [&](std::size_t at) {
                const std::size_t n = a.shape.channels, step = a.shape.inner;
                float largest = a.x[at], sum = 0;
                for (std::size_t c = 1; c < n; ++c)
                    largest = std::max(largest, a.x[at + c * step]);
                for (std::size_t c = 0; c < n; ++c)
                    sum += a.out[at + c * step] = std::exp(a.x[at + c * step] - largest);
                for (std::size_t c = 0; c < n; ++c)
                    a.out[at + c * step] /= sum;
            });
        };
    if (o == op::softmax_gradient)
        return [&a, each_row] {
            each_row(a, [&](std::size_t at) {
                const std::size_t n = a.shape.channels, step = a.shape.inner;
                float sum = 0;
                for (std::size_t c = 0; c < n; ++c)
                    sum += a.y[at + c * step] * a.dy[at + c * step];
                for (std::size_t c = 0; c < n; ++c)
                    a.out[at + c * step] = a.y[at + c * step] * (a.dy[at + c * step] - sum);
            });
        };
    return {};
}

#if defined SIMDACT_BENCH_HAS_XNNPACK
call xnnpack(op o, arrays& a) {
    static const bool ready = [] {
#if __has_include(<cpuinfo.h>) && defined __x86_64__
        cpuinfo_initialize();
        if (bench::stay_at_avx2)
            cpuinfo_isa.avx512f = false;
#endif
        return xnn_initialize(nullptr) == xnn_status_success;
    }();
    if (!ready || o != op::softmax || a.shape.inner != 1)
        return {};
    const std::size_t n = a.shape.channels;
    xnn_operator_t created = nullptr;
#if defined SIMDACT_BENCH_XNNPACK_UNARY
    if (xnn_create_softmax_nc_f32(0, &created) != xnn_status_success ||
        xnn_reshape_softmax_nc_f32(created, n, n, n, a.rows(), nullptr) != xnn_status_success)
        return {};
    return [&a, created] {
        xnn_setup_softmax_nc_f32(created, a.x.data(), a.out.data());
        xnn_run_operator(created, nullptr);
    };
#else
    if (xnn_create_softmax_nc_f32(n, n, n, 0, &created) != xnn_status_success)
        return {};
    return [&a, created] {
        xnn_setup_softmax_nc_f32(created, a.rows(), a.x.data(), a.out.data(), nullptr);
        xnn_run_operator(created, nullptr);
    };
#endif
}
#endif

#if defined SIMDACT_BENCH_HAS_ONEDNN
call onednn(op o, arrays& a) {
    using namespace dnnl;
    static const engine cpu = [] {
        if (bench::stay_at_avx2)
            set_max_cpu_isa(cpu_isa::avx2);
        return engine(engine::kind::cpu, 0);
    }();
    if (o != op::softmax && o != op::log_softmax)
        return {};
    const auto size = [](std::size_t n) { return static_cast<memory::dim>(n); };
    const memory::desc shape({size(a.shape.outer), size(a.shape.channels), size(a.shape.inner)}, memory::data_type::f32,
                             memory::format_tag::abc);
    const bool is_log = o == op::log_softmax;
#if DNNL_VERSION_MAJOR >= 3
    const primitive p = softmax_forward(softmax_forward::primitive_desc(
        cpu, prop_kind::forward_inference, is_log ? algorithm::softmax_log : algorithm::softmax_accurate, shape, shape,
        1));
#else
    const auto made = [&]<class P>(P*) -> primitive {
        return P(typename P::primitive_desc(typename P::desc(prop_kind::forward_inference, shape, 1), cpu));
    };
    const primitive p =
        is_log ? made(static_cast<logsoftmax_forward*>(nullptr)) : made(static_cast<softmax_forward*>(nullptr));
#endif
    return [p, s = stream(cpu), x = memory(shape, cpu, a.x.data()), y = memory(shape, cpu, a.out.data())]() mutable {
        p.execute(s, {{DNNL_ARG_SRC, x}, {DNNL_ARG_DST, y}});
        s.wait();
    };
}
#endif

#if defined SIMDACT_BENCH_HAS_LIBTORCH
call libtorch(op o, arrays& a) {
    static const bool ready = [] { // read by the first kernel
        at::set_num_threads(1);
        return !bench::stay_at_avx2 || setenv("ATEN_CPU_CAPABILITY", "avx2", 1) == 0;
    }();
    if (!ready)
        return {};
    const auto size = [](std::size_t n) { return static_cast<std::int64_t>(n); };
    const auto tensor = [&](std::vector<float>& of) { // of two dimensions it has other kernels
        return a.shape.inner == 1
                   ? at::from_blob(of.data(), {size(a.shape.outer), size(a.shape.channels)})
                   : at::from_blob(of.data(), {size(a.shape.outer), size(a.shape.channels), size(a.shape.inner)});
    };
    const at::Tensor x = tensor(a.x), y = tensor(a.y), dy = tensor(a.dy);
    at::Tensor out = tensor(a.out), l = a.shape.inner == 1
                                            ? at::from_blob(a.l.data(), {size(a.shape.outer)})
                                            : at::from_blob(a.l.data(), {size(a.shape.outer), size(a.shape.inner)});
    switch (o) {
    case op::softmax:
        return [=]() mutable {
            const at::InferenceMode mode;
            at::_softmax_out(out, x, 1, false);
        };
    case op::log_softmax:
        return [=]() mutable {
            const at::InferenceMode mode;
            at::_log_softmax_out(out, x, 1, false);
        };
    case op::logsumexp:
        return [=]() mutable {
            const at::InferenceMode mode;
            at::logsumexp_out(l, x, 1);
        };
    case op::softmax_gradient:
        return [=]() mutable {
            const at::InferenceMode mode;
            at::_softmax_backward_data_out(out, dy, y, 1, at::kFloat);
        };
    default:
        return {};
    }
}
#endif

struct peer {
    const char* name;
    call (*of)(op, arrays&);
};
constexpr peer peers[] = {
    {"by hand", by_hand},   {"plain", plain},
#if defined SIMDACT_BENCH_HAS_XNNPACK
    {"XNNPACK", xnnpack},
#endif
#if defined SIMDACT_BENCH_HAS_ONEDNN
    {"oneDNN", onednn},
#endif
#if defined SIMDACT_BENCH_HAS_LIBTORCH
    {"libtorch", libtorch},
#endif
};

/// The largest error of what is in out, or in l, in ULP, over the first rows.
double error_of(op o, const arrays& a) {
    if (o == op::softmax_gradient)
        return 0;
    double worst = 0;
    for (std::size_t r = 0; r < std::min<std::size_t>(a.rows(), 50); ++r) {
        const std::size_t n = a.shape.channels, step = a.shape.inner, at = r / step * n * step + r % step;
        std::size_t most = 0;
        for (std::size_t c = 1; c < n; ++c)
            if (a.x[at + c * step] > a.x[at + most * step])
                most = c;
        const auto below = [&](std::size_t c) {
            return static_cast<long double>(a.x[at + c * step]) - a.x[at + most * step];
        };
        long double rest = 0;
        for (std::size_t c = 0; c < n; ++c)
            rest += c == most ? 0 : std::exp(below(c));
        const long double above = std::log1p(rest);
        const auto note = [&](float got, long double truth) {
            worst = std::max(worst, static_cast<double>(tests::ulp_error(got, truth)));
        };
        if (o == op::logsumexp)
            note(a.l[r], a.x[at + most * step] + above);
        else
            for (std::size_t c = 0; c < n; ++c)
                note(a.out[at + c * step], o == op::log_softmax ? below(c) - above : std::exp(below(c)) / (1 + rest));
    }
    return worst;
}

double seconds_now() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

struct entry {
    const char* name;
    call run;
    double ulp = 0;
    std::vector<double> seconds = {};

    double median() {
        const auto middle = seconds.begin() + static_cast<std::ptrdiff_t>(seconds.size() / 2);
        std::nth_element(seconds.begin(), middle, seconds.end());
        return *middle;
    }
};

int missed = 0;

/// Times calls on `size` elements.
void time_all(std::vector<entry>& entries, std::size_t size, std::size_t rounds, std::mt19937& random) {
    const std::size_t calls = std::max<std::size_t>(1, (1 << 18) / size);
    std::vector<std::size_t> order(entries.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    for (std::size_t round = 0; round < rounds; ++round) {
        std::shuffle(order.begin(), order.end(), random);
        for (const std::size_t i : order) {
            entries[i].run();
            const double begin = seconds_now();
            for (std::size_t k = 0; k < calls; ++k)
                entries[i].run();
            entries[i].seconds.push_back((seconds_now() - begin) / static_cast<double>(calls));
        }
    }
}

void measure(op o, arrays& a, std::size_t rounds, std::mt19937& random) {
    std::vector<entry> entries{{"simdact", ours(o, a)}};
    for (const peer& p : peers)
        if (call run = p.of(o, a))
            entries.push_back({p.name, std::move(run)});
    for (entry& e : entries) {
        e.run();
        e.ulp = error_of(o, a);
    }
    time_all(entries, a.shape.size(), rounds, random);
    const auto per_element = [&](entry& e) { return e.median() * 1e9 / static_cast<double>(a.shape.size()); };
    const double time = per_element(entries[0]);
    std::string text, verdict;
    for (std::size_t i = 1; i < entries.size(); ++i) {
        const double ratio = per_element(entries[i]) / time;
        const bool is_hand = std::string_view(entries[i].name) == "by hand";
        const bool counts = is_hand || o == op::softmax_gradient || entries[i].ulp <= 8;
        const double wanted = is_hand ? 1 / 1.5 : 0.95;
        char part[80];
        if (o == op::softmax_gradient)
            std::snprintf(part, sizeof part, "  %s x%.2f", entries[i].name, ratio);
        else
            std::snprintf(part, sizeof part, "  %s x%.2f (%.2g ULP)", entries[i].name, ratio, entries[i].ulp);
        text += part;
        if (counts && ratio < wanted)
            verdict += (verdict.empty() ? "" : ", ") + std::string(entries[i].name);
    }
    missed += !verdict.empty();
    std::printf("%-18s %7zu x %4zu  %8.3f  %5.2f %s%s%s\n", names[static_cast<int>(o)], a.shape.channels, a.shape.inner,
                time, entries[0].ulp, text.c_str(), verdict.empty() ? "  met" : "  MISSED: ", verdict.c_str());
    std::fflush(stdout);
}

/// gated<F>, beside F alone, or a loop by hand that does the same, and that share of its time which is asked for.
template <class F>
void measure_gated(const char* name, const char* beside, double wanted, std::size_t n, std::size_t rounds,
                   std::mt19937& random) {
    std::normal_distribution<float> normal(0, 3);
    std::vector<float> gate(n), value(n), y(n);
    for (std::size_t i = 0; i < n; ++i) {
        gate[i] = normal(random);
        value[i] = normal(random);
    }
    const auto alone = [&] {
        if constexpr (std::is_same_v<F, simdact::relu>)
            for (std::size_t i = 0; i < n; i += simd::lanes<V>)
                simd::store(y.data() + i,
                            simd::at_least(simd::load<V>(gate.data() + i), V(0.0f)) * simd::load<V>(value.data() + i));
        else
            simdact::forward(F{}, gate, y);
    };
    std::vector<entry> entries{{name, [&] { simdact::forward(simdact::gated<F>{}, gate, value, y); }}, {beside, alone}};
    time_all(entries, n, rounds, random);
    const double time = entries[0].median() * 1e9 / static_cast<double>(n);
    const double ratio = entries[1].median() / entries[0].median();
    missed += ratio < wanted;
    std::printf("%-18s %14zu  %8.3f         %s x%.2f%s\n", name, n, time, beside, ratio,
                ratio < wanted ? "  MISSED" : "  met");
    std::fflush(stdout);
}

} // namespace

int main(int argc, char** argv) {
    bench::stay_on_one_processor();
    const bool quick = argc > 1 && std::string_view(argv[1]) == "--quick";
    std::printf("# rows of normal numbers, standard deviation 3; peer time / ours, and the peer's largest error\n"
                "%-18s %14s  %8s  %5s\n",
                "kernel", "row x inner", "ns/elem", "ULP");
    std::mt19937 random(1);
    std::normal_distribution<float> normal(0, 3);
    for (const op o : {op::softmax, op::softmax_and_l, op::log_softmax, op::logsumexp, op::softmax_gradient})
        for (const auto& [channels, inner] : {std::pair<std::size_t, std::size_t>{16, 1},
                                              {64, 1},
                                              {256, 1},
                                              {1000, 1},
                                              {4096, 1},
                                              {32768, 1},
                                              {std::size_t(1) << 20, 1},
                                              {1000, 49},
                                              {1000, 4096}}) {
            arrays a;
            a.shape = {std::max<std::size_t>(1, 32768 / (channels * inner)), channels, inner};
            for (std::vector<float>* of : {&a.x, &a.dy, &a.y, &a.out})
                of->resize(a.shape.size());
            a.l.resize(a.rows());
            for (float& v : a.x)
                v = normal(random);
            for (float& v : a.dy)
                v = normal(random);
            simdact::forward(simdact::softmax{}, a.shape, a.x, a.y);
            measure(o, a, quick ? 9 : 25, random);
        }
    std::printf("\n# gated units, forward, in a cache and beyond\n");
    const std::size_t rounds = quick ? 9 : 25;
    for (const std::size_t n : {std::size_t(256), std::size_t(2048), std::size_t(65536), std::size_t(1) << 24}) {
        measure_gated<simdact::relu>("reglu", "by hand", 0.95, n, rounds, random);
        measure_gated<simdact::silu>("swiglu", "silu alone", 1 / 1.1, n, rounds, random);
        measure_gated<simdact::gelu>("geglu", "gelu alone", 1 / 1.1, n, rounds, random);
        measure_gated<simdact::sigmoid>("glu", "sigmoid alone", 1 / 1.1, n, rounds, random);
    }
    std::printf("\n%d cells miss a target\n", missed);
}
