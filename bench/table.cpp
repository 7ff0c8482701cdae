#include "table.hpp"

#include <cstdio>
#include <fstream>
#include <ostream>
#include <regex>

namespace bench {
namespace {

enum class against { peers, loops, peers_2_ulp, one_peer, one_peer_1_ulp, limit, no_mask, nanoseconds };

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

constexpr target targets[] = {
    {"(leaky_)?relu/(forward|backward|backward_from_output)", any, any, 256, Mi, against::peers, tie},
    {"(leaky_)?relu/(forward|backward|backward_from_output)", any, any, 256, Mi, against::limit, 1.1},
    {"(leaky_)?relu/(forward|backward|backward_from_output)", any, "out", 32 * Mi, 32 * Mi, against::peers, 1.3},
    {"prelu-7x7/forward", any, any, 4 * Ki, 64 * Ki, against::peers, 1.2},
    {"prelu-2x2/forward", any, any, 256, 64 * Ki, against::peers, 3},
    {"prelu-7x7/backward", any, any, 4 * Ki, 64 * Ki, against::peers, 2},
    {"prelu-(7x7|32x32)/backward", any, any, Mi, Mi, against::peers, 1.1},
    {"prelu-(7x7|32x32)/backward", any, "out", 32 * Mi, 32 * Mi, against::peers, 1.3},
    {"elu/forward", "float", any, 256, 32 * Mi, against::peers, 1.15},
    {"elu/forward", "float", any, 256, 32 * Mi, against::peers_2_ulp, 2},
    {"elu/forward", "float", any, 256, 32 * Mi, against::one_peer_1_ulp, 6.5, "libtorch"}, // since 2.14
    {"elu/forward", "double", any, 256, 32 * Mi, against::one_peer, 1.6, "libmvec"},
    {"elu/forward", "double", any, 256, 32 * Mi, against::one_peer, 2.8, "xsimd"},
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
        other = fastest_peer(r, unlimited);
        label = "peers";
        break;
    case against::loops:
        other = fastest(r, [](const entry& e) { return e.who->name == "xsimd" || e.who->name.starts_with("plain "); });
        label = "loops";
        break;
    case against::peers_2_ulp:
        other = fastest_peer(r, 2 + rounding);
        label = "within 2 ULP";
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
    }
    verdict v;
    char text[120];
    if (t.against == against::nanoseconds) {
        v.shortfall = 1e9 * ours / t.bound;
        std::snprintf(text, sizeof text, "%.1f ns a call (<= %.0f)", 1e9 * ours, t.bound);
    } else if (other == nullptr) {
        return v;
    } else if (t.against == against::limit) {
        v.shortfall = ours / other->median() / t.bound;
        std::snprintf(text, sizeof text, "limit x%.2f (<= %.2f)", ours / other->median(), t.bound);
    } else {
        v.shortfall = t.bound * ours / other->median();
        std::snprintf(text, sizeof text, "%s x%.2f (>= %.2f)", label.c_str(), other->median() / ours, t.bound);
    }
    v.text = text;
    return v;
}

/// All targets of a cell, its largest shortfall. Without any it must not be slower than the best peer.
verdict judge(const row& r) {
    verdict all;
    for (const target& t : targets) {
        if (baseline || !concerns(t, r))
            continue;
        const verdict v = judge(t, r);
        if (!v.text.empty())
            all.text += (all.text.empty() ? "" : ", ") + v.text;
        all.shortfall = std::max(all.shortfall, v.shortfall);
    }
    if (all.text.empty())
        all = judge({any, any, any, 0, 0, baseline ? against::loops : against::peers, tie}, r);
    return all;
}

/// "%.2f", or "-" for 0.
std::string number(double value, int digits) {
    char text[40] = "-";
    if (value != 0)
        std::snprintf(text, sizeof text, "%.*f", digits, value);
    return text;
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
    const char* const format = "%-46s %8s %6s  %-14s %8s %10s %10s  %s\n";
    std::snprintf(line, sizeof line, format, "kernel/type/place/size", "ns/elem", "ULP", "best peer", "ns/elem",
                  "peer/ours", "ours/limit", "verdict");
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
        std::snprintf(line, sizeof line, format, r.name().c_str(), number(per_element(r, ours), 4).c_str(),
                      number(ours.ulp, 2).c_str(), peer ? peer->who->name.c_str() : "-",
                      number(peer ? per_element(r, *peer) : 0, 4).c_str(),
                      number(peer ? peer->median() / ours.median() : 0, 2).c_str(),
                      number(limit ? ours.median() / limit->median() : 0, 2).c_str(),
                      v.text.empty() ? "-" : ((ok ? "met: " : "MISSED: ") + v.text).c_str());
        out << line;
        if (!ok)
            missed.emplace_back(v.shortfall, r.name() + ": " + v.text);
        for (const entry& e : r.entries)
            if (e.wrong)
                out << "    left out, its results differ: " << e.who->name << '\n';
    }
    print_absences(out, rows);
    std::stable_sort(missed.begin(), missed.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    out << '\n' << missed.size() << " cells miss a target" << (missed.empty() ? "" : ", worst first:") << '\n';
    for (const auto& [shortfall, text] : missed)
        out << number(shortfall, 2) << "  " << text << '\n';
}

void print_calls(std::ostream& out, const std::vector<row>& rows) {
    const auto line = [&out](const std::string& name, const auto& column) {
        char text[60];
        std::snprintf(text, sizeof text, "%-46s", name.c_str());
        out << text;
        for (const char* who : {"simdact", "dispatched", "by name", "in Eigen", "oneDNN", "libtorch"}) {
            std::snprintf(text, sizeof text, " %12s", std::string(column(who)).c_str());
            out << text;
        }
        out << '\n';
    };
    line("\nns a call", [](const char* who) { return who; });
    for (const row& r : rows)
        if (r.measured && r.type == "float" && r.place == "out" &&
            (r.nominal == 1 || r.nominal == 15 || r.nominal == 256 || r.nominal == 4 * Ki))
            line(r.name(), [&](const std::string& who) {
                const entry* const e = fastest(r, [&](const entry& one) { return one.who->name == who; });
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
