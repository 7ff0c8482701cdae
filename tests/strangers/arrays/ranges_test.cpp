/// Contiguous ranges as other libraries write them, each peculiarity in a small type of its own.

#include "../../refusal.hpp"
#include "every_call.hpp"
#include "matrix.hpp"

#include <array>
#include <compare>
#include <iterator>
#include <memory_resource>
#include <valarray>

using namespace tests;

namespace {

int end_dereferenced = 0; // or what an iterator that checks itself would stop at

/// A view whose data() is that of the memory it is in, like a view of an xtensor.
template <class T>
struct data_elsewhere {
    memory<T>* m;

    auto data() const { return m->all.data(); }
    auto begin() const { return m->middle().data(); }
    auto end() const { return m->middle().data() + m->size; }
    std::size_t size() const { return m->size; }
};

/// An iterator that knows where its range ends; -> takes the address of what * gives.
template <class T>
class checked_iterator {
    T *at_ = nullptr, *end_ = nullptr;

public:
    using iterator_concept = std::contiguous_iterator_tag;
    using iterator_category = std::random_access_iterator_tag;
    using value_type = std::remove_cv_t<T>;
    using element_type = T;
    using difference_type = std::ptrdiff_t;
    using pointer = T*;
    using reference = T&;

    checked_iterator() = default;
    checked_iterator(T* at, T* end) : at_(at), end_(end) {}

    T& operator*() const {
        end_dereferenced += at_ == end_;
        return *at_;
    }
    T* operator->() const { return &**this; }
    T& operator[](difference_type n) const { return *(*this + n); }

    checked_iterator& operator+=(difference_type n) {
        at_ += n;
        return *this;
    }
    checked_iterator& operator-=(difference_type n) { return *this += -n; }
    checked_iterator& operator++() { return *this += 1; }
    checked_iterator& operator--() { return *this -= 1; }
    checked_iterator operator++(int) {
        const checked_iterator old = *this;
        ++*this;
        return old;
    }
    checked_iterator operator--(int) {
        const checked_iterator old = *this;
        --*this;
        return old;
    }
    friend checked_iterator operator+(checked_iterator i, difference_type n) { return i += n; }
    friend checked_iterator operator+(difference_type n, checked_iterator i) { return i += n; }
    friend checked_iterator operator-(checked_iterator i, difference_type n) { return i -= n; }
    friend difference_type operator-(const checked_iterator& a, const checked_iterator& b) { return a.at_ - b.at_; }
    friend bool operator==(const checked_iterator& a, const checked_iterator& b) { return a.at_ == b.at_; }
    friend auto operator<=>(const checked_iterator& a, const checked_iterator& b) { return a.at_ <=> b.at_; }
};
static_assert(std::contiguous_iterator<checked_iterator<float>>);

/// It has no data(), so that std::ranges::data() asks the iterator, and its size is a difference.
template <class T>
struct checked_range {
    memory<T>* m;

    auto end_of_middle() const { return m->middle().data() + m->size; }
    auto begin() const { return checked_iterator<T>(m->middle().data(), end_of_middle()); }
    auto end() const { return checked_iterator<T>(end_of_middle(), end_of_middle()); }
};

/// A container that shares its elements until somebody may write to them: begin() then moves to a copy.
template <class T>
struct copied_on_write {
    memory<T>* shared;
    std::vector<T> own{};
    bool moved = false;

    T* begin() {
        if (!moved)
            own.assign(shared->middle().begin(), shared->middle().end());
        moved = true;
        return own.data();
    }
    T* end() { return begin() + shared->size; }
    const T* begin() const { return moved ? own.data() : shared->middle().data(); }
    const T* end() const { return begin() + shared->size; }
    std::size_t size() const { return shared->size; }
};

/// A signed size.
template <class T>
struct signed_size : data_elsewhere<T> {
    int size() const { return static_cast<int>(this->m->size); }
};

/// Puts what a container holds back into the memory it was made of.
template <class T, class Container>
struct written_back {
    memory<T>& m;
    Container elements;

    explicit written_back(memory<T>& of) : m(of), elements(of.size) {
        std::copy(m.middle().begin(), m.middle().end(), std::begin(elements));
    }
    written_back(const written_back&) = delete;
    written_back& operator=(const written_back&) = delete;
    ~written_back() { std::copy(std::begin(elements), std::begin(elements) + this->count(), m.middle().begin()); }

    std::ptrdiff_t count() const { return static_cast<std::ptrdiff_t>(m.size); }
    auto begin() { return std::ranges::begin(elements); }
    auto begin() const { return std::ranges::begin(elements); }
    auto end() { return std::ranges::end(elements); }
    auto end() const { return std::ranges::end(elements); }
    auto size() const { return elements.size(); }
};

} // namespace

TEMPLATE_TEST_CASE("strangers: arrays: they begin where begin() says, not at data()", "[arrays]", float, double) {
    as_with_spans_everywhere<TestType>([]<class T>(memory<T>& m) { return data_elsewhere<T>{&m}; });
}

TEST_CASE("strangers: arrays: an iterator at the end is not dereferenced", "[arrays]") {
    end_dereferenced = 0;
    as_with_spans_everywhere<float>([]<class T>(memory<T>& m) { return checked_range<T>{&m}; });
    CHECK(end_dereferenced == 0);
}

TEST_CASE("strangers: arrays: a size may be signed", "[arrays]") {
    as_with_spans_everywhere<float>([]<class T>(memory<T>& m) { return signed_size<T>{{&m}}; });
}

