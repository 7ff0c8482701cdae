// NumPy's .npy files of float32 and float64 in C order, read and written with every size checked.
// Whatever else a file holds, and whatever is wrong with it, is an npy::error of one line: file, fault, expectation.
#pragma once

#include <algorithm>
#include <bit>
#include <cerrno>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <variant>
#include <vector>

namespace npy {

static_assert(std::endian::native == std::endian::little, "'<f4' and '<f8' are read and written as they lie in memory");

using shape = std::vector<std::size_t>; ///< empty for a single value without axes

struct array {
    npy::shape shape;
    std::variant<std::vector<float>, std::vector<double>> values;
};

struct error : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Text from elsewhere, such as a file name or a header, made fit for a message of one line.
inline std::string one_line(std::string text) {
    for (char& c : text)
        c = static_cast<unsigned char>(c) < ' ' || c == '\x7f' ? '?' : c;
    return text;
}

/// Called after each piece of a file with the bytes done and the bytes in all.
using progress = std::function<void(std::size_t done, std::size_t total)>;

template <class T>
inline constexpr const char* type_name = sizeof(T) == 4 ? "float32" : "float64";

/// As Python writes it: "(2, 3)", "(7,)", "()".
inline std::string to_string(const shape& axes) {
    std::string text = "(";
    for (std::size_t i = 0; i < axes.size(); ++i)
        text += (i ? ", " : "") + std::to_string(axes[i]);
    return text + (axes.size() == 1 ? ",)" : ")");
}

namespace detail {

inline constexpr std::size_t piece = std::size_t{1} << 22; // bytes between two reports of progress
inline constexpr std::size_t most_axes = 64;               // NumPy's own limit

struct close_file {
    void operator()(std::FILE* file) const noexcept { std::fclose(file); }
};
using stream = std::unique_ptr<std::FILE, close_file>;

struct remove_file {
    void operator()(std::filesystem::path* path) const noexcept {
        std::error_code ignored;
        std::filesystem::remove(*path, ignored);
        delete path;
    }
};
using temporary = std::unique_ptr<std::filesystem::path, remove_file>;

[[noreturn]] inline void fail(const std::string& file, const std::string& what) {
    throw error(one_line(file + ": " + what));
}

inline std::string system_text(int code) { return std::generic_category().message(code); }

/// Reads the Python dictionary of a header: what NumPy writes there, in any order and spacing, and nothing else.
class header {
public:
    std::string type;
    npy::shape shape;

    header(std::string_view text, const std::string& file) : rest_(text), file_(file) {
        bool has_type = false, has_order = false, has_shape = false, fortran = false;
        next();
        take('{', "a dictionary");
        while (kind_ != '}') {
            const std::string_view key = take(string, "a key in quotes");
            take(':', "a colon");
            if (key == "descr" && !std::exchange(has_type, true))
                type = take(string, "the element type '<f4' or '<f8'");
            else if (key == "fortran_order" && !std::exchange(has_order, true))
                fortran = boolean();
            else if (key == "shape" && !std::exchange(has_shape, true))
                shape = tuple();
            else
                fail(file_, "header key '" + std::string(key.substr(0, 30)) +
                                "', expected descr, fortran_order and shape once each");
            if (kind_ != '}')
                take(',', "a comma or '}'");
        }
        next();
        if (kind_ != end)
            malformed("nothing after '}'");
        if (!has_type || !has_order || !has_shape)
            fail(file_, "header lacks one of its keys, expected descr, fortran_order and shape");
        if (type != "<f4" && type != "<f8")
            fail(file_, "elements of type '" + type.substr(0, 30) + "', expected '<f4' (float32) or '<f8' (float64)");
        if (fortran)
            fail(file_, "Fortran order, expected C order (numpy.ascontiguousarray makes it so)");
    }

private:
    static constexpr char end = 'e', string = 's', word = 'w'; // kinds of token; a bracket, comma or colon is its own

