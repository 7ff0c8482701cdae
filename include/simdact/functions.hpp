#ifndef SIMDACT_FUNCTIONS_HPP
#define SIMDACT_FUNCTIONS_HPP

/// Every function, and the lists of them: what goes over all functions takes them from here.

#include <simdact/functions/celu.hpp>
#include <simdact/functions/elu.hpp>
#include <simdact/functions/exponential.hpp>
#include <simdact/functions/gaussian.hpp>
#include <simdact/functions/gelu.hpp>
#include <simdact/functions/gelu_tanh.hpp>
#include <simdact/functions/hard_mish.hpp>
#include <simdact/functions/hard_shrink.hpp>
#include <simdact/functions/hard_sigmoid.hpp>
#include <simdact/functions/hard_sigmoid_affine.hpp>
#include <simdact/functions/hard_swish.hpp>
#include <simdact/functions/hard_tanh.hpp>
#include <simdact/functions/identity.hpp>
#include <simdact/functions/leaky_relu.hpp>
#include <simdact/functions/log_sigmoid.hpp>
#include <simdact/functions/mish.hpp>
#include <simdact/functions/prelu.hpp>
#include <simdact/functions/quick_gelu.hpp>
#include <simdact/functions/relu.hpp>
#include <simdact/functions/relu6.hpp>
#include <simdact/functions/selu.hpp>
#include <simdact/functions/sigmoid.hpp>
#include <simdact/functions/silu.hpp>
#include <simdact/functions/snake.hpp>
#include <simdact/functions/soft_shrink.hpp>
#include <simdact/functions/softplus.hpp>
#include <simdact/functions/softsign.hpp>
#include <simdact/functions/squared_relu.hpp>
#include <simdact/functions/swish.hpp>
#include <simdact/functions/tanh.hpp>
#include <simdact/functions/tanh_shrink.hpp>
#include <simdact/functions/threshold.hpp>
#include <simdact/functions/thresholded_relu.hpp>

#include <cstddef>
#include <type_traits>

namespace simdact {
inline namespace SIMDACT_ISA {

/// Functions in an order.
template <class... Fs>
struct function_list {
    static constexpr std::size_t size = sizeof...(Fs);

    /// The place of F in the list, or `size`.
    template <class F>
    static constexpr std::size_t find() noexcept {
        constexpr bool same[] = {std::is_same_v<F, Fs>..., true};
        std::size_t place = 0;
        while (!same[place])
            ++place;
        return place;
    }
    template <class F>
    static constexpr std::size_t place_of = find<F>();

    template <class F>
    static constexpr bool has = place_of<F> < size;

    /// The same type for a list that inherits this one, too.
    using list = function_list;

    /// visitor(std::type_identity<F>{}) for every function of the list.
    template <class Visitor>
    static constexpr void for_each([[SIMDACT_DETAIL_MAYBE_UNUSED]] Visitor visitor) {
        (visitor(std::type_identity<Fs>{}), ...);
    }
};

/// F is in the list.
template <class F, class List>
concept listed_in = List::template has<F>;

namespace detail {

template <class... As, class... Bs>
function_list<As..., Bs...> joined(function_list<As...>, function_list<Bs...>);

} // namespace detail

/// Every function of one argument, in the order of the README.
using elementwise_functions =
    function_list<relu, leaky_relu, elu, celu, relu6, hard_tanh, threshold, thresholded_relu, squared_relu, identity,
                  selu, silu, swish, gelu, gelu_tanh, quick_gelu, mish, softplus, log_sigmoid, snake, sigmoid, tanh,
                  softsign, exponential, gaussian, tanh_shrink, hard_sigmoid, hard_sigmoid_affine, hard_swish,
                  hard_mish, hard_shrink, soft_shrink>;

/// Those with a parameter for each channel.
using channelwise_functions = function_list<prelu>;

/// All of them.
using functions = decltype(detail::joined(elementwise_functions{}, channelwise_functions{}));

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
