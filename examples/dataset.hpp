// What train learns from: two spirals, or the files of the UCI digits or of MNIST. Whatever is wrong with a file is
// rejected with its name and the line or the offset.
#pragma once

#include "command_line.hpp"
#include "npy.hpp"
#include "random_numbers.hpp"

#include <Eigen/Core>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <numbers>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

struct samples {
    Eigen::MatrixXf x; // a column is a sample
    std::vector<int> labels;
};

struct dataset {
    std::string name;
    int classes;
    samples train, test;
};

namespace detail {

inline std::string read_file(const std::string& file) {
    const npy::detail::stream in(std::fopen(file.c_str(), "rb"));
    std::string bytes;
    if (in) {
        char piece[1 << 16];
        while (const std::size_t count = std::fread(piece, 1, sizeof piece, in.get()))
            bytes.append(piece, count);
    }
    if (!in || std::ferror(in.get()))
        reject(file + ": " + npy::detail::system_text(errno) + ", expected a file that can be read");
    return bytes;
}

/// Points on one of two arms that wind around each other, with noise.
inline samples spiral_points(std::size_t count, random_numbers& random) {
    constexpr double turns = 1.75, noise = 0.02;
    samples s{.x = Eigen::MatrixXf(2, static_cast<Eigen::Index>(count)), .labels = {}};
    for (auto point : s.x.colwise()) {
        const int arm = static_cast<int>(s.labels.size() % 2);
        const double radius = std::sqrt(random.uniform()), // as dense outside as within
            angle = std::numbers::pi * (2 * turns * radius + arm);
        point << static_cast<float>(radius * std::cos(angle) + noise * random.normal()),
            static_cast<float>(radius * std::sin(angle) + noise * random.normal());
        s.labels.push_back(arm);
    }
    return s;
}

} // namespace detail

/// Two intertwined spirals, always the same ones.
inline dataset spirals() {
    random_numbers random(1);
    dataset d{.name = "two spirals", .classes = 2, .train = {}, .test = {}};
    d.train = detail::spiral_points(1000, random);
    d.test = detail::spiral_points(1000, random);
    return d;
}

/// A file of the UCI digits: in each line the ink 0 to 16 in 64 cells and the class 0 to 9, with commas between them.
inline samples read_optdigits(const std::string& file) {
    constexpr std::size_t cells = 64;
    const std::string text = detail::read_file(file);
    std::vector<float> ink;
    samples s;
    for (std::string_view rest = text; rest.find_first_not_of("\r\n") != rest.npos;) { // empty lines may end the file
        const std::string where = file + ':' + std::to_string(s.labels.size() + 1) + ": ";
        std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        const auto columns = static_cast<std::size_t>(std::ranges::count(line, ',')) + 1;
        if (columns != cells + 1)
            reject(where + std::to_string(columns) + " columns, expected " + std::to_string(cells + 1));
        for (std::size_t column = 0; column <= cells; ++column) {
            const std::string_view field = line.substr(0, line.find(','));
            line.remove_prefix(std::min(field.size() + 1, line.size()));
            const int most = column < cells ? 16 : 9;
            int value = -1;
            const auto [end, fault] = std::from_chars(field.data(), field.data() + field.size(), value);
            if (fault != std::errc() || end != field.data() + field.size() || value < 0 || value > most)
                reject(where + "column " + std::to_string(column + 1) + " is '" + std::string(field.substr(0, 30)) +
                       "', expected " + (column < cells ? "ink" : "the class") + ", 0 to " + std::to_string(most));
            if (column < cells)
                ink.push_back(static_cast<float>(value) / 16);
            else
                s.labels.push_back(value);
        }
    }
    if (s.labels.empty())
        reject(file + ":1: no digits, expected lines of " + std::to_string(cells + 1) + " columns");
    s.x = Eigen::MatrixXf::Map(ink.data(), cells, static_cast<Eigen::Index>(s.labels.size()));
    return s;
}

