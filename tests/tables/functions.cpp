/// The rows of the table for the functions NAMES, for the instructions of this unit: NAMES(f) is f(relu) f(elu) and so
/// on. With DISPATCHED the kernels are those that simdact_add_dispatch() has built; with KERNELS_ALONE there are no
/// other ways to call them, with SOME_ARCHITECTURES batches of three alone, for what takes long to compile. The
/// functors are the library's; with USERS_FUNCTORS those in the namespace users_functors.

#include "table.hpp"

#include "../batches.hpp"
#include "../bits.hpp"
#include "../on_values.hpp"
#include "kernels.hpp"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <limits>
#include <type_traits>

namespace tests {
namespace {

namespace under = kernels_under_test;
using simdact::detail::parameters_of;
using simdact::detail::with_values;
template <class F>
constexpr bool has_slope = simdact::channelwise_activation<F, simdact::simd::batch<float>>;

template <class F, class T>
constexpr bool has_output = simdact::output_differentiable<F, T>;
template <class F, class T>
constexpr bool has_bit = simdact::mask_differentiable<F, T> ||
                         (has_slope<F> && simdact::channelwise_mask_differentiable<F, T>);

/// A table of constants that grows to its length as the unit is compiled.
template <class Row, std::size_t Most>
struct rows {
    Row at[Most] = {};
    std::size_t count = 0;

