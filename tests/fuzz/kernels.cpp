/// A fuzz target: the bytes choose a kernel, its parameters and shape, where its arguments lie in one memory and how
/// long they are, and what they hold. The oracle decides on its own whether the call must be refused. If so, nothing
/// may change; if not, every result must have the bits of a scalar call, and be within its bound of the reference.

#include "../channelwise_truth.hpp"
#include "../definition.hpp"
#include "../threshold.hpp"

#include <sanitizer/asan_interface.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <limits>
#include <memory>
#include <stdexcept>
#include <string_view>

using namespace tests;

namespace {

/// The bytes that are left; zeros after their end.
class source {
    std::span<const std::uint8_t> bytes_;

public:
    explicit source(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}
    template <class T>
    T take() {
        T value{};
        const std::size_t size = std::min(sizeof value, bytes_.size());
        if (size > 0)
            std::memcpy(&value, bytes_.data(), size);
        bytes_ = bytes_.subspan(size);
        return value;
    }
    std::size_t below(std::size_t limit) { return take<std::uint16_t>() % limit; }
    std::span<const std::uint8_t> rest() const { return bytes_; }
};

/// One argument: its place in the memory, in bytes.
struct range {
    bool used = false;
    std::size_t begin = 0, count = 0, size = 1; ///< `count` elements of `size` bytes
    std::size_t end() const { return begin + count * size; }
    bool touches(const range& other) const {
        return used && other.used && count > 0 && other.count > 0 && begin < other.end() && other.begin < end();
    }
    bool same_or_apart(const range& other) const { return begin == other.begin || !touches(other); }
};

struct layout {
    range x, dy, slopes, out, dslopes, mask;
    std::array<range*, 6> all() { return {&x, &dy, &slopes, &out, &dslopes, &mask}; }
    std::array<const range*, 6> all() const { return {&x, &dy, &slopes, &out, &dslopes, &mask}; }

