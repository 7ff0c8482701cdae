#include "../../examples/npy.hpp"
#include "../catch.hpp"
#include "directory.hpp"
#include "listed.hpp"
#include "program.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <string>
#include <variant>
#include <vector>

namespace {

outcome run(const directory& here, const std::string& arguments, const std::string& before = "") {
    return run_program("APPLY", here, arguments, before);
}

/// x.npy (2, 3, 2) and what goes with it. Channel 1 of x, along axis 1, is below zero everywhere.
struct tensors : directory {
    std::vector<float> x{1,  -2, -1, -2,    0.5F, -0.25F, //
                         -1, 3,  -4, -0.5F, NAN,  -8};
    std::vector<float> dy{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};

    tensors() {
        save("x.npy", {2, 3, 2}, x);
        save("dy.npy", {2, 3, 2}, dy);
        save("w1.npy", {}, std::vector<float>{0.5F});
        save("w2.npy", {2}, std::vector<float>{0.5F, 2});
        save("w3.npy", {3, 1}, std::vector<float>{0.5F, 2, -1});
        save("w6.npy", {3, 2}, std::vector<float>{0.5F, 2, -1, 4, 8, 0.25F});
    }
    template <class T>
    void save(const std::string& name, const npy::shape& shape, const std::vector<T>& values) const {
        npy::save<T>(*this / name, shape, values);
    }
    std::vector<float> values(const std::string& name) const {
        return std::get<std::vector<float>>(npy::load(*this / name).values);
    }
};

/// The values are equal, or NaN both.
bool same(const std::vector<float>& a, const std::vector<float>& b) {
    return std::ranges::equal(a, b, [](float u, float v) { return u == v || (std::isnan(u) && std::isnan(v)); });
}

} // namespace