    constexpr Row& add(const Row& row) { return at[count++] = row; }
    constexpr std::span<const Row> all() const { return {at, count}; }
};

/// What F says of its parameters.
template <class F>
constexpr rows<own_parameter, 4> parameters() {
    rows<own_parameter, 4> of;
    if constexpr (parameters_of<F>() > 0)
        for (std::size_t i = 0; i < parameters_of<F>(); ++i)
            of.add({F::parameters[i].name, F::parameters[i].fallback, simdact::detail::values_of(F{}).values[i]});
    return of;
}
template <class F>
constexpr rows<own_parameter, 4> all_parameters = parameters<F>();

/// Their defaults, and numbers for those that have none. No array has no elements.
template <class F>
constexpr auto defaults = simdact::detail::values_of(simdact::detail::with_numbers<F>());

[[maybe_unused]] simdact::channel_shape shape_of(const call_shape& s) { return {s.outer, s.channels, s.inner}; }

template <class F, class T>
constexpr rows<kernel<T>, 7> kernels() {
    using in = const arguments<T>&;
    rows<kernel<T>, 7> of;
    const std::string_view name = F::name;
    if constexpr (has_slope<F>) {
        using numbers = const double*;
        const auto f_at = [](numbers p, T x, T slope, T) { return with_values<F>(p).forward(x, slope); };
        const auto dx_at = [](numbers p, T x, T slope, T dy) { return with_values<F>(p).backward(x, slope, dy); };
        of.add({name,
                "forward",
                {.x = true, .shape = true},
                [](in a) { under::forward(with_values<F>(a.parameters), shape_of(a.shape), a.x, a.slopes, a.out); },
                f_at});
        of.add({name,
                "derivative",
                {.x = true, .shape = true},
                [](in a) { under::derivative(with_values<F>(a.parameters), shape_of(a.shape), a.x, a.slopes, a.out); },
                [](numbers p, T x, T slope, T) { return with_values<F>(p).derivative(x, slope); }});
        of.add(
            {name,
             "backward",
             {.x = true, .dy = true, .shape = true},
             [](in a) { under::backward(with_values<F>(a.parameters), shape_of(a.shape), a.x, a.slopes, a.dy, a.out); },
             dx_at});
        of.add({name,
                "backward with dslopes",
                {.x = true, .dy = true, .shape = true, .dslopes = true},
                [](in a) {
                    under::backward(with_values<F>(a.parameters), shape_of(a.shape), a.x, a.slopes, a.dy, a.out,
                                    a.dslopes);
                },
                dx_at});
        of.add({name,
                "backward that adds to dslopes",
                {.x = true, .dy = true, .shape = true, .dslopes = true},
                [](in a) {
                    under::backward(with_values<F>(a.parameters), shape_of(a.shape), a.x, a.slopes, a.dy, a.out,
                                    a.dslopes, simdact::accumulate);
                },
                dx_at});
        if constexpr (has_bit<F, T>) {
            of.add({name,
                    "forward_with_mask",
                    {.x = true, .writes_mask = true, .shape = true},
                    [](in a) {
                        under::forward_with_mask(with_values<F>(a.parameters), shape_of(a.shape), a.x, a.slopes, a.out,
                                                 a.mask);
                    },
                    f_at});
            of.add(
                {name,
                 "backward_from_mask",
                 {.dy = true, .reads_mask = true, .shape = true},
                 [](in a) {
                     under::backward_from_mask(with_values<F>(a.parameters), shape_of(a.shape), a.mask, a.slopes, a.dy,
                                               a.out);
                 },
                 [](numbers p, T x, T slope, T dy) { return with_values<F>(p).backward_from_mask(x > 0, slope, dy); }});
        }
    } else {
        using numbers = const double*;
        const auto f_at = [](numbers p, T x, T, T) { return with_values<F>(p).forward(x); };
        of.add({name,
                "forward",
                {.x = true},
                [](in a) { under::forward(with_values<F>(a.parameters), a.x, a.out); },
                f_at});
        of.add({name,
                "derivative",
                {.x = true},
                [](in a) { under::derivative(with_values<F>(a.parameters), a.x, a.out); },
                [](numbers p, T x, T, T) { return with_values<F>(p).derivative(x); }});
        of.add({name,
                "backward",
                {.x = true, .dy = true},
                [](in a) { under::backward(with_values<F>(a.parameters), a.x, a.dy, a.out); },
                [](numbers p, T x, T, T dy) { return with_values<F>(p).backward(x, dy); }});
        if constexpr (has_output<F, T>)
            of.add({name,
                    "backward_from_output",
                    {.x = true, .dy = true},
                    [](in a) { under::backward_from_output(with_values<F>(a.parameters), a.x, a.dy, a.out); },
                    [](numbers p, T x, T, T dy) { return with_values<F>(p).backward_from_output(x, dy); }});
        if constexpr (has_bit<F, T>) {
            of.add({name,
                    "forward_with_mask",
                    {.x = true, .writes_mask = true},
                    [](in a) { under::forward_with_mask(with_values<F>(a.parameters), a.x, a.out, a.mask); },
                    f_at});
            of.add({name,
                    "backward_from_mask",
                    {.dy = true, .reads_mask = true},
                    [](in a) { under::backward_from_mask(with_values<F>(a.parameters), a.mask, a.dy, a.out); },
                    [](numbers p, T x, T, T dy) {
                        const F f = with_values<F>(p);
                        return f.backward_from_mask(simdact::detail::mask_for(f, x), dy);
                    }});
        }
    }
    for (kernel<T>& k : of.at)
        k.defaults = defaults<F>.values;
    return of;
}

template <class F, class T>
constexpr rows<kernel<T>, 7> all_kernels = kernels<F, T>();

/// Whether no call throws on values of type V, which v() gives.
template <class F, class V>
constexpr bool never_throws() {
    using T = simdact::simd::element_t<V>;
    constexpr V (*v)() noexcept = nullptr;
    bool never = true;
    if constexpr (has_slope<F>)
        never = noexcept(F{}(v(), v()))&& noexcept(F{}.forward(v(), v()))&& noexcept(
            F{}.derivative(v(), v()))&& noexcept(F{}.backward(v(), v(), v()));
    else
        never = noexcept(F{}(v()))&& noexcept(F{}.forward(v()))&& noexcept(F{}.derivative(v()))&& noexcept(
            F{}.backward(v(), v()));
    if constexpr (has_output<F, T>)
        never = never&& noexcept(F{}.derivative_from_output(v()))&& noexcept(F{}.backward_from_output(v(), v()));
    if constexpr (has_bit<F, T> && has_slope<F>)
        never = never&& noexcept(F{}.backward_from_mask(v() > v(), v(), v()));
    else if constexpr (has_bit<F, T>)
        never = never&& noexcept(F{}.backward_from_mask(v() > v(), v()));
    return never;
}

/// Whether f is a constant expression where x is one.
template <class F, class T>
constexpr bool in_constant_expressions = [] {
    if constexpr (has_slope<F>)
        return requires { typename std::bool_constant<(F{}.forward(T(1), T(1)), true)>; };
    else
        return requires { typename std::bool_constant<(F{}.forward(T(1)), true)>; };
}();

#if !defined(KERNELS_ALONE)

/// What the row of that name does.
template <class F, class T>
constexpr auto run_of(std::string_view name) {
    for (const kernel<T>& k : all_kernels<F, T>.all())
        if (k.name == name)
            return k.run;
    return decltype(kernel<T>::run)(nullptr);
}

/// F with its parameters, and with its slope where it has one: as a function of x alone.
template <class F, class V>
struct function_at {
    F f;
    V slope;

