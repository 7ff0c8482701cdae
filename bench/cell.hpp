#pragma once

/// A cell of the table is one kernel on arrays of one size and type. Competitors offer a way to compute it, or none.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

enum class op { forward, derivative, backward, backward_from_output, forward_with_mask, backward_from_mask };

struct cell {
    std::string_view fn;      // the name of the function, which has
    const double* parameters; // its default ones, in its order, and
    bool channelwise;         // a slope for each channel, or none
    bench::op op;
    bool in_place; // y is x, or dx is dy
    std::size_t outer = 1, channels = 1, inner = 1;

    std::size_t size() const { return outer * channels * inner; }
    bool has_x() const { return op != bench::op::backward_from_mask; }
    bool has_dy() const {
        return op == bench::op::backward || op == bench::op::backward_from_output ||
               op == bench::op::backward_from_mask;
    }
};

/// Whether peers that choose their instructions when they run are kept from AVX-512, because this build does not use
/// it.
#if defined __AVX2__ && !defined __AVX512F__
inline constexpr bool stay_at_avx2 = true;
#else
inline constexpr bool stay_at_avx2 = false;
#endif

/// The b of a function x / (1 + e^(-b x)); 0 for any other.
inline double swish_factor(const cell& c) {
    return c.fn == "silu" ? 1 : c.fn == "quick_gelu" ? 1.702 : c.fn == "swish" ? c.parameters[0] : 0;
}

/// What a kernel works on. In place, out is x, or dy where there is one.
template <class T>
struct arrays {
    const T* x; // y for backward_from_output
    const T* dy;
    T* out;
    const T* slopes;    // channelwise: one a channel
    T* dslopes;         // channelwise backward
    std::uint8_t* mask; // (size + 7) / 8 bytes, bit i % 8 of byte i / 8 tells whether x[i] > 0
};

/// Does the work of one cell; an empty one is no offer.
template <class T>
using kernel = std::function<void(const arrays<T>&)>;

enum class role { // in the order of the table
    ours,
    peer,
    limit,     // moves the same memory and computes nothing
    reference, // shown, but neither: memcpy, the kernel that the mask replaces
};

struct competitor {
    std::string name, version;
    bench::role role;
    std::function<kernel<float>(const cell&)> floats;
    std::function<kernel<double>(const cell&)> doubles;
    double within = 1e-4; ///< by which share its floats may differ from ours

    template <class T>
    kernel<T> offer(const cell& c) const {
        if constexpr (sizeof(T) == sizeof(float))
            return floats(c);
        else
            return doubles(c);
    }
};

/// All competitors; each file in peers/ adds its own before main.
inline std::vector<competitor>& competitors() {
    static std::vector<competitor> all;
    return all;
}

inline bool add(competitor c) {
    competitors().push_back(std::move(c));
    return true;
}

/// For what a peer computes in float only.
inline kernel<double> no_doubles(const cell&) { return {}; }

} // namespace bench