TEST_CASE("apply: what is wrong is said in one line with exit status 2, and no file is written", "[apply]") {
    const tensors here;
    here.save("double.npy", {2, 3, 2}, std::vector<double>(12, 1.0));
    here.save("flat.npy", {12}, here.x);
    here.save("scalar.npy", {}, std::vector<float>{1});
    here.save("other.npy", {3, 2, 2}, here.dy);
    here.save("w12.npy", {2, 3, 2}, here.x);
    here.save("outer.npy", {2, 1, 2}, std::vector<float>(4, 1));
    here.write("y.npy", "older");
    std::filesystem::create_directory(here / "folder");
    std::string bytes = here.read("x.npy");
    here.write("truncated.npy", bytes.substr(0, bytes.size() - 1));
    here.write("trailing.npy", bytes + "x");
    const auto with = [&](const std::string& old, const std::string& now) {
        return std::string(bytes).replace(bytes.find(old), old.size(), now);
    };
    here.write("fortran.npy", with("False, ", "True,  "));
    here.write("integer.npy", with("<f4", "<i4"));
    here.write("big.npy", with("<f4", ">f4"));
    here.write("text.npy", "1,2,3");

    const std::string any_function = alternatives(all_listed()), with_alpha = alternatives(listed_with("alpha")),
                      with_negative_slope = alternatives(listed_with("negative_slope")),
                      with_slopes = alternatives(listed_with_slopes());
    const struct {
        std::string arguments, says;
    } rows[] = {
        // the command line
        {"", "no function and no files, expected: apply FUNCTION [OPTION...] x.npy y.npy (more with --help)"},
        {"swoosh x.npy y.npy", "unknown function 'swoosh', expected " + any_function},
        {"x.npy y.npy", "unknown function 'x.npy', expected " + any_function},
        {"relu", "0 file names, expected two: input and output"},
        {"relu x.npy", "1 file names, expected two: input and output"},
        {"relu x.npy y.npy z.npy", "3 file names, expected two: input and output"},
        {"relu --fast x.npy y.npy", "unknown option --fast, expected one of those in --help"},
        {"relu x.npy y.npy -q", "unknown option -q, expected one of those in --help"},
        {"relu --table=3 x.npy y.npy", "unknown option --table=3, expected one of those in --help"},
        {"elu x.npy y.npy --alpha", "option --alpha lacks its value, expected as in --help"},
        {"elu --alpha half x.npy y.npy", "--alpha is 'half', expected a finite number"},
        {"elu --alpha 1x x.npy y.npy", "--alpha is '1x', expected a finite number"},
        {"elu --alpha '' x.npy y.npy", "--alpha is '', expected a finite number"},
        {"elu --alpha nan x.npy y.npy", "--alpha is 'nan', expected a finite number"},
        {"leaky_relu --negative-slope 1e999 x.npy y.npy", "--negative-slope is '1e999', expected a finite number"},
        {"relu --alpha 1 x.npy y.npy", "--alpha is not for relu, expected with " + with_alpha + " only"},
        {"tanh --alpha=1 x.npy y.npy", "--alpha is not for tanh, expected with " + with_alpha + " only"},
        {"prelu --alpha 1 --slopes w3.npy x.npy y.npy",
         "--alpha is not for prelu, expected with " + with_alpha + " only"},
        {"elu --negative-slope 1 x.npy y.npy",
         "--negative-slope is not for elu, expected with " + with_negative_slope + " only"},
        {"relu --slopes w3.npy x.npy y.npy", "--slopes is not for relu, expected with " + with_slopes + " only"},
        {"elu --backward dy.npy --slope-gradient dw.npy x.npy y.npy",
         "--slope-gradient is not for elu, expected with " + with_slopes + " only"},
        {"prelu x.npy y.npy", "prelu without slopes, expected --slopes w.npy"},
        {"prelu --slopes w3.npy --slope-gradient dw.npy x.npy y.npy",
         "--slope-gradient without a gradient to start from, expected --backward dy.npy"},
        {"prelu --slopes w3.npy --backward dy.npy --slope-gradient ./dx.npy x.npy dx.npy",
         "dx.npy is to hold both gradients, expected two files"},
        {"prelu --slopes w3.npy --layout chwn x.npy y.npy", "--layout is 'chwn', expected nchw, nhwc or broadcast"},
        {"relu --layout broadcast x.npy y.npy",
         "--layout broadcast is for slopes only, expected nchw or nhwc with relu"},
        {"--table x.npy", "--table stands alone, expected nothing beside it"},
        {"--table --alpha 1", "--table stands alone, expected nothing beside it"},
        // the files
        {"relu nowhere.npy y.npy", "nowhere.npy: No such file or directory, expected a .npy file"},
        {"relu folder y.npy", "folder: not a regular file, expected a .npy file"},
        {"relu text.npy y.npy", "text.npy: truncated: 5 bytes left, expected 6 of a .npy header"},
        {"relu truncated.npy y.npy",
         "truncated.npy: truncated: 47 bytes of data, expected 48 for float32 of shape (2, 3, 2)"},
        {"relu trailing.npy y.npy",
         "trailing.npy: trailing bytes: 49 bytes of data, expected 48 for float32 of shape (2, 3, 2)"},
        {"relu fortran.npy y.npy",
         "fortran.npy: Fortran order, expected C order (numpy.ascontiguousarray makes it so)"},
        {"relu integer.npy y.npy", "integer.npy: elements of type '<i4', expected '<f4' (float32) or '<f8' (float64)"},
        {"relu big.npy y.npy", "big.npy: elements of type '>f4', expected '<f4' (float32) or '<f8' (float64)"},
        {"elu --backward nowhere.npy x.npy y.npy", "nowhere.npy: No such file or directory, expected a .npy file"},
        {"prelu --slopes fortran.npy x.npy y.npy",
         "fortran.npy: Fortran order, expected C order (numpy.ascontiguousarray makes it so)"},
        {"relu x.npy folder", "folder: not a regular file, expected one that can be replaced"},
        {"relu x.npy nowhere/y.npy", "nowhere/y.npy: cannot be written: No such file or directory"},
        {"prelu --slopes w3.npy --backward dy.npy --slope-gradient nowhere/dw.npy x.npy dx.npy",
         "nowhere/dw.npy: cannot be written: No such file or directory"},
        {"relu 'new\nline.npy' y.npy", "new?line.npy: No such file or directory, expected a .npy file"},
        // what does not fit together
        {"elu --backward double.npy x.npy y.npy", "double.npy is not of the type of x.npy, expected float32"},
        {"prelu --slopes w3.npy double.npy y.npy", "w3.npy is not of the type of double.npy, expected float64"},
        {"elu --backward other.npy x.npy y.npy", "other.npy has shape (3, 2, 2), expected that of x.npy, (2, 3, 2)"},
        {"elu --backward flat.npy x.npy y.npy", "flat.npy has shape (12,), expected that of x.npy, (2, 3, 2)"},
        {"prelu --slopes w2.npy x.npy y.npy",
         "w2.npy has 2 slopes, but x.npy has shape (2, 3, 2), expected 1 slope or 3, for axis 1 (--layout nchw)"},
        {"prelu --slopes w3.npy --layout nhwc x.npy y.npy",
         "w3.npy has 3 slopes, but x.npy has shape (2, 3, 2), expected 1 slope or 2, for axis 2 (--layout nhwc)"},
        {"prelu --slopes w3.npy flat.npy y.npy",
         "w3.npy has 3 slopes, but flat.npy has shape (12,), expected 1 slope: no axis is the channel (--layout nchw)"},
        {"prelu --slopes w3.npy --layout nhwc scalar.npy y.npy",
         "w3.npy has 3 slopes, but scalar.npy has shape (), expected 1 slope: no axis is the channel (--layout nhwc)"},
        {"prelu --slopes w3.npy --layout broadcast flat.npy y.npy",
         "w3.npy has shape (3, 1), flat.npy (12,), expected each axis of the slopes, counted from the last, to be 1 or "
         "as long as that of the tensor"},
        {"prelu --slopes outer.npy --layout broadcast x.npy y.npy",
         "outer.npy has shape (2, 1, 2), x.npy (2, 3, 2), expected slopes along neighbouring axes only: axis 1 lies "
         "between"},
    };
    const auto before = here.files();
    for (const auto& row : rows) {
        CAPTURE(row.arguments);
        const outcome o = run(here, row.arguments);
        CHECK(o.status == 2);
        CHECK(o.err == "apply: " + row.says + '\n');
        CHECK((here.files() == before));
    }
}