    explicit constexpr function_at(const double* p) : f(with_values<F>(p)), slope(slope_of(p)) {}
    static constexpr V slope_of(const double* p) {
        if constexpr (has_slope<F>)
            return simdact::simd::splat<V>(p[parameters_of<F>()]);
        else
            return V(0);
    }

    constexpr V operator()(V x) const noexcept {
        if constexpr (has_slope<F>)
            return f(x, slope);
        else
            return f(x);
    }
    constexpr V forward(V x) const noexcept {
        if constexpr (has_slope<F>)
            return f.forward(x, slope);
        else
            return f.forward(x);
    }
    constexpr V derivative(V x) const noexcept {
        if constexpr (has_slope<F>)
            return f.derivative(x, slope);
        else
            return f.derivative(x);
    }
    constexpr V backward(V x, V dy) const noexcept {
        if constexpr (has_slope<F>)
            return f.backward(x, slope, dy);
        else
            return f.backward(x, dy);
    }
};

template <class F, class V, class T>
constexpr way_to_call<T> calls(std::string_view name, bool same_as_scalar) {
    using in = std::span<const T>;
    using out = std::span<T>;
    way_to_call<T> way{
        .name = name,
        .same_as_scalar = same_as_scalar,
        .is_scalar = std::is_same_v<V, T>,
        .f = [](const double* p, in x,
                out y) { on_values<V>([f = function_at<F, V>(p)](V v) { return f.forward(v); }, y, x.data()); },
        .derivative =
            [](const double* p, in x, out d) {
                on_values<V>([f = function_at<F, V>(p)](V v) { return f.derivative(v); }, d, x.data());
            },
        .backward =
            [](const double* p, in x, in dy, out dx) {
                on_values<V>([f = function_at<F, V>(p)](V v, V g) { return f.backward(v, g); }, dx, x.data(),
                             dy.data());
            },
    };
    if constexpr (has_output<F, T>) {
        way.from_output = [](const double* p, in y, out d) {
            on_values<V>([f = with_values<F>(p)](V v) { return f.derivative_from_output(v); }, d, y.data());
        };
        way.backward_from_output = [](const double* p, in y, in dy, out dx) {
            on_values<V>([f = with_values<F>(p)](V v, V g) { return f.backward_from_output(v, g); }, dx, y.data(),
                         dy.data());
        };
    }
    return way;
}

/// "batch of " and the name of the architecture.
template <class Arch>
struct name_of_batch {
    char text[64] = "batch of ";