TEST_CASE("strangers: arrays: an element of std::valarray is found, and none in an empty one", "[arrays]") {
    as_with_spans_everywhere<float>([]<class T>(memory<T>& m) { return written_back<T, std::valarray<T>>(m); },
                                    [](auto& m) { return m.middle(); });
    std::valarray<float> none, some = {-1.0f, 2.0f};
    simdact::forward(simdact::relu{}, none);
    simdact::forward(simdact::relu{}, none, none);
    simdact::forward(simdact::relu{}, some);
    CHECK(some[0] == 0.0f);
    CHECK(some[1] == 2.0f);
}

TEST_CASE("strangers: arrays: memory resources and C arrays", "[arrays]") {
    as_with_spans_everywhere<float>([]<class T>(memory<T>& m) { return written_back<T, std::pmr::vector<T>>(m); });
    float x[3] = {-1, 0, 2};
    std::uint8_t mask[1];
    simdact::forward_with_mask(simdact::leaky_relu{.negative_slope = 0.5}, x, x, mask);
    CHECK(x[0] == -0.5f);
    CHECK(mask[0] == 4);
    std::array<std::uint8_t, 1> as_array{4};
    simdact::backward_from_mask(simdact::relu{}, as_array, x, x);
    simdact::backward_from_mask(simdact::relu{}, std::as_const(as_array), x, x);
    simdact::backward_from_mask(simdact::relu{}, {mask, 1}, x, x);
    simdact::backward_from_mask(simdact::relu{}, {as_array.begin(), as_array.end()}, x, x);
    CHECK(x[0] == 0.0f);
    CHECK(x[2] == 2.0f);
}

// The output's elements are moved when a kernel asks where they are: also if it is the input.
TEST_CASE("strangers: arrays: a container that copies when it is written to", "[arrays]") {
    memory<float> m(9, 1);
    const memory<float> before = m;
    std::vector<float> wanted(9);
    simdact::forward(simdact::relu{}, m.middle(), wanted);
    copied_on_write<float> x{&m}, y{&m}, in_place{&m}, itself{&m};
    simdact::forward(simdact::relu{}, x, y);
    simdact::forward(simdact::relu{}, in_place);
    simdact::forward(simdact::relu{}, itself, itself);
    CHECK(y.own == wanted);
    CHECK(in_place.own == wanted);
    CHECK(itself.own == wanted);
    CHECK(m == before);
}

TEST_CASE("strangers: arrays: a matrix without gaps is one, with gaps it is refused", "[arrays]") {
    as_with_spans_everywhere<float>(
        []<class T>(memory<T>& m) {
            const auto size = static_cast<std::ptrdiff_t>(m.size);
            return matrix<T>{m.middle().data(), 1, size, 1};
        },
        [](auto& m) { return m.middle(); });

    using column_major = matrix<float>;
    using row_major = matrix<float, true>;
    static_assert(simdact::output_for<column_major, column_major> && simdact::output_for<row_major, row_major>);
    static_assert(!simdact::output_for<column_major, row_major> && !simdact::input_beside<row_major, column_major>);
    static_assert(!simdact::output_for<column_major, std::vector<float>, row_major>); // dx beside dy
    std::vector<float> memory(30, -1.0f), other(30, -1.0f);
    float *const p = memory.data(), *const q = other.data();
    const simdact::relu f;
    const auto forward = [&](auto x, auto y) {
        const std::string text = refusal([&] { simdact::forward(f, x, y); });
        const std::string dispatched = refusal([&] { simdact::dispatch::forward(f, x, y); });
        CHECK((text == "not refused" ? text : "simdact::dispatch::" + text.substr(9)) == dispatched);
        return text;
    };
    CHECK(forward(column_major{p, 5, 3, 5}, column_major{q, 5, 3, 8}) ==
          "simdact::forward: y has an outer stride of 8, but 5 rows");
    CHECK(forward(row_major{p, 5, 3, 8}, row_major{q, 5, 3, 5}) ==
          "simdact::forward: x has an outer stride of 8, but 5 columns");
    CHECK(forward(column_major{p, 5, 3, -5}, std::span(q, 15)) ==
          "simdact::forward: x has an outer stride of -5, but 5 rows");
    CHECK(forward(column_major{p, 5, 3, 5}, column_major{q, 3, 5, 3}) == "simdact::forward: y has 3 rows, but x has 5");
    CHECK(refusal([&] {
              simdact::backward(f, std::span(p, 6), row_major{q, 2, 3, 2}, row_major{q, 3, 2, 3});
          }) == "simdact::backward: dx has 3 columns, but dy has 2");
    CHECK(refusal([&] {
              simdact::dispatch::forward(f, column_major{p, 5, 3, 8});
          }) == "simdact::dispatch::forward: x has an outer stride of 8, but 5 rows");
    CHECK(memory == std::vector<float>(30, -1.0f));
    CHECK(other == std::vector<float>(30, -1.0f));
    CHECK(forward(column_major{p, 5, 0, 8}, std::span(q, 0)) == "not refused");
    CHECK(forward(column_major{p, 5, 1, 8}, std::span(q, 5)) == "not refused");
    CHECK(other[4] == 0.0f);
    CHECK(other[5] == -1.0f);
}

TEST_CASE("strangers: arrays: an empty matrix overlaps nothing, wherever its data() is", "[arrays]") {
    std::vector<float> slopes(3, 0.5F);
    const tests::matrix<float> inside{slopes.data() + 1, 0, 3, 0};
    CHECK_NOTHROW(simdact::forward(simdact::prelu{}, {.outer = 0, .channels = 3, .inner = 5}, inside, slopes, inside));
    CHECK(slopes == std::vector<float>(3, 0.5F));
}