/// The part of MNIST that is called "train" or "t10k", from its two IDX files.
inline samples read_mnist(const std::filesystem::path& folder, const std::string& part) {
    struct idx {
        std::string file, bytes;
        std::size_t header, count, each; // bytes, items, bytes of an item
        std::uint8_t at(std::size_t i) const { return static_cast<std::uint8_t>(bytes[header + i]); }
    };
    const auto read = [&](const std::string& name, std::size_t axes) {
        idx f{(folder / (part + name)).string(), {}, 4 + 4 * axes, 0, 0};
        f.bytes = detail::read_file(f.file);
        const auto fault = [&](std::size_t offset, const std::string& what) {
            reject(f.file + ": offset " + std::to_string(offset) + ": " + what);
        };
        if (f.bytes.size() < f.header)
            fault(f.bytes.size(), "the file ends, expected a header of " + std::to_string(f.header) + " bytes");
        const auto number = [&](std::size_t offset) {
            std::size_t value = 0;
            for (std::size_t i = 0; i < 4; ++i)
                value = value << 8 | static_cast<std::uint8_t>(f.bytes[offset + i]);
            return value;
        };
        const std::size_t magic = 0x800 + axes;
        if (number(0) != magic)
            fault(0, "magic number " + std::to_string(number(0)) + ", expected " + std::to_string(magic));
        std::size_t total = 1;
        for (std::size_t offset = 4; offset < f.header; offset += 4) {
            const std::size_t length = number(offset);
            if (length == 0 || length > std::size_t{PTRDIFF_MAX} / total)
                fault(offset, "a length of " + std::to_string(length) + ", expected one of a tensor that fits memory");
            total *= length;
        }
        f.count = number(4);
        f.each = total / f.count;
        const std::size_t size = f.header + total;
        if (f.bytes.size() != size)
            fault(std::min(f.bytes.size(), size), (f.bytes.size() < size ? "the file ends" : "the file goes on") +
                                                      std::string(", expected ") + std::to_string(size) +
                                                      " bytes for " + std::to_string(f.count) + " items of " +
                                                      std::to_string(f.each));
        return f;
    };
    const idx images = read("-images-idx3-ubyte", 3), labels = read("-labels-idx1-ubyte", 1);
    if (labels.count != images.count)
        reject(labels.file + ": offset 4: " + std::to_string(labels.count) + " labels, expected one for each of " +
               std::to_string(images.count) + " images");
    samples s{.x = Eigen::MatrixXf(static_cast<Eigen::Index>(images.each), static_cast<Eigen::Index>(images.count)),
              .labels = {}};
    for (std::size_t i = 0; i < images.count * images.each; ++i)
        s.x.data()[i] = static_cast<float>(images.at(i)) / 255;
    for (std::size_t i = 0; i < labels.count; ++i) {
        s.labels.push_back(labels.at(i));
        if (s.labels.back() > 9)
            reject(labels.file + ": offset " + std::to_string(labels.header + i) + ": label " +
                   std::to_string(s.labels.back()) + ", expected 0 to 9");
    }
    return s;
}

/// The digits in a folder: those of UCI if one of their files is there, else MNIST.
inline dataset read_digits(const std::filesystem::path& folder) {
    const auto has = [&](const char* name) { return exists(folder / name); };
    dataset d{.name = "", .classes = 10, .train = {}, .test = {}};
    if (has("optdigits.tra") || has("optdigits.tes")) {
        d.name = "UCI digits";
        d.train = read_optdigits((folder / "optdigits.tra").string());
        d.test = read_optdigits((folder / "optdigits.tes").string());
    } else if (has("train-images-idx3-ubyte") || has("t10k-images-idx3-ubyte")) {
        d.name = "MNIST";
        d.train = read_mnist(folder, "train");
        d.test = read_mnist(folder, "t10k");
        if (d.test.x.rows() != d.train.x.rows())
            reject((folder / "t10k-images-idx3-ubyte").string() + ": offset 8: images of " +
                   std::to_string(d.test.x.rows()) + " pixels, expected " + std::to_string(d.train.x.rows()) +
                   " as in the other file");
    } else {
        reject(folder.string() + ": no digits, expected a folder with optdigits.tra and optdigits.tes or with " +
               "train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte");
    }
    return d;
}
