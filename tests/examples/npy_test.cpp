#include "../../examples/npy.hpp"
#include "../catch.hpp"
#include "directory.hpp"

#include <filesystem>
#include <limits>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace {

/// The start of a file up to its data. NumPy pads the dictionary, a reader need not insist on it.
std::string start(const std::string& dictionary, int version = 1) {
    std::string text = std::string("\x93NUMPY") + static_cast<char>(version) + '\0';
    for (int i = 0; i < (version == 1 ? 2 : 4); ++i)
        text += static_cast<char>(dictionary.size() >> 8 * i & 255);
    return text + dictionary;
}

std::string dictionary(const std::string& type, const std::string& order, const std::string& shape) {
    return "{'descr': " + type + ", 'fortran_order': " + order + ", 'shape': " + shape + ", }\n";
}

std::string with_type(const std::string& type) {
    return start(dictionary(type, "False", "(2,)")) + std::string(8, 'x');
}

std::string with_shape(const std::string& shape, std::size_t bytes = 0) {
    return start(dictionary("'<f4'", "False", shape)) + std::string(bytes, 'x');
}

std::string refusal(const std::string& file) {
    try {
        npy::load(file);
        return "nothing is refused";
    } catch (const npy::error& fault) {
        return fault.what();
    }
}

template <class T>
std::string bytes_of(const std::vector<T>& values) {
    return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)};
}

} // namespace