    constexpr name_of_batch() {
        std::size_t length = std::string_view(text).size();
        for (const char c : architecture_name<Arch>())
            text[length++] = c;
    }
};
template <class Arch>
constexpr name_of_batch<Arch> batch_name;

/// Calls on batches of each architecture of the build.
template <class F, class T>
struct calls_on_batches {
    template <class... Archs>
    struct list {
        template <std::size_t Most>
        static constexpr void add_to([[maybe_unused]] rows<way_to_call<T>, Most>& ways) {
            (ways.add(calls<F, simdact::simd::batch<T, Archs>, T>(batch_name<Archs>.text,
                                                                  std::is_same_v<Archs, simdact::simd::default_arch>)),
             ...);
        }
    };
};

/// What the compiler has evaluated, of F with its defaults, and with 1/4 as its slope.
template <class F, class T>
struct evaluated {
    using limits = std::numeric_limits<T>;
    static constexpr T x[] = {-infinity<T>, limits::lowest(), T(-1),       -denormal<T>,  T(-0.0), T(0), denormal<T>,
                              T(1),         limits::max(),    infinity<T>, payload_nan<T>};
    static constexpr T dy[] = {T(1), T(-3), infinity<T>}; // clang evaluates no NaN times something
    static constexpr std::size_t count = std::size(x), gradients = std::size(dy);

    T f[count], derivative[count], from_output[count], backward[count][gradients],
        backward_from_output[count][gradients];

    static constexpr auto parameters() {
        auto p = defaults<F>;
        if constexpr (has_slope<F>)
            p.values[parameters_of<F>()] = 0.25;
        return p;
    }
    /// Infinity times 0, unless f selects: compilers evaluate nothing that makes a NaN.
    static constexpr bool may_make_nan(T slope, T g) {
        return !simdact::two_slopes<F> && slope == 0 && g > limits::max();
    }
    constexpr evaluated() : f{}, derivative{}, from_output{}, backward{}, backward_from_output{} {
        const auto p = parameters();
        const function_at<F, T> of(p.values);
        for (std::size_t i = 0; i < count; ++i) {
            f[i] = of(x[i]);
            derivative[i] = of.derivative(x[i]);
            for (std::size_t k = 0; k < gradients; ++k)
                backward[i][k] = may_make_nan(derivative[i], dy[k]) ? T(0) : of.backward(x[i], dy[k]);
            if constexpr (has_output<F, T>) { // of outputs: what else overflows is no constant expression
                from_output[i] = of.f.derivative_from_output(f[i]);
                for (std::size_t k = 0; k < gradients; ++k)
                    backward_from_output[i][k] =
                        may_make_nan(from_output[i], dy[k]) ? T(0) : of.f.backward_from_output(f[i], dy[k]);
            }
        }
    }
};

template <class F, class T>
constexpr evaluated<F, T> constants;

/// The place of a value, or that behind the last.
template <class T, std::size_t N>
std::size_t place_of(T value, const T (&of)[N]) {
    std::size_t i = 0;
    while (i < N && !same_bits(of[i], value))
        ++i;
    return i;
}

template <class F>
bool as_evaluated(const double* parameters) {
    for (std::size_t i = 0; i < parameters_of<F>() + has_slope<F>; ++i)
        if (parameters[i] != evaluated<F, float>::parameters().values[i])
            return false;
    return true;
}

/// Scalars, and what the compiler has evaluated where it has.
template <class F, class T>
struct constant_expressions {
    using in = std::span<const T>;
    using out = std::span<T>;
    using known = evaluated<F, T>;
    using values = const T (&)[known::count];
    static constexpr way_to_call<T> elsewhere = calls<F, T, T>("", true);