TEST_CASE("apply: a write that fails half way leaves nothing", "[apply]") {
    const tensors here;
    here.save("large.npy", {100'000}, std::vector<float>(100'000, -1));
    const auto before = here.files();
    const outcome o = run(here, "relu large.npy y.npy", "trap '' XFSZ && ulimit -f 100 &&");
    CHECK(o.status == 2);
    CHECK(o.err == "apply: y.npy: cannot be written: File too large\n");
    CHECK((here.files() == before));
}

TEST_CASE("apply: a report that cannot be written is an error", "[apply]") {
    const tensors here;
    if (!std::filesystem::exists("/dev/full"))
        return;
    const auto before = here.files();
    const outcome o = run(here, "relu x.npy y.npy >/dev/full");
    CHECK(o.status == 2);
    CHECK(o.err == "apply: the report cannot be written, expected a standard output that takes it\n");
    CHECK((here.files() == before));
}

TEST_CASE("apply: each function gives its values, forward and backward", "[apply]") {
    const auto e = [](double x) { return static_cast<float>(0.5 * std::expm1(x)); };
    const auto d = [](double dy, double x) { return static_cast<float>(dy * 0.5 * std::exp(x)); };
    const tensors here;
    const auto of_each = [&](auto f) { // of x and dy, in double
        std::vector<float> result;
        for (std::size_t i = 0; i < here.x.size(); ++i)
            result.push_back(static_cast<float>(f(double(here.x[i]), double(here.dy[i]))));
        return result;
    };
    const auto logistic = [](double x) { return 1 / (1 + std::exp(-x)); };
    const struct {
        std::string arguments;
        std::vector<float> result;
    } rows[] = {
        {"relu", {1, 0, 0, 0, 0.5F, 0, 0, 3, 0, 0, NAN, 0}},
        {"relu --backward dy.npy", {1, 0, 0, 0, 5, 0, 0, 8, 0, 0, NAN, 0}},
        {"leaky_relu --negative-slope 0.5", {1, -1, -0.5F, -1, 0.5F, -0.125F, -0.5F, 3, -2, -0.25F, NAN, -4}},
        {"leaky_relu",
         {1, -2 * 0.01F, -0.01F, -2 * 0.01F, 0.5F, -0.25F * 0.01F, -0.01F, 3, -4 * 0.01F, -0.5F * 0.01F, NAN,
          -8 * 0.01F}},
        {"leaky_relu --negative-slope -2 --backward dy.npy", {1, -4, -6, -8, 5, -12, -14, 8, -18, -20, NAN, -24}},
        {"elu --alpha 0.5", {1, e(-2), e(-1), e(-2), 0.5F, e(-0.25), e(-1), 3, e(-4), e(-0.5), NAN, e(-8)}},
        {"elu",
         {1, 2 * e(-2), 2 * e(-1), 2 * e(-2), 0.5F, 2 * e(-0.25), 2 * e(-1), 3, 2 * e(-4), 2 * e(-0.5), NAN,
          2 * e(-8)}},
        {"elu --alpha 0.5 --backward dy.npy",
         {1, d(2, -2), d(3, -1), d(4, -2), 5, d(6, -0.25), d(7, -1), 8, d(9, -4), d(10, -0.5), NAN, d(12, -8)}},
        {"prelu --slopes w1.npy", {1, -1, -0.5F, -1, 0.5F, -0.125F, -0.5F, 3, -2, -0.25F, NAN, -4}},
        {"prelu --slopes w1.npy --layout nhwc --backward dy.npy", {1, 1, 1.5F, 2, 5, 3, 3.5F, 8, 4.5F, 5, NAN, 6}},
        {"prelu --slopes w3.npy", {1, -1, -2, -4, 0.5F, 0.25F, -0.5F, 3, -8, -1, NAN, 8}},
        {"prelu --slopes w3.npy --layout broadcast", {1, -1, -2, -4, 0.5F, 0.25F, -0.5F, 3, -8, -1, NAN, 8}},
        {"prelu --slopes w3.npy --backward dy.npy", {1, 1, 6, 8, 5, -6, 3.5F, 8, 18, 20, NAN, -12}},
        {"prelu --slopes w2.npy --layout nhwc", {1, -4, -0.5F, -4, 0.5F, -0.5F, -0.5F, 3, -2, -1, NAN, -16}},
        {"prelu --slopes w2.npy --layout broadcast", {1, -4, -0.5F, -4, 0.5F, -0.5F, -0.5F, 3, -2, -1, NAN, -16}},
        {"prelu --slopes w6.npy --layout broadcast", {1, -4, 1, -8, 0.5F, -0.0625F, -0.5F, 3, 4, -2, NAN, -2}},
        {"sigmoid", of_each([&](double x, double) { return logistic(x); })},
        {"sigmoid --backward dy.npy", of_each([&](double x, double dy) { return dy * logistic(x) * logistic(-x); })},
        {"tanh", of_each([](double x, double) { return std::tanh(x); })},
        {"tanh --backward dy.npy", of_each([](double x, double dy) { return dy / std::pow(std::cosh(x), 2); })},
    };
    for (const auto& row : rows) {
        CAPTURE(row.arguments);
        const outcome o = run(here, row.arguments + " x.npy result.npy");
        CHECK(o.status == 0);
        CHECK(o.err.empty());
        const npy::array read = npy::load(here / "result.npy");
        CHECK(read.shape == npy::shape{2, 3, 2});
        const auto& result = std::get<std::vector<float>>(read.values);
        const std::string name = row.arguments.substr(0, row.arguments.find(' '));
        if (name == "elu" || name == "sigmoid" || name == "tanh") {
            REQUIRE(result.size() == row.result.size());
            for (std::size_t i = 0; i < result.size(); ++i)
                CHECK((std::isnan(result[i]) ? std::isnan(row.result[i])
                                             : std::abs(result[i] - row.result[i]) <= 3e-7F * std::abs(row.result[i])));
        } else {
            CHECK(same(result, row.result));
        }
    }
}