    std::size_t end() const {
        std::size_t last = 0;
        for (const range* r : all())
            last = r->used ? std::max(last, r->end()) : last;
        return last;
    }
};

double parameter(source& in) {
    constexpr double inf = std::numeric_limits<double>::infinity(), nan = std::numeric_limits<double>::quiet_NaN();
    constexpr double usual[] = {1,   0.01, 0.25, 0.7,   1.67,   0,     -0.0,   -0.7,   -1,     1e-30,  1e30,
                                inf, -inf, nan,  1e300, -1e300, 1e-42, 5e-324, 1e-300, 3.4e38, 1.7e308};
    const std::uint8_t which = in.take<std::uint8_t>();
    return which < std::size(usual) ? usual[which] : which < 128 ? in.take<float>() : in.take<double>();
}

call_shape shape(source& in, std::uint8_t size) {
    const std::size_t most = size < 220 ? 12 : size < 250 ? 70 : 600;
    call_shape s{in.below(most), in.below(most), in.below(most)};
    while (s.size() > (size < 254 ? 1000U : 17000U)) // enough to be written past the caches
        (s.outer > s.channels && s.outer > s.inner ? s.outer : s.channels > s.inner ? s.channels : s.inner) /= 2;
    return s;
}

/// The arguments of a call on n elements: apart from each other unless the bytes say otherwise.
template <class T>
layout lay_out(source& in, const uses& uses, std::size_t slopes, std::size_t n) {
    layout l;
    l.x = {uses.x, 0, n, sizeof(T)};
    l.dy = {uses.dy, 0, n, sizeof(T)};
    l.slopes = {uses.shape, 0, slopes, sizeof(T)};
    l.out = {true, 0, n, sizeof(T)};
    l.dslopes = {uses.dslopes, 0, slopes, sizeof(T)};
    l.mask = {uses.reads_mask || uses.writes_mask, 0, (n + 7) / 8, 1};
    std::size_t next = 0;
    for (range* r : l.all()) {
        if (!r->used)
            continue;
        const std::uint8_t how = in.take<std::uint8_t>();
        if (how >= 250)
            r->count += how - 249U;
        else if (how >= 244)
            r->count -= std::min<std::size_t>(r->count, how - 243U);
        const range& other = *l.all()[how % 6];
        if (how >= 128 && how < 200 && other.used && &other < r) // where another one is
            r->begin = other.begin;
        else if (how >= 200 && how < 244) // anywhere
            r->begin = in.below(next + 9) * (r->size == 1 ? 1 : sizeof(T));
        else
            r->begin = next + how % 20 * sizeof(T);
        r->begin = (r->begin + r->size - 1) / r->size * r->size;
        next = std::max(next, (r->end() + sizeof(T) - 1) / sizeof(T) * sizeof(T));
    }
    return l;
}

/// Whether the documentation says that the call is refused.
template <class T>
bool must_refuse(const kernel<T>& k, const arguments<T>& a, const call_shape& shape, const layout& l) {
    const range& measure = k.uses.x ? l.x : l.dy;
    const rounded_parameters<T> p({a.parameters, description_of(k.function).parameters.size()});
    const described_for<T>& d = description_of(k.function).template of<T>();
    if (!d.valid(p.as_T.data()) || (k.name == "backward_from_output" && !d.output_tells(p.as_T.data())))
        return true;
    if (k.uses.shape) {
        std::size_t product = 0;
        const bool empty = shape.outer == 0 || shape.channels == 0 || shape.inner == 0;
        if (!empty && (__builtin_mul_overflow(shape.outer, shape.channels, &product) ||
                       __builtin_mul_overflow(product, shape.inner, &product)))
            return true;
        if (product != measure.count || (l.slopes.count != shape.channels && l.slopes.count != 1))
            return true;
    }
    if (l.out.count != measure.count || (k.uses.dy && l.dy.count != measure.count) ||
        (k.uses.dslopes && l.dslopes.count != l.slopes.count) ||
        (l.mask.used && l.mask.count != (measure.count + 7) / 8))
        return true;
    if (!l.out.same_or_apart(l.x) || !l.out.same_or_apart(l.dy))
        return true;
    for (const range* r : l.all())
        for (const range* alone : {&l.slopes, &l.dslopes, &l.mask})
            if (r != alone && alone->touches(*r))
                return true;
    return false;
}

template <class T>
[[noreturn]] void fail(const kernel<T>& k, const call_shape& shape, const std::string& what) {
    std::fprintf(stderr, "%s of %s, %zu x %zu x %zu: %s\n", k.text().c_str(), sizeof(T) == 4 ? "float" : "double",
                 shape.outer, shape.channels, shape.inner, what.c_str());
    std::abort();
}

template <class T>
const std::vector<kernel<T>>& all_kernels() {
    static const std::vector<kernel<T>> all = every_kernel<T>();
    return all;
}

/// Another row of the same function.
template <class T>
const kernel<T>& row_beside(const kernel<T>& k, std::string_view name) {
    for (const kernel<T>& other : all_kernels<T>())
        if (other.function == k.function && other.name == name)
            return other;
    return k;
}

/// Whether a result is what the description of the function says, for finite parameters.
template <class T>
bool as_defined(const kernel<T>& k, const arguments<T>& a, std::size_t i, T got) {
    const std::string_view function = k.function, name = k.name;
    const T x = a.x[i], slope = k.uses.shape ? a.slope_of(i) : T(0);
    const rounded_parameters<T> p(k, a, i);
    if (name.starts_with("forward") || name == "derivative")
        return !p.all_finite() ||
               (name == "derivative" ? derivative_of(function, p, x) : forward_of(function, p, x)).holds_for(got);
    const T dy = a.dy[i];
    if (is_nan(x) && name != "backward_from_mask")
        return same_bits(got, x);
    const description& d = description_of(function);
    const T at = is_nan(x) ? d.of<T>().without_bit(p.as_T.data()) : x;
    if (const std::optional<T> selected = selected_dx(d, p.as_T.data(), at, dy, name == "backward_from_output"))
        return same_bits(got, *selected);
    if (name == "backward_from_output") // a formula
        return same_result(got, dy * d.of<T>().formula.from_output(x, p.as_T.data()), T(0));
    // The derivative that kernels compute, if it is what it should be.
    const T derivative = row_beside(k, "derivative").scalar(a.parameters, at, slope, T(0));
    if (p.all_finite() && !derivative_of(function, p, at).holds_for(derivative))
        return false;
    return same_result(got, dy * derivative, T(0));
}

/// Whether dslopes are the sums of dy * df/dslope within their bound, as far as those are finite.
template <class T>
bool sums_right(const kernel<T>& k, const call_shape& shape, const std::vector<T>& x, const std::vector<T>& slopes,
                const std::vector<T>& dy, const std::vector<T>& dslopes) {
    if (x.empty()) // of perhaps more rows than can be gone through
        return std::ranges::all_of(dslopes, [](T sum) { return sum == 0; });
    const call_shape s = slopes.size() == 1 ? call_shape{1, 1, x.size()} : shape;
    const channelwise_truth truth(description_of(k.function), s, std::span(x), std::span(slopes), std::span(dy));
    for (std::size_t c = 0; c < dslopes.size(); ++c) {
        const long double size = truth.dslope_sizes[c];
        if (!(size < std::numeric_limits<T>::max() / 4))
            continue;
        if (!(std::fabs(dslopes[c] - truth.dslopes[c]) <= slope_gradient_tolerance<T>(size, s.outer * s.inner)))
            return false;
    }
    return true;
}

/// Memory for all arguments, which begins some elements after an aligned place. What belongs to no argument may not
/// even be read.
class memory {
    std::size_t size_, first_;
    std::unique_ptr<std::uint8_t[]> bytes_;

public:
    memory(std::size_t size, std::size_t first)
        : size_(size), first_(first), bytes_(std::make_unique<std::uint8_t[]>(size + first)) {}
    ~memory() { ASAN_UNPOISON_MEMORY_REGION(bytes_.get(), size_ + first_); }
    memory(const memory&) = delete;
    memory& operator=(const memory&) = delete;

