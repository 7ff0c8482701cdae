#include "table.hpp"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <ostream>
#include <regex>

namespace bench {
namespace {

enum class against {
    peers,
    peers_or_limit,
    loops,
    peers_2_ulp,
    peers_4_ulp,
    one_peer,
    one_peer_1_ulp,
    limit,
    derivative_or_limit,
    no_mask,
    nanoseconds
};

/// The numbers to beat. Times of others over ours must be at least the bound; ours over the limit's, and nanoseconds a
/// call, at most. Ties are within 5 %.
struct target {
    const char* kernel; // regular expressions
    const char* type;
    const char* place;
    std::size_t from, to; // nominal sizes
    bench::against against;
    double bound;
    const char* peer = "";
};

constexpr std::size_t Ki = 1024, Mi = Ki * Ki;
constexpr double tie = 0.95;
constexpr const char* any = ".*";

/// For a build without AVX2 it counts only whether a loop built with the same flags is faster: other peers choose
/// their instructions when they run.
#if defined __x86_64__ && !defined __AVX2__
constexpr bool baseline = true;
#else
constexpr bool baseline = false;
#endif

#if defined __AVX512F__
constexpr bool avx512 = true;
#else
constexpr bool avx512 = false;
#endif

constexpr target targets[] = {
    {"(leaky_)?relu/(forward|backward|backward_from_output)", any, any, 256, Mi, against::peers, tie},
    {"(leaky_)?relu/(forward|backward|backward_from_output)", any, any, 256, Mi, against::limit, 1.1},
    {"(leaky_)?relu/(forward|backward|backward_from_output)", any, "out", 32 * Mi, 32 * Mi, against::peers, 1.3},
    {"prelu-7x7/forward", any, any, 4 * Ki, 64 * Ki, against::peers, 1.2},
    {"prelu-2x2/forward", any, any, 256, 64 * Ki, against::peers, 3},
    {"prelu-7x7/backward", any, any, 4 * Ki, Mi, against::peers, 1.5},
    {"prelu-(32x32|nhwc)/backward", any, any, 2 * Ki, Mi, against::peers, tie},
    {"prelu-(7x7|32x32|nhwc)/backward", any, "out", 32 * Mi, 32 * Mi, against::peers_or_limit, 1.3},
    {"elu/forward", "float", any, avx512 ? 4 * Ki : 256, 32 * Mi, against::peers, avx512 ? 1.05 : 1.15},
    {"elu/forward", "float", any, 256, 32 * Mi, against::peers_2_ulp, avx512 ? 1.8 : 2},
    {"elu/forward", "float", any, 256, 32 * Mi, against::one_peer_1_ulp, 6.5, "libtorch"}, // since 2.14
    {"elu/forward", "double", any, 256, 32 * Mi, against::one_peer, 1.2, "libmvec"},
    {"elu/forward", "double", any, 256, 32 * Mi, against::one_peer, 2.2, "xsimd"},
    {"elu/backward", any, any, 256, 32 * Mi, against::peers, 1.15},
    {"elu/backward_from_output", any, any, 256, 32 * Mi, against::peers, tie},
    {"elu/backward_from_output", any, any, 256, 32 * Mi, against::limit, 1.1},
    {"(sigmoid|tanh)/forward", any, any, 256, 32 * Mi, against::peers_2_ulp, tie},
    {"(exp|expm1|log1p)/forward", any, any, 256, 32 * Mi, against::peers_2_ulp, tie},
    {".*/backward_from_mask", any, any, 32 * Mi, 32 * Mi, against::no_mask, 1.3},
    {".*/forward_with_mask", any, any, 256, 32 * Mi, against::no_mask, tie},
    {"elu/forward", "float", "out", 7, 7, against::nanoseconds, 13},
    {"elu/forward", "float", "out", 15, 15, against::nanoseconds, 8},
    {"elu/forward", "float", "out", 100, 100, against::nanoseconds, 45},
};

/// Those of functions that are not exact and that no other target concerns.
constexpr target otherwise[] = {
    {".*/(forward|derivative)", any, any, 0, 32 * Mi, against::peers_4_ulp, tie},
    {".*/forward", any, any, 0, 32 * Mi, against::peers, 0.8},
    {".*/backward", any, any, 256, 32 * Mi, against::derivative_or_limit, 1.1},
    {".*/backward_from_output", any, any, 0, 32 * Mi, against::peers, tie},
};

/// Cells by which one version is compared with another: kernels on floats, out of place.
struct standing {
    const char* kernel;
    std::size_t sizes[6];
    bool within_2_ulp = false; ///< against peers that are as accurate alone
    const char* type = "float";
};
constexpr standing standings[] = {
    {"relu/forward", {256, 2 * Ki, 4 * Ki, 64 * Ki, Mi, 32 * Mi}},
    {"relu/backward", {256, 2 * Ki, 4 * Ki, 64 * Ki, Mi, 32 * Mi}},
    {"leaky_relu/forward", {256, 2 * Ki, 4 * Ki, 64 * Ki, Mi, 32 * Mi}},
    {"leaky_relu/backward", {256, 2 * Ki, 4 * Ki, 64 * Ki, Mi, 32 * Mi}},
    {"prelu-32x32/forward", {256, 2 * Ki, 4 * Ki, 64 * Ki, Mi, 32 * Mi}},
    {"prelu-7x7/forward", {4 * Ki, 64 * Ki, Mi}},
    {"prelu-nhwc/forward", {256, 2 * Ki, 4 * Ki, 64 * Ki, Mi, 32 * Mi}},
    {"prelu-32x32/backward", {256, 2 * Ki, 4 * Ki, 64 * Ki, Mi, 32 * Mi}},
    {"prelu-7x7/backward", {4 * Ki, 64 * Ki, Mi}},
    {"elu/forward", {7, 15, 100}},
    {"elu/forward", {256, 2 * Ki, 4 * Ki, 64 * Ki, Mi, 32 * Mi}},
    {"elu/forward", {256, 2 * Ki, 4 * Ki, 64 * Ki, Mi, 32 * Mi}, true},
    {"elu/backward", {256, 2 * Ki, 4 * Ki, 64 * Ki, Mi, 32 * Mi}},
    {"elu/backward_from_output", {256, 2 * Ki, 4 * Ki, 64 * Ki, Mi, 32 * Mi}},
    {"elu/forward", {256, 2 * Ki, 4 * Ki, 64 * Ki, Mi, 32 * Mi}, false, "double"},
    {"relu/backward_from_mask", {32 * Mi}},
    {"leaky_relu/backward_from_mask", {32 * Mi}},
};

bool concerns(const target& t, const row& r) {
    const auto fits = [](const std::string& text, const char* pattern) {
        return std::regex_match(text, std::regex(pattern));
    };
    return t.from <= r.nominal && r.nominal <= t.to && fits(r.kernel, t.kernel) && fits(r.type, t.type) &&
           fits(r.place, t.place);
}

/// The fastest entry that is wanted, or null.
template <class Wanted>
const entry* fastest(const row& r, Wanted wanted) {
    const entry* best = nullptr;
    for (const entry& e : r.entries)
        if (!e.seconds.empty() && wanted(e) && (best == nullptr || e.median() < best->median()))
            best = &e;
    return best;
}

const entry* fastest_peer(const row& r, double ulp) {
    return fastest(r, [=](const entry& e) { return e.who->role == role::peer && e.ulp <= ulp; });
}

bool is_loop(const entry& e) { return e.who->name == "xsimd" || e.who->name.starts_with("plain "); }

double per_element(const row& r, const entry& e) { return 1e9 * e.median() / static_cast<double>(r.cell.size()); }

struct verdict {
    std::string text;
    double shortfall = 0; // over 1 where the target is missed
};

/// What a target says of a cell; nothing where the competitor in question is absent.
verdict judge(const target& t, const row& r) {
    constexpr double unlimited = std::numeric_limits<double>::infinity(), rounding = 0.05;
    const double ours = r.entries[0].median();
    const entry* other = nullptr;
    std::string label;
    switch (t.against) {
    case against::nanoseconds:
        break;
    case against::peers:
    case against::peers_or_limit:
        other = fastest_peer(r, unlimited);
        label = "peers";
        break;
    case against::loops:
        other = fastest(r, is_loop);
        label = "loops";
        break;
    case against::peers_2_ulp:
        other = fastest_peer(r, 2 + rounding);
        label = "within 2 ULP";
        break;
    case against::peers_4_ulp:
        other = fastest_peer(r, 4 + rounding);
        label = "within 4 ULP";
        break;
    case against::one_peer:
    case against::no_mask:
        label = t.against == against::no_mask ? "no mask" : t.peer;
        other = fastest(r, [&](const entry& e) { return e.who->name == label; });
        break;
    case against::one_peer_1_ulp:
        label = t.peer;
        other = fastest(r, [&](const entry& e) { return e.who->name == label && e.ulp <= 1 + rounding; });
        break;
    case against::limit:
        other = fastest(r, [](const entry& e) { return e.who->role == role::limit; });
        label = "limit";
        break;
    case against::derivative_or_limit: // the longer of the two
        other = fastest(r, [](const entry& e) { return e.who->role == role::limit; });
        label = "limit";
        if (const entry* const alone = fastest(r, [](const entry& e) { return e.who->name == "derivative"; });
            alone != nullptr && (other == nullptr || alone->median() > other->median())) {
            other = alone;
            label = "derivative";
        }
        break;
    }
    verdict v;
    char text[120];
    if (t.against == against::nanoseconds) {
        v.shortfall = 1e9 * ours / t.bound;
        std::snprintf(text, sizeof text, "%.1f ns a call (<= %.0f)", 1e9 * ours, t.bound);
    } else if (other == nullptr) {
        return v;
    } else if (t.against == against::limit || t.against == against::derivative_or_limit) {
        v.shortfall = ours / other->median() / t.bound;
        std::snprintf(text, sizeof text, "%s x%.2f (<= %.2f)", label.c_str(), ours / other->median(), t.bound);
    } else {
        v.shortfall = t.bound * ours / other->median();
        std::snprintf(text, sizeof text, "%s x%.2f (>= %.2f)", label.c_str(), other->median() / ours, t.bound);
        if (t.against == against::peers_or_limit) {
            constexpr double bound = 1.05;
            const entry* const limit = fastest(r, [](const entry& e) { return e.who->role == role::limit; });
            v.shortfall = std::min(v.shortfall, ours / limit->median() / bound);
            std::snprintf(text + std::strlen(text), sizeof text - std::strlen(text), " or limit x%.2f (<= %.2f)",
                          ours / limit->median(), bound);
        }
    }
    v.text = text;
    return v;
}

/// The targets of a cell that are wanted, its largest shortfall. Without any, those of `otherwise` count where its
/// function is not exact; else it must not be slower than the best peer.
template <class Wanted>
verdict judge(const row& r, Wanted wanted) {
    verdict all;
    const auto add = [&](const target& t) {
        if (baseline || !concerns(t, r) || !wanted(t))
            return;
        const verdict v = judge(t, r);
        if (!v.text.empty())
            all.text += (all.text.empty() ? "" : ", ") + v.text;
        all.shortfall = std::max(all.shortfall, v.shortfall);
    };
    std::ranges::for_each(targets, add);
    if (!all.text.empty())
        return all;
    if (r.is_inexact && !baseline)
        std::ranges::for_each(otherwise, add);
    else
        all = judge({any, any, any, 0, 0, baseline ? against::loops : against::peers, tie}, r);
    return all;
}

verdict judge(const row& r) {
    return judge(r, [](const target&) { return true; });
}

/// "%.2f", or "-" for 0.
std::string number(double value, int digits) {
    char text[40] = "-";
    if (value != 0)
        std::snprintf(text, sizeof text, "%.*f", digits, value);
    return text;
}

/// For a cell that misses a target: what a loop by hand gains, nothing where it is no faster but for a tie.
std::string by_hand(const row& r) {
    const entry* const hand = fastest(r, [](const entry& e) { return e.who->name == "by hand"; });
    if (hand == nullptr)
        return "";
    char text[60];
    const double ratio = hand->median() / r.entries[0].median();
    std::snprintf(text, sizeof text, "; by hand x%.2f%s", ratio, ratio >= tie ? ", no faster" : "");
    return text;
}

/// How many of the standing cells that were measured meet their targets.
void print_standing(std::ostream& out, const std::vector<row>& rows) {
    std::size_t measured = 0, met = 0, at_the_limit = 0;
    for (const standing& s : standings)
        for (const std::size_t size : s.sizes)
            for (const row& r : rows)
                if (size != 0 && r.measured && r.nominal == size && r.kernel == s.kernel && r.type == s.type &&
                    r.place == "out") {
                    const bool split = r.kernel == "elu/forward" && r.type == "float" && size >= 256;
                    const bool ok = judge(r, [&](const target& t) {
                                        return !split || (t.against == against::peers_2_ulp) == s.within_2_ulp;
                                    }).shortfall <= 1;
                    ++measured;
                    met += ok;
                    at_the_limit += !ok && by_hand(r).ends_with("no faster");
                }
    if (measured > 0)
        out << '\n'
            << met << " of the " << measured << " standing cells (float, out of place) meet their targets, "
            << 100 * met / measured << " %; of the others " << at_the_limit << " are no slower than the loop by hand\n";
}

/// What functions that are not exact take, times what sigmoid takes: 2 Ki floats, in the first-level cache.
void print_times_sigmoid(std::ostream& out, const std::vector<row>& rows) {
    const auto counts = [](const row& r) {
        return r.measured && r.is_inexact && r.type == "float" && r.place == "out" && r.nominal == 2 * Ki &&
               r.cell.op == op::forward;
    };
    const auto sigmoid = std::ranges::find_if(rows, [&](const row& r) { return counts(r) && r.cell.fn == "sigmoid"; });
    if (sigmoid == rows.end())
        return;
    out << "\ntimes what sigmoid takes, forward, 2 Ki floats:";
    for (const row& r : rows)
        if (counts(r))
            out << "  " << r.cell.fn << ' ' << number(r.entries[0].median() / sigmoid->entries[0].median(), 2);
    out << '\n';
}

/// Which peers know nothing of the functions that were measured.
void print_absences(std::ostream& out, const std::vector<row>& rows) {
    for (const competitor& who : competitors()) {
        if (who.role != role::peer)
            continue;
        std::vector<std::string_view> known, missing;
        for (const row& r : rows)
            for (const entry& e : r.entries)
                if (e.who == &who)
                    known.push_back(r.cell.fn);
        for (const row& r : rows)
            if (r.measured && std::ranges::count(known, r.cell.fn) == 0 && std::ranges::count(missing, r.cell.fn) == 0)
                missing.push_back(r.cell.fn);
        for (const std::string_view& fn : missing)
            out << (fn == missing.front() ? who.name + " is not measured for " : ", ") << fn;
        out << (missing.empty() ? "" : "\n");
    }
}

} // namespace

void print_table(std::ostream& out, const std::vector<row>& rows) {
    char line[400];
    const char* const format = "%-46s %8s %8s %8s %6s  %-14s %8s %10s %10s  %s\n";
    std::snprintf(line, sizeof line, format, "kernel/type/place/size", "ns/elem", "at 16 B", "at 32 B", "ULP",
                  "best peer", "ns/elem", "peer/ours", "ours/limit", "verdict");
    out << line;
    std::vector<std::pair<double, std::string>> missed;
    for (const row& r : rows) {
        if (!r.measured)
            continue;
        const entry& ours = r.entries[0];
        const entry* const peer = fastest_peer(r, std::numeric_limits<double>::infinity());
        const entry* const limit = fastest(r, [](const entry& e) { return e.who->role == role::limit; });
        const verdict v = judge(r);
        const bool ok = v.shortfall <= 1;
        const auto shifted = [&](std::size_t i) {
            return number(1e9 * r.shifted[i] / static_cast<double>(r.cell.size()), 4);
        };
        std::snprintf(line, sizeof line, format, r.name().c_str(), number(per_element(r, ours), 4).c_str(),
                      shifted(0).c_str(), shifted(1).c_str(), number(ours.ulp, 2).c_str(),
                      peer ? peer->who->name.c_str() : "-", number(peer ? per_element(r, *peer) : 0, 4).c_str(),
                      number(peer ? peer->median() / ours.median() : 0, 2).c_str(),
                      number(limit ? ours.median() / limit->median() : 0, 2).c_str(),
                      v.text.empty() ? "-" : ((ok ? "met: " : "MISSED: ") + v.text).c_str());
        out << line;
        if (!ok)
            missed.emplace_back(v.shortfall, r.name() + ": " + v.text + by_hand(r));
        for (const entry& e : r.entries)
            if (e.wrong)
                out << "    left out, its results differ: " << e.who->name << '\n';
    }
    print_absences(out, rows);
    std::stable_sort(missed.begin(), missed.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    out << '\n' << missed.size() << " cells miss a target" << (missed.empty() ? "" : ", worst first:") << '\n';
    for (const auto& [shortfall, text] : missed)
        out << number(shortfall, 2) << "  " << text << '\n';
    print_standing(out, rows);
    print_times_sigmoid(out, rows);
}

void print_calls(std::ostream& out, const std::vector<row>& rows) {
    constexpr std::size_t sizes[] = {1, 8, 16, 32, 64, 128, 256};
    const auto line = [&out](const std::string& name, const auto& column) {
        char text[60];
        std::snprintf(text, sizeof text, "%-46s", name.c_str());
        out << text;
        for (const char* who :
             {"simdact", "size known", "dispatched", "by name", "in Eigen", "by hand", "loops", "oneDNN", "libtorch"}) {
            std::snprintf(text, sizeof text, " %10s", std::string(column(who)).c_str());
            out << text;
        }
        out << '\n';
    };
    line("\nns a call", [](const char* who) { return who; });
    for (const row& r : rows)
        if (r.measured && r.type == "float" && std::ranges::count(sizes, r.nominal) > 0)
            line(r.name(), [&](const std::string& who) {
                const entry* const e = fastest(
                    r, [&](const entry& one) { return one.who->name == who || (who == "loops" && is_loop(one)); });
                return number(e ? 1e9 * e->median() : 0, 1);
            });
}

void write_plot_data(const std::string& folder, const std::vector<row>& rows) {
    std::vector<const competitor*> columns;
    for (const competitor& who : competitors())
        if (who.role != role::reference)
            columns.push_back(&who);
    std::map<std::string, std::vector<const row*>> kernels;
    for (const row& r : rows)
        if (r.measured && r.type == "float" && r.place == "out")
            kernels[r.kernel].push_back(&r);
    for (auto& [kernel, sizes] : kernels) {
        std::string name = kernel;
        std::replace(name.begin(), name.end(), '/', '-');
        std::ofstream file(folder + '/' + name + ".dat");
        file << "size";
        for (const competitor* who : columns)
            file << " \"" << who->name << '"';
        for (const row* r : sizes) {
            file << '\n' << r->nominal;
            for (const competitor* who : columns) {
                const entry* const e = fastest(*r, [&](const entry& one) { return one.who == who; });
                file << ' ' << (e ? number(per_element(*r, *e), 5) : "?");
            }
        }
        file << '\n';
    }
}

} // namespace bench