TEST_CASE("apply: the slope gradient has the shape of the slopes and sums dy * x where x is not above zero",
          "[apply]") {
    const struct {
        std::string arguments;
        npy::shape shape;
        std::vector<float> sums;
    } rows[] = {
        {"--slopes w1.npy", {}, {-4 - 3 - 8 - 1.5F - 7 - 36 - 5 - 96}},
        {"--slopes w3.npy", {3, 1}, {-4 - 7, -3 - 8 - 36 - 5, -1.5F - 96}},
        {"--slopes w2.npy --layout nhwc", {2}, {-3 - 7 - 36, -4 - 8 - 1.5F - 5 - 96}},
        {"--slopes w6.npy --layout broadcast", {3, 2}, {-7, -4, -3 - 36, -8 - 5, 0, -1.5F - 96}},
    };
    tensors here;
    here.x[10] = 1;
    here.save("x.npy", {2, 3, 2}, here.x);
    for (const auto& row : rows) {
        CAPTURE(row.arguments);
        const outcome o =
            run(here, "prelu --backward dy.npy --slope-gradient dw.npy " + row.arguments + " x.npy dx.npy");
        CHECK(o.status == 0);
        CHECK(npy::load(here / "dw.npy").shape == row.shape);
        CHECK(here.values("dw.npy") == row.sums);
        CHECK(npy::load(here / "dx.npy").shape == npy::shape{2, 3, 2});
    }
}

