#ifndef SIMDACT_KERNELS_ROW_STATE_HPP
#define SIMDACT_KERNELS_ROW_STATE_HPP

/// What the kernels over rows know of several rows, number by number: those of all rows are computed at once.

#include <simdact/kernels/row_steps.hpp>

namespace simdact {
inline namespace SIMDACT_ISA {
namespace detail {

/// Of up to Rows rows, a whole number of batches.
template <value V, std::size_t Rows>
class row_state {
public:
    using T = simd::element_t<V>;
    static constexpr std::size_t width = simd::lanes<V>;

    std::size_t count;
    T largest[Rows] = {};

    SIMDACT_INLINE explicit row_state(std::size_t rows) noexcept : count(rows) {}

    /// To be called once `largest` is known. Row i of `channels` elements begins at x + i * next, they are `distance`
    /// apart.
    SIMDACT_INLINE void begin(const shifted_exponential<T>& exponential, std::size_t channels, std::size_t distance,
                              const T* x, std::size_t next) noexcept {
        for (std::size_t i = 0; i < count; ++i) {
            kinds_[i] = row_kind::usual;
            if ((simd::abs)(largest[i]) > logarithm<T>::largest) [[SIMDACT_DETAIL_UNLIKELY]] {
                const bool spoiled = detail::has_nan(channels, distance, x + i * next);
                kinds_[i] = spoiled ? row_kind::spoiled : largest[i] > 0 ? row_kind::endless : row_kind::empty;
                any_empty_ = any_empty_ || kinds_[i] == row_kind::empty;
            }
        }
        for (std::size_t i = 0; i < count; i += width) {
            const V of_rows = simd::load<V>(largest + i);
            const shift<V> by = exponential.by(of_rows);
            simd::store(moved_ + i, simd::keep((simd::abs)(by.center) <= V(0), of_rows));
            simd::store(center_ + i, by.center);
            simd::store(offset_ + i, by.offset);
            simd::store(low_ + i, by.low);
            simd::store(power_ + i, by.power);
        }
    }

    /// Of row i for all lanes.
    SIMDACT_INLINE shift<V> of_row(std::size_t i) const noexcept {
        return {V(center_[i]), V(offset_[i]), V(low_[i]), V(power_[i])};
    }
    /// Of the rows from i on, one for each lane.
    SIMDACT_INLINE shift<V> of_rows(std::size_t i) const noexcept {
        return {simd::load<V>(center_ + i), simd::load<V>(offset_ + i), simd::load<V>(low_ + i),
                simd::load<V>(power_ + i)};
    }

    SIMDACT_INLINE bool any_empty() const noexcept { return any_empty_; }
    SIMDACT_INLINE bool is_empty(std::size_t i) const noexcept { return kinds_[i] == row_kind::empty; }

    /// log(sum) - scale * largest in two parts, and log(sum), for all rows; rest[i] as log_of_rows() has it. Arrays
    /// have room for Rows.
    SIMDACT_INLINE void logs(T scale, const double* rest, T* above, T* above_low, T* all) const noexcept {
        using D = typename simd::widened<V>::type;
        constexpr std::size_t at_once = simd::lanes<D>;
        static_assert(Rows % at_once == 0);
        for (std::size_t i = 0; i < count; i += at_once) {
            double others[at_once] = {}, results[2][at_once];
            for (std::size_t k = 0; k < at_once && i + k < count; ++k)
                others[k] = rest[i + k];
            const D s(static_cast<double>(scale));
            const row_log<D> log = detail::log_of_rows<T>(product(s, simd::load_wide<D>(largest + i)),
                                                          product(s, simd::load_wide<D>(moved_ + i)),
                                                          simd::load_wide<D>(power_ + i), simd::load<D>(others));
            simd::store(results[0], log.above);
            simd::store(results[1], log.all);
            for (std::size_t k = 0; k < at_once; ++k) {
                above[i + k] = static_cast<T>(results[0][k]);
                all[i + k] = simd::rounded<T>(results[1][k]);
            }
            // opaque: g++ 12 takes a double rounded to float for the same number where it vectorises this by itself
            simd::store(results[0], log.above - simd::opaque(simd::load_wide<D>(above + i)));
            for (std::size_t k = 0; k < at_once; ++k)
                above_low[i + k] = static_cast<T>(results[0][k]);
        }
        constexpr T nan = simd::from_bits<T>(logarithm<T>::nan);
        for (std::size_t i = 0; i < count; ++i)
            if (kinds_[i] != row_kind::usual) [[SIMDACT_DETAIL_UNLIKELY]] {
                above[i] = nan;
                all[i] = kinds_[i] == row_kind::spoiled ? nan : largest[i];
            }
    }

private:
    /// Those with an infinity for their largest: without a number, with +inf, and with a NaN beside it.
    enum class row_kind : unsigned char { usual, empty, endless, spoiled };

    /// That of floats is exact.
    template <value D>
    SIMDACT_INLINE static two_parts<D> product(D a, D b) noexcept {
        if constexpr (std::same_as<T, double>)
            return detail::product_in_two_parts(a, b);
        else
            return {a * b, a * b, D(0.0)};
    }

    T center_[Rows], offset_[Rows], low_[Rows], power_[Rows], moved_[Rows];
    row_kind kinds_[Rows];
    bool any_empty_ = false;
};

} // namespace detail
} // namespace SIMDACT_ISA
} // namespace simdact

#endif
