#ifndef SIMDACT_KERNELS_GATHERED_HPP
#define SIMDACT_KERNELS_GATHERED_HPP

/// What a channelwise loop may gather on its way: the gradient of the slopes, or the mask of x.

#include <simdact/concepts.hpp>
#include <simdact/kernels/product_sum.hpp>

#include <bit>
#include <cstring>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

/// For kernels that gather nothing.
struct no_gradient {
    SIMDACT_INLINE no_gradient from(std::size_t) const noexcept { return {}; }
    SIMDACT_INLINE no_gradient begun() const noexcept { return {}; }
};

/// dslopes = the sum of (x > 0 ? 0 : dy * df/dslope(x)) over each channel, added to what is there if `add`.
template <class F, class T>
struct slope_gradient {
    held<F> f;
    T* dslopes;
    bool add;

    /// The factor of df/dslope(x), which is 0 for x > 0: it must be so too, or an infinite dy would make a NaN.
    template <value V>
    SIMDACT_INLINE V dy_factor(V x, V dy) const noexcept {
        return simd::drop(x > V(0), dy);
    }

    /// The gradients of `count` channels from `first` on, from their sums.
    template <class Sum>
    SIMDACT_INLINE void write(std::size_t first, std::size_t count, Sum sum) const noexcept {
        T* const to = dslopes + first;
        if (add)
            for (std::size_t c = 0; c < count; ++c)
                to[c] += sum(c);
        else
            for (std::size_t c = 0; c < count; ++c)
                to[c] = sum(c);
    }
};

/// Writes bits one after the other, from any bit on; all others stay as they are. They are counted from bit `first`.
class bit_writer {
public:
    SIMDACT_INLINE explicit bit_writer(std::uint8_t* bytes, std::size_t first = 0) noexcept
        : bytes_(simd::of_any_array(bytes)), first_(first) {
        seek(0);
    }
    bit_writer(const bit_writer&) = delete;
    bit_writer& operator=(const bit_writer&) = delete;
    SIMDACT_INLINE ~bit_writer() { finish(); }

    /// Goes on with bit `index`.
    SIMDACT_INLINE void seek(std::size_t index) noexcept {
        index += first_;
        if (index == byte_ * 8 + count_)
            return;
        finish();
        byte_ = index / 8;
        count_ = index % 8;
        pending_ = count_ > 0 ? bytes_[byte_] & ((1u << count_) - 1) : 0;
    }

    /// The next `count` bits, 32 at most; further ones in `bits` are 0.
    SIMDACT_INLINE void add(std::uint32_t bits, std::size_t count) noexcept {
        pending_ |= std::uint64_t(bits) << count_;
        count_ += count;
        for (; count_ >= 8 * sizeof(word); count_ -= 8 * sizeof(word), pending_ >>= 8 * sizeof(word))
            put(pending_, sizeof(word));
    }

private:
    using word = std::uint32_t;

    SIMDACT_INLINE void put(std::uint64_t bits, std::size_t count) noexcept {
        if constexpr (std::endian::native == std::endian::little)
            if (count == sizeof(word)) {
                const auto four = static_cast<word>(bits);
                std::memcpy(bytes_ + byte_, &four, sizeof four);
                byte_ += sizeof four;
                return;
            }
        for (; count > 0; --count, bits >>= 8)
            bytes_[byte_++] = static_cast<std::uint8_t>(bits);
    }

    SIMDACT_INLINE void finish() noexcept {
        put(pending_, count_ / 8);
        pending_ >>= count_ / 8 * 8;
        count_ %= 8;
        if (count_ > 0)
            bytes_[byte_] = static_cast<std::uint8_t>((bytes_[byte_] & ~((1u << count_) - 1)) | pending_);
    }

    std::uint8_t* bytes_;
    std::size_t first_;
    std::size_t byte_ = 0, count_ = 0; // the pending bits begin with this byte's first
    std::uint64_t pending_ = 0;
};

/// The mask x > 0, from bit `first` on.
struct mask_of {
    std::uint8_t* bytes;
    std::size_t first = 0;

    SIMDACT_INLINE mask_of from(std::size_t offset) const noexcept { return {bytes, first + offset}; }
    SIMDACT_INLINE bit_writer begun() const noexcept { return bit_writer(bytes, first); }
};

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