    std::span<std::uint8_t> all() { return {bytes_.get() + first_, size_}; }

    template <class T>
    std::span<T> at(const range& r) {
        return r.used ? std::span<T>(reinterpret_cast<T*>(all().data() + r.begin), r.count) : std::span<T>();
    }
    void forbid_all_but(const layout& l) {
        ASAN_POISON_MEMORY_REGION(bytes_.get(), size_ + first_);
        for (const range* r : l.all())
            if (r->used)
                ASAN_UNPOISON_MEMORY_REGION(all().data() + r->begin, r->count * r->size);
    }
    void allow_all() { ASAN_UNPOISON_MEMORY_REGION(bytes_.get(), size_ + first_); }
};

/// The bytes over and over, as they are or mixed with others.
void fill(std::span<std::uint8_t> memory, std::uint8_t how, std::span<const std::uint8_t> bytes) {
    std::uint32_t random = how;
    for (std::size_t i = 0; i < memory.size(); ++i) {
        random = random * 1664525U + 1013904223U;
        const std::uint32_t mixed = how >= 192 || (how >= 64 && i >= bytes.size()) ? random >> 24 : 0;
        memory[i] = static_cast<std::uint8_t>((bytes.empty() ? i * 37 : bytes[i % bytes.size()]) ^ mixed);
    }
}

template <class T>
void call(source in, const kernel<T>& k) {
    const std::uint8_t size = in.take<std::uint8_t>(), wrong_shape = in.take<std::uint8_t>();
    arguments<T> a;
    std::vector<double> parameters(std::max<std::size_t>(description_of(k.function).parameters.size(), 1));
    for (double& p : parameters)
        p = parameter(in);
    a.parameters = parameters.data();
    a.shape = shape(in, size);
    const threshold past_the_caches(size % 2 ? 1 : std::numeric_limits<std::size_t>::max());
    const bool one_slope = wrong_shape >= 230 && wrong_shape < 250;
    const layout l = lay_out<T>(in, k.uses, one_slope ? 1 : a.shape.channels, a.shape.size());
    const std::size_t n = (k.uses.x ? l.x : l.dy).count;
    if (wrong_shape >= 250)
        (wrong_shape < 252   ? a.shape.outer
         : wrong_shape < 254 ? a.shape.channels
                             : a.shape.inner) = in.take<std::uint64_t>();
    const std::size_t first = in.below(16) * sizeof(T);
    const std::uint8_t how = in.take<std::uint8_t>();

    memory m(l.end(), first);
    fill(m.all(), how, in.rest());
    std::vector<T> x(n); // what a mask that is read was made of
    if (k.uses.x) {
        const std::span<T> own = m.at<T>(l.x);
        x.assign(own.begin(), own.end());
    } else if (l.mask.count > 0) {
        fill({reinterpret_cast<std::uint8_t*>(x.data()), n * sizeof(T)}, how, in.rest());
        const std::vector<std::uint8_t> mask = mask_of<T>(k, a.parameters, x);
        std::copy_n(mask.begin(), std::min(mask.size(), l.mask.count), m.at<std::uint8_t>(l.mask).begin());
    }
    const std::vector<std::uint8_t> before(m.all().begin(), m.all().end());
    const std::vector<T> dy(m.at<T>(l.dy).begin(), m.at<T>(l.dy).end()),
        slopes(m.at<T>(l.slopes).begin(), m.at<T>(l.slopes).end()),
        dslopes_before(m.at<T>(l.dslopes).begin(), m.at<T>(l.dslopes).end());

    a.x = m.at<T>(l.x);
    a.dy = m.at<T>(l.dy);
    a.slopes = m.at<T>(l.slopes);
    a.out = m.at<T>(l.out);
    a.dslopes = m.at<T>(l.dslopes);
    a.mask = m.at<std::uint8_t>(l.mask);
    m.forbid_all_but(l);
    bool refused = false;
    try {
        k.run(a);
    } catch (const std::invalid_argument& e) {
        refused = true;
        if (!std::string_view(e.what()).starts_with("simdact::"))
            fail(k, a.shape, e.what());
    }
    m.allow_all();

    if (refused != must_refuse(k, a, a.shape, l))
        fail(k, a.shape, refused ? "refused" : "not refused");
    if (refused) {
        if (!std::ranges::equal(m.all(), before))
            fail(k, a.shape, "refused, but something was written");
        return;
    }

    arguments<T> as_given = a;
    as_given.x = x;
    as_given.dy = dy;
    as_given.slopes = slopes;
    for (std::size_t i = 0; i < n; ++i) {
        if (!same_result(a.out[i], k.scalar_at(as_given, i), kept_at(k, as_given, i)))
            fail(k, a.shape, "element " + std::to_string(i) + " is not the scalar's");
        if ((i < 100 || i % 31 == 0) && !as_defined(k, as_given, i, a.out[i])) // slow
            fail(k, a.shape,
                 "element " + std::to_string(i) + " is not as defined: " + show(a.out[i]) + " for x = " + show(x[i]) +
                     ", parameter " + show(a.parameters[0]));
    }
    if (k.uses.dslopes) {
        std::vector<T> sums(slopes.size()), dx(n);
        row_beside(k, "backward with dslopes").run({a.parameters, a.shape, x, dy, slopes, dx, sums, {}});
        for (std::size_t c = 0; c < sums.size(); ++c)
            if (!same_result(a.dslopes[c], k.adds_to_dslopes() ? dslopes_before[c] + sums[c] : sums[c], T(0)))
                fail(k, a.shape, "dslopes depend on the place");
        if (!sums_right(k, a.shape, x, slopes, dy, sums))
            fail(k, a.shape, "dslopes are beyond their bound");
    }
    if (k.uses.writes_mask && !std::ranges::equal(a.mask, mask_of<T>(k, a.parameters, x)))
        fail(k, a.shape, "the mask is wrong");

    // All the rest is as it was.
    std::vector<std::uint8_t> wanted = before;
    const auto written = [&](const range& r, bool is) {
        if (is && r.used)
            std::copy_n(m.all().begin() + static_cast<std::ptrdiff_t>(r.begin), r.count * r.size,
                        wanted.begin() + static_cast<std::ptrdiff_t>(r.begin));
    };
    written(l.out, true);
    written(l.dslopes, true);
    written(l.mask, k.uses.writes_mask);
    if (!std::ranges::equal(m.all(), wanted))
        fail(k, a.shape, "something else was written");
}

/// Which kernel is meant: the next one whose name has this number or a larger one, as if on a ring. Where functions
/// are added, the numbers of the others, and so what the corpus says, stay as they are.
std::uint16_t number_of(std::string_view function, std::string_view name) {
    std::uint32_t hash = 2166136261U; // FNV-1a
    for (const std::string_view part : {function, std::string_view(": "), name})
        for (const char c : part)
            hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    return static_cast<std::uint16_t>(hash ^ hash >> 16);
}

template <class T>
const kernel<T>& kernel_meant(std::uint16_t number) {
    const auto distance = [&](const kernel<T>& k) {
        return static_cast<std::uint16_t>(number_of(k.function, k.name) - number);
    };
    const kernel<T>& meant = *std::ranges::min_element(all_kernels<T>(), {}, distance);
    for (const kernel<T>& k : all_kernels<T>())
        if (&k != &meant && distance(k) == distance(meant)) // which would never be tried
            fail(k, {}, "has the number of " + meant.text());
    return meant;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    source in({data, size});
    const std::uint16_t number = in.take<std::uint16_t>();
    if (in.take<std::uint8_t>() % 2)
        call(in, kernel_meant<double>(number));
    else
        call(in, kernel_meant<float>(number));
    return 0;
}