TEST_CASE("npy: a file that is not as it should be is refused in one line", "[npy]") {
    const std::string number = "a size that is not negative and can be counted", nul(1, '\0');
    constexpr std::size_t most = std::numeric_limits<std::size_t>::max();
    const std::string quarter = std::to_string(most / 4 + 1); // as many floats fill the address space
    const std::string root = std::to_string(std::size_t{1} << std::numeric_limits<std::size_t>::digits / 2);
    const struct {
        std::string bytes, says;
    } rows[] = {
        // the first bytes
        {"", "truncated: 0 bytes left, expected 6 of a .npy header"},
        {"\x93NUM", "truncated: 4 bytes left, expected 6 of a .npy header"},
        {"\x93NUMPY", "truncated: 0 bytes left, expected 1 of a .npy header"},
        {"\x93NUMPY\1", "truncated: 0 bytes left, expected 1 of a .npy header"},
        {"PK\3\4 an .npz file", "not a .npy file, expected one that starts with \\x93NUMPY"},
        {"1.5,2.5,3.5\n", "not a .npy file, expected one that starts with \\x93NUMPY"},
        {std::string("\x93NUMPY\0\0", 8) + "v\0", "version 0.0, expected 1.0, 2.0 or 3.0"},
        {std::string("\x93NUMPY\4\0", 8) + "v\0", "version 4.0, expected 1.0, 2.0 or 3.0"},
        {"\x93NUMPY\1\1v", "version 1.1, expected 1.0, 2.0 or 3.0"},
        {"\x93NUMPY\xff\1v", "version 255.1, expected 1.0, 2.0 or 3.0"},
        // the length of the header
        {std::string("\x93NUMPY\1\0v", 9), "truncated: 1 bytes left, expected 2 of a .npy header"},
        {std::string("\x93NUMPY\2\0v\0\0", 11), "truncated: 3 bytes left, expected 4 of a .npy header"},
        {std::string("\x93NUMPY\1\0v\0{'descr'", 18), "truncated: 8 bytes left, expected 118 of a .npy header"},
        {std::string("\x93NUMPY\2\0\xff\xff\xff\xff{", 13),
         "truncated: 1 bytes left, expected 4294967295 of a .npy header"},
        // the dictionary
        {start(""), "malformed header at its end, expected a dictionary"},
        {start("\n"), "malformed header at its end, expected a dictionary"},
        {start("[1, 2]"), "malformed header at \"[1, 2]\", expected a dictionary"},
        {start("{}"), "header lacks one of its keys, expected descr, fortran_order and shape"},
        {start("{'descr': '<f4', 'fortran_order': False, }"),
         "header lacks one of its keys, expected descr, fortran_order and shape"},
        {start("{'descr': '<f4', 'shape': (2,), }"),
         "header lacks one of its keys, expected descr, fortran_order and shape"},
        {start("{'fortran_order': False, 'shape': (2,), }"),
         "header lacks one of its keys, expected descr, fortran_order and shape"},
        {start("{'descr': '<f4', 'descr': '<f8', 'fortran_order': False, 'shape': (2,), }"),
         "header key 'descr', expected descr, fortran_order and shape once each"},
        {start("{'order': 'C', 'descr': '<f4', 'fortran_order': False, 'shape': (2,), }"),
         "header key 'order', expected descr, fortran_order and shape once each"},
        {start("{'a\nb': 1}"), "header key 'a?b', expected descr, fortran_order and shape once each"},
        {start("{descr: '<f4'}"), "malformed header at \"descr: '<f4'}\", expected a key in quotes"},
        {start("{'descr' '<f4'}"), "malformed header at \"'<f4'}\", expected a colon"},
        {start("{'descr': '<f4' 'shape': (2,)}"), "malformed header at \"'shape': (2,)}\", expected a comma or '}'"},
        {start("{'descr': '<f4"), "malformed header at \"'<f4\", expected a closing quote"},
        {start("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), "),
         "malformed header at its end, expected a key in quotes"},
        {start("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), } e"),
         "malformed header at \"e\", expected nothing after '}'"},
        {start("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }" + nul),
         "malformed header at \"?\", expected nothing after '}'"},
        // the type
        {with_type("'<i4'"), "elements of type '<i4', expected '<f4' (float32) or '<f8' (float64)"},
        {with_type("'|u1'"), "elements of type '|u1', expected '<f4' (float32) or '<f8' (float64)"},
        {with_type("'>f4'"), "elements of type '>f4', expected '<f4' (float32) or '<f8' (float64)"},
        {with_type("'>f8'"), "elements of type '>f8', expected '<f4' (float32) or '<f8' (float64)"},
        {with_type("'<f2'"), "elements of type '<f2', expected '<f4' (float32) or '<f8' (float64)"},
        {with_type("'<c8'"), "elements of type '<c8', expected '<f4' (float32) or '<f8' (float64)"},
        {with_type("'|O'"), "elements of type '|O', expected '<f4' (float32) or '<f8' (float64)"},
        {with_type("''"), "elements of type '', expected '<f4' (float32) or '<f8' (float64)"},
        {with_type("[('re', '<f4')]"),
         "malformed header at \"[('re', '<f4')], 'fortran_orde\", expected the element type '<f4' or '<f8'"},
        {with_type("4"),
         "malformed header at \"4, 'fortran_order': False, 'sh\", expected the element type '<f4' or '<f8'"},
        // the order
        {start(dictionary("'<f4'", "True", "(2,)")) + std::string(8, 'x'),
         "Fortran order, expected C order (numpy.ascontiguousarray makes it so)"},
        {start(dictionary("'<f4'", "0", "(2,)")) + std::string(8, 'x'),
         "malformed header at \"0, 'shape': (2,), }?\", expected True or False"},
        {start(dictionary("'<f4'", "Falsely", "(2,)")) + std::string(8, 'x'),
         "malformed header at \"Falsely, 'shape': (2,), }?\", expected True or False"},
        {start(dictionary("'<f4'", "'True'", "(2,)")) + std::string(8, 'x'),
         "malformed header at \"'True', 'shape': (2,), }?\", expected True or False"},
        // the shape
        {with_shape("2", 8), "malformed header at \"2, }?\", expected a tuple of sizes"},
        {with_shape("[2]", 8), "malformed header at \"[2], }?\", expected a tuple of sizes"},
        {with_shape("(2)", 8), "malformed header at \"), }?\", expected a comma"},
        {with_shape("(2 3)", 24), "malformed header at \"3), }?\", expected a comma"},
        {with_shape("(,)"), "malformed header at \",), }?\", expected " + number},
        {with_shape("(-2,)"), "malformed header at \"-2,), }?\", expected " + number},
        {with_shape("(+2,)", 8), "malformed header at \"+2,), }?\", expected " + number},
        {with_shape("(2.0,)", 8), "malformed header at \"2.0,), }?\", expected " + number},
        {with_shape("(0x2,)", 8), "malformed header at \"0x2,), }?\", expected " + number},
        {with_shape("('2',)", 8), "malformed header at \"'2',), }?\", expected a size"},
        {with_shape("((2,),)", 8), "malformed header at \"(2,),), }?\", expected " + number},
        {with_shape("(18446744073709551616,)"),
         "malformed header at \"18446744073709551616,), }?\", expected " + number},
        {with_shape("(" + root + ", " + root + ")"),
         "shape (" + root + ", " + root + ") has more elements than can be counted, expected fewer"},
        {with_shape("(" + quarter + ",)"),
         "shape (" + quarter + ",) has more elements than can be counted, expected fewer"},
        {with_shape("(0, " + root + ", " + root + ")"),
         "shape (0, " + root + ", " + root + ") has more elements than can be counted, expected fewer"},
        {with_shape(
             '(' +
                 [] {
                     std::string ones;
                     for (int i = 0; i < 65; ++i)
                         ones += "1,";
                     return ones;
                 }() +
                 ')',
             4),
         "more than 64 axes, expected at most 64"},
        // the data
        {with_shape("(2, 3)"), "truncated: 0 bytes of data, expected 24 for float32 of shape (2, 3)"},
        {with_shape("(2, 3)", 23), "truncated: 23 bytes of data, expected 24 for float32 of shape (2, 3)"},
        {with_shape("(2, 3)", 25), "trailing bytes: 25 bytes of data, expected 24 for float32 of shape (2, 3)"},
        {with_shape("(7,)", 24), "truncated: 24 bytes of data, expected 28 for float32 of shape (7,)"},
        {with_shape("()", 0), "truncated: 0 bytes of data, expected 4 for float32 of shape ()"},
        {with_shape("(0, 3)", 4), "trailing bytes: 4 bytes of data, expected 0 for float32 of shape (0, 3)"},
        {with_shape("(1000000, 500)", 4),
         "truncated: 4 bytes of data, expected 2000000000 for float32 of shape (1000000, 500)"},
        {with_type("'<f8'"), "truncated: 8 bytes of data, expected 16 for float64 of shape (2,)"},
    };
    const directory here;
    for (const auto& row : rows) {
        here.write("x.npy", row.bytes);
        CHECK(refusal(here / "x.npy") == here / "x.npy" + ": " + row.says);
    }
}

