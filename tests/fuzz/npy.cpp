/// A fuzz target: the bytes are a .npy file. Reading it gives an array as long as its shape says, which comes back from
/// what is written of it, or an npy::error of one line.

#include "../../examples/npy.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

[[noreturn]] void fail(const char* what) {
    std::fprintf(stderr, "%s\n", what);
    std::abort();
}

/// A file in memory, whose name leads to it from within this process.
class file {
    int descriptor_ = memfd_create("npy", 0);
    std::string name_ = "/proc/self/fd/" + std::to_string(descriptor_);

public:
    const std::string& holding(const void* bytes, std::size_t size) const {
        if (ftruncate(descriptor_, 0) != 0 || pwrite(descriptor_, bytes, size, 0) != static_cast<ssize_t>(size))
            fail("the file cannot be written");
        return name_;
    }
};

bool same(const npy::array& a, const npy::array& b) {
    return a.shape == b.shape && a.values.index() == b.values.index() &&
           std::visit(
               [&](const auto& values) {
                   const auto& others = std::get<std::remove_cvref_t<decltype(values)>>(b.values);
                   return values.size() == others.size() &&
                          (values.empty() ||
                           std::memcmp(values.data(), others.data(), values.size() * sizeof values[0]) == 0);
               },
               a.values);
}

void check(const npy::array& read) {
    std::size_t count = 1;
    for (const std::size_t size : read.shape)
        count *= size;
    if (std::visit([](const auto& values) { return values.size(); }, read.values) != count)
        fail("the shape is not that of the values");
    static const std::string copy =
        (std::filesystem::temp_directory_path() / ("simdact-fuzz-" + std::to_string(getpid()) + ".npy")).string();
    std::visit([&](const auto& values) { npy::save(copy, read.shape, std::span(values)); }, read.values);
    const bool as_written = same(npy::load(copy), read);
    std::filesystem::remove(copy);
    if (!as_written)
        fail("what is written is not what was read");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const file given;
    try {
        check(npy::load(given.holding(data, size)));
    } catch (const npy::error& e) {
        if (std::string_view(e.what()).find('\n') != std::string_view::npos)
            fail("an error of more than one line");
    }
    return 0;
}
