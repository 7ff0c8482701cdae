#pragma once

#include <cstddef>

namespace tests {

/// A matrix somewhere in memory, with the members by which Eigen's views tell how they lie there.
template <class T, bool RowMajor = false, int InnerStride = 1>
struct matrix {
    static constexpr bool IsVectorAtCompileTime = false, IsRowMajor = RowMajor;
    static constexpr int InnerStrideAtCompileTime = InnerStride;

    T* first;
    std::ptrdiff_t inner, outer, stride;

    T* data() const { return first; }
    std::ptrdiff_t size() const { return inner * outer; }
    std::ptrdiff_t innerSize() const { return inner; }
    std::ptrdiff_t outerSize() const { return outer; }
    std::ptrdiff_t outerStride() const { return stride; }
};

/// One that owns its elements, as a temporary object does not outlive them.
template <class T>
struct owning_matrix : matrix<T> {
    using PlainObject = owning_matrix;
};

} // namespace tests
