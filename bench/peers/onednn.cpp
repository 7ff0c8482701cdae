// oneDNN's eltwise and prelu primitives, float, made once; a call sets the pointers and executes.

#include "../cell.hpp"

#include <memory>
#include <unordered_map>

#include <oneapi/dnnl/dnnl.hpp>

namespace {
using namespace bench;
using dnnl::memory;

const dnnl::engine& cpu() {
    static const dnnl::engine engine = [] {
        if (stay_at_avx2)
            dnnl::set_max_cpu_isa(dnnl::cpu_isa::avx2);
        return dnnl::engine(dnnl::engine::kind::cpu, 0);
    }();
    return engine;
}

struct work {
    dnnl::primitive primitive;
    std::unordered_map<int, memory> arguments;
    dnnl::stream stream{cpu()};

    void bind(int argument, const memory::desc& shape) { arguments[argument] = memory(shape, cpu(), nullptr); }
    void point(int argument, const void* p) { arguments[argument].set_data_handle(const_cast<void*>(p)); }
    void run() {
        primitive.execute(stream, arguments);
        stream.wait();
    }
};

#if DNNL_VERSION_MAJOR >= 3
template <class Primitive, class... Arguments>
auto description(Arguments... arguments) {
    return typename Primitive::primitive_desc(cpu(), arguments...);
}
template <class Primitive, class Hint, class... Arguments>
auto description_after(const Hint& hint, Arguments... arguments) {
    return typename Primitive::primitive_desc(cpu(), arguments..., hint);
}
#else
template <class Primitive, class... Arguments>
auto description(Arguments... arguments) {
    return typename Primitive::primitive_desc(typename Primitive::desc(arguments...), cpu());
}
template <class Primitive, class Hint, class... Arguments>
auto description_after(const Hint& hint, Arguments... arguments) {
    return typename Primitive::primitive_desc(typename Primitive::desc(arguments...), cpu(), hint);
}
#endif

constexpr auto training = dnnl::prop_kind::forward_training;

/// The algorithm f, or `by_output` for the gradient from the output.
kernel<float> eltwise(const cell& c, dnnl::algorithm f, dnnl::algorithm by_output, float parameter = 0,
                      float second = 0) {
    if (c.op != op::forward && c.op != op::backward && c.op != op::backward_from_output)
        return {};
    const bool from_output = c.op == op::backward_from_output;
    if (from_output && by_output == dnnl::algorithm::undef)
        return {};
    const memory::desc shape({static_cast<memory::dim>(c.size())}, memory::data_type::f32, memory::format_tag::a);
    if (from_output)
        f = by_output;

    auto w = std::make_shared<work>();
    const int input = from_output ? DNNL_ARG_DST : DNNL_ARG_SRC;
    w->bind(input, shape);
#if DNNL_VERSION_MAJOR >= 3
    const auto forward = description<dnnl::eltwise_forward>(training, f, shape, shape, parameter, second);
#else
    const auto forward = description<dnnl::eltwise_forward>(training, f, shape, parameter, second);
#endif
    if (c.op == op::forward) {
        w->primitive = dnnl::eltwise_forward(forward);
        w->bind(DNNL_ARG_DST, shape);
        return [w](const arrays<float>& a) {
            w->point(DNNL_ARG_SRC, a.x);
            w->point(DNNL_ARG_DST, a.out);
            w->run();
        };
    }
#if DNNL_VERSION_MAJOR >= 3
    w->primitive = dnnl::eltwise_backward(
        description_after<dnnl::eltwise_backward>(forward, f, shape, shape, shape, parameter, second));
#else
    w->primitive =
        dnnl::eltwise_backward(description_after<dnnl::eltwise_backward>(forward, f, shape, shape, parameter, second));
#endif
    w->bind(DNNL_ARG_DIFF_DST, shape);
    w->bind(DNNL_ARG_DIFF_SRC, shape);
    return [w, input](const arrays<float>& a) {
        w->point(input, a.x);
        w->point(DNNL_ARG_DIFF_DST, a.dy);
        w->point(DNNL_ARG_DIFF_SRC, a.out);
        w->run();
    };
}

kernel<float> prelu(const cell& c) {
    if (c.op != op::forward && c.op != op::backward)
        return {};
    const auto dim = [](std::size_t n) { return static_cast<memory::dim>(n); };
    const memory::dim n = dim(c.outer), channels = dim(c.channels), inner = dim(c.inner);
    const memory::desc shape({n, channels, inner}, memory::data_type::f32, memory::format_tag::abc);
    const memory::desc slopes({1, channels, 1}, memory::data_type::f32, memory::format_tag::abc);
    auto w = std::make_shared<work>();
    w->bind(DNNL_ARG_SRC, shape);
    w->bind(DNNL_ARG_WEIGHTS, slopes);
#if DNNL_VERSION_MAJOR >= 3
    const auto forward = description<dnnl::prelu_forward>(training, shape, slopes, shape);
#else
    const auto forward = description<dnnl::prelu_forward>(training, shape, slopes);
#endif
    if (c.op == op::forward) {
        w->primitive = dnnl::prelu_forward(forward);
        w->bind(DNNL_ARG_DST, shape);
        return [w](const arrays<float>& a) {
            w->point(DNNL_ARG_SRC, a.x);
            w->point(DNNL_ARG_WEIGHTS, a.slopes);
            w->point(DNNL_ARG_DST, a.out);
            w->run();
        };
    }
#if DNNL_VERSION_MAJOR >= 3
    w->primitive =
        dnnl::prelu_backward(description_after<dnnl::prelu_backward>(forward, shape, slopes, shape, slopes, shape));
#else
    w->primitive = dnnl::prelu_backward(description_after<dnnl::prelu_backward>(forward, shape, slopes, shape, slopes));
#endif
    w->bind(DNNL_ARG_DIFF_DST, shape);
    w->bind(DNNL_ARG_DIFF_SRC, shape);
    w->bind(DNNL_ARG_DIFF_WEIGHTS, slopes);
    return [w](const arrays<float>& a) {
        w->point(DNNL_ARG_SRC, a.x);
        w->point(DNNL_ARG_WEIGHTS, a.slopes);
        w->point(DNNL_ARG_DIFF_DST, a.dy);
        w->point(DNNL_ARG_DIFF_SRC, a.out);
        w->point(DNNL_ARG_DIFF_WEIGHTS, a.dslopes);
        w->run();
    };
}

kernel<float> offer(const cell& c) {
    using dnnl::algorithm;
    const auto parameter = static_cast<float>(c.parameters[0]);
    if (c.fn == "relu") // leaky, with a slope of 0
        return eltwise(c, algorithm::eltwise_relu, algorithm::eltwise_relu_use_dst_for_bwd);
    if (c.fn == "leaky_relu")
        return eltwise(c, algorithm::eltwise_relu, algorithm::eltwise_relu_use_dst_for_bwd, parameter);
    if (c.fn == "elu")
        return eltwise(c, algorithm::eltwise_elu, algorithm::eltwise_elu_use_dst_for_bwd, parameter);
    if (c.fn == "sigmoid")
        return eltwise(c, algorithm::eltwise_logistic, algorithm::eltwise_logistic_use_dst_for_bwd);
    if (c.fn == "tanh")
        return eltwise(c, algorithm::eltwise_tanh, algorithm::eltwise_tanh_use_dst_for_bwd);
    if (c.fn == "relu6")
        return eltwise(c, algorithm::eltwise_clip_v2, algorithm::eltwise_clip_v2_use_dst_for_bwd, 0, 6);
    if (c.fn == "hard_tanh")
        return eltwise(c, algorithm::eltwise_clip_v2, algorithm::eltwise_clip_v2_use_dst_for_bwd, parameter,
                       static_cast<float>(c.parameters[1]));
    if (c.fn == "exponential")
        return eltwise(c, algorithm::eltwise_exp, algorithm::eltwise_exp_use_dst_for_bwd);
    if (const double b = swish_factor(c); b != 0)
        return eltwise(c, algorithm::eltwise_swish, algorithm::undef, static_cast<float>(b));
    if (c.fn == "gelu")
        return eltwise(c, algorithm::eltwise_gelu_erf, algorithm::undef);
    if (c.fn == "gelu_tanh")
        return eltwise(c, algorithm::eltwise_gelu_tanh, algorithm::undef);
    if (c.fn == "mish")
        return eltwise(c, algorithm::eltwise_mish, algorithm::undef);
#if DNNL_VERSION_MAJOR >= 3
    if (c.fn == "softplus")
        return eltwise(c, algorithm::eltwise_soft_relu, algorithm::undef, parameter);
    if (c.fn == "log_sigmoid")
        return eltwise(c, algorithm::eltwise_soft_relu, algorithm::undef, -1.0f);
    if (c.fn == "hard_sigmoid_affine")
        return eltwise(c, algorithm::eltwise_hardsigmoid, algorithm::undef, parameter,
                       static_cast<float>(c.parameters[1]));
    if (c.fn == "hard_sigmoid")
        return eltwise(c, algorithm::eltwise_hardsigmoid, algorithm::undef, 1.0f / 6, 0.5f);
    if (c.fn == "hard_swish")
        return eltwise(c, algorithm::eltwise_hardswish, algorithm::undef, 1.0f / 6, 0.5f);
#else
    if (c.fn == "softplus" && parameter == 1)
        return eltwise(c, algorithm::eltwise_soft_relu, algorithm::undef);
    if (c.fn == "log_sigmoid")
        return eltwise(c, algorithm::eltwise_logsigmoid, algorithm::undef);
    if (c.fn == "hard_swish")
        return eltwise(c, algorithm::eltwise_hardswish, algorithm::undef);
#endif
    if (c.fn == "prelu")
        return prelu(c);
    return {};
}

const std::string version = std::to_string(DNNL_VERSION_MAJOR) + '.' + std::to_string(DNNL_VERSION_MINOR) + '.' +
                            std::to_string(DNNL_VERSION_PATCH);
const bool added = add({"oneDNN", version, role::peer, offer, no_doubles});

} // namespace
