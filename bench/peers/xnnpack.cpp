// XNNPACK's operators: forward, float. The call that sets the pointers is part of the work, as it is for its users.

#include "../cell.hpp"

#include <limits>
#include <memory>

#if __has_include(<cpuinfo.h>)
#include <cpuinfo.h>
#endif
#include <xnnpack.h>

namespace {
using namespace bench;

struct destroy {
    void operator()(xnn_operator_t p) const { xnn_delete_operator(p); }
};
using handle = std::shared_ptr<xnn_operator>;

bool ready() {
    static const bool initialized = [] {
#if __has_include(<cpuinfo.h>) && defined __x86_64__
        cpuinfo_initialize();
        if (stay_at_avx2)
            cpuinfo_isa.avx512f = false;
#endif
        return xnn_initialize(nullptr) == xnn_status_success;
    }();
    return initialized;
}

constexpr float infinity = std::numeric_limits<float>::infinity();

#if defined SIMDACT_BENCH_XNNPACK_UNARY // one operator for all functions of one argument; since 2024
kernel<float> offer(const cell& c) {
    xnn_unary_params params{};
    xnn_unary_operator type{};
    if (c.fn == "relu") {
        type = xnn_unary_clamp;
        params.clamp = {0, infinity};
    } else if (c.fn == "relu6") {
        type = xnn_unary_clamp;
        params.clamp = {0, 6};
    } else if (c.fn == "hard_tanh") {
        type = xnn_unary_clamp;
        params.clamp = {static_cast<float>(c.parameters[0]), static_cast<float>(c.parameters[1])};
    } else if (c.fn == "hard_swish") {
        type = xnn_unary_hardswish;
    } else if (c.fn == "leaky_relu") {
        type = xnn_unary_leaky_relu;
        params.leaky_relu.negative_slope = static_cast<float>(c.parameters[0]);
    } else if (c.fn == "elu") {
        type = xnn_unary_elu;
        params.elu.alpha = static_cast<float>(c.parameters[0]);
    } else if (c.fn == "sigmoid") {
        type = xnn_unary_sigmoid;
    } else if (c.fn == "tanh") {
        type = xnn_unary_tanh;
    } else {
        return {};
    }
    xnn_operator_t created = nullptr;
    if (c.op != op::forward || !ready() ||
        xnn_create_unary_elementwise_nc(type, xnn_datatype_fp32, xnn_datatype_fp32, &params, nullptr, nullptr, 0,
                                        &created) != xnn_status_success)
        return {};
    const handle h(created, destroy());
    if (xnn_reshape_unary_elementwise_nc(created, c.size(), 1, 1, 1, nullptr) != xnn_status_success)
        return {};
    return [h](const arrays<float>& a) {
        xnn_setup_unary_elementwise_nc(h.get(), a.x, a.out);
        xnn_run_operator(h.get(), nullptr);
    };
}
#else
/// By an operator that was created, or was not, and the function that sets its pointers.
template <class Setup>
kernel<float> running(xnn_operator_t created, const cell& c, Setup setup) {
    if (created == nullptr)
        return {};
    return [h = handle(created, destroy()), n = c.size(), setup](const arrays<float>& a) {
        setup(h.get(), n, a.x, a.out, nullptr);
        xnn_run_operator(h.get(), nullptr);
    };
}

/// The operator copies the slopes, so it is made by the first call.
kernel<float> prelu(const cell& c) {
    if (c.inner != 1)
        return {};
    return [c, h = handle()](const arrays<float>& a) mutable {
        if (!h) {
            xnn_operator_t first = nullptr;
            xnn_create_prelu_nc_f32(c.channels, c.channels, c.channels, a.slopes, 0, &first);
            h = handle(first, destroy());
        }
        xnn_setup_prelu_nc_f32(h.get(), c.outer, a.x, a.out, nullptr);
        xnn_run_operator(h.get(), nullptr);
    };
}

kernel<float> offer(const cell& c) { // there is no tanh yet
    if (c.op != op::forward || !ready())
        return {};
    const auto parameter = static_cast<float>(c.parameters[0]);
    xnn_operator_t created = nullptr;
    if (c.fn == "relu") {
        xnn_create_clamp_nc_f32(1, 1, 1, 0, infinity, 0, &created);
        return running(created, c, xnn_setup_clamp_nc_f32);
    }
    if (c.fn == "relu6" || c.fn == "hard_tanh") {
        const bool given = c.fn == "hard_tanh";
        xnn_create_clamp_nc_f32(1, 1, 1, given ? parameter : 0, given ? static_cast<float>(c.parameters[1]) : 6, 0,
                                &created);
        return running(created, c, xnn_setup_clamp_nc_f32);
    }
    if (c.fn == "hard_swish") {
        xnn_create_hardswish_nc_f32(1, 1, 1, 0, &created);
        return running(created, c, xnn_setup_hardswish_nc_f32);
    }
    if (c.fn == "leaky_relu") {
        xnn_create_leaky_relu_nc_f32(1, 1, 1, parameter, 0, &created);
        return running(created, c, xnn_setup_leaky_relu_nc_f32);
    }
    if (c.fn == "elu") {
        xnn_create_elu_nc_f32(1, 1, 1, parameter, 0, &created);
        return running(created, c, xnn_setup_elu_nc_f32);
    }
    if (c.fn == "sigmoid") {
        xnn_create_sigmoid_nc_f32(1, 1, 1, 0, &created);
        return running(created, c, xnn_setup_sigmoid_nc_f32);
    }
    return c.fn == "prelu" ? prelu(c) : kernel<float>();
}
#endif

const bool added = add({"XNNPACK", "", role::peer, offer, no_doubles});

} // namespace
