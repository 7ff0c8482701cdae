#include "guard_pages.hpp"

#include "../buffers.hpp"
#include "../catch.hpp"
#include "../definition.hpp"
#include "../inputs.hpp"
#include "../masks.hpp"
#include "../threshold.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <vector>

using namespace tests;
using side = between_guard_pages::side;
using shapes = std::initializer_list<call_shape>;

namespace {

/// The arguments of a call and what it must give.
template <class T>
struct problem {
    call_shape shape;
    std::vector<T> x, dy, slopes, dslopes_before, out, dslopes, kept;
    std::vector<std::uint8_t> mask;

    /// With dy as x where they are to be one.
    problem(const kernel<T>& k, const call_shape& of, bool one)
        : shape(of), x(mixed_values<T>(of.size(), 80)), dy(one ? x : mixed_values<T>(of.size(), 81)),
          slopes(mixed_values<T>(of.channels, 82)), dslopes_before(ordinary_values<T>(of.channels, 83)), out(of.size()),
          dslopes(dslopes_before), kept(of.size()), mask(mask_of<T>(k, k.defaults, x)) {
        std::vector<T> unused(of.size());
        std::vector<std::uint8_t> unused_mask(mask);
        const arguments<T> a{k.defaults, shape, x, dy, slopes, unused, dslopes, unused_mask};
        for (std::size_t i = 0; i < of.size(); ++i) {
            out[i] = k.scalar_at(a, i);
            kept[i] = kept_at(k, a, i);
        }
        if (k.uses.dslopes)
            k.run(a); // its sums have tests of their own
    }
};

/// Room for all buffers of a call, each between guard pages of its own.
class rooms {
    between_guard_pages x_, dy_, slopes_, out_, dslopes_, mask_;

    bool rest_untouched() {
        return x_.rest_untouched() && dy_.rest_untouched() && slopes_.rest_untouched() && out_.rest_untouched() &&
               dslopes_.rest_untouched() && mask_.rest_untouched();
    }

public:
    explicit rooms(std::size_t bytes)
        : x_(bytes), dy_(bytes), slopes_(bytes), out_(bytes), dslopes_(bytes), mask_(bytes) {}

    /// What is wrong with a call whose buffers all lie so many elements away from a page. `out_is` is the input that
    /// out is the same buffer as: none, x, dy or both.
    template <class T>
    std::string failure(const kernel<T>& k, const problem<T>& p, side at, std::size_t distance, char out_is) {
        using constant = std::span<const T>;
        arguments<T> a{k.defaults, p.shape, {}, {}, {}, {}, {}, {}};
        a.out = out_is == 'x' || out_is == '2' ? out_.place<T>(constant(p.x), at, distance)
                : out_is == 'y'                ? out_.place<T>(constant(p.dy), at, distance)
                                               : out_.place<T>(p.x.size(), at, distance);
        a.x = out_is == 'x' || out_is == '2' ? constant(a.out) : constant(x_.place<T>(constant(p.x), at, distance));
        a.dy = out_is == 'y' || out_is == '2'
                   ? constant(a.out)
                   : constant(dy_.place<T>(constant(p.dy), at, (distance * 3) % under_test.width<T>()));
        a.slopes = slopes_.place<T>(constant(p.slopes), at, (distance * 5) % under_test.width<T>());
        a.dslopes = dslopes_.place<T>(constant(p.dslopes_before), at, distance);
        a.mask = mask_.place<std::uint8_t>(std::span<const std::uint8_t>(p.mask), at, distance);
        if (k.uses.writes_mask)
            std::ranges::fill(a.mask, std::uint8_t(0xff)); // bits that belong to no element must be cleared
        k.run(a);
        if (const std::string difference = first_difference<T>(a.out, p.out, p.kept); !difference.empty())
            return difference;
        const auto same = [](std::span<const T> got, const std::vector<T>& wanted) {
            return first_difference<T>(got, wanted, std::vector<T>(wanted.size())).empty();
        };
        const auto unchanged = [](std::span<const T> got, const std::vector<T>& values) {
            return std::ranges::equal(got, values, same_bits<T>);
        };
        if (!(out_is == 'x' || out_is == '2' || unchanged(a.x, p.x)) ||
            !(out_is == 'y' || out_is == '2' || unchanged(a.dy, p.dy)) || !unchanged(a.slopes, p.slopes))
            return "an input was written";
        if (!same(a.dslopes, p.dslopes))
            return "dslopes";
        if (!std::ranges::equal(a.mask, p.mask))
            return "the mask";
        return rest_untouched() ? "" : "something else was written";
    }
};

/// What is wrong with any kernel with buffers of this shape, at any of the distances from either page.
template <class T>
std::string failure(rooms& where, const call_shape& shape, bool channelwise, std::size_t distances) {
    for (const kernel<T>& k : every_kernel<T>()) {
        if (k.uses.shape != channelwise)
            continue;
        for (const char out_is : {'-', 'x', 'y', '2'}) {
            if ((out_is == 'x' && !k.uses.x) || (out_is == 'y' && !k.uses.dy) ||
                (out_is == '2' && !(k.uses.x && k.uses.dy)))
                continue;
            const problem<T> p(k, shape, out_is == '2');
            for (const side at : {side::first_page, side::second_page})
                for (std::size_t distance = 0; distance < distances; ++distance)
                    if (const std::string what = where.failure(k, p, at, distance, out_is); !what.empty())
                        return k.text() + ", shape " + std::to_string(shape.outer) + " x " +
                               std::to_string(shape.channels) + " x " + std::to_string(shape.inner) + ", " +
                               std::to_string(distance) + " elements from the " +
                               (at == side::first_page ? "first" : "second") + " page, out is " + out_is + ": " + what;
        }
    }
    return "";
}

} // namespace

TEMPLATE_TEST_CASE("memory: no kernel reads or writes a byte outside its buffers", "[memory]", float, double) {
    using T = TestType;
    rooms where(4096);
    for (std::size_t n = 0; n <= 4 * under_test.width<T>() + 1; ++n) {
        CHECK(failure<T>(where, {1, 1, n}, false, under_test.width<T>()) == "");
        for (const call_shape shape :
             shapes{{1, 1, n}, {1, n, 1}, {n, 1, 1}, {n, 2, 1}, {2, n, 1}, {2, 2, n}, {2, n, 3}, {n, 3, 2}})
            CHECK(failure<T>(where, shape, true, under_test.width<T>()) == "");
    }
}

TEMPLATE_TEST_CASE("memory: no kernel that writes past the caches reads or writes a byte outside its buffers",
                   "[memory]", float, double) {
    using T = TestType;
    const threshold always(1);
    constexpr std::size_t n = (std::size_t(1) << 16) / sizeof(T) + 5; // less would not be worth it
    rooms where((n + 64) * sizeof(T));
    CHECK(failure<T>(where, {1, 1, n}, false, 4) == "");
    for (const call_shape shape :
         shapes{{1, 1, n}, {n / 3, 3, 1}, {n / 64, 64, 1}, {1, n, 1}, {2, n / 98, 49}, {1, 8, n / 8}})
        CHECK(failure<T>(where, shape, true, 4) == "");
}