TEST_CASE("npy: what is no file is refused", "[npy]") {
    const directory here;
    here.write("file", "");
    CHECK(refusal(here / "x.npy") == here / "x.npy: No such file or directory, expected a .npy file");
    CHECK(refusal(here / "file/x.npy") == here / "file/x.npy: Not a directory, expected a .npy file");
    CHECK(refusal(here / ".") == here / ".: not a regular file, expected a .npy file");
    CHECK(refusal("") == ": No such file or directory, expected a .npy file");
}

TEST_CASE("npy: headers of every version, spacing, quote and order of keys are read", "[npy]") {
    const std::string headers[] = {
        start(dictionary("'<f4'", "False", "(2, 1)"), 1),
        start(dictionary("'<f4'", "False", "(2, 1)"), 2),
        start(dictionary("'<f4'", "False", "(2, 1)"), 3),
        start("{'shape':(2,1),'fortran_order':False,'descr':'<f4'}"),
        start(" { \"descr\" : \"<f4\" ,\t'shape' : ( 2 , 1 , ) ,\n'fortran_order' : False } \n"),
        start(dictionary("'<f4'", "False", "(2, 1)") + std::string(1000, ' ')),
        start(dictionary("'<f4'", "False", "(2, 1)") + std::string(100000, ' '), 2),
    };
    const directory here;
    for (const std::string& header : headers) {
        const std::vector<float> values{1.5F, -2};
        here.write("x.npy", header + bytes_of(values));
        const npy::array read = npy::load(here / "x.npy");
        CHECK(read.shape == npy::shape{2, 1});
        CHECK(std::get<std::vector<float>>(read.values) == values);
    }
}

TEMPLATE_TEST_CASE("npy: what is saved is loaded bit for bit", "[npy]", float, double) {
    using limits = std::numeric_limits<TestType>;
    const directory here;
    const std::vector<TestType> special{-TestType(0),         TestType(1) / 3, limits::infinity(),
                                        limits::denorm_min(), limits::max(),   -limits::quiet_NaN()};
    for (const npy::shape& shape :
         {npy::shape{}, {0}, {1}, {6}, {2, 3}, {6, 1, 1}, {2, 0, 3}, {1, 2, 1, 3, 1}, npy::shape(64, 1)}) {
        std::size_t count = 1;
        for (const std::size_t size : shape)
            count *= size;
        const std::vector<TestType> values(special.begin(), special.begin() + static_cast<std::ptrdiff_t>(count));
        npy::save<TestType>(here / "x.npy", shape, values);
        const npy::array read = npy::load(here / "x.npy");
        CHECK(read.shape == shape);
        CHECK(bytes_of(std::get<std::vector<TestType>>(read.values)) == bytes_of(values));
        CHECK((here.read("x.npy").size() - count * sizeof(TestType)) % 64 == 0);
        CHECK(here.files().size() == 1);
    }
}