    static void put(const double* p, in x, out result, values at_x, values constant) {
        for (std::size_t i = 0; i < x.size() && as_evaluated<F>(p); ++i)
            if (const std::size_t at = place_of(x[i], at_x); at < known::count)
                result[i] = constant[at];
    }
    static void put(const double* p, in x, in dy, out result, values at_x, values slopes,
                    const T (&constant)[known::count][known::gradients]) {
        for (std::size_t i = 0; i < x.size() && as_evaluated<F>(p); ++i) {
            const std::size_t at = place_of(x[i], at_x), with = place_of(dy[i], known::dy);
            if (at < known::count && with < known::gradients && !known::may_make_nan(slopes[at], known::dy[with]))
                result[i] = constant[at][with];
        }
    }
    static constexpr way_to_call<T> way() {
        way_to_call<T> of = elsewhere;
        of.name = "constant expressions";
        of.f = [](const double* p, in x, out y) {
            elsewhere.f(p, x, y);
            put(p, x, y, known::x, constants<F, T>.f);
        };
        of.derivative = [](const double* p, in x, out d) {
            elsewhere.derivative(p, x, d);
            put(p, x, d, known::x, constants<F, T>.derivative);
        };
        of.backward = [](const double* p, in x, in dy, out dx) {
            elsewhere.backward(p, x, dy, dx);
            put(p, x, dy, dx, known::x, constants<F, T>.derivative, constants<F, T>.backward);
        };
        if constexpr (has_output<F, T>) {
            of.from_output = [](const double* p, in y, out d) {
                elsewhere.from_output(p, y, d);
                put(p, y, d, constants<F, T>.f, constants<F, T>.from_output);
            };
            of.backward_from_output = [](const double* p, in y, in dy, out dx) {
                elsewhere.backward_from_output(p, y, dy, dx);
                put(p, y, dy, dx, constants<F, T>.f, constants<F, T>.from_output, constants<F, T>.backward_from_output);
            };
        }
        return of;
    }
};

/// Memory for so many elements, by C's functions: files for several instruction sets may share the others.
template <class T>
class memory_for {
    T* data_;
    std::size_t size_;

public:
    memory_for(std::size_t size, T value)
        : data_(static_cast<T*>(std::malloc(size * sizeof(T) + 1))), size_(data_ ? size : 0) {
        for (std::size_t i = 0; i < size_; ++i)
            data_[i] = value;
    }
    ~memory_for() { std::free(data_); }
    memory_for(const memory_for&) = delete;
    memory_for& operator=(const memory_for&) = delete;
    std::span<T> all() const { return {data_, size_}; }
};

/// How the kernels are called: out of place with one slope for all, in place with one for each element.
enum class place { another, the_same };

/// The kernel of that name on these, whichever it takes.
template <class F, class T>
void run(decltype(kernel<T>::run) kernel, place where, const double* p, std::span<const T> x, std::span<const T> dy,
         std::span<T> out, std::span<std::uint8_t> mask, bool with_dslopes = false) {
    const std::size_t n = (x.data() ? x : dy).size();
    arguments<T> a{.parameters = p,
                   .shape = {.inner = n},
                   .x = x,
                   .dy = dy,
                   .slopes = {},
                   .out = out,
                   .dslopes = {},
                   .mask = mask};
    if (where == place::the_same) { // of one size: what does not fit is refused before
        const std::span<const T> from = dy.data() ? dy : x;
        std::copy_n(from.begin(), std::min(from.size(), out.size()), out.begin());
        (dy.data() ? a.dy : a.x) = out;
        a.shape = {.channels = n, .inner = 1};
    }
    if constexpr (has_slope<F>) {
        const memory_for<T> slopes(a.shape.channels, static_cast<T>(p[parameters_of<F>()])),
            dslopes(with_dslopes ? a.shape.channels : 0, T(0));
        a.slopes = slopes.all();
        a.dslopes = dslopes.all();
        kernel(a);
    } else {
        kernel(a);
    }
}

template <class F, class T, place Where>
constexpr way_to_call<T> calls_of_kernels() {
    using in = std::span<const T>;
    using out = std::span<T>;
    using bytes = std::span<std::uint8_t>;
    way_to_call<T> way{
        .name = Where == place::another ? "kernel" : "kernel in place",
        .same_as_scalar = true,
        .is_kernel = true,
        .f = [](const double* p, in x, out y) { run<F, T>(run_of<F, T>("forward"), Where, p, x, {}, y, {}); },
        .derivative = [](const double* p, in x,
                         out d) { run<F, T>(run_of<F, T>("derivative"), Where, p, x, {}, d, {}); },
        .backward = [](const double* p, in x, in dy,
                       out dx) { run<F, T>(run_of<F, T>("backward"), Where, p, x, dy, dx, {}); },
    };
    if constexpr (has_slope<F>)
        way.backward_with_slopes = [](const double* p, in x, in dy, out dx) {
            run<F, T>(run_of<F, T>("backward with dslopes"), Where, p, x, dy, dx, {}, true);
        };
    if constexpr (has_output<F, T>)
        way.backward_from_output = [](const double* p, in y, in dy, out dx) {
            run<F, T>(run_of<F, T>("backward_from_output"), Where, p, y, dy, dx, {});
        };
    if constexpr (has_bit<F, T>) {
        way.with_mask = [](const double* p, in x, out y, bytes mask) {
            run<F, T>(run_of<F, T>("forward_with_mask"), Where, p, x, {}, y, mask);
        };
        way.from_mask = [](const double* p, std::span<const std::uint8_t> mask, in dy, out dx) {
            // arguments has one mask for kernels that write it and for those that read it
            run<F, T>(run_of<F, T>("backward_from_mask"), Where, p, {}, dy, dx,
                      {const_cast<std::uint8_t*>(mask.data()), mask.size()});
        };
    }
    return way;
}

template <class F, class T>
constexpr auto ways() {
    rows<way_to_call<T>, 32> of;
    of.add(calls<F, T, T>("scalar", true));
    if constexpr (in_constant_expressions<F, T>)
        of.add(constant_expressions<F, T>::way());
    of.add({.name = "scalar operator()",
            .same_as_scalar = true,
            .is_scalar = true,
            .f = [](const double* p, std::span<const T> x, std::span<T> y) {
                on_values<T>([f = function_at<F, T>(p)](T v) { return f(v); }, y, x.data());
            }});
#if defined(SOME_ARCHITECTURES)
    with_some_architectures<calls_on_batches<F, T>::template list>::add_to(of);
#else
    with_every_architecture<calls_on_batches<F, T>::template list>::add_to(of);
#endif
    of.add(calls_of_kernels<F, T, place::another>());
    of.add(calls_of_kernels<F, T, place::the_same>());
    return of;
}

template <class F, class T>
constexpr auto all_ways = ways<F, T>();

#else

template <class F, class T>
constexpr rows<way_to_call<T>, 1> all_ways;

#endif

template <class F>
constexpr function_under_test row() {
#if defined(USERS_FUNCTORS)
#define FUNCTORS users_functors
#else
#define FUNCTORS simdact
    static_assert(never_throws<F, float>() && never_throws<F, double>());
    static_assert(never_throws<F, simdact::simd::batch<float>>() && never_throws<F, simdact::simd::batch<double>>());
    static_assert(simdact::listed_in<F, simdact::functions>,
                  "what tests/functions/ describes is in one of the lists of functions.hpp");
#endif
    // Threads may share it: it is its parameters and nothing else, and no call can change them.
    static_assert(std::is_trivially_copyable_v<F> && std::is_aggregate_v<F> &&
                  (parameters_of<F>() == 0 ? std::is_empty_v<F> : sizeof(F) == parameters_of<F>() * sizeof(double)));
    static_assert(in_constant_expressions<F, float> == in_constant_expressions<F, double>);
    return {
        F::name,
        all_parameters<F>.all(),
        has_slope<F>,
        in_constant_expressions<F, float>,
        all_ways<F, float>.all(),
        all_ways<F, double>.all(),
        all_kernels<F, float>.all(),
        all_kernels<F, double>.all(),
    };
}

} // namespace

namespace rows_of_table {
#define ROW(function)                                                                                                  \
    extern const function_under_test function;                                                                         \
    constinit const function_under_test function = row<FUNCTORS::function>();
NAMES(ROW)
} // namespace rows_of_table

} // namespace tests
