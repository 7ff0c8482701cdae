/// A user's namespace in which every word of the library's headers is also a function, one that takes everything better
/// than the library's own. A call of the library's that argument-dependent lookup leads here does not compile. (With an
/// `apply` beside a functor, which was taken for the loop, forward() once did nothing.)

#include <simdact/dispatch.hpp>
#include <simdact/simdact.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "called.hpp"

#define TRAP(name)                                                                                                     \
    template <class... E, class... A>                                                                                  \
    typename Called<E..., A...>::type name(A&&...);                                                                    \
    template <auto N, class... A>                                                                                      \
    typename Called<A...>::type name(A&&...);                                                                          \
    template <class E, auto N, class... A>                                                                             \
    typename Called<E, A...>::type name(A&&...);

/// Functions, arrays, iterators and allocators of a user's.
namespace app {

struct tag_type {};

template <class Tag>
struct users_shade {
    static constexpr simdact::parameter parameters[] = {
        {.name = "slope", .fallback = 0.5, .valid = simdact::more_than(-1), .from_output = simdact::at_least(0)}};
    static constexpr bool two_slopes = true;
    double slope_of_shade = 0.5;

    template <simdact::value V>
    V forward(V x) const {
        return x * V(0.5F);
    }
    template <simdact::value V>
    V derivative(V x) const {
        return simdact::simd::select(x > V(0), V(1), V(0.5F));
    }
    template <simdact::value V>
    V derivative_from_output(V y) const {
        return derivative(y);
    }
    template <simdact::value V>
    V backward_from_mask(simdact::simd::mask_t<V> positive, V dy) const {
        return simdact::simd::select(positive, dy, dy * V(0.5F));
    }
};

/// One that is not light and prepares something.
template <class Tag>
struct users_prepared_shade {
    template <simdact::value V>
    V forward(V x) const {
        return x * V(0.5F);
    }
    template <simdact::value V>
    V derivative(V) const {
        return V(0.5F);
    }
    template <class T>
    users_prepared_shade prepared() const {
        return *this;
    }
};

template <class Tag>
struct users_prelu {
    template <simdact::value V>
    V forward(V x, V slope) const {
        return x * slope;
    }
    template <simdact::value V>
    V derivative(V, V slope) const {
        return slope;
    }
    template <simdact::value V>
    V backward(V, V slope, V dy) const {
        return dy * slope;
    }
    template <simdact::value V>
    V backward_from_mask(simdact::simd::mask_t<V>, V slope, V dy) const {
        return dy * slope;
    }
    template <simdact::value V>
    V slope_derivative(V x) const {
        return simdact::simd::drop(x > V(0), x);
    }
};

template <class T>
struct users_allocator {
    using value_type = T;
    users_allocator() = default;
    template <class U>
    users_allocator(const users_allocator<U>&) {}
    T* allocate(std::size_t n) { return std::allocator<T>().allocate(n); }
    void deallocate(T* p, std::size_t n) { std::allocator<T>().deallocate(p, n); }
    friend bool operator==(users_allocator, users_allocator) { return true; }
};

/// A contiguous iterator that is a class.
template <class T>
class users_iterator {
public:
    using iterator_concept = std::contiguous_iterator_tag;
    using value_type = std::remove_const_t<T>;
    using element_type = T;
    using difference_type = std::ptrdiff_t;

    users_iterator() = default;
    explicit users_iterator(T* p) : at_(p) {}
    T& operator*() const { return *at_; }
    T* operator->() const { return at_; }
    T& operator[](difference_type n) const { return at_[n]; }
    users_iterator& operator++() { return ++at_, *this; }
    users_iterator operator++(int) { return users_iterator(at_++); }
    users_iterator& operator--() { return --at_, *this; }
    users_iterator operator--(int) { return users_iterator(at_--); }
    users_iterator& operator+=(difference_type n) { return at_ += n, *this; }
    users_iterator& operator-=(difference_type n) { return at_ -= n, *this; }
    friend users_iterator operator+(users_iterator i, difference_type n) { return i += n; }
    friend users_iterator operator+(difference_type n, users_iterator i) { return i += n; }
    friend users_iterator operator-(users_iterator i, difference_type n) { return i -= n; }
    friend difference_type operator-(users_iterator i, users_iterator k) { return i.at_ - k.at_; }
    friend auto operator<=>(users_iterator, users_iterator) = default;

private:
    T* at_ = nullptr;
};

/// An array that owns its elements, and whose iterators are of that kind.
template <class T>
class users_array {
public:
    explicit users_array(std::vector<T, users_allocator<T>> from) : elements_(std::move(from)) {}
    users_iterator<T> begin() { return users_iterator<T>(elements_.data()); }
    users_iterator<T> end() { return begin() + std::ptrdiff_t(elements_.size()); }
    users_iterator<const T> begin() const { return users_iterator<const T>(elements_.data()); }
    users_iterator<const T> end() const { return begin() + std::ptrdiff_t(elements_.size()); }
    T& operator[](std::size_t i) { return elements_[i]; }

private:
    std::vector<T, users_allocator<T>> elements_;
};

#include "traps.hpp"

} // namespace app