TEST_CASE("apply: float64 is computed and written as float64", "[apply]") {
    const tensors here;
    here.save("x.npy", {3}, std::vector<double>{-1, 0.1, 2});
    const outcome o = run(here, "elu x.npy y.npy");
    CHECK(o.status == 0);
    CHECK(has(o.out, "float64 of shape (3,), 3 elements"));
    const auto y = std::get<std::vector<double>>(npy::load(here / "y.npy").values);
    CHECK(std::abs(y.at(0) - std::expm1(-1.0)) < 3e-16);
    CHECK(y.at(1) == 0.1);
    CHECK(y.at(2) == 2);
}

TEST_CASE("apply: an output may be an input, and replaces an older file", "[apply]") {
    const tensors here;
    CHECK(run(here, "prelu --slopes w3.npy x.npy y.npy").status == 0);
    CHECK(run(here, "prelu --slopes w3.npy --backward dy.npy --slope-gradient dw.npy x.npy dx.npy").status == 0);
    const std::string y = here.read("y.npy"), dx = here.read("dx.npy"), dw = here.read("dw.npy"),
                      x = here.read("x.npy");
    CHECK(run(here, "prelu --slopes w3.npy --backward dy.npy --slope-gradient w3.npy x.npy dy.npy").status == 0);
    CHECK(here.read("dy.npy") == dx);
    CHECK(here.read("w3.npy") == dw);
    CHECK(here.read("x.npy") == x);
    CHECK(run(here, "leaky_relu --negative-slope 1 x.npy y.npy").status == 0);
    CHECK(same(here.values("y.npy"), here.x));
    CHECK(here.read("y.npy") != y);
    CHECK(run(here, "relu x.npy x.npy").status == 0);
    CHECK(same(here.values("x.npy"), {1, 0, 0, 0, 0.5F, 0, 0, 3, 0, 0, NAN, 0}));
    CHECK(run(here, "relu -- x.npy ./-y.npy").status == 0);
    CHECK(here.read("-y.npy") == here.read("x.npy"));
    CHECK(here.files().size() == 10);
}