    void next() {
        rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\r\n"), rest_.size()));
        from_ = rest_;
        text_ = {};
        kind_ = end;
        if (rest_.empty())
            return;
        std::size_t length = rest_.find_first_of(" \t\r\n{}():,[]'\"");
        if (rest_[0] == '\'' || rest_[0] == '"') {
            length = rest_.find(rest_[0], 1);
            if (length == rest_.npos)
                malformed("a closing quote");
            kind_ = string;
            text_ = rest_.substr(1, length++ - 1);
        } else if (length != 0) {
            length = std::min(length, rest_.size());
            kind_ = word;
            text_ = rest_.substr(0, length);
        } else {
            length = 1;
            kind_ = rest_[0];
        }
        rest_.remove_prefix(length);
    }
    std::string_view take(char kind, const char* expected) {
        if (kind_ != kind)
            malformed(expected);
        const std::string_view text = text_;
        next();
        return text;
    }
    bool boolean() {
        if (text_ != "True" && text_ != "False")
            malformed("True or False");
        return take(word, "True or False") == "True";
    }
    npy::shape tuple() {
        npy::shape axes;
        take('(', "a tuple of sizes");
        while (kind_ != ')') {
            std::size_t size = 0;
            const auto [stop, fault] = std::from_chars(text_.data(), text_.data() + text_.size(), size);
            if (fault != std::errc{} || stop != text_.data() + text_.size())
                malformed("a size that is not negative and can be counted");
            take(word, "a size");
            axes.push_back(size);
            if (axes.size() > most_axes)
                fail(file_, "more than 64 axes, expected at most 64");
            if (kind_ != ')' || axes.size() == 1) // (3,) is a tuple, (3) is a number
                take(',', "a comma");
        }
        next();
        return axes;
    }
    [[noreturn]] void malformed(const char* expected) const {
        const std::string where = from_.empty() ? "its end" : '"' + std::string(from_.substr(0, 30)) + '"';
        fail(file_, "malformed header at " + where + ", expected " + expected);
    }