/// The same with operators: arrays of theirs would not work with the standard library's either.
namespace app_with_operators {

struct tag_type {};
#include "traps.hpp"
#include "traps_of_operators.hpp"

} // namespace app_with_operators

namespace {

int failures = 0;

template <class Array>
void expect(Array& a, double value) {
    for (const auto x : a)
        failures += x != static_cast<std::remove_cvref_t<decltype(x)>>(value);
}

constexpr std::size_t n = 37; // several batches at a time, one, and a rest

template <class T, class Tag, template <class> class Array>
void call_every_kernel() {
    const std::vector<T, app::users_allocator<T>> minus_twos(n, T(-2)), zeros(n);
    const Array<T> x(minus_twos);
    Array<T> y(zeros), dslopes(zeros);
    const Array<T> slopes(std::vector<T, app::users_allocator<T>>(n, T(0.5)));
    std::uint8_t bits[n / 8 + 1];

    const app::users_shade<Tag> f;
    simdact::forward(f, x, y), expect(y, -1);
    simdact::forward(f, y), expect(y, -0.5);
    simdact::derivative(f, x, y), expect(y, 0.5);
    simdact::backward(f, x, x, y), expect(y, -1);
    simdact::backward_from_output(f, x, x, y), expect(y, -1);
    simdact::forward_with_mask(f, x, y, bits), expect(y, -1);
    y = Array<T>(zeros);
    simdact::backward_from_mask(f, bits, x, y), expect(y, -1);

    const app::users_prepared_shade<Tag> g;
    simdact::forward(g, x, y), expect(y, -1);
    simdact::derivative(g, x, y), expect(y, 0.5);
    simdact::backward(g, x, x, y), expect(y, -1);

    const app::users_prelu<Tag> p;
    for (const simdact::channel_shape shape : {simdact::channel_shape{1, n, 1}, simdact::channel_shape{n, 1, 1}}) {
        const Array<T> w(std::vector<T, app::users_allocator<T>>(shape.channels, T(0.5)));
        Array<T> dw(std::vector<T, app::users_allocator<T>>(shape.channels, T(0)));
        simdact::forward(p, shape, x, w, y), expect(y, -1);
        simdact::derivative(p, shape, x, w, y), expect(y, 0.5);
        simdact::backward(p, shape, x, w, x, y), expect(y, -1);
        simdact::backward(p, shape, x, w, x, y, dw), expect(y, -1), expect(dw, 4.0 * double(n / shape.channels));
        simdact::backward(p, shape, x, w, x, y, dw, simdact::accumulate), expect(dw, 8.0 * double(n / shape.channels));
        simdact::forward_with_mask(p, shape, x, w, y, bits), expect(y, -1);
        simdact::backward_from_mask(p, shape, bits, w, x, y), expect(y, -1);
    }
}

template <class T>
using vector = std::vector<T, app::users_allocator<T>>;

} // namespace

/// Compiled only: the tables they call are not here.
template <class T, template <class> class Array>
void dispatched_kernels(const simdact::channel_shape& shape, const Array<T>& x, Array<T>& y, Array<T>& w,
                        std::span<std::uint8_t> bits) {
    const simdact::leaky_relu f;
    simdact::dispatch::forward(f, x, y);
    simdact::dispatch::forward(f, y);
    simdact::dispatch::derivative(f, x, y);
    simdact::dispatch::backward(f, x, x, y);
    simdact::dispatch::backward_from_output(f, x, x, y);
    simdact::dispatch::forward_with_mask(f, x, y, bits);
    simdact::dispatch::backward_from_mask(f, bits, x, y);
    const simdact::prelu p;
    simdact::dispatch::forward(p, shape, x, w, y);
    simdact::dispatch::derivative(p, shape, x, w, y);
    simdact::dispatch::backward(p, shape, x, w, x, y);
    simdact::dispatch::backward(p, shape, x, w, x, y, w);
    simdact::dispatch::backward(p, shape, x, w, x, y, w, simdact::accumulate);
    simdact::dispatch::forward_with_mask(p, shape, x, w, y, bits);
    simdact::dispatch::backward_from_mask(p, shape, bits, w, x, y);
}

#if defined(DISPATCH)
template void dispatched_kernels<float, app::users_array>(const simdact::channel_shape&, const app::users_array<float>&,
                                                          app::users_array<float>&, app::users_array<float>&,
                                                          std::span<std::uint8_t>);
template void dispatched_kernels<double, vector>(const simdact::channel_shape&, const vector<double>&, vector<double>&,
                                                 vector<double>&, std::span<std::uint8_t>);
#else
int main() {
    call_every_kernel<float, app::tag_type, vector>();
    call_every_kernel<double, app::tag_type, app::users_array>();
    call_every_kernel<float, app_with_operators::tag_type, vector>();
    return failures;
}
#endif