TEST_CASE("apply: the report tells type, shape, range, zeros, NaN, dead channels and times", "[apply]") {
    tensors here;
    const std::string relu = run(here, "relu x.npy y.npy").out;
    CHECK(relu.starts_with("relu: float32 of shape (2, 3, 2), 12 elements\n"));
    CHECK(has(relu, "\nx               -8      -1.29545             3     0.00 %          1\n"));
    CHECK(has(relu, "\ny                0      0.409091             3    66.67 %          1\n"));
    CHECK(has(relu, "\ndead: 1 of 3 channels (axis 1) of y are zero everywhere\n"));
    CHECK(has(relu, " per element, "));
    CHECK(has(relu, " GB/s; to copy as many bytes: "));

    CHECK(has(run(here, "relu --layout nhwc x.npy y.npy").out, "\ndead: 0 of 2 channels (axis 2) of y are zero"));
    const std::string prelu = run(here, "prelu --slopes w6.npy --layout broadcast x.npy y.npy").out;
    CHECK(prelu.starts_with("prelu, 6 slopes along axes 1 to 2: float32"));
    CHECK(has(prelu, "\ndead: 0 of 6 channels (axes 1 to 2) of y are zero"));
    const std::string backward = run(here, "relu --backward dy.npy x.npy dx.npy").out;
    CHECK(backward.starts_with("relu backward: float32"));
    CHECK(has(backward, "\ndead: 1 of 3 channels (axis 1) of dx are zero"));
    CHECK(run(here, "elu --alpha 0.5 x.npy y.npy").out.starts_with("elu, alpha = 0.5: float32"));

    here.save("nan.npy", {2}, std::vector<float>{NAN, NAN});
    const std::string nans = run(here, "relu nan.npy y.npy").out;
    CHECK(has(nans, "\ny                -             -             -     0.00 %          2\n"));
    CHECK(has(nans, "\ndead: no axis is the channel\n"));
}

TEST_CASE("apply: tensors without axes and without elements are tensors too", "[apply]") {
    const tensors here;
    here.save("scalar.npy", {}, std::vector<float>{-2});
    CHECK(run(here, "prelu --slopes w1.npy scalar.npy y.npy").status == 0);
    CHECK(npy::load(here / "y.npy").shape == npy::shape{});
    CHECK(here.values("y.npy") == std::vector<float>{-1});

    const npy::shape many{0, PTRDIFF_MAX / 8}; // nothing may be allocated for channels that hold no element
    for (const npy::shape& shape : {npy::shape{0}, npy::shape{2, 3, 0}, npy::shape{2, 0, 3}, many}) {
        here.save("empty.npy", shape, std::vector<float>{});
        const outcome o =
            run(here, "prelu --slopes w1.npy --backward empty.npy --slope-gradient dw.npy empty.npy dx.npy");
        CHECK(o.status == 0);
        CHECK(has(o.out, "\ntime: nothing to measure without elements\n"));
        CHECK(npy::load(here / "dx.npy").shape == shape);
        CHECK(here.values("dw.npy") == std::vector<float>{0});
    }
    here.save("empty.npy", {2, 0, 3}, std::vector<float>{});
    here.save("w0.npy", {0}, std::vector<float>{});
    CHECK(run(here, "prelu --slopes w0.npy empty.npy y.npy").status == 0);
}

TEST_CASE("apply: --help and --table need no files and write none", "[apply]") {
    const directory here;
    const outcome help = run(here, "--help");
    CHECK(help.status == 0);
    CHECK(help.err.empty());
    for (const char* word : {"--alpha NUMBER ", " default 1\n", "--negative-slope NUMBER ", " default 0.01\n",
                             "--slopes", "--layout", "--backward", "--slope-gradient", "--table"})
        CHECK(has(help.out, word));
    for (const std::string& name : all_listed())
        CHECK((has(help.out, "\n  " + name + ' ') || has(help.out, "\n  " + name + '\n')));
    CHECK(run(here, "relu -h").out == help.out);

    const outcome table = run(here, "--table");
    CHECK(table.status == 0);
    CHECK(table.err.empty());
    const auto rows = [&](const std::string& start) {
        std::size_t count = 0;
        for (std::size_t at = 0; (at = table.out.find('\n' + start, at)) != std::string::npos; ++at)
            ++count;
        return count;
    };
    for (const std::string& name : all_listed())
        CHECK(rows(name + ' ') == 2);
    CHECK(has(table.out, "2/16"));
    CHECK(here.files().empty());
}
