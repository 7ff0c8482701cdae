#ifndef SIMDACT_ARRAYS_HPP
#define SIMDACT_ARRAYS_HPP

/// What an array must be: a contiguous range of known size, a vector, an array, a std::span over pointer and count,
/// ...; or a matrix of Eigen, or a view of one, that has nothing between its elements. Eigen is not needed for that.

#include <simdact/simd.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span> // and with it std::ranges::begin, size and the range concepts
#include <type_traits>

namespace simdact {
inline namespace SIMDACT_ISA {

namespace detail {

/// What has these members is an expression of Eigen's.
template <class R>
concept matrix_like = requires {
    std::remove_cvref_t<R>::IsVectorAtCompileTime;
    std::remove_cvref_t<R>::IsRowMajor;
    std::remove_cvref_t<R>::InnerStrideAtCompileTime;
};

/// A view that is row-major where what it is of is column-major, or the other way round.
template <class R>
concept transposed = requires(const R& r) {
    requires bool(std::remove_cvref_t<decltype(r.nestedExpression())>::IsRowMajor) !=
        bool(std::remove_cvref_t<R>::IsRowMajor);
};

/// One that is in memory, each row, or each column, without gaps. Those between them show when the program runs.
template <class R>
concept dense_matrix = matrix_like<R> && int(std::remove_cvref_t<R>::InnerStrideAtCompileTime) == 1 && !transposed<R> &&
                       requires(R & r) {
    *r.data();
    r.size();
    r.innerSize();
    r.outerSize();
    r.outerStride();
};

/// 1 for a row-major matrix, -1 for a column-major one, 0 for what has but one order: vectors and ranges.
template <class R>
inline constexpr int storage_order = 0;
template <dense_matrix R>
inline constexpr int storage_order<R> = std::remove_cvref_t<R>::IsVectorAtCompileTime ? 0
                                        : std::remove_cvref_t<R>::IsRowMajor          ? 1
                                                                                      : -1;

/// The range that R counts as, R itself or for a matrix one of its elements. Only declared: a temporary matrix is no
/// view.
template <class T>
struct elements_of_temporary {
    T* begin() const;
    T* end() const;
};
template <class R>
struct range_of {
    using type = R;
};
template <dense_matrix R>
struct range_of<R> {
    using T = std::remove_reference_t<decltype(*std::declval<R&>().data())>;
    static constexpr bool temporary = requires {
        requires std::convertible_to<R*, const typename R::PlainObject*>; // no pointers to references
    };
    using type = std::conditional_t<temporary, elements_of_temporary<T>, std::span<T>>;
};
template <class R>
using range_of_t = typename range_of<R>::type;

} // namespace detail

// bool(...) around a concept of the standard library: the compiler then says which of ours is not met, in few lines,
// and not how the standard one is built.

/// Nothing lies between the elements of R, if it is an expression of Eigen's: a matrix or an array, a Map or a Ref of
/// an inner stride of 1, a block of neighbouring elements. Not a transposed one.
template <class R>
concept without_gaps = bool(!detail::matrix_like<R> || detail::dense_matrix<R>);

/// The elements of R may be read and written in any order, and several at once.
template <class R>
concept not_volatile =
    !std::is_volatile_v<std::remove_reference_t<std::ranges::range_reference_t<detail::range_of_t<R>>>>;

template <class R>
using array_value_t = std::ranges::range_value_t<detail::range_of_t<R>>;

namespace detail {

/// There are other types of these sizes.
template <class T>
concept float_or_double = bool(std::same_as<T, float>) || bool(std::same_as<T, double>);

/// What arrays that are read and arrays that are written share.
template <class R>
concept array = without_gaps<R> && bool(std::ranges::contiguous_range<range_of_t<R>>) &&
                bool(std::ranges::sized_range<range_of_t<R>>) &&
                std::floating_point<array_value_t<R>>&& float_or_double<array_value_t<R>>&& not_volatile<R>;

/// How many elements there are; a size may be signed.
template <class R>
SIMDACT_INLINE std::size_t size_of(R& r) noexcept {
    if constexpr (dense_matrix<R>)
        return static_cast<std::size_t>(r.size());
    else
        return static_cast<std::size_t>(std::ranges::size(r));
}

template <class R>
inline constexpr bool is_span = false;
template <class T, std::size_t Size>
inline constexpr bool is_span<std::span<T, Size>> = true;

/// How many elements R has, where its type says so: of an array, a std::array, a std::span<T, N>, a matrix of Eigen
/// whose size is fixed.
template <class R>
inline constexpr std::size_t known_size = std::dynamic_extent;
template <class T, std::size_t N>
inline constexpr std::size_t known_size<T[N]> = N;
template <class T, std::size_t N>
inline constexpr std::size_t known_size<std::array<T, N>> = N;
template <class T, std::size_t N>
inline constexpr std::size_t known_size<std::span<T, N>> = N;
template <dense_matrix R>
requires(int(R::SizeAtCompileTime) >=
         0) inline constexpr std::size_t known_size<R> = static_cast<std::size_t>(int(R::SizeAtCompileTime));

/// The size of the first of some arrays whose type says it. They are as long as each other.
template <class R, class... Others>
constexpr std::size_t size_known_of() noexcept {
    constexpr std::size_t size = known_size<std::remove_cvref_t<R>>;
    if constexpr (size != std::dynamic_extent || sizeof...(Others) == 0)
        return size;
    else
        return detail::size_known_of<Others...>();
}

/// Where the elements begin. In a range not at data(), from which a view of an xtensor leaves its offset out; and
/// nothing is asked of an empty range, whose begin() need not be dereferenceable, unless it is a pointer.
template <class R>
SIMDACT_INLINE auto* first_element(R& r) noexcept {
    if constexpr (dense_matrix<R> || is_span<std::remove_const_t<R>>)
        return r.data();
    else if constexpr (std::is_pointer_v<std::ranges::iterator_t<R>>)
        return std::ranges::begin(r);
    else
        return std::ranges::size(r) == 0 ? nullptr : std::to_address(std::ranges::begin(r));
}

} // namespace detail

/// An array of float or double to be read.
template <class R>
concept input_array = detail::array<R> && detail::array<const R>;

/// The elements of R can be written.
template <class R>
concept writable = !std::is_const_v<std::remove_reference_t<std::ranges::range_reference_t<detail::range_of_t<R>>>>;

/// An array that is written: its elements are not const, and it is a variable or a view, not a temporary container.
template <class R>
concept output_array = detail::array<R> && bool(std::ranges::borrowed_range<detail::range_of_t<R>>) && writable<R>;

namespace detail {

/// Where the elements of an array are, to be read.
template <input_array R>
SIMDACT_INLINE const array_value_t<R>* input_pointer(const R& r) noexcept {
    return simd::of_any_array(static_cast<const array_value_t<R>*>(detail::first_element(r)));
}

/// Where the elements of an array are, to be written.
template <class R>
SIMDACT_INLINE array_value_t<R>* output_pointer(R& r) noexcept {
    return simd::of_any_array(detail::first_element(r));
}

} // namespace detail

/// Two arrays have the same element type.
template <class R, class Other>
concept same_value = bool(std::same_as<array_value_t<R>, array_value_t<Other>>);

/// Two matrices are both row-major or both column-major: their elements are taken in the order of memory. A vector, or
/// a range, has that order beside any matrix.
template <class R, class Other>
concept same_order = bool(detail::storage_order<R> == 0 || detail::storage_order<Other> != -detail::storage_order<R>);

/// An array to write what was computed from X, and from Y.
template <class R, class X, class Y = X>
concept output_for = output_array<R> && same_value<R, X> && same_order<R, X> && same_order<R, Y>;

/// A further input beside X: an input_array, written out so that compilers say less where it is none.
template <class R, class X>
concept input_beside = detail::array<R> && detail::array<const R> && same_value<R, X> && same_order<R, X>;

namespace detail {
/// What a std::span of bytes can be made of; also a vector of Eigen's.
template <class R, class Byte>
concept bytes = without_gaps<R> && bool(storage_order<R> == 0) && std::convertible_to<range_of_t<R>, std::span<Byte>>;
} // namespace detail

/// The bytes of a mask, to be passed like a std::span: but it begins where a range does and not at its data().
template <class Byte>
struct mask_span : std::span<Byte> {
    template <detail::bytes<Byte> R>
    mask_span(R&& r) noexcept : std::span<Byte>(elements_of(r)) {}

    template <std::contiguous_iterator First>
    mask_span(First first, std::size_t size) noexcept : std::span<Byte>(first, size) {}

    template <std::contiguous_iterator First, std::sized_sentinel_for<First> Last>
    mask_span(First first, Last last) noexcept : std::span<Byte>(first, last) {}

private:
    template <class R>
    static std::span<Byte> elements_of(R& r) noexcept {
        if constexpr (std::ranges::contiguous_range<detail::range_of_t<R&>>)
            return {detail::first_element(r), detail::size_of(r)};
        else
            return r;
    }
};
using mask_output = mask_span<std::uint8_t>;
using mask_input = mask_span<const std::uint8_t>;

} // namespace SIMDACT_ISA
} // namespace simdact

#endif