    std::string_view rest_, from_, text_; // not yet read; from the current token on; its text
    char kind_ = end;
    const std::string& file_;
};

/// An axis of 0 makes no elements, but does not excuse the others: as in NumPy, no product of sizes may overflow.
inline std::size_t element_count(const std::string& file, const shape& axes, std::size_t element_size) {
    std::size_t count = 1;
    for (const std::size_t size : axes) {
        if (size != 0 && count > static_cast<std::size_t>(PTRDIFF_MAX) / element_size / size)
            fail(file, "shape " + to_string(axes) + " has more elements than can be counted, expected fewer");
        count *= std::max<std::size_t>(size, 1);
    }
    return std::find(axes.begin(), axes.end(), std::size_t{0}) == axes.end() ? count : 0;
}

template <class T>
array read_values(const std::string& file, std::FILE* in, std::uintmax_t present, shape axes, const progress& report) {
    const std::size_t bytes = element_count(file, axes, sizeof(T)) * sizeof(T);
    if (present != bytes)
        fail(file, (present < bytes ? "truncated: " : "trailing bytes: ") + std::to_string(present) +
                       " bytes of data, expected " + std::to_string(bytes) + " for " + type_name<T> + " of shape " +
                       to_string(axes));
    std::vector<T> values(bytes / sizeof(T));
    for (std::size_t done = 0; done < bytes;) {
        const std::size_t step = std::min(piece, bytes - done);
        if (std::fread(reinterpret_cast<char*>(values.data()) + done, 1, step, in) != step)
            fail(file, "cannot be read, expected " + std::to_string(bytes) + " bytes of data");
        done += step;
        if (report)
            report(done, bytes);
    }
    return {std::move(axes), std::move(values)};
}

} // namespace detail

inline array load(const std::string& file, const progress& report = {}) {
    using detail::fail;
    std::error_code fault;
    const auto status = std::filesystem::status(file, fault);
    if (!exists(status))
        fail(file, detail::system_text(fault ? fault.value() : ENOENT) + ", expected a .npy file");
    if (!is_regular_file(status))
        fail(file, "not a regular file, expected a .npy file");
    const detail::stream in(std::fopen(file.c_str(), "rb"));
    if (!in)
        fail(file, detail::system_text(errno) + ", expected a .npy file that can be read");
    std::uintmax_t left = std::filesystem::file_size(file);

    const auto read = [&](std::size_t count) { // allocates nothing for bytes that the file does not have
        if (count > left)
            fail(file, "truncated: " + std::to_string(left) + " bytes left, expected " + std::to_string(count) +
                           " of a .npy header");
        std::string bytes(count, '\0');
        if (std::fread(bytes.data(), 1, count, in.get()) != count)
            fail(file, "cannot be read, expected a .npy header");
        left -= count;
        return bytes;
    };
    if (read(6) != "\x93NUMPY")
        fail(file, "not a .npy file, expected one that starts with \\x93NUMPY");
    const auto number = [](const std::string& bytes) { // little-endian
        std::size_t value = 0;
        for (std::size_t i = bytes.size(); i-- > 0;)
            value = value << 8 | static_cast<unsigned char>(bytes[i]);
        return value;
    };
    const std::size_t major = number(read(1)), minor = number(read(1));
    if (major < 1 || major > 3 || minor != 0)
        fail(file, "version " + std::to_string(major) + '.' + std::to_string(minor) + ", expected 1.0, 2.0 or 3.0");
    const std::string text = read(number(read(major == 1 ? 2 : 4)));
    detail::header header(text, file);
    const auto read_values = header.type == "<f4" ? detail::read_values<float> : detail::read_values<double>;
    return read_values(file, in.get(), left, std::move(header.shape), report);
}

/// A whole .npy file under a temporary name beside the place it is meant for. It vanishes unless it is committed.
class staged_file {
public:
    template <class T>
    staged_file(const std::string& file, const shape& axes, std::span<const T> values, const progress& report = {})
        : file_(file), target_(file) {
        std::error_code ignored;
        const auto status = std::filesystem::status(target_, ignored);
        replaces_ = exists(status);
        if (replaces_ && !is_regular_file(status))
            detail::fail(file_, "not a regular file, expected one that can be replaced");
        if (replaces_)
            target_ = canonical(target_); // of a link, what it points to is replaced
        std::FILE* created = nullptr;
        for (int i = 0; !created; ++i) {
            const std::string name = target_.string() + ".part" + std::to_string(i);
            created = std::fopen(name.c_str(), "wbx");
            if (created)
                temporary_.reset(new std::filesystem::path(name));
            else if (errno != EEXIST || i == 1000)
                refuse(errno);
        }
        detail::stream out(created);
        if (replaces_)
            permissions(*temporary_, status.permissions(), ignored);

        std::string head = std::string("{'descr': '<f") + (sizeof(T) == 4 ? '4' : '8') +
                           "', 'fortran_order': False, 'shape': " + to_string(axes) + ", }";
        head.append(63 - (10 + head.size()) % 64, ' ').push_back('\n'); // the values begin at a multiple of 64 bytes
        const char length[] = {static_cast<char>(head.size() & 255), static_cast<char>(head.size() >> 8)};
        write(created, "\x93NUMPY\1\0", 8);
        write(created, length, 2);
        write(created, head.data(), head.size());
        for (std::size_t done = 0; done < values.size_bytes();) {
            const std::size_t step = std::min(detail::piece, values.size_bytes() - done);
            write(created, reinterpret_cast<const char*>(values.data()) + done, step);
            done += step;
            if (report)
                report(done, values.size_bytes());
        }
        if (std::fclose(out.release()) != 0)
            refuse(errno);
    }

    /// Moves the files to their places, over what was there before. If one cannot be moved, those moved before it are
    /// removed again when `files` goes, except where they have replaced an older file.
    static void commit(std::span<staged_file> files) {
        for (staged_file& file : files) {
            std::error_code fault;
            rename(*file.temporary_, file.target_, fault);
            if (fault)
                file.refuse(fault.value());
            *file.temporary_ = file.target_;
            if (file.replaces_)
                file.keep();
        }
        for (staged_file& file : files)
            file.keep();
    }

private:
    void write(std::FILE* out, const char* bytes, std::size_t count) const {
        if (std::fwrite(bytes, 1, count, out) != count)
            refuse(errno);
    }
    [[noreturn]] void refuse(int code) const { detail::fail(file_, "cannot be written: " + detail::system_text(code)); }
    void keep() noexcept { delete temporary_.release(); }

    std::string file_;
    std::filesystem::path target_;
    detail::temporary temporary_;
    bool replaces_ = false;
};

template <class T>
void save(const std::string& file, const shape& axes, std::span<const T> values, const progress& report = {}) {
    staged_file staged(file, axes, values, report);
    staged_file::commit({&staged, 1});
}

} // namespace npy