TEST_CASE("npy: a saved file has the bytes that numpy.save writes", "[npy]") {
    const directory here;
    npy::save<float>(here / "x.npy", {2}, std::vector<float>{1, -2});
    CHECK(here.read("x.npy") == std::string("\x93NUMPY\1\0v\0", 10) +
                                    "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }" + std::string(60, ' ') +
                                    '\n' + bytes_of(std::vector<float>{1, -2}));
}

TEST_CASE("npy: a large file is read and written in pieces that report how far they are", "[npy]") {
    const directory here;
    const std::vector<double> values(1'500'000, 0.5);
    std::vector<std::size_t> reported;
    const npy::progress report = [&](std::size_t done, std::size_t total) {
        CHECK(total == 12'000'000);
        reported.push_back(done);
    };
    npy::save<double>(here / "x.npy", {1'500'000}, values, report);
    const std::vector<std::size_t> expected{4'194'304, 8'388'608, 12'000'000};
    CHECK(reported == expected);
    reported.clear();
    CHECK(std::get<std::vector<double>>(npy::load(here / "x.npy", report).values) == values);
    CHECK(reported == expected);
}

TEST_CASE("npy: a staged file that is not committed leaves nothing and touches nothing", "[npy]") {
    const directory here;
    const std::vector<float> values{1, 2, 3};
    here.write("y.npy", "older");
    here.write("y.npy.part0", "someone else's");
    const auto before = here.files();
    {
        const npy::staged_file staged(here / "y.npy", {3}, std::span(values));
        CHECK(here.files().size() == 3);
        CHECK(here.read("y.npy") == "older");
    }
    CHECK(here.files() == before);
    CHECK_THROWS_AS(
        npy::staged_file(here / "y.npy", {3}, std::span(values), [](auto...) { throw npy::error("stopped"); }),
        npy::error);
    CHECK(here.files() == before);
}

TEST_CASE("npy: if one of several files cannot be put in place, the new ones go and the older ones stay", "[npy]") {
    const directory here;
    const std::vector<float> values{1, 2, 3};
    here.write("older.npy", "older");
    const auto before = here.files();
    {
        std::vector<npy::staged_file> files;
        files.emplace_back(here / "new.npy", npy::shape{3}, std::span(values));
        files.emplace_back(here / "taken.npy", npy::shape{3}, std::span(values));
        files.emplace_back(here / "older.npy", npy::shape{3}, std::span(values));
        std::filesystem::create_directory(here / "taken.npy");
        CHECK_THROWS_AS(npy::staged_file::commit(files), npy::error);
    }
    std::filesystem::remove(here / "taken.npy");
    CHECK(here.files() == before);
}

TEST_CASE("npy: what cannot be replaced by a file is refused", "[npy]") {
    const directory here;
    const auto refused = [&](const std::string& file) -> std::string {
        try {
            npy::save<float>(file, {}, std::vector<float>{1});
            return "nothing is refused";
        } catch (const npy::error& fault) {
            return fault.what();
        }
    };
    std::filesystem::create_directory(here / "folder");
    CHECK(refused(here / "folder") == here / "folder: not a regular file, expected one that can be replaced");
    CHECK(refused(here / "nowhere/y.npy") == here / "nowhere/y.npy: cannot be written: No such file or directory");
    CHECK(here.files().size() == 1);
}

#ifndef _WIN32
TEST_CASE("npy: behind a link, the file it points to is replaced", "[npy]") {
    const directory here;
    here.write("real.npy", "older");
    std::filesystem::create_symlink("real.npy", here / "link.npy");
    std::filesystem::permissions(here / "real.npy",
                                 std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    npy::save<float>(here / "link.npy", {1}, std::vector<float>{7});
    CHECK(std::filesystem::is_symlink(here / "link.npy"));
    CHECK(std::get<std::vector<float>>(npy::load(here / "real.npy").values) == std::vector<float>{7});
    CHECK(std::filesystem::status(here / "real.npy").permissions() ==
          (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
    CHECK(here.files().size() == 2);
}
#endif
